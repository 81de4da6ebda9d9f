import { fit } from '@commonhall/kernel'
import { type Mailer, mailSlot } from './mail.ts'

const soon = 10_000

/** Mail over SMTP, when `SMTP_URL` is set; `MAIL_FROM` is the sender. */
export const smtp = fit(mailSlot, {
  name: 'smtp',
  fits: ({ SMTP_URL }) => Boolean(SMTP_URL),
  make: ({ SMTP_URL = '', MAIL_FROM, PUBLIC_URL }) => openSmtp(SMTP_URL, MAIL_FROM || defaultSender(PUBLIC_URL)),
})

/** Its library is large, so it is only read where mail goes this way. */
async function openSmtp(url: string, from: string): Promise<Mailer> {
  const { default: nodemailer } = await import('nodemailer')
  const transport = nodemailer.createTransport(
    {
      url,
      pool: true,
      connectionTimeout: soon,
      greetingTimeout: soon,
      socketTimeout: 3 * soon,
      // Templates are ours, but what goes into them is not: no part of a mail is ever fetched from anywhere.
      disableFileAccess: true,
      disableUrlAccess: true,
    },
    { from },
  )
  return {
    name: 'smtp',
    send: async ({ to, subject, text, html }) =>
      void (await transport.sendMail({ to: { name: to.name, address: to.email }, subject, text, html })),
    close: async () => transport.close(),
  }
}

function defaultSender(publicUrl: string | undefined): string {
  const host = publicUrl && URL.canParse(publicUrl) ? new URL(publicUrl).hostname : 'localhost'
  return `Commonhall <no-reply@${host}>`
}
