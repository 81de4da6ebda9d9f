import { say } from '@commonhall/kernel'
import { escapeHtml } from '../markup.ts'
import type { PersonalData } from './document.ts'
import { most, type Section } from './section.ts'

const style = `
  :root { color-scheme: light dark }
  body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 0 auto; padding: 2rem 1rem }
  h1 { font-size: 1.6rem; line-height: 1.2; text-wrap: balance }
  h2 { font-size: 1.15rem; margin: 2.5rem 0 .5rem; border-top: 1px solid #8886; padding-top: 1.25rem }
  p { max-width: 42rem }
  .scroll { overflow-x: auto }
  table { border-collapse: collapse; width: 100%; font-size: .9rem }
  th, td { text-align: start; vertical-align: top; padding: .4rem .75rem .4rem 0; border-bottom: 1px solid #8883 }
  tbody th { width: 14rem; font-weight: 500; opacity: .75 }
  td { overflow-wrap: anywhere; white-space: pre-line }
  @media print { body { padding: 0 } h2 { break-after: avoid } tr { break-inside: avoid } }`

const time = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d)[\d:.]*(Z|[+-]\d\d(:?\d\d)?)?$/

/** A value as a person reads it. */
function spoken(value: unknown): string {
  if (value === null || value === undefined || value === '') return '–'
  if (typeof value === 'boolean') return say(value ? 'personal:yes' : 'personal:no')
  if (typeof value !== 'string') return JSON.stringify(value)
  return value.replace(time, '$1 $2 UTC')
}

function cellOf({ name: section }: Section, row: Readonly<Record<string, unknown>>, name: string): string {
  const text = escapeHtml(spoken((row['titles'] as Record<string, unknown> | undefined)?.[name] ?? row[name]))
  // Addresses of our own alone; what people typed stays text.
  return section === 'files' && name === 'download' ? `<a href="${text}">${text}</a>` : text
}

/** A record's id says nothing to a person; programs take it from the JSON. */
const shownOf = (columns: Section['columns']) => columns.filter(({ name }) => name !== 'id')

/** One row stands upright, with a line for each value. */
function upright(section: Section): string {
  const {
    columns,
    rows: [row = {}],
  } = section
  const lines = shownOf(columns).map(
    ({ name, label }) => `<tr><th scope="row">${escapeHtml(label)}</th><td>${cellOf(section, row, name)}</td></tr>`,
  )
  return `<table><tbody>${lines.join('')}</tbody></table>`
}

function table(section: Section): string {
  const { columns, rows } = section
  const shown = shownOf(columns)
  const heading = shown.map(({ label }) => `<th scope="col">${escapeHtml(label)}</th>`).join('')
  const lines = rows.map(
    (row) => `<tr>${shown.map(({ name }) => `<td>${cellOf(section, row, name)}</td>`).join('')}</tr>`,
  )
  const whole = `<table><thead><tr>${heading}</tr></thead><tbody>${lines.join('')}</tbody></table>`
  return `<div class="scroll" tabindex="0">${whole}</div>`
}

function sectionHtml(section: Section): string {
  const { title, rows, cut } = section
  const body = rows.length
    ? rows.length === 1
      ? upright(section)
      : table(section)
    : `<p>${say('personal:nothing')}</p>`
  const note = cut ? `<p>${escapeHtml(say('personal:cut', { most }))}</p>` : ''
  return `<section><h2>${escapeHtml(title)}</h2>${note}${body}</section>`
}

function listed(title: string, lines: readonly string[]): string {
  const items = lines.map((one) => `<li>${escapeHtml(one)}</li>`)
  return lines.length ? `<section><h2>${escapeHtml(title)}</h2><ul>${items.join('')}</ul></section>` : ''
}

/** The same as a page that needs nothing around it: to read, to print, to keep. */
export function pageOf({ organization, about, taken_at, taken_by, sections, left_out, stays }: PersonalData): string {
  const title = escapeHtml(say('personal:title', { org: organization.name, name: about.title }))
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${title}</title><style>${style}</style></head>
<body><main><h1>${title}</h1>
<p>${escapeHtml(say('personal:taken', { at: spoken(taken_at), by: taken_by }))} ${escapeHtml(say('personal:intro'))}</p>
${sections.map(sectionHtml).join('\n')}
${listed(
  say('personal:left_out'),
  left_out.map(({ what, because }) => `${what}: ${because}`),
)}
${listed(
  say('personal:stays'),
  stays.map(({ what, fields, because }) => `${what} (${fields.join(', ')}): ${because}`),
)}
</main></body></html>
`
}
