import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { layOut, type Need } from './columns.ts'

const figure = (whole: number): Need => ({ whole, word: whole, isFigure: true })
const text = (whole: number, word = 5): Need => ({ whole, word, isFigure: false })

const need = fc.record({
  whole: fc.double({ min: 0.5, max: 3000, noNaN: true }),
  word: fc.double({ min: 0.5, max: 300, noNaN: true }),
  isFigure: fc.boolean(),
})

test('the columns fill the sheet, whatever they need', () => {
  fc.assert(
    fc.property(fc.array(need, { minLength: 1, maxLength: 40 }), fc.boolean(), (needs, asked) => {
      const { landscape, widths } = layOut(needs, asked)
      expect(landscape || !asked).toBe(true)
      expect(widths.reduce((sum, one) => sum + one, 0)).toBeCloseTo(landscape ? 705.6 : 525.6)
      for (const width of widths) expect(width).toBeGreaterThan(0)
    }),
  )
})

test('a few columns stand upright in large type, and texts get the room that is left', () => {
  const { landscape, size, widths } = layOut([figure(5), text(10), text(20)], false)
  expect({ landscape, size }).toEqual({ landscape: false, size: 9 })
  expect(widths[0]).toBeCloseTo(5 * 9 + 7)
})

test('a figure is never broken while the sheet can be turned', () => {
  const { landscape, size, widths } = layOut([text(200), ...Array.from({ length: 9 }, () => figure(7))], false)
  expect({ landscape, size }).toEqual({ landscape: true, size: 8 })
  for (const width of widths.slice(1)) expect(width).toBeGreaterThanOrEqual(7 * size + 7)
})

test('smaller type comes before a sheet on its side, and neither before they are needed', () => {
  const fits = (many: number) =>
    layOut(
      Array.from({ length: many }, () => figure(7)),
      false,
    )
  expect([6, 8, 9, 10, 12].map((many) => fits(many)).map(({ landscape, size }) => [landscape, size])).toEqual([
    [false, 9],
    [false, 8],
    [false, 7],
    [true, 9],
    [true, 7],
  ])
})

test('a column of texts wider than the sheet leaves the others what they need', () => {
  const { widths, size } = layOut([figure(6), text(4000, 60), text(30, 8)], false)
  expect(widths[0]).toBeGreaterThanOrEqual(6 * size + 7)
  expect(widths[2]).toBeGreaterThanOrEqual(8 * size)
})
