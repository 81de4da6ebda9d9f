import { allow, defineRules } from '@commonhall/kernel'

export const rules = defineRules({
  'foundation.org_user.read': allow('admin', 'officer', 'staff'),
  'foundation.role.read': allow('admin', 'officer'),
  'foundation.audit_line.read': allow('admin', 'officer'),
})
