/** Mail: how it looks, and how it leaves the house. */
export { type Mail, type Mailer, mailSlot } from './mail.ts'
export { mailboxPages } from './mailbox-pages.ts'
export { isMailbox, openMailer } from './open-mailer.ts'
