import { defineReminder } from '@commonhall/kernel'
import { occupancyEnding } from '../notices/occupancy-ending.ts'
import { occupancy } from '../resources/occupancy.ts'

/** Two months, one month, two weeks and one week before the last day, whoever keeps the units is told. */
export const beforeMoveOut = defineReminder('housing.before-move-out', {
  resource: occupancy,
  date: 'until_on',
  days: [60, 30, 14, 7],
  notice: occupancyEnding,
  to: () => ({ permission: 'housing.occupancy.update' }),
  async payload({ id, unit, member, until_on }, daysLeft, ctx) {
    const { number } = await ctx.db
      .selectFrom('housing.unit')
      .select('number')
      .where('id', '=', unit)
      .executeTakeFirstOrThrow()
    const { last_name, first_name } = await ctx.db
      .selectFrom('members.member')
      .select(['last_name', 'first_name'])
      .where('id', '=', member)
      .executeTakeFirstOrThrow()
    const resident = `${first_name} ${last_name}`
    return { occupancy: id, unit: number, resident, until_on: until_on ?? '', days_left: daysLeft }
  },
})
