import { createHash } from 'node:crypto'
import { isUuid, refuse, say } from '@commonhall/kernel'
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import type { Database } from '../database/pool.ts'
import { findMail, type KeptMail, listMail } from './mailbox.ts'
import { escapeHtml } from './markup.ts'

const styles = `
  :root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif }
  body { max-width: 44rem; margin: 0 auto; padding: 2rem 1rem }
  h1 { font-size: 1.6rem }
  h2 { font-size: 1.1rem }
  ol { list-style: none; padding: 0 }
  li { padding: .75rem 0; border-top: 1px solid #8886 }
  pre { white-space: pre-wrap; overflow-wrap: anywhere; font: inherit }
  iframe { width: 100%; height: 34rem; border: 1px solid #8886; border-radius: 8px; background: #fff }
  small { color: GrayText }`
const styleHash = createHash('sha256').update(styles).digest('base64')
const pagePolicy = `default-src 'none'; style-src 'sha256-${styleHash}'; frame-src 'self'; frame-ancestors 'none'`
/** Mails carry styles on their elements. In the sandbox nothing else works but following a link on purpose. */
const mailPolicy =
  "sandbox allow-top-navigation-by-user-activation; default-src 'none'; style-src 'unsafe-inline'; " +
  "frame-ancestors 'self'"

/**
 * `/dev/mail`: the mail that would have been sent. Registered only where the local mailbox is in use, and only for this
 * machine: who reads a reset link can take over the account.
 */
export const mailboxPages: FastifyPluginAsync<{ readonly database: Pick<Database, 'bare'> }> = async (
  app,
  { database },
) => {
  const find = async (id: string) =>
    (isUuid(id) ? await findMail(database, id) : undefined) ?? refuse('not_found', say('engine:mail.box.unknown'))
  const options = { schema: { hide: true } as object }
  app.addHook('onRequest', async (request) => {
    if (!isFromHere(request)) refuse('not_found', say('engine:http.no_route'))
  })

  app.get('/dev/mail', options, async (_request, reply) =>
    sendPage(reply, pagePolicy, listPage(await listMail(database))),
  )
  app.get<{ Params: { id: string } }>('/dev/mail/:id', options, async ({ params }, reply) =>
    sendPage(reply, pagePolicy, mailPage(await find(params.id))),
  )
  app.get<{ Params: { id: string } }>('/dev/mail/:id/html', options, async ({ params }, reply) => {
    reply.header('x-frame-options', 'SAMEORIGIN')
    const { html } = await find(params.id)
    // A link in the frame opens the page around it.
    return sendPage(reply, mailPolicy, html.replace('<head>', '<head><base target="_top">'))
  })
}

/** Who holds the other end of the connection counts. What a proxy on this machine passes on comes from elsewhere. */
function isFromHere({ socket, headers }: FastifyRequest): boolean {
  const passedOn = ['forwarded', 'x-forwarded-for', 'x-real-ip', 'via'].some((name) => headers[name] !== undefined)
  return !passedOn && /^(?:::1|(?:::ffff:)?127(?:\.\d{1,3}){3})$/i.test(socket.remoteAddress ?? '')
}

const sendPage = (reply: FastifyReply, policy: string, html: string) =>
  reply
    .header('content-security-policy', policy)
    .header('cache-control', 'no-store')
    .type('text/html; charset=utf-8')
    .send(html)

function listPage(mails: readonly KeptMail[]): string {
  const items = mails.map(
    ({ id, at, recipient, subject }) => `<li>
    <a href="/dev/mail/${id}">${escapeHtml(subject)}</a><br>
    <small>${say('engine:mail.box.to')} ${escapeHtml(recipient)} · ${sent(at)}</small></li>`,
  )
  const list = items.length ? `<ol>${items.join('\n')}</ol>` : `<p>${say('engine:mail.box.empty')}</p>`
  return page(say('engine:mail.box.title'), `<p>${say('engine:mail.box.about')}</p>${list}`)
}

function mailPage({ id, at, recipient, subject, plain }: KeptMail): string {
  const text = escapeHtml(plain).replace(/https?:\/\/[^\s<]+/g, (url) => `<a href="${url}">${url}</a>`)
  return page(
    escapeHtml(subject),
    `<p><small>${say('engine:mail.box.to')} ${escapeHtml(recipient)} · ${sent(at)}</small></p>
    <h2>${say('engine:mail.box.plain')}</h2><pre>${text}</pre>
    <h2>${say('engine:mail.box.html')}</h2><iframe src="/dev/mail/${id}/html" title="${escapeHtml(subject)}"></iframe>
    <p><a href="/dev/mail">${say('engine:mail.box.back')}</a></p>`,
  )
}

const sent = (at: string) => `<time datetime="${at}">${at.slice(0, 16).replace('T', ' ')} UTC</time>`

const page = (title: string, body: string) => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${title}</title><style>${styles}</style>
</head>
<body><main><h1>${title}</h1>${body}</main></body>
</html>
`
