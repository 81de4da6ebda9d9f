import { fit } from '@commonhall/kernel'
import type { SMTPPoolOptions } from 'nodemailer/lib/smtp-pool'
import { mailSlot, type Posted } from '../mail.ts'
import { asItIs, defaultSender, type MailHeaders, openSmtp } from '../transports/smtp.ts'

/** Mail by SendGrid, when `SENDGRID_API_KEY` is set: over its SMTP, so that there is one way of sending. */
export const sendgrid = fit(mailSlot, {
  name: 'sendgrid',
  fits: ({ SENDGRID_API_KEY }) => Boolean(SENDGRID_API_KEY),
  make: (environment) =>
    openSmtp({
      name: 'sendgrid',
      server: sendgridServer(environment),
      from: environment['MAIL_FROM'] || defaultSender(environment['PUBLIC_URL']),
      headersOf: sendgridHeaders,
    }),
})

/** `SENDGRID_HOST` is for accounts in the European Union, which have a server of their own. */
export const sendgridServer = ({
  SENDGRID_API_KEY = '',
  SENDGRID_HOST,
}: Readonly<Record<string, string | undefined>>): SMTPPoolOptions => ({
  host: SENDGRID_HOST || 'smtp.sendgrid.net',
  port: 587,
  requireTLS: true,
  auth: { user: 'apikey', pass: SENDGRID_API_KEY },
})

const off = { settings: { enable: 0 } }

/** What comes back with its events, so that they find the mail. Links stay as they are: some open an account. */
export const sendgridHeaders = ({ id, org }: Posted): MailHeaders => {
  const told = {
    unique_args: { commonhall_mail: id, ...(org ? { commonhall_org: org } : {}) },
    filters: { clicktrack: off, opentrack: off, subscriptiontrack: off, ganalytics: off },
  }
  // With spaces between, where the header may be folded.
  return { 'X-SMTPAPI': asItIs(JSON.stringify(told, null, 1).replaceAll(/\n\s*/g, ' ')) }
}
