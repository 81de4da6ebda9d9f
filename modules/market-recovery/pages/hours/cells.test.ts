import { describe, expect, test } from 'vitest'
import { type Cell, cellOf, clipped, linesOf, nameOf, pasted, stepFrom } from './cells.ts'
import { noDays, type Typed } from './entry.ts'

const week = ['2026-03-02', '2026-03-03', '2026-03-04', '2026-03-05', '2026-03-06', '2026-03-07', '2026-03-08']
const plain: Typed = { regular: '', overtime: '', days: null, confirmed: false }
const byDay: Typed = { ...plain, days: noDays(week) }
const rows = (...all: readonly (readonly [string, Typed])[]) =>
  linesOf(all.map(([assignment, typed]) => ({ assignment, typed })))
const at = (name: string): Cell => cellOf(name)
const lead = (lines: ReturnType<typeof rows>, from: string, ...steps: Parameters<typeof stepFrom>[2][]) => {
  const cell = steps.reduce<Cell | undefined>((here, step) => here && stepFrom(lines, here, step), at(from))
  return cell && nameOf(cell)
}

describe('keys move through the grid as through a spreadsheet', () => {
  const three = rows(['a', plain], ['b', plain], ['c', plain])
  const mixed = rows(['a', plain], ['b', byDay], ['c', plain])
  test.each([
    ['down stays in the column', three, 'a overtime', ['down', 'down'], 'c overtime'],
    ['and ends at the last row', three, 'c regular', ['down'], undefined],
    ['up leads back', three, 'c overtime', ['up'], 'b overtime'],
    ['right leads to overtime, and no further', three, 'a regular', ['right', 'right'], undefined],
    ['on from overtime leads to the next member', three, 'a overtime', ['next'], 'b regular'],
    ['and back', three, 'b regular', ['before'], 'a overtime'],
    ['a row entered by day has two lines of seven', mixed, 'b regular 2026-03-04', ['down'], 'b overtime 2026-03-04'],
    ['out of which one comes to the nearest cell', mixed, 'b overtime 2026-03-08', ['down'], 'c overtime'],
    ['and into which one comes at the same place', mixed, 'c overtime', ['up'], 'b overtime 2026-03-03'],
    ['Tab walks all days', mixed, 'b regular 2026-03-08', ['next'], 'b overtime 2026-03-02'],
  ] as const)('%s', (_, lines, from, steps, to) => {
    expect(lead(lines, from, ...steps)).toBe(to)
  })
})

describe('what comes from a spreadsheet', () => {
  test('is read by lines and columns, without its heading and the empty end', () => {
    expect(clipped('Reg\tOT\r\n40\t2.5\r\n 38 \t\r\n')).toEqual([
      ['40', '2.5'],
      ['38', ''],
    ])
    expect(clipped('40\n\n32\n')).toEqual([['40'], [''], ['32']])
  })

  const three = rows(['a', plain], ['b', plain], ['c', plain])
  const said = ({ changes, left }: ReturnType<typeof pasted>) => [
    changes.map((one) => `${nameOf(one)}=${one.text}`).join(', '),
    left,
  ]

  test('one column goes down from where one is', () => {
    expect(said(pasted(three, at('b regular'), '40\n32'))).toEqual(['b regular=40, c regular=32', 0])
    expect(said(pasted(three, at('a overtime'), '1\n2\n3'))).toEqual(['a overtime=1, b overtime=2, c overtime=3', 0])
  })

  test('two columns fill both, and what has no cell is told', () => {
    expect(said(pasted(three, at('c regular'), '40\t2\n38\t1'))).toEqual(['c regular=40, c overtime=2', 2])
    expect(said(pasted(three, at('a overtime'), '1\t9'))).toEqual(['a overtime=1', 1])
  })

  test('a row that is entered by day keeps its place and is left out', () => {
    const mixed = rows(['a', plain], ['b', byDay], ['c', plain])
    expect(said(pasted(mixed, at('a regular'), '40\n39\n38'))).toEqual(['a regular=40, c regular=38', 1])
  })

  test('a line of days stays in its row', () => {
    const lines = rows(['a', byDay], ['b', plain])
    expect(said(pasted(lines, at('a regular 2026-03-06'), '8\t4\n1\t1\n9'))).toEqual([
      'a regular 2026-03-06=8, a regular 2026-03-07=4, a overtime 2026-03-06=1, a overtime 2026-03-07=1',
      1,
    ])
  })
})
