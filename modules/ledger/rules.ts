import { allow, defineRules } from '@commonhall/kernel'

const readers = allow('admin', 'officer', 'treasurer')
// Whoever hands a role on needs what is in it, so the admin may what the treasurer may.
const keeper = allow('admin', 'treasurer')

export const rules = defineRules({
  'ledger.account.read': readers,
  'ledger.account.create': keeper,
  'ledger.account.update': keeper,
  'ledger.account.delete': keeper,
  'ledger.entry.read': readers,
  'ledger.entry.export': readers,
  'ledger.entry.post': keeper,
  'ledger.entry.reverse': keeper,
  'ledger.line.read': readers,
  'ledger.report.read': readers,
})
