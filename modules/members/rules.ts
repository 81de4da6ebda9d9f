import { allow, defineRules, is, own } from '@commonhall/kernel'

const office = allow('admin', 'officer', 'staff')

export const rules = defineRules({
  // Dues are the treasurer's work, and a member may see their own record.
  'members.member.read': office.or(allow('treasurer')).or(own('id')),
  // What can be used against a person: not for dues, and what is written about somebody is not for them.
  'members.member.birth_on.read': office.or(own('id')),
  'members.member.birth_on.write': office,
  'members.member.ssn_last_four.read': office.or(own('id')),
  'members.member.ssn_last_four.write': office,
  'members.member.notes.read': office,
  // Certificates and letters, not dues: but members may see what is kept about themselves.
  'members.member.read-files': office.or(own('id')),
  'members.member.attach': office,
  'members.member.create': office,
  'members.member.update': office,
  'members.member.archive': allow('admin', 'officer'),
  'members.member.export': office,
  'members.member.personal-data': allow('admin', 'officer').or(own('id')).freshly(),
  'members.member.erase': allow('admin', 'officer')
    .freshly()
    .unless(
      is('state', 'applicant', 'active', 'suspended'),
      'Applicants, active and suspended members belong here, and their data is needed for that. Record first that ' +
        'they have withdrawn or retired, or their death.',
    ),
  'members.member.admit': office,
  'members.member.change-standing': allow('admin', 'officer'),
  'members.household.read': office,
  'members.household.create': office,
  'members.household.update': office,
  'members.household.archive': allow('admin', 'officer'),
  'members.standing.read': office.or(own('member')),
})
