import { PDFiumLibrary } from '@hyzyla/pdfium'
import { readXlsx } from 'hucre/xlsx'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { asOwner, notebook, openHouse, type TestHouse, type Voice } from '@commonhall/engine/testing'

let house: TestHouse
let staff: Voice
let member: Voice
beforeAll(async () => {
  house = await openHouse({ modules: [notebook] })
  staff = await house.as('staff@riverside.example')
  member = await house.as('member@riverside.example')
  await asOwner(
    house,
    `insert into notebook.entry (org_id, title, mood, day, cost, spent, score, state)
    select o.id, e.title, e.mood, e.day::date, e.cost, e.spent, e.score, 'draft' from foundation.org o, (values
      ('Alpha', 'calm', '2026-01-05', 0.10, 7.25, 1), ('Beta', 'calm', '2026-01-05', 0.20, null, 2),
      ('Gamma', 'glad', '2026-02-01', 900719925474.99, 0.5, 3), ('Delta', null, '2026-03-31', null, 1, 4),
      ('Epsilon', 'glad', '2025-12-31', -0.01, 2, 5)
    ) e(title, mood, day, cost, spent, score) where o.slug = 'riverside'`,
  )
})
afterAll(() => house.close())

const spending = '/reports/notebook.spending'
const read = async (query = '') => (await staff.get(`${spending}${query}`)).json()
const titles = async (query: string) => (await read(query)).rows.map(({ title }: { title: string }) => title)

describe('a page of a report', () => {
  test('has rows in order, groups together, and exact sums of all of it', async () => {
    const page = await read('?limit=2')
    expect(page.rows).toMatchObject([
      { mood: 'calm', title: 'Alpha', day: '2026-01-05', cost: '0.10', spent: '7.25', score: 1 },
      { mood: 'calm', title: 'Beta', cost: '0.20', spent: null, score: 2 },
    ])
    expect(page).toMatchObject({
      count: 5,
      more: true,
      totals: { cost: '900719925475.28', spent: '10.75', score: 15 },
      subtotals: [{ of: { mood: 'calm' }, count: 2, totals: { cost: '0.30', spent: '7.25', score: 3 } }],
      asked: { from: null, until: null, mood: null, about: null },
    })
  })

  test('goes on where the last one ended, and ends', async () => {
    expect(await titles('?limit=2&offset=2')).toEqual(['Epsilon', 'Gamma'])
    const last = await read('?limit=2&offset=4')
    expect(last).toMatchObject({
      more: false,
      rows: [{ title: 'Delta' }],
      subtotals: [{ of: { mood: null }, count: 1 }],
    })
  })

  test('is sorted by any column, within groups that stay together', async () => {
    expect(await titles('?sort=-cost')).toEqual(['Beta', 'Alpha', 'Gamma', 'Epsilon', 'Delta'])
    expect(await titles('?sort=-mood,title')).toEqual(['Delta', 'Epsilon', 'Gamma', 'Alpha', 'Beta'])
  })

  test('draws sums, month by month', async () => {
    const { chart } = await read('?until=2026-02-28')
    expect(chart).toEqual({
      kind: 'line',
      x: 'day',
      y: ['cost'],
      per: 'month',
      more: false,
      points: [
        { day: '2025-12-01', cost: '-0.01' },
        { day: '2026-01-01', cost: '0.30' },
        { day: '2026-02-01', cost: '900719925474.99' },
      ],
    })
  })

  test('adds up to nothing where there is nothing', async () =>
    expect(await read('?from=2030-01-01')).toMatchObject({
      rows: [],
      count: 0,
      more: false,
      totals: { cost: '0.00', spent: '0.00', score: 0 },
      subtotals: [],
    }))

  test('knows periods by their names', async () => {
    const { asked } = await read('?period=last-year')
    expect(asked.from).toMatch(/-01-01$/)
    expect(asked.until).toBe(asked.from.replace('-01-01', '-12-31'))
  })

  test.each([
    ['?from=2026-02-01&until=2026-01-01', 'period_backwards', '"Until" is before "From".'],
    ['?period=next-week', 'unknown_period', 'this-week'],
    ['?period=last-week&from=2026-01-01', 'period_twice', 'not both'],
    ['?sort=colour', 'bad_sort', 'colour'],
    ['?sort=entry', 'bad_sort', 'entry'],
    ['?sort=day,cost,spent,score,mood', 'too_many_sorts', ''],
    ['?limit=0', 'bad_limit', '1 to 1000'],
    ['?offset=-1', 'bad_offset', '100000'],
    ['?mood=angry', 'not_a_choice', 'Mood'],
    ['?format=csv&limit=5', 'unknown_field', ''],
    ['?format=doc', 'unknown_format', 'csv'],
  ])('%s is refused in a sentence', async (query, code, sentence) => {
    const reply = await staff.get(`${spending}${query}`)
    expect(reply.statusCode).toBe(422)
    const said = reply.json()
    expect(said.errors?.[0]?.code ?? said.code).toBe(code)
    expect(said.errors?.[0]?.message ?? said.detail).toContain(sentence)
  })

  test('is closed to whoever has not the permission, in every format', async () => {
    for (const format of ['json', 'csv', 'xlsx', 'pdf'])
      expect((await member.get(`${spending}?format=${format}`)).statusCode).toBe(403)
  })
})

test('a file is whole and in the same order, without what is only there for links', async () => {
  const reply = await staff.get(`${spending}?format=csv&sort=-cost&mood=calm`)
  expect(reply.body).toBe(
    '\ufeffMood,Title,Day,Cost,Spent,Score\r\ncalm,Beta,2026-01-05,0.20,,2\r\ncalm,Alpha,2026-01-05,0.10,7.25,1\r\n',
  )
})

