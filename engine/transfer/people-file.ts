import { say } from '@commonhall/kernel'
import type { ManifestColumn } from './manifest.ts'

/** One file of an export: what it is called, what it holds, and the statement that its rows come from. */
export interface Query {
  readonly file: string
  readonly table: string
  readonly holds: string
  readonly columns: readonly ManifestColumn[]
  readonly select: string
}

const organization: readonly (readonly [name: string, type: string])[] = [
  ['id', 'uuid'],
  ['slug', 'text'],
  ['name', 'text'],
  ['kind', 'text'],
  ['accent', 'text'],
  ['time_zone', 'text'],
  ['modules', 'text[]'],
  ['suspended_at', 'timestamp with time zone'],
  ['suspended_because', 'text'],
  ['audit_witnesses', 'text[]'],
  ['file_quota', 'bigint'],
  ['created_at', 'timestamp with time zone'],
]

const people: readonly (readonly [name: string, type: string, sql: string])[] = [
  ['id', 'uuid', 'u.id'],
  ['email', 'text', 'u.email::text'],
  ['name', 'text', 'u.name'],
  ['kind', 'text', 'u.kind'],
  [
    'roles',
    'text',
    `(select string_agg(r.name, ',' order by r.name) from foundation.grant g
      join foundation.role r on r.org_id = g.org_id and r.id = g.role_id
      where g.org_id = m.org_id and g.user_id = u.id)`,
  ],
  ['member_id', 'uuid', 'm.member_id'],
  ['joined_at', 'timestamp with time zone', 'm.created_at'],
  ['disabled', 'boolean', 'u.disabled_at is not null or m.disabled_at is not null'],
]

/** The text of a column, safe from spreadsheets. */
type Safely = (column: string) => string

const listed = (columns: readonly (readonly [string, string, string])[], safely: Safely) =>
  columns.map(([name, type, sql]) => `${type === 'text' ? safely(`(${sql})`) : sql} as "${name}"`).join(', ')

/** The org's own row. */
export const organizationFile = (org: string, safely: Safely): Query => ({
  file: 'organization.csv',
  table: 'foundation.org',
  holds: say('transfer:organization'),
  columns: organization.map(([name, type]) => ({ name, type, means: '' })),
  select: `select ${listed(
    organization.map(([name, type]) => [name, type, `o."${name}"`]),
    safely,
  )} from foundation.org o where o.id = '${org}'`,
})

/** Who signs in to the org: without passwords and factors, which are theirs and not the org's. */
export const peopleFile = (org: string, safely: Safely): Query => ({
  file: 'people.csv',
  table: 'foundation.user',
  holds: say('transfer:people'),
  columns: people.map(([name, type]) => ({ name, type, means: say(`transfer:person.${name}`) })),
  select: `select ${listed(people, safely)} from foundation.membership m join foundation.user u on u.id = m.user_id
    where m.org_id = '${org}' order by u.name, u.id`,
})
