import { defineSlot } from '@commonhall/kernel'

/** One message to one person, as text and as HTML. */
export interface Mail {
  readonly to: { readonly name: string; readonly email: string }
  readonly subject: string
  readonly text: string
  readonly html: string
  readonly attachments?: readonly Attachment[]
}

/** A file that travels with a mail. */
export interface Attachment {
  readonly name: string
  readonly type: string
  readonly bytes: Uint8Array
}

/** A mail on its way. */
export interface Posted extends Mail {
  /** Becomes the Message-ID, so that a mail that goes out twice is one at the reader's. */
  readonly id: string
  /** In whose name it goes, for what is told of it later. */
  readonly org: string | null
  /** Where readers switch such mail off with one click. */
  readonly unsubscribe?: { readonly url: string }
}

/**
 * What brings mail on its way. A failure throws an error with the server's `response` and `responseCode`, where there
 * was one; the post judges it.
 */
export interface Mailer {
  readonly name: string
  /** Answers the code of the server's answer, such as `250`. */
  send(mail: Posted): Promise<string>
  /** Connects and greets, for whoever looks after the house; throws if that fails. */
  check?(): Promise<void>
  close(): Promise<void>
}

/** Where another way of sending can be fitted in. */
export const mailSlot = defineSlot<Mailer>('engine.mail')
