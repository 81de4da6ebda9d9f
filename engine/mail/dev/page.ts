import { createHash } from 'node:crypto'
import { refuse, say } from '@commonhall/kernel'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Markup, markup } from '../../markup.ts'

/** The pages under /dev/mail look like the house, without its scripts. */
const styles = `
:root { color-scheme: light dark; font: 15px/1.5 system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif;
  --page: #f7f7f8; --sheet: #fff; --ink: #1c1d20; --dim: #5c5f66; --line: #e3e4e8;
  --accent: #00605c; --chosen: #e6f3f2 }
@media (prefers-color-scheme: dark) { :root { --page: #111214; --sheet: #1c1e22; --ink: #e7e8ea; --dim: #a0a3a9;
  --line: #2e3136; --accent: #86d1cc; --chosen: #1b3130 } }
* { box-sizing: border-box }
body { margin: 0; background: var(--page); color: var(--ink) }
a { color: var(--accent) }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 4px }
.bar { display: flex; flex-wrap: wrap; gap: 4px 20px; align-items: center; padding: 12px 24px;
  border-bottom: 1px solid var(--line); background: var(--sheet) }
.bar strong { margin-right: auto }
.bar a, .side a { padding: 6px 10px; border-radius: 7px; color: var(--ink); text-decoration: none }
.bar a[aria-current], .side a[aria-current] { background: var(--chosen); color: var(--accent); font-weight: 600 }
main { max-width: 60rem; margin: 0 auto; padding: 28px 24px 64px }
main.wide { max-width: 90rem }
h1 { margin: 0 0 4px; font-size: 1.4rem; line-height: 1.3; overflow-wrap: anywhere }
h2 { margin: 0 0 10px; font-size: .95rem }
p { margin: 0 0 20px }
.dim, time { color: var(--dim) }
.card { background: var(--sheet); border: 1px solid var(--line); border-radius: 12px; overflow: hidden }
.mails { list-style: none; margin: 0; padding: 0 }
.mails li { position: relative; display: grid; grid-template-columns: 14rem 1fr auto; gap: 0 16px; padding: 11px 18px;
  border-top: 1px solid var(--line) }
.mails li:first-child { border-top: 0 }
.mails li:hover { background: var(--chosen) }
.mails span { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; min-width: 0 }
.mails a { color: var(--ink); font-weight: 600; text-decoration: none }
.mails a::after { content: ''; position: absolute; inset: 0 }
.facts { display: grid; grid-template-columns: max-content 1fr; gap: 6px 20px; margin: 16px 0 24px; font-size: .95rem }
.facts dt { color: var(--dim) }
.facts dd { margin: 0; overflow-wrap: anywhere }
.text { margin: 0; padding: 20px 24px; white-space: pre-wrap; overflow-wrap: anywhere; font: 14px/1.6 ui-monospace,
  SFMono-Regular, Menlo, Consolas, monospace }
.two { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); gap: 24px }
iframe { display: block; width: 100%; height: 46rem; border: 0 }
.two + p { margin-top: 24px }
.shots { display: grid; grid-template-columns: minmax(0, 1fr) 342px; gap: 24px; margin-bottom: 32px }
.split { display: grid; grid-template-columns: 17rem minmax(0, 1fr); gap: 32px; max-width: 96rem; margin: 0 auto }
.side { padding: 24px 0 48px 20px; font-size: .9rem }
.side h2 { margin: 20px 10px 6px; font-size: .78rem; color: var(--dim) }
.side ul { list-style: none; margin: 0; padding: 0 }
.side a { display: block }
@media (max-width: 900px) { .split, .two, .shots { grid-template-columns: minmax(0, 1fr) }
  .side { display: none }
  .bar { padding: 10px 14px; gap: 4px } .bar a { padding: 6px 8px }
  .mails li { grid-template-columns: 1fr auto } .mails li span:nth-child(2) { grid-row: 2; grid-column: 1 / -1 }
  main { padding: 20px 14px 48px } iframe { height: 38rem } }
@media (min-width: 901px) { .phone { width: 342px } }
`
const hash = createHash('sha256').update(styles).digest('base64')
const pagePolicy = `default-src 'none'; style-src 'sha256-${hash}'; frame-src 'self'; frame-ancestors 'none'`

/** Mails carry styles on their elements. In the sandbox nothing else works but following a link on purpose. */
const mailPolicy =
  "sandbox allow-top-navigation-by-user-activation; default-src 'none'; style-src 'unsafe-inline'; " +
  "frame-ancestors 'self'"

/** The routes are no part of the API. */
export const hidden = { schema: { hide: true } as object }

/** Keeps pages for whoever sits at this machine: who reads a reset link can take over the account. */
export function fromHereOnly(app: FastifyInstance): void {
  app.addHook('onRequest', async (request) => {
    if (!isFromHere(request)) refuse('not_found', say('engine:http.no_route'))
  })
}

/**
 * Who holds the other end of the connection counts. What a proxy on this machine passes on comes from elsewhere, and so
 * does a page whose own name was turned to this machine, which would be let read what is here.
 */
function isFromHere({ socket, headers }: FastifyRequest): boolean {
  const passedOn = ['forwarded', 'x-forwarded-for', 'x-real-ip', 'via'].some((name) => headers[name] !== undefined)
  const isCalledSo = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d+)?$/i.test(headers.host ?? '')
  return !passedOn && isCalledSo && /^(?:::1|(?:::ffff:)?127(?:\.\d{1,3}){3})$/i.test(socket.remoteAddress ?? '')
}

const sent = (reply: FastifyReply, policy: string, text: string) =>
  reply
    .header('content-security-policy', policy)
    .header('cache-control', 'no-store')
    .type('text/html; charset=utf-8')
    .send(text)

/** A mail as it stands in a frame of one of these pages; a link in it opens the page around. */
export const sendMail = (reply: FastifyReply, mail: string) =>
  sent(reply.header('x-frame-options', 'SAMEORIGIN'), mailPolicy, mail.replace('<head>', '<head><base target="_top">'))

export interface DevPage {
  readonly title: string
  readonly at: 'mailbox' | 'letters'
  readonly body: Markup
}

export const sendPage = (reply: FastifyReply, { title, at, body }: DevPage) =>
  sent(
    reply,
    pagePolicy,
    `${markup`<!doctype html>
      <html lang="en">
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width,initial-scale=1" />
          <title>${title}</title>
          <style>${new Markup(styles)}</style>
        </head>
        <body>
          <nav class="bar" aria-label="${say('engine:mail.box.pages')}">
            <strong>${say('engine:mail.box.head')}</strong>
            ${tab('/dev/mail', say('engine:mail.box.title'), at === 'mailbox')}
            ${tab('/dev/mail/preview', say('engine:mail.preview.title'), at === 'letters')}
          </nav>
          ${body}
        </body>
      </html> `}`,
  )

const tab = (path: string, label: string, isCurrent: boolean) =>
  markup`<a href="${path}" ${isCurrent ? markup` aria-current="page"` : undefined}>${label}</a>`

/** Plain text with its addresses to click on. */
export function textCard(text: string): Markup {
  const parts = text.split(/(https?:\/\/[^\s<]+)/)
  const shown = parts.map((part, at) => `${at % 2 ? markup`<a href="${part}">${part}</a>` : markup`${part}`}`)
  return markup`<div class="card"><pre class="text">${new Markup(shown.join(''))}</pre></div>`
}
