import { type Context, defineWorkflow, field, type RowOf, say } from '@commonhall/kernel'
import { assignment } from '../resources/assignment.ts'

type Assignment = RowOf<typeof assignment>

/** An assignment whose hours count is ended, not cancelled. */
async function noHours(ctx: Context, { id }: Assignment): Promise<string | undefined> {
  const counted = await ctx.db
    .selectFrom('market_recovery.hours')
    .select('id')
    .where('assignment', '=', id)
    .where('state', 'in', ['submitted', 'approved', 'paid'])
    .limit(1)
    .executeTakeFirst()
  return counted ? say('market-recovery:assignment.has_hours') : undefined
}

export const assignmentWorkflow = defineWorkflow(assignment, {
  end: {
    label: 'End',
    from: ['active'],
    to: 'ended',
    rule: 'market-recovery.assignment.end',
    asks: { until_on: field.date({ required: true, label: 'Last day', default: 'today' }) },
    guard: (_ctx, { from_on }, { until_on: until }) =>
      String(until) < from_on ? say('market-recovery:assignment.dates_reversed') : undefined,
    sets: (_ctx, _record, input) => ({ until_on: input['until_on'] }),
  },
  cancel: {
    label: 'Cancel',
    from: ['active'],
    to: 'cancelled',
    rule: 'market-recovery.assignment.cancel',
    tone: 'danger',
    guard: noHours,
  },
})
