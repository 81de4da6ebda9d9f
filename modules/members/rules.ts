import { allow, defineRules, own } from '@commonhall/kernel'

const office = allow('admin', 'officer', 'staff')

export const rules = defineRules({
  // Dues are the treasurer's work, and a member may see their own record.
  'members.member.read': office.or(allow('treasurer')).or(own('id')),
  'members.member.create': office,
  'members.member.update': office,
  'members.member.archive': allow('admin', 'officer'),
  'members.member.export': office,
  'members.member.admit': office,
  'members.member.change-standing': allow('admin', 'officer'),
  'members.household.read': office,
  'members.household.create': office,
  'members.household.update': office,
  'members.household.archive': allow('admin', 'officer'),
  'members.standing.read': office.or(own('member')),
})
