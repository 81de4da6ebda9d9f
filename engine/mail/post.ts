import type { Fitting } from '@commonhall/kernel'
import type { Database } from '../database/pool.ts'
import type { Settings } from '../settings.ts'
import type { Mail, Mailer } from './mail.ts'
import { isMailbox, openMailer } from './open-mailer.ts'

/** A mail that is to go out, and what is written down about it: never its words. */
export interface Outgoing extends Mail {
  /** Stable over repeated tries, so that they become one mail at the reader's. */
  readonly id?: string
  /** The name of the notice or letter, such as `sign-in.reset`. */
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

export interface PostNeeds {
  readonly settings: Pick<Settings, 'environment' | 'production' | 'publicUrl'>
  readonly database: Database
  readonly fittings: readonly Fitting[]
}

/** All mail goes through here. Whoever sends is a job of the house, outside of any transaction; no request waits. */
export class Post {
  readonly #mailer: Mailer

  constructor(needs: PostNeeds) {
    this.#mailer = openMailer(needs)
  }

  /** How mail goes: `smtp`, `sendgrid`, `mailbox`, or `none`. */
  get way(): string {
    return this.#mailer.name
  }

  /** Whether people can read the mail under /dev/mail. */
  get isMailbox(): boolean {
    return isMailbox(this.#mailer)
  }

  /** Sends a mail, and throws when it should be tried again: a server that is busy, dead or slow. */
  async send(mail: Outgoing): Promise<Outcome> {
    await this.#mailer.send(mail)
    return 'sent'
  }

  close(): Promise<void> {
    return this.#mailer.close()
  }
}
