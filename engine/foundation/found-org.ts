import type pg from 'pg'
import type { Module, OrgKind, RoleName, SeedLink } from '@commonhall/kernel'
import { modulesFor, presetFor, rolesOf } from '../host/presets.ts'

export interface NewOrg {
  readonly slug: string
  readonly name: string
  readonly kind: OrgKind
  readonly accent?: string
  readonly timeZone?: string
}

/** Founds an org, as the owner, with the roles and the modules that its kind starts with. The org is open then. */
export async function foundOrg(owner: pg.ClientBase, modules: readonly Module[], org: NewOrg): Promise<string> {
  const preset = presetFor(org.kind)
  const { rows } = await owner.query<{ id: string }>('select foundation.found_org($1, $2, $3, $4, $5, $6, $7) as id', [
    org.slug,
    org.name,
    org.kind,
    org.accent ?? preset.accent,
    org.timeZone ?? preset.timeZone,
    modulesFor(modules, org.kind),
    rolesOf(preset),
  ])
  const [{ id }] = rows as [{ id: string }]
  await owner.query("select set_config('app.org', $1, false)", [id])
  return id
}

/** Adds a person to an org with some roles, as the owner; makes the person first if nobody has the address. */
export async function addPerson(
  owner: pg.ClientBase,
  orgId: string,
  person: { email: string; name: string; passwordHash: string; roles: readonly RoleName[] },
): Promise<void> {
  await owner.query("select set_config('app.org', $1, false)", [orgId])
  const { rows } = await owner.query<{ id: string }>(
    `insert into foundation.user (email, name, password_hash, email_verified_at) values ($1, $2, $3, now())
    on conflict (email) do update set name = excluded.name returning id`,
    [person.email, person.name, person.passwordHash],
  )
  const [{ id }] = rows as [{ id: string }]
  await owner.query('insert into foundation.membership (org_id, user_id) values ($1, $2) on conflict do nothing', [
    orgId,
    id,
  ])
  await owner.query(
    `insert into foundation.grant (org_id, user_id, role_id)
    select $1, $2, id from foundation.role where org_id = $1 and name = any($3) on conflict do nothing`,
    [orgId, id, person.roles],
  )
}

/** Ties a person of an org to their own record on the roll, or to the one that they stand for, as the owner. */
export async function tie(owner: pg.ClientBase, orgId: string, link: SeedLink): Promise<void> {
  await owner.query("select set_config('app.org', $1, false)", [orgId])
  if ('member' in link)
    await owner.query(
      `update foundation.membership set member_id = $3, version = version + 1, updated_at = now()
      where org_id = $1 and user_id = (select id from foundation.user where email = $2)`,
      [orgId, link.email, link.member],
    )
  else
    await owner.query(
      `insert into foundation.membership_party (org_id, user_id, resource, record, title)
      select $1, id, $3, $4, foundation.party_title($3, $4) from foundation.user where email = $2
      on conflict (org_id, user_id, resource) do update set record = excluded.record, title = excluded.title`,
      [orgId, link.email, link.resource, link.record],
    )
}
