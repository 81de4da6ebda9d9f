import { randomUUID } from 'node:crypto'
import { type Fitting, say } from '@commonhall/kernel'
import type { Registry as Meters } from 'prom-client'
import type { Database } from '../database/pool.ts'
import { Gate } from '../gate.ts'
import type { Settings } from '../settings.ts'
import { beginMail, endMail, type MailState, suppress, type Unsubscribed, unsubscribedMail } from './ledger.ts'
import type { Mail, Mailer, Posted } from './mail.ts'
import { mailMeters } from './meters.ts'
import { isMailbox, openMailer } from './transports/open-mailer.ts'
import type { Told } from './sendgrid/events.ts'
import { verdictOn } from './verdict.ts'

/** A mail that is to go out, and what is written down about it: never its words. */
export interface Outgoing extends Mail {
  /** Stable over repeated tries, so that they become one mail at the reader's; a job's own id, for one. */
  readonly id?: string | undefined
  /** The name of the notice or letter, such as `foundation.password-reset`. */
  readonly kind: string
  /** The organization in whose name it goes; null where it is about somebody's sign-in. */
  readonly org: string | null
  readonly user: string | null
  /** About somebody's own account or safety: it goes out to people who have complained, too. */
  readonly always?: boolean
  /** Where readers switch such mail off with one click. */
  readonly unsubscribe?: { readonly url: string }
}

/** What has become of a mail for good. */
export type Outcome = 'sent' | 'bounced' | 'suppressed' | 'failed'

/** Switches a kind of mail off for somebody, who may have no sign-in. May be called again. */
export type Unsubscribe = (unsubscribed: Unsubscribed) => Promise<void>

/** For jobs that send mail: tried for three to four days, so that a mail server may be down over a weekend. */
export const mailTerms = { retries: 58, longestPause: 7200, timeLimit: 120, atOnce: 5 } as const

/** For links that somebody waits for: tried for a day. */
export const linkTerms = { ...mailTerms, longestPause: 1800 } as const

/** After so long a mail is given up, whoever sends it. */
const patience = 4 * 86_400_000

/** One address and nothing else: no list, no name, no line break. */
const oneAddress = /^[^\s@<>()[\]\\,;:"]+@[^\s@<>()[\]\\,;:"]+$/

export interface PostNeeds {
  readonly settings: Pick<Settings, 'environment' | 'production' | 'publicUrl'>
  readonly database: Database
  readonly fittings: readonly Fitting[]
  readonly meters: Meters
  /** Something stands in the journal of sign-in that the orgs of its person are to be told. */
  readonly told: () => void
}

/** A mail could not be handed over now. Says neither what it was nor to whom. */
export class MailWaits extends Error {
  override readonly name = 'MailWaits'
  readonly code: string

  constructor(answer: string) {
    super(say('engine:mail.waits', { answer }))
    this.code = answer.replaceAll(' ', '-')
  }
}

const waitOutside = (): never => {
  throw new MailWaits('busy')
}

/** All mail goes through here. Whoever sends is a job of the house, outside of any transaction; no request waits. */
export class Post {
  readonly #needs: PostNeeds
  readonly #mailer: Mailer
  readonly #meters: ReturnType<typeof mailMeters>
  // Jobs share few hands: mail takes some of them while a server is slow, never all.
  readonly #gate = new Gate(4, Infinity, { patience: 1000, sendAway: waitOutside })
  #isStuck = false
  #unsubscribe: Unsubscribe | undefined

  constructor(needs: PostNeeds) {
    this.#needs = needs
    this.#mailer = openMailer(needs)
    this.#meters = mailMeters(needs.meters)
  }

  /** How mail goes: `smtp`, `sendgrid`, `mailbox`, or `none`. */
  get way(): string {
    return this.#mailer.name
  }

  /** Whether people can read the mail under /dev/mail. */
  get isMailbox(): boolean {
    return isMailbox(this.#mailer)
  }

  /** Whether the last try of this process had to be put off: the mail server is down, slow, or does not know us. */
  get isStuck(): boolean {
    return this.#isStuck
  }

  /** Sends a mail, and throws when it should be tried again: a server that is busy, dead or slow. */
  async send(mail: Outgoing): Promise<Outcome> {
    const { id = randomUUID() } = mail
    return await this.#gate.pass(() => this.#post({ ...mail, id }))
  }

  async #post(known: Outgoing & { readonly id: string }): Promise<Outcome> {
    const begun = await beginMail(this.#needs.database, known)
    if (begun.state === 'suppressed') this.#count('suppressed')
    if (begun.state !== 'queued') return outcomeOf(begun.state)
    const { outcome, answer } = await this.#try(known)
    if (outcome !== 'later') return await this.settle(known, outcome, answer)
    if (Date.now() - Date.parse(begun.first_at) > patience) return await this.settle(known, 'failed', answer)
    this.#meters.outcomes.inc({ outcome })
    throw new MailWaits(answer)
  }

  /** Writes down what became of a mail: once, whoever tells it first. */
  async settle(
    mail: { readonly id: string; readonly org: string | null },
    outcome: Outcome | 'complained',
    answer: string,
  ): Promise<Outcome> {
    if (await endMail(this.#needs.database, mail, outcome, answer)) {
      this.#count(outcome)
      if (!mail.org) this.#needs.told()
    }
    return outcomeOf(outcome)
  }

  /** Who takes it over that somebody wants no more of a kind of mail; without one, the address is suppressed. */
  onUnsubscribe(act: Unsubscribe): void {
    this.#unsubscribe = act
  }

  /** What another server tells of a mail that it took. */
  async hear({ id, org, state, answer }: Told): Promise<void> {
    if (state !== 'unsubscribed') return void (await this.settle({ id, org }, state, answer))
    // Mail about a sign-in has nothing to unsubscribe from.
    if (!org) return
    const unsubscribed = await unsubscribedMail(this.#needs.database, { id, org })
    if (!unsubscribed) return
    if (this.#unsubscribe) await this.#unsubscribe(unsubscribed)
    else await suppress(this.#needs.database, { id, org }, 'unsubscribed', answer)
  }

  /** Connects to the mail server and greets it, without sending anything. */
  async check(): Promise<void> {
    await this.#mailer.check?.()
  }

  close(): Promise<void> {
    return this.#mailer.close()
  }

  async #try({ id, org, to, subject, text, html, attachments = [], unsubscribe }: Outgoing & { readonly id: string }) {
    if (!oneAddress.test(to.email)) return { outcome: 'failed', answer: 'no address' } as const
    const posted: Posted = { id, org, to, subject, text, html, attachments, ...(unsubscribe ? { unsubscribe } : {}) }
    const stop = this.#meters.seconds.startTimer()
    try {
      const answer = await this.#mailer.send(posted)
      this.#isStuck = false
      return { outcome: 'sent', answer } as const
    } catch (error) {
      const verdict = verdictOn(error)
      this.#isStuck = verdict.outcome === 'later'
      return verdict
    } finally {
      stop()
    }
  }

  #count(outcome: string) {
    this.#meters.outcomes.inc({ outcome })
  }
}

/** As whoever sent it is told; a complaint comes after it was sent. */
const outcomeOf = (state: MailState | Outcome): Outcome =>
  state === 'queued' || state === 'complained' ? 'sent' : state
