import type { Recipient } from '@commonhall/kernel'
import { tableOf } from '../database/draft.ts'
import type { Transaction } from '../database/pool.ts'
import type { Registry } from '../registry.ts'
import { ownRecordOf } from '../roles/people-routes.ts'
import { partiesSql } from '../roles/store.ts'
import { type KeptRole, permissionsOf } from '../rules.ts'
import { type SettingRow, settingColumns } from './settings/settings.ts'

/** Somebody who is told, and how they want to be told. */
export interface Person extends SettingRow {
  readonly user_id: string | null
  /** Their own record on the roll; it alone where they do not sign in. */
  readonly member_id: string | null
  readonly parties: Readonly<Record<string, string>>
  readonly name: string
  readonly email: string | null
  readonly roles: readonly KeptRole[]
}

/** What is asked for, sorted by kind. */
interface Asked {
  readonly users: readonly string[]
  readonly members: readonly string[]
  readonly roles: readonly string[]
  readonly permissions: readonly string[]
  /** `resource id`. */
  readonly parties: readonly string[]
}

const asked = (to: Recipient | readonly Recipient[]): Asked => {
  const all = ([] as Recipient[]).concat(to as Recipient[])
  return {
    users: all.flatMap((one) => ('user' in one ? [one.user] : [])),
    members: all.flatMap((one) => ('member' in one ? [one.member] : [])),
    roles: all.flatMap((one) => ('role' in one ? [one.role] : [])),
    permissions: all.flatMap((one) => ('permission' in one ? [one.permission] : [])),
    parties: all.flatMap((one) => ('party' in one ? [`${one.party} ${one.record}`] : [])),
  }
}

const rolesOfPerson = `coalesce((select jsonb_agg(jsonb_build_object('name', r.name, 'changes', r.changes))
    from foundation.grant g join foundation.role r on r.org_id = g.org_id and r.id = g.role_id
    where g.org_id = m.org_id and g.user_id = m.user_id), '[]') as roles`

/** People of the open org who can sign in, with their roles and wishes. `where` narrows it, over `m`, `u` and `s`. */
export const peopleSql = (where: string) => `
  select m.user_id, m.member_id, u.name, u.email::text as email, ${rolesOfPerson},
    ${partiesSql('m.org_id', 'm.user_id')} as parties, ${settingColumns}
  from foundation.membership m join foundation.user u on u.id = m.user_id
  left join foundation.notification_setting s on s.org_id = m.org_id and s.user_id = m.user_id
  where m.disabled_at is null and u.disabled_at is null and u.kind = 'person' and ${where}
  order by m.user_id`

const wanted = `(m.user_id = any($1) or m.member_id = any($2) or exists (
  select from foundation.grant g join foundation.role r on r.org_id = g.org_id and r.id = g.role_id
  where g.org_id = m.org_id and g.user_id = m.user_id and (r.name = any($3) or r.id = any($4))) or exists (
  select from foundation.membership_party p where p.org_id = m.org_id and p.user_id = m.user_id and not p.resting
    and p.resource || ' ' || p.record = any($5)))`

/** Everybody who is meant, each once: people of the org as it is now, and members who do not sign in. */
export async function recipientsOf(
  registry: Registry,
  transaction: Transaction,
  to: Recipient | readonly Recipient[],
): Promise<Person[]> {
  const { users, members, roles, permissions, parties } = asked(to)
  const giving = permissions.length ? await rolesGiving(registry, transaction, permissions) : []
  const { rows } = await transaction.query<Person & Record<string, unknown>>(peopleSql(wanted), [
    users,
    members,
    roles,
    giving,
    parties,
  ])
  const reached = new Set(rows.map(({ member_id: id }) => id))
  const others = [...new Set(members)].filter((id) => !reached.has(id))
  return others.length ? [...rows, ...(await membersWithout(registry, transaction, others))] : rows
}

/** The roles that give one of these permissions, as the org has changed them. */
async function rolesGiving(registry: Registry, transaction: Transaction, permissions: readonly string[]) {
  const { rows } = await transaction.query<{ id: string } & KeptRole>('select id, name, changes from foundation.role')
  return rows.flatMap((role) => {
    const given = permissionsOf(registry.rules, [role])
    return permissions.some((one) => given.has(one)) ? [role.id] : []
  })
}

/**
 * Members in use who have an address and no sign-in; a membership that is disabled is one. They are judged as if they
 * had the role that members have.
 */
export async function membersWithout(
  registry: Registry,
  { query }: Pick<Transaction, 'query'>,
  ids: readonly string[],
): Promise<Person[]> {
  const people = ownRecordOf(registry)
  const email = people && emailOf(people.fields)
  if (!people || !email) return []
  const { rows } = await query<Person & Record<string, unknown>>(
    `select null::uuid as user_id, p.id as member_id, '{}'::jsonb as parties, '' as name, p."${email}"::text as email,
      coalesce((select jsonb_agg(jsonb_build_object('name', r.name, 'changes', r.changes)) from foundation.role r
        where r.org_id = p.org_id and r.name = 'member'), '[]') as roles, ${settingColumns}
    from ${tableOf(people)} p
    left join foundation.notification_setting s on s.org_id = p.org_id and s.email = p."${email}"::public.citext
    where p.id = any($1) and p.archived_at is null and p."${email}" is not null
      and not exists (select from foundation.membership m where m.org_id = p.org_id and m.member_id = p.id)
    order by p.id`,
    [ids],
  )
  return rows
}

const emailOf = (fields: object): string | undefined =>
  Object.entries(fields).find(([, { format }]) => format === 'email')?.[0]
