import { isUuid, refuse, say, spokenBytes } from '@commonhall/kernel'
import type { FastifyPluginAsync } from 'fastify'
import type { Engine } from '../../engine.ts'
import { type DevPage, fromHereOnly, hidden, sendMail, sendPage, textCard } from './page.ts'
import { findMail, type KeptMail, listMail } from '../transports/mailbox.ts'
import { markup } from '../../markup.ts'
import { previewPages } from './preview-pages.ts'

/**
 * `/dev/mail`: the mail that would have been sent. Registered only where the local mailbox is in use, and only for this
 * machine.
 */
export const mailboxPages: FastifyPluginAsync<Pick<Engine, 'database' | 'registry' | 'settings'>> = async (
  app,
  { database, registry, settings },
) => {
  const find = async (id: string) =>
    (isUuid(id) ? await findMail(database, id) : undefined) ?? refuse('not_found', say('engine:mail.box.unknown'))
  fromHereOnly(app)
  previewPages(app, registry, settings)
  app.get('/dev/mail', hidden, async (_request, reply) => sendPage(reply, listPage(await listMail(database))))
  app.get<{ Params: { id: string } }>('/dev/mail/:id', hidden, async ({ params }, reply) =>
    sendPage(reply, mailPage(await find(params.id))),
  )
  app.get<{ Params: { id: string } }>('/dev/mail/:id/html', hidden, async ({ params }, reply) =>
    sendMail(reply, (await find(params.id)).html),
  )
}

function listPage(mails: readonly KeptMail[]): DevPage {
  const items = mails.map(
    ({ id, at, recipient, subject, plain }) =>
      markup`<li>
        <span class="dim">${recipient}</span>
        <span><a href="/dev/mail/${id}">${subject}</a> <span class="dim">– ${opening(plain)}</span></span>
        ${sent(at)}
      </li>`,
  )
  const list = items.length
    ? markup`<div class="card">
        <ol class="mails">
          ${items}
        </ol>
      </div>`
    : markup`<p>${say('engine:mail.box.empty')}</p>`
  const title = say('engine:mail.box.title')
  return {
    title,
    at: 'mailbox',
    body: markup`<main>
      <h1>${title}</h1>
      <p class="dim">${say('engine:mail.box.about')}</p>
      ${list}
    </main>`,
  }
}

/** What a list of mail shows after the subject: what comes after the greeting. */
const opening = (plain: string) => (plain.split('\n\n')[1] ?? plain).slice(0, 120)

function mailPage({ id, at, recipient, subject, plain, unsubscribe = null, attachments = [] }: KeptMail): DevPage {
  const header = unsubscribe
    ? markup`<dt>List-Unsubscribe</dt>
        <dd><a href="${unsubscribe}">${unsubscribe}</a></dd>
        <dt>List-Unsubscribe-Post</dt>
        <dd>List-Unsubscribe=One-Click</dd>`
    : undefined
  const hung = attachments.map(({ name, size }) => `${name} (${spokenBytes(size)})`)
  const files = hung.length
    ? markup`<dt>${say('engine:mail.box.attached')}</dt>
        <dd>${hung.join(', ')}</dd>`
    : undefined
  return {
    title: subject,
    at: 'mailbox',
    body: markup`<main class="wide">
      <h1>${subject}</h1>
      <dl class="facts">
        <dt>${say('engine:mail.box.to')}</dt>
        <dd>${recipient}</dd>
        <dt>${say('engine:mail.box.sent')}</dt>
        <dd>${sent(at)}</dd>
        ${header} ${files}
      </dl>
      <div class="two">
        <section>
          <h2>${say('engine:mail.box.html')}</h2>
          <div class="card"><iframe src="/dev/mail/${id}/html" title="${subject}"></iframe></div>
        </section>
        <section>
          <h2>${say('engine:mail.box.plain')}</h2>
          ${textCard(plain)}
        </section>
      </div>
      <p><a href="/dev/mail">${say('engine:mail.box.back')}</a></p>
    </main>`,
  }
}

const sent = (at: string) => markup`<time datetime="${at}">${at.slice(0, 16).replace('T', ' ')} UTC</time>`
