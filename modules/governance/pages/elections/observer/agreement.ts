import { t } from '../t.ts'
import type { Watch } from '../wire.ts'

/** Whether the numbers of an election agree, in a sentence each. */
export interface Check {
  readonly isGood: boolean
  readonly text: string
}

/** Nobody beyond the electorate, and no more ballots than papers: what anybody can reckon from the counters. */
export function agreement({ eligible, taken, online = 0, cast }: Watch): Check[] {
  const checks: Check[] = [
    taken <= eligible
      ? { isGood: true, text: t('elections.watching.check.taken') }
      : { isGood: false, text: t('elections.watching.check.takenBad', { taken, eligible }) },
  ]
  if (cast === undefined) return checks
  const isMore = cast > online
  const open = online - cast
  return [
    ...checks,
    isMore
      ? { isGood: false, text: t('elections.watching.check.castBad', { cast, issued: online }) }
      : { isGood: true, text: t('elections.watching.check.cast') },
    ...(isMore
      ? []
      : [
          open
            ? { isGood: true, text: t('elections.watching.check.open', { count: open }) }
            : { isGood: true, text: t('elections.watching.check.nobodyOpen') },
        ]),
  ]
}