const filesOf = async (format: string, query = '') => {
  const reply = await staff.get(`${spending}?format=${format}${query}`)
  expect([format, reply.statusCode]).toEqual([format, 200])
  return reply
}

test('a workbook has real numbers and days, totals below them, and a sheet that says what it is', async () => {
  const { rawPayload, headers } = await filesOf('xlsx', '&until=2026-02-28&mood=glad')
  expect(headers['content-disposition']).toMatch(/riverside-notebook-spending-\d{4}-\d\d-\d\d\.xlsx/)
  const { sheets } = await readXlsx(rawPayload)
  const [rows, about] = sheets.map((sheet) => sheet.rows)
  expect(rows).toEqual([
    ['Mood', 'Title', 'Day', 'Cost', 'Spent', 'Score'],
    ['glad', 'Epsilon', new Date('2025-12-31'), -0.01, 2, 5],
    ['glad', 'Gamma', new Date('2026-02-01'), 900719925474.99, 0.5, 3],
    ['Total', null, null, 900719925474.98, 2.5, 8],
  ])
  expect(about).toEqual(
    expect.arrayContaining([
      ['Report', 'What entries cost'],
      ['Days', 'open – February 28, 2026'],
      ['Mood', 'Glad'],
    ]),
  )
})

/** What stands on paper. */
async function textOf(pdf: Buffer): Promise<string> {
  const document = await (await PDFiumLibrary.init()).loadDocument(pdf)
  return [...document.pages()].map((page) => page.getText()).join('\n')
}

test('paper has groups with their sums, the total, and what was asked', async () => {
  const { rawPayload } = await filesOf('pdf', '&until=2026-02-28')
  const text = await textOf(rawPayload)
  for (const said of ['What entries cost', 'calm', 'Alpha', 'calm, 2 rows', '$0.30', 'Total', '$900,719,925,475.28'])
    expect(text).toContain(said)
  expect(text).not.toContain('Delta')
})

test('who takes out what is told in the audit trail, with how many rows', async () => {
  const admin = await house.as('admin@riverside.example')
  for (const format of ['csv', 'xlsx', 'pdf']) await filesOf(format, '&mood=calm')
  const lines = (await admin.get('/audit?filter[resource]=notebook.spending&sort=-at&limit=3')).json().data
  expect(lines.map(({ act, detail }: { act: string; detail: object }) => [act, detail])).toEqual(
    ['pdf', 'xlsx', 'csv'].map((format) => ['export', { fields: [], rows: 2, format }]),
  )
})

test('what only some may read stands in no format for the others', async () => {
  const [officer, told] = [await house.as('officer@riverside.example'), '/reports/notebook.told']
  await asOwner(
    house,
    `insert into notebook.entry (org_id, title, whisper, state)
    select id, 'Told', 'hushhush', 'draft' from foundation.org where slug = 'riverside'`,
  )
  const sheet = async (bytes: Buffer) => JSON.stringify((await readXlsx(bytes)).sheets)
  const readers = { json: String, csv: String, xlsx: sheet, pdf: textOf }
  for (const [format, read] of Object.entries(readers)) {
    const seen = async (voice: Voice) => await read((await voice.get(`${told}?format=${format}`)).rawPayload)
    expect([format, (await seen(staff)).includes('hushhush'), (await seen(officer)).includes('hushhush')]).toEqual([
      format,
      true,
      false,
    ])
  }
})

test('10,000 amounts add up to the cent, by groups and in all, on every way out', async () => {
  await asOwner(
    house,
    `insert into notebook.entry (org_id, title, mood, day, cost, state)
    select o.id, 'Many ' || n, (array['calm', 'glad', 'cross'])[n % 3 + 1], '2001-01-01', n * 0.07 - 123.45, 'draft'
    from foundation.org o, generate_series(1, 10000) n where o.slug = 'riverside'`,
  )
  // The sum of n × 7 − 12345 cents over n from 1 to 10,000.
  const cents = (7 * 10_000 * 10_001) / 2 - 12_345 * 10_000
  const year = '?from=2001-01-01&until=2001-12-31'
  const { totals, subtotals, rows, count, more } = await read(`${year}&limit=1000`)
  expect([totals.cost, count, rows.length, more]).toEqual([(cents / 100).toFixed(2), 10_000, 1000, true])
  expect(subtotals).toHaveLength(1)
  const inCents = (text: string) => Number(text.replace('.', ''))
  const { body } = await filesOf('csv', year.replace('?', '&'))
  const amounts = body
    .trim()
    .split('\r\n')
    .slice(1)
    .map((line) => line.split(','))
  expect(amounts.reduce((sum, [, , , cost = '']) => sum + inCents(cost), 0)).toBe(cents)
  const groups = Map.groupBy(amounts, ([mood = '']) => mood)
  for (const [mood, lines] of groups) {
    const sum = lines.reduce((all, [, , , cost = '']) => all + inCents(cost), 0)
    expect((await read(`${year}&mood=${mood}`)).totals.cost).toBe((sum / 100).toFixed(2))
  }
})

test('a page can ask whether it may have a file before it saves one', async () => {
  const url = `/api/v1/orgs/riverside${spending}`
  const head = (query: string) => staff.send({ method: 'HEAD', url: `${url}${query}` })
  const answers = await Promise.all(['?format=pdf', '?format=xlsx&mood=angry'].map(head))
  expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 422])
})
