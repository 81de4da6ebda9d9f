import { allow, defineRules, own } from '@commonhall/kernel'

const office = allow('admin', 'officer', 'staff', 'treasurer')
const keepers = allow('admin', 'officer', 'staff')

export const rules = defineRules({
  'housing.unit.read': office.or(allow('member')),
  // Leases and inspections are for the office, though every member may see the units.
  'housing.unit.read-files': office,
  'housing.unit.attach': keepers,
  'housing.unit.create': keepers,
  'housing.unit.update': keepers,
  'housing.unit.archive': keepers,
  'housing.unit.export': office,
  'housing.occupancy.read': office.or(own('member')),
  'housing.occupancy.create': keepers,
  'housing.occupancy.update': keepers,
  'housing.occupancy.delete': allow('admin', 'officer'),
  'housing.report.read': office,
})
