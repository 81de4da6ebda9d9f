import { type Change, type Context, defineWriting, type RowOf, type Verdict } from '@commonhall/kernel'
import { faultSentence } from '../week/fault-sentence.ts'
import { hours } from '../resources/hours.ts'
import { type Place, placesOf } from '../week/terms.ts'
import { reckon } from '../week/week.ts'
import { type Fault, readDays } from '../week/week-days.ts'

type Hours = RowOf<typeof hours>
/** What is looked at of a week, written or about to be. */
type Given = Change<typeof hours>['next'] & { readonly stands?: boolean }
type Original = Pick<Hours, 'id' | 'assignment' | 'week_ending' | 'state' | 'adjusts' | 'calculation'>

/** The paid weeks that others put right. */
async function originalsOf(ctx: Context, given: readonly Given[]) {
  const ids = given.flatMap(({ adjusts }) => adjusts ?? [])
  if (!ids.length) return new Map<string, Original>()
  const rows = await ctx.db
    .selectFrom('market_recovery.hours')
    .select(['id', 'assignment', 'week_ending', 'state', 'adjusts', 'calculation'])
    .where('id', 'in', ids)
    .execute()
  return new Map(rows.map((row) => [row.id, row]))
}

/** Looks at weeks of hours and reckons each. The database adds what only it can know: what others do meanwhile. */
export async function reckonHours(ctx: Context, given: readonly Given[]): Promise<readonly Verdict<typeof hours>[]> {
  const places = await placesOf(ctx, [...new Set(given.map(({ assignment }) => assignment))])
  const originals = await originalsOf(ctx, given)
  return given.map((week) => {
    const place = places.get(week.assignment)
    if (!place) return { errors: [faultSentence({ path: 'assignment', code: 'no_assignment' })] }
    const original = week.adjusts ? originals.get(week.adjusts) : undefined
    const days = week.days === null ? null : readDays(week.days)
    const faults = [
      ...(days && 'code' in days ? [days] : []),
      ...(week.adjusts ? faultsOfAdjustment(week, original) : []),
    ]
    if (faults.length) return { errors: faults.map(faultSentence) }
    const told = { ...week, days: days as Hours['days'], original: original?.calculation ?? null }
    const reckoned = reckon(told, place, ctx.today)
    if (!reckoned.ok) return { errors: reckoned.faults.map(faultSentence) }
    const { subsidy, calculation } = reckoned
    return { sets: { ...of(place), days: days as Hours['days'], subsidy, calculation } }
  })
}

const of = ({ member, contractor, program, project }: Place) => ({ member, contractor, program, project })

function faultsOfAdjustment({ assignment, week_ending }: Given, original: Original | undefined): Fault[] {
  if (!original) return [{ path: 'adjusts', code: 'no_original' }]
  if (original.state !== 'paid') return [{ path: 'adjusts', code: 'original_not_paid' }]
  if (original.adjusts !== null) return [{ path: 'adjusts', code: 'original_is_adjustment' }]
  if (original.assignment !== assignment || original.week_ending !== week_ending)
    return [{ path: 'adjusts', code: 'other_week', params: { ending: original.week_ending } }]
  return []
}

/** Every week of hours is looked at and reckoned before it is written. */
export const hoursWriting = defineWriting(hours, (ctx, changes) =>
  reckonHours(
    ctx,
    changes.map(({ was, next }) => ({ ...next, stands: was?.week_ending === next.week_ending })),
  ),
)
