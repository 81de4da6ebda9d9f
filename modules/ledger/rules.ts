import { allow, defineRules } from '@commonhall/kernel'

const readers = allow('admin', 'officer', 'treasurer')
const keeper = allow('treasurer')
const namers = keeper.or(allow('admin'))

export const rules = defineRules({
  'ledger.account.read': readers,
  'ledger.account.create': namers,
  'ledger.account.update': namers,
  'ledger.account.delete': namers,
  'ledger.entry.read': readers,
  'ledger.entry.export': readers,
  'ledger.entry.post': keeper,
  'ledger.entry.reverse': keeper,
  'ledger.line.read': readers,
  'ledger.report.read': readers,
})
