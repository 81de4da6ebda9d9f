/** What a failed try means: the address is dead, this mail is refused for good, or it is worth another try. */
export interface Verdict {
  readonly outcome: 'bounced' | 'failed' | 'later'
  /** The server's code or the kind of failure, never its words: those may hold an address. */
  readonly answer: string
}

interface MailError {
  readonly responseCode?: unknown
  readonly response?: unknown
  /** The command that was refused, such as `RCPT TO`. */
  readonly command?: unknown
  readonly code?: unknown
}

/** The recipient's address is wrong, has moved or is disabled (RFC 3463); 5.1.7 and 5.1.8 are about the sender's. */
const deadAddress = /^5\.(?:1\.(?:1|2|3|6|10)|2\.1)$/

/** Where a server has told nothing finer: no such mailbox, not here, no such name. */
const deadCodes: ReadonlySet<number> = new Set([550, 551, 553])

/** Judges why a mail could not be handed over. */
export function verdictOn(error: unknown): Verdict {
  const { responseCode, response, command, code } = (error ?? {}) as MailError
  const number = typeof responseCode === 'number' ? responseCode : 0
  const finer = /^\d{3}[ -](\d\.\d{1,3}\.\d{1,3})\b/.exec(String(response ?? ''))?.[1]
  const answer = number ? [number, finer].filter(Boolean).join(' ') : kindOf(code)
  // Before the recipient is named, a refusal is about us: who we are, how we sign in, whom we send as.
  const isAboutMail = !command || command === 'RCPT TO' || command === 'DATA'
  if (number < 500 || number > 599 || !isAboutMail) return { outcome: 'later', answer }
  const isDead = finer ? deadAddress.test(finer) : deadCodes.has(number)
  return { outcome: isDead ? 'bounced' : 'failed', answer }
}

/** `ECONNECTION`, `ETIMEDOUT`: a word of the library's or the system's, and nothing else. */
const kindOf = (code: unknown) => (typeof code === 'string' && /^[A-Z_]{2,30}$/.test(code) ? code : 'unknown')
