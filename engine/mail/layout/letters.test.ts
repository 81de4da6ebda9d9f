import { beforeAll, describe, expect, test } from 'vitest'
import { type Message, type Notice, say } from '@commonhall/kernel'
import { catalog } from '@commonhall/modules/catalog'
import { registryOf } from '../../boot.ts'
import { accents } from '../../host/presets.ts'
import type { Registry } from '../../registry.ts'
import { toneOf } from './accents.ts'
import { digestLetter, type Letter, letterOf } from './letter.ts'
import { houseLetters } from '../letters/index.ts'
import { messageOf, samplesOf } from '../dev/samples.ts'

const publicUrl = 'https://hall.example.org'
const org = { name: 'Harbor Trades Local 100', accent: 'blue', url: `${publicUrl}/o/local-100` }
const frame = { publicUrl, org, greeting: 'Hello Ann,', unsubscribe: { url: `${publicUrl}/unsubscribe/x` } }

let registry: Registry
let notices: readonly Notice[]

beforeAll(() => {
  registry = registryOf(catalog)
  notices = [...houseLetters, ...[...registry.letters.values()].map(({ notice }) => notice)]
})

const unescaped = (html: string) =>
  html
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&nbsp;', ' ')
    .replaceAll('&amp;', '&')

/** What a reader sees of the HTML, the hidden line of the list of mail left out. */
const visible = (html: string) =>
  unescaped(
    html
      .replace(/^[\s\S]*<body[^>]*>/, '')
      .replace(/<div [^>]*aria-hidden="true">[^<]*<\/div>/, '')
      .replace(/<!--.*?-->/g, '')
      .replace(/<br>/g, '\n')
      .replace(/<[^>]+>/g, ' '),
  )
const flat = (text: string) => text.replace(/\s+/g, ' ')
const links = ({ html, text }: Letter) => [
  ...[...html.matchAll(/href="([^"]*)"/g)].map(([, url = '']) => unescaped(url)),
  ...(text.match(/https?:\/\/\S+/g) ?? []),
]

test('the thirteen letters that an office needs are there', () => {
  const names = [
    ...notices.map(({ name }) => name),
    ...samplesOf(registry, publicUrl)
      .at(-1)!
      .samples.map((s) => s.name),
  ]
  const needed = `foundation.welcome foundation.password-reset notices.certification-expiring notices.attendance-alert
    notices.grant-deadline notices.task-due notices.vote-opened notices.vote-closing notices.maintenance-due
    notices.payment-received notices.invoice-overdue notices.hours-awaiting-approval foundation.daily-digest`
  expect(names).toEqual(expect.arrayContaining(needed.split(/\s+/)))
})

