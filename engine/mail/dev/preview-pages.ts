import { refuse, say } from '@commonhall/kernel'
import type { FastifyInstance } from 'fastify'
import type { Registry } from '../../registry.ts'
import type { Settings } from '../../settings.ts'
import { type DevPage, hidden, sendMail, sendPage, textCard } from './page.ts'
import { markup, type Markup } from '../../markup.ts'
import { type Sample, type SampleGroup, samplesOf } from './samples.ts'

type Named = { Params: { name: string }; Querystring: { look?: string } }

const path = '/dev/mail/preview'

/** `/dev/mail/preview`: every letter with example values, as mail readers show it on screens and phones. */
export function previewPages(app: FastifyInstance, registry: Registry, { publicUrl }: Pick<Settings, 'publicUrl'>) {
  const groups = () => samplesOf(registry, publicUrl)
  const find = (name: string) =>
    groups()
      .flatMap(({ samples }) => samples)
      .find((one) => one.name === name) ?? refuse('not_found', say('engine:mail.preview.unknown'))
  app.get(path, hidden, async (_request, reply) => sendPage(reply, allPage(groups())))
  app.get<Named>(`${path}/:name`, hidden, async ({ params }, reply) =>
    sendPage(reply, onePage(groups(), find(params.name))),
  )
  app.get<Named>(`${path}/:name/html`, hidden, async ({ params, query }, reply) =>
    sendMail(reply, inLook(find(params.name).letter.html, query.look)),
  )
}

/** A letter as somebody sees it who prefers the light or the dark, whatever this browser prefers. */
const inLook = (letter: string, look: string | undefined): string =>
  look === 'dark' || look === 'light'
    ? letter
        .replace('@media (prefers-color-scheme:dark)', look === 'dark' ? '@media all' : '@media not all')
        .replaceAll('light dark', look)
    : letter

function side(groups: readonly SampleGroup[], current?: Sample): Markup {
  const item = ({ name, label }: Sample) =>
    markup`<li>
      <a href="${path}/${name}" ${name === current?.name ? markup` aria-current="page"` : undefined}>${label}</a>
    </li>`
  return markup`<nav class="side" aria-label="${say('engine:mail.preview.title')}">
    ${groups.map(
      ({ label, samples }) =>
        markup`<h2>${label}</h2>
          <ul>
            ${samples.map(item)}
          </ul>`,
    )}
  </nav>`
}

function allPage(groups: readonly SampleGroup[]): DevPage {
  const title = say('engine:mail.preview.title')
  const row = ({ name, letter }: Sample) =>
    markup`<li>
      <span class="dim">${name}</span>
      <span><a href="${path}/${name}">${letter.subject}</a> <span class="dim">– ${letter.opening}</span></span>
    </li>`
  const lists = groups.map(
    ({ label, samples }) =>
      markup`<h2>${label}</h2>
        <div class="card">
          <ol class="mails">
            ${samples.map(row)}
          </ol>
        </div>
        <p></p>`,
  )
  return {
    title,
    at: 'letters',
    body: markup`<div class="split">
      ${side(groups)}
      <main>
        <h1>${title}</h1>
        <p class="dim">${say('engine:mail.preview.about')}</p>
        ${lists}
      </main>
    </div>`,
  }
}

function onePage(groups: readonly SampleGroup[], sample: Sample): DevPage {
  const { name, label, letter } = sample
  const frame = (look: 'light' | 'dark', size: 'screen' | 'phone') => {
    const title = say(`engine:mail.preview.${size}_${look}`)
    return markup`<section class="${size}">
      <h2>${title}</h2>
      <div class="card"><iframe src="${path}/${name}/html?look=${look}" title="${title}"></iframe></div>
    </section>`
  }
  return {
    title: label,
    at: 'letters',
    body: markup`<div class="split">
      ${side(groups, sample)}
      <main class="wide">
        <h1>${label}</h1>
        <p class="dim">
          ${name} · ${say('engine:mail.preview.size', { size: (letter.html.length / 1000).toFixed(1) })}
        </p>
        <h2>${say('engine:mail.preview.inbox')}</h2>
        <div class="card">
          <ol class="mails">
            <li>
              <span>${say('engine:mail.house')}</span>
              <span><strong>${letter.subject}</strong> <span class="dim">– ${letter.opening}</span></span
              ><time>6:00 AM</time>
            </li>
          </ol>
        </div>
        <p></p>
        <div class="shots">${frame('light', 'screen')}${frame('light', 'phone')}</div>
        <div class="shots">${frame('dark', 'screen')}${frame('dark', 'phone')}</div>
        <h2>${say('engine:mail.box.plain')}</h2>
        ${textCard(letter.text)}
      </main>
    </div>`,
  }
}
