import { expect, test } from 'vitest'
import { field } from '@commonhall/kernel'
import { pagesOf } from './testing/read-pdf.ts'
import { reportOf } from './testing/printed.ts'
import { setHere } from './testing/set-here.ts'

const columns = [
  { heading: 'Written', field: field.text() },
  { heading: 'Amount', field: field.money() },
]

const printed = async (text: string) =>
  (await pagesOf(await setHere(reportOf([[text, '12.50']], { columns })))).join('\n')

test.each([
  ['a call', '#panic("x") #read("/etc/passwd") #import "@preview/cetz:0.3.1"'],
  ['mathematics', '$ x^2 $ and \\ and \\u{41}'],
  ['references and labels', '@ann <label> https://example.org/?a=1&b=2'],
  ['signs that mean something in markup', '*bold* _it_ `raw` = title ~ -- --- ... // gone? /* gone? */'],
  ['a list', '- one + two / three: four'],
  ['quotes', '"plain" \'single\' “curly” ‘both’'],
  ['our own placeholders', '{page} {{title}} ${title}'],
  ['markup of other kinds', '</td><script>alert(1)</script> {\\rtf1}'],
  ['names', 'Zoë Quiñones, Yılmaz Öztürk, Nguyễn Thị Minh, Łukasz Brzęczyszczykiewicz, Ólafur Þór, Šárka, Ștefan'],
  ['Greek and Cyrillic', 'Νίκος Παπαδόπουλος, Олена Шевченко'],
  ['right to left', 'שלום'],
  ['emoji', 'Done 😀'],
  ['ligatures', 'office, final, fjord'],
])('%s is text on paper', async (_what, text) => {
  expect(await printed(text)).toContain(text)
})

test('half a character becomes the sign for a lost one, and what controls printers a space', async () => {
  expect(await printed('a\ud800b\u0007c\td\u001b[31m')).toContain('a\ufffdb c d [31m')
})

test('lines stay lines', async () => {
  expect(await printed('one\r\ntwo\u2028three')).toContain('one\ntwo\nthree')
})

test('ten thousand letters without a space are all there, and beside them the amount', async () => {
  const letters = Array.from({ length: 2000 }, (_, at) => `${at}`.padStart(5, 'x')).join('')
  const pages = await pagesOf(await setHere(reportOf([[letters, '12.50']], { columns })))
  expect(pages.length).toBeGreaterThan(1)
  const found = pages.map((page) => page.match(/[x\d]{20}[x\d\n]+/)?.[0].replaceAll('\n', '') ?? '')
  expect(found.join('') === letters).toBe(true)
  expect(pages.join('\n')).toContain('$12.50')
})

test('whatever stands around the table is text too', async () => {
  const hash = '#panic() $x$ @y'
  const org = { id: 'x', name: `Local ${hash}`, timeZone: 'UTC' }
  const filters = [[`Word ${hash}`, `Said ${hash}`]] as const
  const marks = [{ as: 'group', label: `Group ${hash}` } as const, { as: 'total', label: `Sum ${hash}` } as const]
  const more = {
    org,
    filters,
    title: `Title ${hash}`,
    by: `Dana ${hash}`,
    columns: [{ heading: hash, field: field.text() }],
  }
  const said = (await pagesOf(await setHere(reportOf(marks, more)))).join('\n')
  for (const word of ['Local', 'Word', 'Said', 'Group', 'Sum', 'Title', 'Dana'])
    expect(said).toContain(`${word} ${hash}`)
})

test('names of many languages need no typeface but ours', async () => {
  const names = 'Zoë Quiñones Yılmaz Öztürk Nguyễn Thị Minh Łukasz Brzęczyszczykiewicz Νίκος Олена'
  const pdf = Buffer.from(await setHere(reportOf([[names, '1']], { columns }))).toString('latin1')
  const faces = [...pdf.matchAll(/\/BaseFont \/[A-Z]{6}\+([\w-]+)/g)].map(([, face]) => face)
  expect(new Set(faces)).toEqual(new Set(['SourceSans3-Regular', 'SourceSans3-SemiBold']))
})
