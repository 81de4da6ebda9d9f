import { readFileSync, statSync } from 'node:fs'
import { decimal } from '@commonhall/kernel'
import { amountOf, calculate, subsidyOf } from '../../modules/market-recovery/week/subsidy.ts'
import { expect, test } from 'vitest'

const text = readFileSync('docs/manual/market-recovery.md', 'utf8')
const examples = [...text.matchAll(/^\| ((?:[\d.–]+ \| ){9}[\d.]+) \|$/gm)].map(([, row = '']) => row.split(' | '))

test('a clerk can check four lines', () => expect(examples).toHaveLength(4))

test.each(examples)(
  'scale %s, pay %s, at most %s, overtime × %s, %s and %s hours are reckoned as the manual says',
  (scale, pay, most, factor, regular, overtime, rate, hours, exact, subsidy) => {
    const week = { from_on: '2026-03-02', until_on: '2026-03-08', regular, overtime, days: null }
    const calculation = calculate(week, {
      basis: 'rate-gap',
      classification: 'Journeyman',
      overtime_factor: factor,
      contractor_rate: pay,
      rate: most === '–' ? null : most,
      scales: [{ rate: scale, from_on: '2026-01-01', until_on: null }],
    })
    if ('fault' in calculation) throw new Error(calculation.fault)
    const [line] = calculation.lines
    if (!line) throw new Error('There is no line.')
    const told = decimal(regular)
      .plus(decimal(overtime).times(decimal(factor)))
      .toFixed()
    expect([line.per_hour, told, amountOf(line, factor).toFixed(), subsidyOf(calculation)]).toEqual([
      rate,
      hours,
      exact,
      subsidy,
    ])
  },
)

test('its pictures are small, and each has words for who does not see it', () => {
  const pictures = [...text.matchAll(/pictures\/[\w/-]+\.png/g)].map(([path]) => `docs/manual/${path}`)
  expect(pictures.filter((path) => statSync(path).size > 150_000)).toEqual([])
  const told = [...text.matchAll(/!\[[^\]]{20,}\]\(pictures|<img src="pictures[^>]*alt="[^"]{20,}"/g)]
  expect(told).toHaveLength(pictures.length)
})
