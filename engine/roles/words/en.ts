/** Sentences about roles, and permissions in words. A module names odd ones itself, under `permission` in its words. */
export const words = {
  verb: {
    read: 'See',
    create: 'Add',
    update: 'Change',
    archive: 'Archive and restore',
    delete: 'Delete',
    remove: 'Remove',
    import: 'Import',
    export: 'Export',
    'read-files': 'See files',
    attach: 'Attach, change and delete files',
    'personal-data': 'Take out what is kept about somebody',
    erase: 'Erase somebody’s personal data',
  },
  field: { read: 'See “{{label}}”', write: 'Change “{{label}}”' },
  permission: {
    org_user: {
      thing: 'People',
      remove: 'Remove from the organization',
      update: 'Disable, enable, say who stands for what',
    },
    role: { thing: 'Roles' },
    grant: { thing: 'Roles that people hold', create: 'Give a role', delete: 'Take a role away' },
    invitation: { send: 'Invite people', revoke: 'Revoke' },
    api_key: { thing: 'API keys', delete: 'Revoke' },
    service_account: { thing: 'Service accounts' },
    webhook: {
      thing: 'Webhooks',
      create: 'Set up, and say where they go and what they tell',
      rotate: 'Change the secret',
      update: 'Pause, resume, test, send again',
    },
    audit_line: { thing: 'Audit trail' },
    witness: { thing: 'Witnesses of the audit trail' },
    report: { thing: 'Reports' },
  },
  unknown_permission: 'There is no permission called "{{permission}}".',
  bad_permission: 'Say true or false, or null for what it was at the start.',
  admin_keeps:
    'Admins always keep this, so that somebody can put things right. To take it from a person, take the admin role ' +
    'from them.',
  too_many: 'An organization has at most {{most}} roles. Delete one that nobody has, then try again.',
  beyond: 'You can only give what you may do yourself. You lack: {{list}}.',
  beyond_person:
    'This person may do more than you, so only somebody who may do it too can change this. You lack: {{list}}.',
  not_yours: 'You may not do this yourself, so you cannot give it to others.',
  and_more: '{{list}} and {{count}} more',
  built_in: 'Every organization has this role. It can be changed, but not deleted.',
  held_one: 'One person has this role. Take it from them first.',
  held_other: '{{count}} people have this role. Take it from them first.',
  label_taken: 'There is already a role called "{{label}}".',
  last_admin:
    'This is the last admin who can sign in. Give somebody else the admin role first, so that the organization is ' +
    'never without one.',
  not_held: 'This person does not have this role.',
  no_own_record: 'Your organization keeps no roll that a person could be linked to.',
  no_party: 'This record is archived or gone, so nobody can stand for it.',
  not_a_party: 'Nobody can stand for "{{name}}" here. Name the kind of record, and the id of one.',
  record_taken: 'Another person is linked to this record already.',
  records_stale: 'Somebody else changed this in the meantime. Look at it again, then repeat what you wanted.',
} as const
