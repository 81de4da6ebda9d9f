import { defineReminder, is } from '@commonhall/kernel'
import { resultDue } from '../notices/result-due.ts'
import { contractor } from '../resources/contractor.ts'
import { project } from '../resources/project.ts'

/** Three days before the result of a bid is due, on the day, and three days after: the office and the contractor. */
export const beforeResult = defineReminder('market-recovery.before-result', {
  resource: project,
  date: 'result_due_on',
  days: [3, 0, -3],
  when: [is('state', 'awarded')],
  notice: resultDue,
  to: (record) => [
    { permission: 'market-recovery.project.report' },
    { party: contractor.name, record: record.contractor },
  ],
  async payload({ id, name, contractor: whose, result_due_on: due }, _daysLeft, ctx) {
    const bidder = await ctx.db
      .selectFrom('market_recovery.contractor')
      .select('name')
      .where('id', '=', whose)
      .executeTakeFirstOrThrow()
    return { project: id, name, contractor: bidder.name, due_on: due ?? ctx.today }
  },
})
