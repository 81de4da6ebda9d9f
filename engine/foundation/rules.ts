import { allow, anyParty, defineRules, roleNames } from '@commonhall/kernel'

/** Who may do what is decided with fresh proof, so that a screen left open is not enough. */
const admins = allow('admin').freshly()

export const rules = defineRules({
  'foundation.org_user.read': allow('admin', 'officer', 'staff'),
  'foundation.org_user.second_factor.read': allow('admin', 'officer'),
  'foundation.org_user.update': admins,
  'foundation.org_user.remove': admins,
  'foundation.invitation.read': allow('admin', 'officer'),
  'foundation.invitation.send': admins,
  'foundation.invitation.revoke': allow('admin'),
  'foundation.role.read': allow('admin', 'officer'),
  'foundation.role.create': admins,
  'foundation.role.update': admins,
  'foundation.role.delete': admins,
  'foundation.grant.read': allow('admin', 'officer'),
  'foundation.grant.create': admins,
  'foundation.grant.delete': admins,
  'foundation.api_key.read': allow('admin', 'officer'),
  'foundation.api_key.create': admins,
  'foundation.api_key.delete': admins,
  'foundation.service_account.create': admins,
  // Where messages go, and what they tell, is decided with fresh proof; pausing and trying is not.
  'foundation.webhook.read': allow('admin'),
  'foundation.webhook.create': admins,
  'foundation.webhook.rotate': admins,
  'foundation.webhook.update': allow('admin'),
  'foundation.webhook.delete': allow('admin'),
  'foundation.audit_line.read': allow('admin', 'officer'),
  'foundation.mail_message.read': allow('admin', 'officer'),
  'foundation.mail_suppression.read': allow('admin', 'officer', 'staff'),
  'foundation.mail_suppression.lift': allow('admin'),
  // A file is read by whoever may read its record: this only takes files away from a role altogether.
  'foundation.file.read': allow(...roleNames).or(anyParty()),
  // What comes to each is judged by their own rights when it goes out.
  'foundation.report_schedule.read': allow('admin', 'officer', 'treasurer', 'staff'),
  'foundation.report_schedule.create': allow('admin', 'officer', 'treasurer', 'staff'),
  'foundation.report_schedule.update': allow('admin', 'officer', 'treasurer', 'staff'),
  'foundation.report_schedule.delete': allow('admin', 'officer', 'treasurer', 'staff'),
  'foundation.witness.read': allow('admin'),
  'foundation.witness.update': admins,
})
