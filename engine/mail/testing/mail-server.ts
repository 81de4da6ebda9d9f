import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'

/** A mail as a server took it. */
export interface Taken {
  readonly to: string
  readonly from: string
  readonly text: string
}

/** Says no with this code and these words; `never` answers nothing at all; undefined takes the mail. */
export type Answer = { readonly code: number; readonly words?: string } | 'never' | undefined

/** A real mail server whose answers a test decides, by the recipient. */
export class MailServer {
  readonly taken: Taken[] = []
  /** To whom it has been asked to bring something, each time. */
  readonly asked: string[] = []
  readonly #answers = new Map<string, Answer[]>()
  readonly #server: SMTPServer

  constructor(options: ConstructorParameters<typeof SMTPServer>[0] = {}) {
    this.#server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS', 'AUTH'],
      closeTimeout: 100,
      logger: false,
      ...options,
      onRcptTo: ({ address }, _session, done) => {
        this.asked.push(address)
        const answers = this.#answers.get(address) ?? []
        const answer = answers.length > 1 ? answers.shift() : answers[0]
        if (answer === 'never') return
        done(answer && Object.assign(new Error(answer.words ?? 'no'), { responseCode: answer.code }))
      },
      onData: (stream, { envelope: { mailFrom, rcptTo } }, done) => {
        const chunks: Buffer[] = []
        stream.on('data', (chunk: Buffer) => chunks.push(chunk))
        stream.on('end', () => {
          const from = mailFrom ? mailFrom.address : ''
          const text = String(Buffer.concat(chunks))
          for (const { address: to } of rcptTo) this.taken.push({ to, from, text })
          done()
        })
      },
    })
    this.#server.on('error', () => {})
  }

  /** What it says about this recipient, one after the other; the last stays. */
  answer(address: string, ...answers: Answer[]): void {
    this.#answers.set(address, answers)
  }

  /** Ends every connection that is open now. */
  hangUp(): void {
    for (const connection of this.#server.connections) connection.close()
  }

  to(address: string): Taken[] {
    return this.taken.filter(({ to }) => to === address)
  }

  async open(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve))
    return `smtp://127.0.0.1:${this.port}`
  }

  get port(): number {
    return (this.#server.server.address() as AddressInfo).port
  }

  close(): Promise<void> {
    return new Promise((resolve) => this.#server.close(() => resolve()))
  }
}
