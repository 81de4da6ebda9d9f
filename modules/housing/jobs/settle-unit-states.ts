import { sql } from 'kysely'
import { defineJob } from '@commonhall/kernel'

/** Just after midnight: who moved in or out with the new day decides whether a unit is lived in. */
export const settleUnitStates = defineJob('housing.settle-unit-states', {
  schedule: '5 0 * * *',
  async run(ctx) {
    await sql`select housing.settle_units(null, ${ctx.today}::date)`.execute(ctx.db)
  },
})
