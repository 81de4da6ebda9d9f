import { defineRoute } from '@commonhall/kernel'
import { ensureAccounts, chart } from '../chart.ts'

/** The usual accounts, before anything has posted to them: so that they can be called as in QuickBooks first. */
export const addChart = defineRoute({
  method: 'POST',
  path: '/ledger-accounts/add-usual',
  summary: 'Add the usual accounts',
  rule: 'ledger.account.create',
  reply: { type: 'object', required: ['added'], properties: { added: { type: 'integer', minimum: 0 } } },
  run: async (ctx) => ({
    added: await ensureAccounts(
      ctx,
      chart.map(({ code }) => code),
    ),
  }),
})
