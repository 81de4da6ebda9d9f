import { defineSlot } from '@commonhall/kernel'

/** One message to one person, as text and as HTML. */
export interface Mail {
  readonly to: { readonly name: string; readonly email: string }
  readonly subject: string
  readonly text: string
  readonly html: string
}

/** What brings mail on its way. A failure throws; whoever sends is a job and tries again. */
export interface Mailer {
  readonly name: string
  send(mail: Mail): Promise<void>
  close(): Promise<void>
}

/** Where another way of sending can be fitted in. */
export const mailSlot = defineSlot<Mailer>('engine.mail')