test('every letter says the same as HTML and as text, with no word missing, and leads to the house alone', () => {
  const samples = samplesOf(registry, publicUrl).flatMap((group) => group.samples)
  expect(samples.length).toBeGreaterThan(20)
  for (const { name, letter } of samples) {
    const { subject, text, html } = letter
    expect(subject, name).toMatch(/^[^\r\n]{5,120}$/)
    expect(`${subject}\n${text}\n${html}`, name).not.toMatch(
      /undefined|\bnull\b|NaN|\{\{|[a-z_]+:[a-z_]+\.[a-z_]+|\[object/,
    )
    expect(html, name).toContain('<html lang="en"')
    expect(Buffer.byteLength(html), name).toBeLessThan(100_000)
    expect(html, name).not.toMatch(/<img|<script|<link|url\(|@import/)
    for (const url of links(letter)) expect(new URL(url).origin, `${name}: ${url}`).toBe(publicUrl)
    const hrefs = [...html.matchAll(/href="([^"]*)"/g)].map(([, url = '']) => unescaped(url))
    expect(new Set(text.match(/https?:\/\/\S+/g)), name).toEqual(new Set(hrefs))
    const seen = flat(visible(html))
    const lines = text.split('\n').map((line) => flat(line.replace(/^[ *-]+/, '')).trim())
    const said = lines
      .flatMap((line) => line.split(/:$|: +/))
      .filter((line) => line && line !== '--' && !line.includes('://'))
    for (const line of said)
      expect(seen, `${name} says in text alone: ${line}`).toContain(line.replace(/ \(\d+\)$/, ''))
  }
})

describe('whatever people write', () => {
  const hostile = [
    '<script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    "' style='background:url(https://evil.example)",
    '&lt;b&gt; &amp; {{name}} $t(engine:mail.house)',
    '--> <!--[if mso]><table>',
    '\u202Eesrever\u0000\u0007',
    'one\r\nBcc: eve@evil.example\r\n\r\nhttps://evil.example',
    'x'.repeat(3000),
    '👩‍🏭 Łódź مرحبا',
  ]
  const filled = ({ fields, sample }: Notice, text: string) =>
    Object.fromEntries(
      Object.entries(sample as Record<string, unknown>).map(([name, value]) => [
        name,
        /^(text|long_text)$/.test(fields[name]?.kind ?? '') ? text : value,
      ]),
    )

  test.each(hostile)('stays text in every letter: %#', (text) => {
    for (const notice of notices) {
      const reader = { name: text, org: text, timeZone: 'UTC' }
      const message = notice.message(filled(notice, text), reader)
      const letter = letterOf(message, {
        ...frame,
        greeting: say('engine:mail.greeting', { name: text }),
        org: { ...org, name: text },
      })
      expect(letter.subject).toMatch(/^[^\p{Cc}\u202e]{1,120}$/u)
      const tags = new Set([...letter.html.matchAll(/<\/?([a-z]\w*)/gi)].map(([, tag]) => tag))
      for (const tag of ['script', 'img', 'b']) expect(tags, notice.name).not.toContain(tag)
      expect(letter.html.match(/<!--/g), notice.name).toHaveLength(2)
      expect(letter.html, notice.name).not.toMatch(/[^\n\P{Cc}]|\u202e/u)
      expect(letter.html, notice.name).not.toMatch(/ (onerror|style)='/)
      for (const url of letter.html.matchAll(/href="([^"]*)"/g))
        expect(new URL(unescaped(url[1]!)).origin, notice.name).toBe(publicUrl)
      expect(Buffer.byteLength(letter.html), notice.name).toBeLessThan(100_000)
    }
  })

  test.each([
    'https://evil.example/',
    '//evil.example',
    '/\\evil.example',
    '@evil.example',
    '.evil.example',
    'javascript:alert(1)',
  ])('a path such as %s leads to the house all the same', (path) => {
    const message: Message = { title: 'Hello', paragraphs: [], act: { label: 'Go', path } }
    for (const url of links(letterOf(message, frame))) expect(new URL(url).origin).toBe(publicUrl)
  })
})

test('facts stand under each other in the text, and so do their further lines', () => {
  const facts = [
    { label: 'Due', value: 'May 1' },
    { label: 'Last done', value: 'never\nas far as we know' },
  ]
  const { text } = letterOf({ title: 'Boiler', paragraphs: ['Look.'], facts }, frame)
  expect(text).toContain('  Due:       May 1\n  Last done: never\n             as far as we know\n')
})

test('the unsubscribe link stands in both forms when there is one, and only then', () => {
  const message = { title: 'Boiler', paragraphs: ['Look.'] }
  const { unsubscribe, ...without } = frame
  for (const form of [letterOf(message, frame).text, letterOf(message, frame).html])
    expect(form).toContain(unsubscribe.url)
  const bare = letterOf(message, without)
  expect(bare.text + bare.html).not.toContain('unsubscribe')
})

test('a digest of a thousand items stays short, counts what it leaves out, and is made in no time', () => {
  const [{ notice }] = [...registry.letters.values()] as unknown as [{ notice: Notice }]
  const items = Array.from({ length: 50 }, () => messageOf(notice, org))
  const sections = Array.from({ length: 20 }, (_, n) => ({ title: `Kind ${n}`, items }))
  const letter = digestLetter({ ...frame, pace: 'daily', sections })
  expect(letter.subject).toBe('Harbor Trades Local 100: 1000 things since yesterday')
  expect(letter.text).toContain('Kind 0 (50)')
  expect(letter.text).toContain('and 42 more')
  expect(letter.text).toContain('400 more are in your inbox.')
  expect(Buffer.byteLength(letter.html)).toBeLessThan(100_000)
})

/** The contrast of two colors, by WCAG 2. */
function contrast(one: string, other: string): number {
  const light = (hex: string) =>
    [1, 3, 5]
      .map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
      .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
      .reduce((sum, part, at) => sum + part * [0.2126, 0.7152, 0.0722][at]!, 0)
  const [dark, bright] = [light(one), light(other)].toSorted((a, b) => a - b) as [number, number]
  return (bright + 0.05) / (dark + 0.05)
}

test.each(accents)('a button and a link in %s can be read, in the light and in the dark', (accent) => {
  const { ink, glow } = toneOf(accent)
  expect(contrast(ink, '#ffffff')).toBeGreaterThanOrEqual(4.5)
  expect(contrast(glow, '#1c1e22')).toBeGreaterThanOrEqual(4.5)
  expect(contrast(glow, '#111214')).toBeGreaterThanOrEqual(4.5)
})
