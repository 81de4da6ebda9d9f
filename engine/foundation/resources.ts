import { defineResource, field } from '@commonhall/kernel'

/** People who may sign in to the org. A view: the person is one across orgs, the belonging is the org's. */
export const user = defineResource('foundation.org_user', {
  label: 'Person',
  plural: 'People',
  path: 'users',
  title: '{name}',
  traits: ['audited'],
  ownWriting: true,
  fields: {
    name: field.text({ required: true }),
    email: field.text({ required: true, format: 'email', label: 'E-mail' }),
    roles: field.text(),
    stands_for: field.text({ help: 'Whom this person acts for, such as a contractor.' }),
    state: field.choice(['active', 'locked', 'disabled'], {
      required: true,
      names: { disabled: 'Shut out' },
      tones: { active: 'good', locked: 'warn', disabled: 'idle' },
    }),
    kind: field.choice(['person', 'service'], { required: true }),
    own_record: field.ref(),
    last_seen_at: field.instant({ label: 'Last seen' }),
    second_factor: field.yesNo({
      label: 'Second step',
      help: 'Whether this person has set up a passkey or an authenticator app.',
    }),
  },
  views: {
    list: ['name', 'email', 'roles', 'stands_for', 'state', 'second_factor', 'last_seen_at'],
    search: ['name', 'email'],
    filters: ['state', 'roles'],
    sort: ['name'],
  },
})

/** Who was asked to come in, and what became of it. A view: its state depends on the day, and on who invited. */
export const invitation = defineResource('foundation.invitation', {
  label: 'Invitation',
  plural: 'Invitations',
  title: '{name}',
  traits: ['audited'],
  ownWriting: true,
  fields: {
    name: field.text({ required: true, max: 200 }),
    email: field.text({ required: true, format: 'email', max: 254, label: 'E-mail' }),
    roles: field.text({ required: true }),
    stands_for: field.text(),
    state: field.choice(['pending', 'accepted', 'revoked', 'expired'], {
      required: true,
      tones: { pending: 'warn', accepted: 'good', revoked: 'idle', expired: 'idle' },
    }),
    invited_by: field.ref('foundation.org_user', { label: 'Inviter' }),
    invited_by_name: field.text({ required: true, label: 'Invited by' }),
    expires_at: field.instant({ required: true, label: 'Open until' }),
    accepted_by: field.ref('foundation.org_user', { label: 'Accepted as' }),
  },
  views: {
    list: ['name', 'email', 'roles', 'stands_for', 'state', 'invited_by_name', 'expires_at'],
    filters: ['state', 'email'],
    sort: ['name'],
  },
})

/** Named sets of permissions. */
export const role = defineResource('foundation.role', {
  label: 'Role',
  plural: 'Roles',
  title: '{label}',
  traits: ['audited'],
  ownWriting: true,
  fields: {
    name: field.text({ required: true, max: 60, computed: true }),
    label: field.text({ required: true, max: 60, label: 'Name' }),
    changes: field.json({ required: true, default: {}, computed: true }),
    requires_second_factor: field.yesNo({ required: true, default: false, label: 'Needs a second step' }),
  },
  views: { list: ['label', 'name'], sort: ['label'] },
})

/** Keys by which programs come in. A view: whether one still opens anything depends on the day. */
export const apiKey = defineResource('foundation.api_key', {
  label: 'API key',
  plural: 'API keys',
  path: 'api-keys',
  title: '{name}',
  traits: ['audited'],
  ownWriting: true,
  fields: {
    name: field.text({ required: true, max: 100 }),
    prefix: field.text({ required: true, label: 'Begins with', computed: true }),
    owner: field.ref('foundation.org_user', { required: true, label: 'Acts as' }),
    owner_name: field.text({ required: true, label: 'Acts as', computed: true }),
    scopes: field.json({ required: true }),
    per_minute: field.count({ required: true, label: 'Requests a minute' }),
    expires_at: field.instant({ label: 'Works until' }),
    made_by_name: field.text({ label: 'Made by', computed: true }),
    last_used_at: field.instant({ label: 'Last used', computed: true }),
    last_used_from: field.text({ label: 'Last used from', computed: true }),
    state: field.choice(['active', 'expired', 'revoked'], {
      required: true,
      tones: { active: 'good', expired: 'idle', revoked: 'idle' },
    }),
  },
  views: {
    list: ['name', 'prefix', 'owner_name', 'state', 'last_used_at', 'expires_at'],
    filters: ['state'],
    sort: ['name'],
  },
})

/**
 * Who changed what, when, from where, old and new; who was told no, who looked at what is sensitive, who signed in. A
 * view over the entries. `changes` has old and new values by field; lines of other kinds have their `detail`.
 */
export const auditLine = defineResource('foundation.audit_line', {
  label: 'Audit entry',
  plural: 'Audit trail',
  path: 'audit',
  title: '{act} {resource}',
  fields: {
    at: field.instant({ required: true, label: 'When' }),
    kind: field.choice(['change', 'sign-in', 'denied', 'read'], { required: true }),
    actor: field.ref('foundation.org_user', { label: 'User' }),
    actor_name: field.text({ label: 'Who' }),
    act: field.text({ required: true, label: 'What' }),
    resource: field.text({ required: true, label: 'About' }),
    record: field.ref(),
    title: field.text({ label: 'Record, in words' }),
    changes: field.json(),
    detail: field.json(),
    via: field.text({ label: 'Through' }),
    address: field.text(),
    cause: field.text({ label: 'Because of' }),
    request_id: field.text({ label: 'Request' }),
    sealed_in: field.count({ label: 'Sealed in no.' }),
  },
  views: {
    list: ['at', 'actor_name', 'act', 'resource', 'title', 'changes', 'via'],
    filters: ['at', 'kind', 'actor', 'act', 'resource', 'via', 'address'],
    sort: ['-at'],
  },
})
