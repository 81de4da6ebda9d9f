import { dayAfter } from '@commonhall/kernel'
import type { DayOfWork } from '../week/calculation.ts'
import type { Terms, Week } from '../week/subsidy.ts'
import type { OracleWeek } from './oracle.ts'

/** The same weeks each time: whoever finds one that is wrong can find it again. */
function seeded(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) % below
  }
}

/** A number with so many digits behind the point, as text. */
function written(whole: number, digits: number): string {
  const text = String(Math.abs(whole)).padStart(digits + 1, '0')
  return `${whole < 0 ? '-' : ''}${text.slice(0, -digits)}.${text.slice(-digits)}`
}

export interface RandomWeek {
  readonly week: Week
  readonly terms: Terms
  readonly oracle: OracleWeek
}

const monday = '2025-03-03'

/** Weeks of every kind: each basis, with a cap and without, whole and by days, taken back, with a change of scale. */
export function* randomWeeks(many: number, seed = 1915): Generator<RandomWeek> {
  const random = seeded(seed)
  const pick = <One>(from: readonly One[]): One => from[random(from.length)] as One
  for (let n = 0; n < many; n += 1) {
    const basis = pick(['rate-gap', 'rate-gap', 'fixed-rate', 'award'] as const)
    const factor = pick(['1.0', '1.5', '2.0', '1', '2'])
    const contractor_rate = written(random(900_000), 4)
    const rate = basis === 'rate-gap' && random(2) ? null : written(random(400_000), 4)
    const [first, second] = [written(random(1_200_000), 4), written(random(1_200_000), 4)]
    const changes = random(3) === 0
    const sign = random(5) === 0 ? -1 : 1
    const change = random(6) + 1
    const days: DayOfWork[] = Array.from({ length: 7 }, (_, day) => ({
      on: dayAfter(monday, day),
      regular: written(sign * random(1_200), 2),
      overtime: written(sign * random(600), 2),
    }))
    const sum = (name: 'regular' | 'overtime') =>
      written(
        days.reduce((all, day) => all + Number(day[name].replace('.', '')), 0),
        2,
      )
    const isByDay = changes || random(2) === 0
    const scaleOn = (day: number) => (changes && day >= change ? second : first)
    const whole = { regular: sum('regular'), overtime: sum('overtime') }
    yield {
      week: { from_on: monday, until_on: dayAfter(monday, 6), ...whole, days: isByDay ? days : null },
      terms: {
        basis,
        classification: 'Journeyman',
        overtime_factor: factor,
        contractor_rate,
        rate,
        scales: changes
          ? [
              { rate: first, from_on: '2025-01-01', until_on: dayAfter(monday, change - 1) },
              { rate: second, from_on: dayAfter(monday, change), until_on: null },
            ]
          : [{ rate: first, from_on: '2025-01-01', until_on: null }],
      },
      oracle: {
        basis,
        contractor_rate,
        rate,
        factor,
        days: isByDay ? days.map((day, index) => ({ ...day, scale: scaleOn(index) })) : [{ ...whole, scale: first }],
      },
    }
  }
}
