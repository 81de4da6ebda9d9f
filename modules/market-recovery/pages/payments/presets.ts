import { dayAfter, weekdayOf } from '@commonhall/kernel'

export interface Preset {
  readonly name: 'lastWeek' | 'lastTwoWeeks' | 'lastMonth' | 'thisMonth'
  readonly from: string
  readonly until: string
}

/**
 * Pay periods that people mean: weeks from Monday to Sunday, so that whichever day a contractor's payroll week ends on,
 * one of its weeks ends in each; and months.
 */
export function presetsOf(today: string): readonly Preset[] {
  const sunday = dayAfter(today, -weekdayOf(today))
  const first = `${today.slice(0, 7)}-01`
  const last = dayAfter(first, -1)
  return [
    { name: 'lastWeek', from: dayAfter(sunday, -6), until: sunday },
    { name: 'lastTwoWeeks', from: dayAfter(sunday, -13), until: sunday },
    { name: 'lastMonth', from: `${last.slice(0, 7)}-01`, until: last },
    { name: 'thisMonth', from: first, until: today },
  ]
}
