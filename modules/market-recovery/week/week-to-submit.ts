import { decimal, zero } from '@commonhall/kernel'
import type { Fault } from './week-days.ts'

const fullWeek = decimal('40')

/** Why a week that is right as a draft is not submitted yet: it is empty, or long and nobody has confirmed that. */
export function objectionTo(week: {
  readonly regular: string
  readonly overtime: string
  readonly over_40_confirmed: boolean | null
}): Fault | undefined {
  const [regular, overtime] = [decimal(week.regular), decimal(week.overtime)]
  if (regular.eq(zero) && overtime.eq(zero)) return { path: 'regular', code: 'no_hours' }
  if (regular.gt(fullWeek) && !week.over_40_confirmed)
    return { path: 'over_40_confirmed', code: 'over_40', params: { hours: week.regular } }
  return undefined
}
