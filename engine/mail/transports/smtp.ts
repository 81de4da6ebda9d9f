import { fit } from '@commonhall/kernel'
import type { SMTPPoolOptions } from 'nodemailer/lib/smtp-pool'
import { type Mailer, mailSlot, type Posted } from '../mail.ts'

/** In milliseconds. */
export interface Patience {
  /** Until a connection stands, and until it greets. */
  readonly soon: number
  /** Without a word. */
  readonly silence: number
  /** For one mail in all: some servers answer a byte at a time, which no other limit notices. */
  readonly longest: number
}

const usual: Patience = { soon: 10_000, silence: 30_000, longest: 60_000 }

export type MailHeaders = Readonly<Record<string, string | ReturnType<typeof asItIs>>>

/** A header of ours that is folded and not encoded: a long address would be taken for words. */
export const asItIs = (value: string) => ({ prepared: true, foldLines: true, value })

export interface SmtpWanted {
  readonly name: string
  readonly server: SMTPPoolOptions
  readonly from: string
  /** Headers that this way of sending needs. */
  readonly headersOf?: (mail: Posted) => MailHeaders
  readonly patience?: Patience
}

/** Mail over SMTP, when `SMTP_URL` is set; `MAIL_FROM` is the sender. */
export const smtp = fit(mailSlot, {
  name: 'smtp',
  fits: ({ SMTP_URL }) => Boolean(SMTP_URL),
  make: ({ SMTP_URL = '', MAIL_FROM, PUBLIC_URL }) =>
    openSmtp({ name: 'smtp', server: { url: SMTP_URL }, from: MAIL_FROM || defaultSender(PUBLIC_URL) }),
})

/** Opens a few connections that are kept. The library is large, so it is only read where mail goes this way. */
export async function openSmtp({ name, server, from, headersOf, patience = usual }: SmtpWanted): Promise<Mailer> {
  const { default: nodemailer } = await import('nodemailer')
  const { soon, silence, longest } = patience
  const limits = { connectionTimeout: soon, greetingTimeout: soon, socketTimeout: silence }
  const transport = nodemailer.createTransport(
    {
      ...server,
      pool: true,
      maxConnections: 5,
      // The queue tries again, and knows for how long.
      maxRequeues: 1,
      ...limits,
      // Templates are ours, but what goes into them is not: no part of a mail is ever fetched from anywhere.
      disableFileAccess: true,
      disableUrlAccess: true,
    },
    { from },
  )
  const host = /@([\w.-]+)>?\s*$/.exec(from)?.[1] ?? 'localhost'
  return {
    name,
    async send(mail) {
      const { id, to, subject, text, html, attachments = [] } = mail
      const { response } = await transport.sendMail({
        messageId: `<${id}@${host}>`,
        to: { name: to.name, address: to.email },
        subject,
        text,
        html,
        attachments: attachments.map(({ name, type, bytes }) => ({
          filename: name,
          contentType: type,
          content: Buffer.from(bytes),
        })),
        headers: { ...usualHeaders(mail), ...headersOf?.(mail) },
        signal: AbortSignal.timeout(longest),
      })
      return /^\d{3}/.exec(response)?.[0] ?? ''
    },
    async check() {
      // By a connection of its own: the pool keeps none that has not sent.
      const greeting = nodemailer.createTransport({ ...server, ...limits })
      await greeting.verify().finally(() => greeting.close())
    },
    close: async () => transport.close({ force: true }),
  }
}

/** Nobody's absence note is to answer, and readers are offered a button that ends such mail (RFC 3834, RFC 8058). */
function usualHeaders({ unsubscribe }: Posted): MailHeaders {
  const always = { 'Auto-Submitted': 'auto-generated' }
  if (!unsubscribe) return always
  const { href } = new URL(unsubscribe.url)
  return { ...always, 'List-Unsubscribe': asItIs(`<${href}>`), 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' }
}

export function defaultSender(publicUrl: string | undefined): string {
  const host = publicUrl && URL.canParse(publicUrl) ? new URL(publicUrl).hostname : 'localhost'
  return `Commonhall <no-reply@${host}>`
}
