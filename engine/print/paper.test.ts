import { describe, expect, test } from 'vitest'
import { field } from '@commonhall/kernel'
import type { PrintedLine } from './printed.ts'
import { mostTagged } from './sandboxed/set.ts'
import { pagesOf } from './testing/read-pdf.ts'
import { groupsOf, reportOf, rowsOf } from './testing/printed.ts'
import { setHere } from './testing/set-here.ts'

const heading = 'Member Hours Subsidy'
const text = async (...printed: Parameters<typeof reportOf>) =>
  (await pagesOf(await setHere(reportOf(...printed)))).join('\n')

const isRow = (line: PrintedLine): line is readonly unknown[] => Array.isArray(line)

/** What a PDF says about itself stands in it as it is. */
const inside = (pdf: Uint8Array) => Buffer.from(pdf).toString('latin1')

describe('a table on paper', () => {
  test('tells whose it is, what it is about, what was asked for, and who printed it when', async () => {
    const pdf = await setHere(reportOf(rowsOf(2)))
    const [page = ''] = await pagesOf(pdf)
    expect(page).toContain('Harbor Trades Local 100')
    expect(page).toContain('Weekly hours\nJanuary 1, 2026 to March 31, 2026\n')
    expect(page).toContain('Filters used\nProgram Renovation 2026')
    expect(page).toContain('Printed Apr 1, 2026, 9:30 AM by Dana Whitfield')
    expect(page).toContain('Page 1 of 1')
    expect(inside(pdf)).toMatch(/\/Title \(Weekly hours\)/)
    expect(inside(pdf)).toContain('/Lang (en-US)')
    expect(inside(pdf)).toContain('Harbor Trades Local 100')
  })

  test.each([
    [{ from: '2026-01-01', until: null }, 'From January 1, 2026'],
    [{ from: null, until: '2026-03-31' }, 'Until March 31, 2026'],
  ])('says of which time it is: %o', async (period, said) => {
    expect(await text(rowsOf(1), { period })).toContain(said)
  })

  test('without a row says so', async () => {
    expect(await text([])).toContain('There is nothing to list.')
  })

  test('writes each kind of value as people read it', async () => {
    const columns = [
      { heading: 'Paid', field: field.money() },
      { heading: 'Rate', field: field.money({ decimals: 4 }) },
      { heading: 'Share', field: field.percent() },
      { heading: 'Rows', field: field.count() },
      { heading: 'On', field: field.date() },
      { heading: 'At', field: field.instant() },
      { heading: 'Capped', field: field.yesNo() },
      { heading: 'State', field: field.choice(['on_hold'], { names: { on_hold: 'Waiting' } }) },
      { heading: 'Tags', field: field.tags() },
    ]
    const row = [
      '-1234567.5',
      '0.1250',
      '12.5',
      1234567,
      '2026-03-08',
      '2026-03-08T23:00:00Z',
      true,
      'on_hold',
      ['a', 'b'],
    ]
    const said = (await text([row, row.map(() => null)], { columns })).replaceAll(/\s+/g, ' ')
    expect(said).toContain('-$1,234,567.50 $0.1250 12.50 % 1,234,567 Mar 8, 2026 Mar 8, 2026, 7:00 PM Yes Waiting a, b')
  })

  test('repeats its headings on every page, counts the pages, and has its total on the last', async () => {
    const pages = await pagesOf(await setHere(reportOf(groupsOf(200, 20))))
    expect(pages.length).toBeGreaterThan(3)
    for (const [at, page] of pages.entries()) {
      expect(page).toContain(heading)
      expect(page).toContain(`Page ${at + 1} of ${pages.length}`)
      expect(page.includes('Total 1,600.00 $20,100.00')).toBe(at === pages.length - 1)
    }
    const members = [...pages.join('\n').matchAll(/Member (\d+) 8\.00 \$100\.50/g)].map(([, number]) => Number(number))
    expect(members).toEqual(Array.from({ length: 200 }, (_, at) => at % 20))
  })

  test.each([
    ['one line', 39, 'Member'],
    ['several lines', 22, 'Member of the crew that was sent out by the hall for a second time '.repeat(2)],
  ])('never begins a page with a sum whose rows, of %s, are all on the page before', async (_what, full, name) => {
    const long = (line: PrintedLine): PrintedLine =>
      isRow(line) ? line.with(1, String(line[1]).replace('Member', name)) : line
    for (let each = full - 2; each <= full + 2; each++) {
      for (const page of await pagesOf(await setHere(reportOf(groupsOf(each, each).map(long))))) {
        const body = page.slice(page.indexOf(heading) + heading.length)
        expect(body.split('\n').slice(0, 4).join()).toMatch(/Member|^,Page/)
      }
    }
  })

  test('says on the next page of which group the rows are that go on there', async () => {
    const [, second = ''] = await pagesOf(await setHere(reportOf(groupsOf(80, 80))))
    expect(second).toMatch(/Subsidy\nContractor 0\nMar 8, 2026 Member/)
  })

  test('has a sum without a name beside it where the first column is added up', async () => {
    const columns = [
      { heading: 'Hours', field: field.hours() },
      { heading: 'Member', field: field.text() },
    ]
    const said = await text([['8', 'Ann'], { as: 'total', label: 'Total', values: ['8', null] }], { columns })
    expect(said).toContain('8.00 Ann\nTotal\n8.00\n')
  })

  test('does not break the words of its headings', async () => {
    const columns = ['Difference', 'Double-time hours', 'Classification'].map((heading) => ({
      heading,
      field: field.money(),
    }))
    const many = Array.from({ length: 12 }, (_, at) => columns[at % 3] ?? { heading: '', field: field.text() })
    const said = await text([many.map(() => '1.00')], { columns: many })
    for (const word of ['Difference', 'Classification']) expect(said.split(word)).toHaveLength(5)
  })

  test('lies on its side when it is asked to, or too wide to stand', async () => {
    const sideways = /\/MediaBox \[0 0 792 612\]/
    expect(inside(await setHere(reportOf(rowsOf(1))))).not.toMatch(sideways)
    expect(inside(await setHere(reportOf(rowsOf(1), { landscape: true })))).toMatch(sideways)
    const columns = Array.from({ length: 12 }, (_, at) => ({ heading: `Amount ${at}`, field: field.money() }))
    const wide = [columns.map(() => '1234567.89')]
    expect(inside(await setHere(reportOf(wide, { columns })))).toMatch(sideways)
  })
})

describe('for a screen reader', () => {
  test('a table is a table with headings, and where it goes on is its heading not read again', async () => {
    const pdf = inside(await setHere(reportOf(groupsOf(200, 20))))
    expect(pdf).toContain('/StructTreeRoot')
    expect(pdf).toContain('/Marked true')
    const count = (tag: string) => pdf.split(`/S /${tag}\n`).length - 1
    expect([count('Table'), count('TH')]).toEqual([1, 4 + 10])
    expect(count('TR')).toBe(1 + 10 + 200 + 10 + 1)
  })

  test('a table that is too long for tags has all the same text', async () => {
    const pdf = await setHere(reportOf(rowsOf(mostTagged + 1)))
    expect(inside(pdf)).not.toContain('/StructTreeRoot')
    const pages = await pagesOf(pdf)
    expect(pages.join('\n').match(/Mar 8, 2026 Member \d+ 8\.00 \$100\.50/g)).toHaveLength(mostTagged + 1)
    expect(pages.every((page) => page.includes(heading))).toBe(true)
  })
})
