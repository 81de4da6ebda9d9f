import { say } from '@commonhall/kernel'
import { toneOf } from './accents.ts'
import { initials } from './initials.ts'
import type { Laid, LaidSection } from './letter.ts'
import { clip } from './lines.ts'
import { markup, type Markup } from '../../markup.ts'
import { css, sheetStyles } from './styles.ts'

/** Attributes of a table that only places things. */
const placing = markup`role="presentation" border="0" cellpadding="0" cellspacing="0"`

/**
 * A letter as HTML. Styles stand on each element, because many mail readers drop style sheets; tables place things,
 * because Outlook draws with Word. No pictures, no addresses but links: nothing is fetched when it is read.
 */
export function layHtml(laid: Laid): Markup {
  const { title, sender } = laid
  const tone = toneOf(sender.accent)
  return markup`<!doctype html>
<html lang="en" dir="ltr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<meta name="format-detection" content="telephone=no,date=no,address=no,email=no,url=no">
<meta name="x-apple-disable-message-reformatting">
<title>${title}</title>
<style>${sheetStyles(tone)}</style>
</head>
<body class="page" style="${css.page}">
<div style="${css.hidden}" aria-hidden="true">${openingOf(laid)}${'\u034F\u200C\u00A0'.repeat(60)}</div>
<div role="article" aria-roledescription="${say('engine:mail.role')}" aria-label="${title}" lang="en">
<table ${placing} width="100%" class="page" style="${css.outer}"><tr><td align="center" style="${css.around}">
<!--[if mso]><table role="presentation" width="560" align="center"><tr><td><![endif]-->
<table ${placing} width="100%" class="sheet" style="${css.sheet}"><tr><td class="inside" style="${css.inside}">
${brand(laid, tone.ink)}
${body(laid, tone.ink)}
</td></tr></table>
${footer(laid)}
<!--[if mso]></td></tr></table><![endif]-->
</td></tr></table>
</div>
</body>
</html>
`
}

/** What a list of mail shows after the subject. What follows it is filled up, so that nothing else slips in. */
export function openingOf({ paragraphs, facts, sections }: Laid): string {
  const first = sections.length
    ? sections.flatMap(({ items }) => items.slice(0, 2).map(({ title }) => title)).slice(0, 3)
    : paragraphs
  return clip([...first, ...facts.map(({ label, value }) => `${label}: ${value}`)].join(' · '), 140)
}

const brand = ({ sender }: Laid, ink: string) => markup`<table ${placing}><tr>
<td width="30" height="30" align="center" bgcolor="${ink}" style="${css.mark};background:${ink}" aria-hidden="true">${
  initials(sender.name) // Nothing to hear: the name follows.
}</td>
<td class="dim" style="${css.sender}">${sender.name}</td>
</tr></table>`

function body(laid: Laid, ink: string): Markup {
  const { title, greeting, paragraphs, facts, sections, act, notes } = laid
  const words = [...(greeting ? [greeting] : []), ...paragraphs]
  return markup`<h1 class="ink" style="${css.title}">${title}</h1>
${words.map((text) => markup`<p class="ink" style="${css.words}">${lines(text)}</p>`)}
${facts.length ? factTable(facts) : undefined}
${sections.map((section) => sectionHtml(section, ink))}
${act && button(act, ink)}
${notes.map((text) => markup`<p class="dim" style="${css.note}">${lines(text)}</p>`)}
${act && markup`<p class="dim" style="${css.address}">${say('engine:mail.address')} ${act.url}</p>`}`
}

const lines = (text: string): Markup => {
  const [first = '', ...more] = text.split('\n')
  return markup`${first}${more.map((line) => markup`<br>${line}`)}`
}

const factTable = (facts: Laid['facts']) =>
  markup`<table width="100%" border="0" cellpadding="0" cellspacing="0" style="${css.facts}">
${facts.map(
  ({ label, value }) => markup`<tr><th scope="row" align="left" class="dim line" style="${css.label}">${label}</th>
<td class="ink line" style="${css.value}">${lines(value)}</td></tr>`,
)}
</table>`

/** Outlook knows no padding on links, so the cell has the color and, there, the padding. */
const button = ({ label, url }: { label: string; url: string }, ink: string) =>
  markup`<table ${placing} style="margin:28px 0 24px"><tr>
<td class="act" bgcolor="${ink}" style="${css.actCell};background:${ink}"><a href="${url}" class="act" style="${
    css.act
  };background:${ink}">${label}</a></td>
</tr></table>`

function sectionHtml({ title, count, items, rest }: LaidSection, ink: string): Markup {
  const named = (item: string, url: string | undefined) =>
    url
      ? markup`<a href="${url}" class="link" style="${css.link};color:${ink}">${item}</a>`
      : markup`<strong class="ink">${item}</strong>`
  const below = (line: string) => markup`<br><span class="dim" style="${css.line}">${line}</span>`
  const rows = items.map(
    ({ title: item, line, url }) =>
      markup`<li style="${css.item}">${named(item, url)}${line ? below(line) : undefined}</li>`,
  )
  const more = rest
    ? markup`<p class="dim" style="${css.note}">${say('engine:mail.digest.more', { count: rest })}</p>`
    : undefined
  return markup`<h2 class="ink line" style="${css.section}">${title} <span class="dim" style="${
    css.count
  }">${count}</span></h2>
<ul style="${css.list}">
${rows}
</ul>
${more}`
}

function footer({ sender, why, unsubscribe, settings }: Laid): Markup {
  const link = (url: string, label: string) => markup`<a href="${url}" class="dim" style="${css.footLink}">${label}</a>`
  const links = [
    link(sender.url, sender.name),
    ...(settings ? [link(settings, say('engine:mail.settings'))] : []),
    ...(unsubscribe ? [link(unsubscribe.url, unsubscribe.label)] : []),
  ]
  return markup`<table ${placing} width="100%" style="${css.footTable}"><tr><td class="foot" style="${css.foot}">
<p class="dim" style="${css.footLine}">${why}</p>
<p class="dim" style="${css.footLine}">${links.map((one, at) => (at ? markup`&nbsp;·&nbsp; ${one}` : one))}</p>
</td></tr></table>`
}
