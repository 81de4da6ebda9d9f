import type { Fitting } from '@commonhall/kernel'
import type { Database } from '../../database/pool.ts'
import type { Settings } from '../../settings.ts'
import { type Mailer, mailSlot } from '../mail.ts'
import { openMailbox } from './mailbox.ts'
import { sendgrid } from '../sendgrid/sendgrid.ts'
import { smtp } from './smtp.ts'

interface MailNeeds {
  readonly settings: Pick<Settings, 'environment' | 'production' | 'publicUrl'>
  readonly database: Pick<Database, 'bare'>
  /** Parts that modules offer; the first that fits the environment is used. */
  readonly fittings?: readonly Fitting[]
}

/** The way mail goes: a fitting of a module, SMTP, SendGrid, or, except in production, the local mailbox. */
export function openMailer({ settings, database, fittings = [] }: MailNeeds): Mailer {
  const environment = { ...settings.environment, PUBLIC_URL: settings.publicUrl }
  const fitting = [...fittings, smtp, sendgrid].find((one) => one.slot.name === mailSlot.name && one.fits(environment))
  if (fitting) return whenMade(fitting.name, Promise.resolve(fitting.make(environment) as Mailer | Promise<Mailer>))
  return settings.production ? nowhere : openMailbox(database)
}

/** Whether people can read the mail under /dev/mail. */
export const isMailbox = (mailer: Mailer): boolean => mailer.name === 'mailbox'

/** A mailer that may still be on its way: what cannot be made fails when mail is sent, not when the house opens. */
function whenMade(name: string, made: Promise<Mailer>): Mailer {
  made.catch(() => {})
  return {
    name,
    send: async (mail) => (await made).send(mail),
    check: async () => (await made).check?.(),
    close: async () => (await made).close(),
  }
}

/** In production mail must not lie about where others can read it; the job that sends fails, and says why. */
const nowhere: Mailer = {
  name: 'none',
  send: () => Promise.reject(new Error('No mail can be sent: neither SMTP_URL nor SENDGRID_API_KEY is set.')),
  close: () => Promise.resolve(),
}
