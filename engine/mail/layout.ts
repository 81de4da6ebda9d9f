import { say } from '@commonhall/kernel'
import { css, sheetStyles } from './styles.ts'
import { toneOf } from './accents.ts'
import { initials } from './initials.ts'
import type { Laid, LaidSection } from './letter.ts'
import { html, type Markup } from './markup.ts'

/** Attributes of a table that only places things. */
const placing = html`role="presentation" border="0" cellpadding="0" cellspacing="0"`

/**
 * A letter as HTML. Styles stand on each element, because many mail readers drop style sheets; tables place things,
 * because Outlook draws with Word. No pictures, no addresses but links: nothing is fetched when it is read.
 */
export function layHtml(laid: Laid): Markup {
  const { title, sender } = laid
  const tone = toneOf(sender.accent)
  return html`<!doctype html>
    <html lang="en" dir="ltr">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        <meta name="format-detection" content="telephone=no,date=no,address=no,email=no,url=no" />
        <meta name="x-apple-disable-message-reformatting" />
        <title>${title}</title>
        <style>
          ${sheetStyles(tone)}
        </style>
      </head>
      <body class="page" style="${css.page}">
        ${preheader(laid)}
        <div role="article" aria-roledescription="${say('engine:mail.role')}" aria-label="${title}" lang="en">
          <table ${placing} width="100%" class="page" style="${css.outer}">
            <tr>
              <td align="center" style="padding:24px 12px">
                <!--[if mso]><table role="presentation" width="560" align="center"><tr><td><![endif]-->
                <table ${placing} width="100%" class="sheet" style="${css.sheet}">
                  <tr>
                    <td class="inside" style="${css.inside}">${brand(laid, tone.ink)} ${body(laid, tone.ink)}</td>
                  </tr>
                </table>
                ${footer(laid)}
                <!--[if mso]></td></tr></table><![endif]-->
              </td>
            </tr>
          </table>
        </div>
      </body>
    </html> `
}

/** What a list of mail shows after the subject; filled up, so that nothing of what follows slips in. */
function preheader(laid: Laid): Markup {
  const fill = '\u034F\u200C\u00A0'.repeat(60)
  return html`<div style="${css.hidden}" aria-hidden="true">${openingOf(laid)}${fill}</div>`
}

/** The line that a list of mail shows after the subject. */
export const openingOf = ({ paragraphs, facts, sections }: Laid): string =>
  [
    ...(sections.length ? sections.flatMap(({ items }) => items.slice(0, 2).map(({ title }) => title)) : paragraphs),
    ...facts.map(({ label, value }) => `${label}: ${value}`),
  ]
    .join(' · ')
    .slice(0, 140)

const brand = ({ sender }: Laid, ink: string) =>
  html`<table ${placing}>
    <tr>
      <td
        width="30"
        height="30"
        align="center"
        bgcolor="${ink}"
        style="${css.mark};background:${ink}"
        aria-hidden="true"
      >
        ${initials(sender.name)}
      </td>
      <td class="dim" style="${css.sender}">${sender.name}</td>
    </tr>
  </table>`

function body(laid: Laid, ink: string): Markup {
  const { title, greeting, paragraphs, facts, sections, act, notes } = laid
  return html`<h1 class="ink" style="${css.title}">${title}</h1>
    ${greeting ? html`<p class="ink" style="${css.words}">${greeting}</p>` : undefined}
    ${paragraphs.map((text) => html`<p class="ink" style="${css.words}">${lines(text)}</p>`)}
    ${facts.length ? factTable(facts) : undefined} ${sections.map((section) => sectionHtml(section, ink))}
    ${act ? button(act, ink) : undefined}
    ${notes.map((text) => html`<p class="dim" style="${css.note}">${lines(text)}</p>`)}
    ${act ? html`<p class="dim" style="${css.address}">${say('engine:mail.address')} ${act.url}</p>` : undefined}`
}

const lines = (text: string): Markup => {
  const [first = '', ...more] = text.split('\n')
  return html`${first}${more.map((line) => html`<br />${line}`)}`
}

const factTable = (facts: Laid['facts']) =>
  html`<table width="100%" border="0" cellpadding="0" cellspacing="0" style="${css.facts}">
    ${facts.map(
      ({ label, value }) =>
        html`<tr>
          <th scope="row" align="left" class="dim line" style="${css.label}">${label}</th>
          <td class="ink line" style="${css.value}">${lines(value)}</td>
        </tr>`,
    )}
  </table>`

/** Outlook knows no padding on links, so the cell has the color and, there, the padding. */
const button = ({ label, url }: { label: string; url: string }, ink: string) =>
  html`<table ${placing} style="margin:28px 0 24px">
    <tr>
      <td class="act" bgcolor="${ink}" style="border-radius:8px;background:${ink};mso-padding-alt:12px 22px">
        <a href="${url}" class="act" style="${css.act};background:${ink}">${label}</a>
      </td>
    </tr>
  </table>`

const sectionHtml = ({ title, count, items, rest }: LaidSection, ink: string) =>
  html`<h2 class="ink line" style="${css.section}">${title} <span class="dim" style="${css.count}">${count}</span></h2>
    <ul style="${css.list}">
      ${items.map(
        ({ title: item, line, url }) =>
          html`<li style="${css.item}">
            ${
              url
                ? html`<a href="${url}" class="link" style="${css.link};color:${ink}">${item}</a>`
                : html`<strong class="ink">${item}</strong>`
            }${line ? html`<br /><span class="dim" style="${css.line}">${line}</span>` : undefined}
          </li>`,
      )}
    </ul>
    ${rest ? html`<p class="dim" style="${css.note}">${say('engine:mail.digest.more', { count: rest })}</p>` : undefined}`

function footer({ sender, why, unsubscribe, settings }: Laid): Markup {
  const link = (url: string, label: string) => html`<a href="${url}" class="dim" style="${css.footLink}">${label}</a>`
  const links = [
    link(sender.url, sender.name),
    ...(settings ? [link(settings, say('engine:mail.settings'))] : []),
    ...(unsubscribe ? [link(unsubscribe, say('engine:mail.unsubscribe'))] : []),
  ]
  return html`<table ${placing} width="100%" style="max-width:560px;margin:0 auto">
    <tr>
      <td style="${css.foot}">
        <p class="dim" style="${css.footLine}">${why}</p>
        <p class="dim" style="${css.footLine}">${links.map((one, at) => (at ? html` &nbsp;·&nbsp; ${one}` : one))}</p>
      </td>
    </tr>
  </table>`
}
