import { type Notice, type NoticePayload, say } from '@commonhall/kernel'
import { type Frame, letterOf } from './layout/letter.ts'
import type { Mail } from './mail.ts'

/** What stands around a letter; the greeting comes from the name, where there is one. */
export type MailFrame = Omit<Frame, 'greeting'> & { readonly timeZone?: string }

/** The mail that brings a notice to somebody. */
export function mailOf<N extends Notice>(
  { name, email }: Mail['to'],
  notice: N,
  payload: NoticePayload<N>,
  { timeZone = 'UTC', ...frame }: MailFrame,
): Mail {
  const message = notice.message(payload, { name, org: frame.org?.name ?? say('engine:mail.house'), timeZone })
  const greeting = name ? say('engine:mail.greeting', { name }) : say('engine:mail.hello')
  const { subject, text, html } = letterOf(message, { ...frame, greeting })
  return { to: { name, email }, subject, text, html }
}
