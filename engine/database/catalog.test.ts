import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { asOwner, notebook, openHouse, readOnlyTables, type TestHouse } from '@commonhall/engine/testing'
import { Engine } from '../engine.ts'
import { withUser } from './provision.ts'

/** Tables that belong to no org, and why. */
const outside: Readonly<Record<string, string>> = {
  'foundation.org': 'is the org; the server sees the one that is open',
  'foundation.user': 'a person is one across orgs; the server sees colleagues, and never a password',
  'foundation.session': 'begins before an org is known; out of reach of the server',
  'foundation.refresh_token': 'before an org is known; out of reach of the server',
  'foundation.reset_token': 'before an org is known; out of reach of the server',
  'foundation.email_token': 'a person is one across orgs; out of reach of the server',
  'foundation.known_device': 'before an org is known; out of reach of the server',
  'foundation.sign_in_attempt': 'before an org is known; out of reach of the server',
  'foundation.sign_in_event': 'the journal of sign-in, before an org is known; out of reach of the server',
  'foundation.key_secret': 'before an org is known; out of reach of the server',
  'foundation.passkey': 'before an org is known; out of reach of the server',
  'foundation.totp': 'before an org is known; out of reach of the server',
  'foundation.recovery_code': 'before an org is known; out of reach of the server',
  'foundation.spent_nonce': 'before an org is known; out of reach of the server',
  'foundation.sign_in_untold': 'which lines of that journal the orgs have yet to be told; out of reach of the server',
  'foundation.local_mail': 'mail of the machine on which it is tried out, where no mail server is set up',
  'foundation.account_mail': 'mail about a sign-in, before an org is known; out of reach of the server',
  'foundation.host_act': 'what hosts did, across orgs; out of reach of the server but for functions',
  'foundation.migration': 'what has been done to the database; out of reach of the server',
}

/** What the server may do with those tables. Nothing, if not said here. */
const reach: Readonly<Record<string, readonly string[]>> = {
  'foundation.org': ['SELECT'],
  'foundation.local_mail': ['DELETE', 'INSERT', 'SELECT'],
}

interface Table {
  readonly name: string
  readonly forced: boolean
  readonly org: string | null
  readonly policies: readonly {
    using: string | null
    check: string | null
    command: string
    /** Only takes away from what others let through. */
    narrows: boolean
    roles: readonly string[]
  }[]
  readonly keys: readonly (readonly string[])[]
  readonly references: readonly { from: readonly string[]; to: readonly string[]; target: string }[]
  readonly rights: readonly string[]
}

const catalogOf = `
  select n.nspname || '.' || c.relname as name, c.relrowsecurity and c.relforcerowsecurity as forced,
    (select format_type(a.atttypid, a.atttypmod) || case when a.attnotnull then ' not null' else '' end
      from pg_attribute a where a.attrelid = c.oid and a.attname = 'org_id') as org,
    coalesce((select jsonb_agg(jsonb_build_object(
        'using', pg_get_expr(p.polqual, c.oid), 'check', pg_get_expr(p.polwithcheck, c.oid),
        'command', p.polcmd, 'narrows', not p.polpermissive,
        'roles', (select jsonb_agg(coalesce(r.rolname, 'public')) from unnest(p.polroles) role
          left join pg_roles r on r.oid = role)))
      from pg_policy p where p.polrelid = c.oid), '[]') as policies,
    coalesce((select jsonb_agg((select jsonb_agg(a.attname) from unnest(i.indkey::smallint[]) key
        join pg_attribute a on a.attrelid = c.oid and a.attnum = key))
      from pg_index i where i.indrelid = c.oid and (i.indisunique or i.indisexclusion)), '[]') as keys,
    coalesce((select jsonb_agg(jsonb_build_object(
        'target', (select tn.nspname || '.' || t.relname from pg_class t join pg_namespace tn on tn.oid = t.relnamespace
          where t.oid = k.confrelid),
        'from', (select jsonb_agg(a.attname order by place) from unnest(k.conkey) with ordinality u (number, place)
          join pg_attribute a on a.attrelid = c.oid and a.attnum = number),
        'to', (select jsonb_agg(a.attname order by place) from unnest(k.confkey) with ordinality u (number, place)
          join pg_attribute a on a.attrelid = k.confrelid and a.attnum = number)))
      from pg_constraint k where k.conrelid = c.oid and k.contype = 'f'), '[]') as "references",
    array(select what
      from unnest(array['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'TRIGGER', 'REFERENCES']) what
      where has_table_privilege('commonhall_app', c.oid, what) order by what) as rights
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where c.relkind in ('r', 'p') and n.nspname not in ('pg_catalog', 'information_schema', 'queue') order by 1`

let house: TestHouse
let tables: Table[]
beforeAll(async () => {
  house = await openHouse({ modules: [notebook] })
  tables = await asOwner<Table & Record<string, unknown>>(house, catalogOf)
})
afterAll(() => house.close())

const ofOrgs = () => tables.filter(({ name }) => !outside[name])
const rule = '(org_id = foundation.current_org())'
const inReach = (policy: Table['policies'][number]) =>
  policy.roles.some((role) => role === 'public' || role === 'commonhall_app')

const trusted = ['commonhall_owner', 'commonhall_search', 'postgres']

const withoutOrg = ({ name, org }: Table) => (org === 'uuid not null' ? [] : [name])
const withoutSecurity = ({ name, forced }: Table) => (forced ? [] : [name])
const withLooseKeys = ({ name, keys }: Table) => (keys.every((key) => key.includes('org_id')) ? [] : [name])

/** One policy for everybody, that reads and writes the open org; others for roles that are not the server's. */
function withWrongPolicies({ name, policies }: Table): string[] {
  const [own, ...more] = policies.filter((one) => inReach(one) && !one.narrows)
  const right = own && own.using === rule && own.check === rule && own.command === '*' && own.roles.join() === 'public'
  const others = policies.filter((one) => !inReach(one)).flatMap(({ roles }) => roles)
  return right && !more.length && others.every((role) => trusted.includes(role)) ? [] : [name]
}

describe('every table of an org', () => {
  test('there are some, and each that is none stands on the list', () => {
    expect(ofOrgs().length).toBeGreaterThan(10)
    expect(Object.keys(outside).filter((name) => !tables.some((table) => table.name === name))).toEqual([])
  })

  test('has org_id, and row-level security that binds its owner too', () => {
    expect(ofOrgs().flatMap(withoutOrg)).toEqual([])
    expect(ofOrgs().flatMap(withoutSecurity)).toEqual([])
  })

  test('lets the server see and write the rows of the open org, and has no other policy for it', () => {
    expect(ofOrgs().flatMap(withWrongPolicies)).toEqual([])
  })

  test('carries org_id in every key', () => {
    expect(ofOrgs().flatMap(withLooseKeys)).toEqual([])
  })

  test('and this check can fail: a table with each of these holes is found', async () => {
    await asOwner(
      house,
      `create table members.planted (org_id uuid, id uuid primary key);
      create table members.planted_unchecked (org_id uuid not null, id uuid);
      alter table members.planted_unchecked enable row level security, force row level security;
      create policy org_rows on members.planted_unchecked using (org_id = foundation.current_org())`,
    )
    const all = await asOwner<Table & Record<string, unknown>>(house, catalogOf)
    const planted = all.filter(({ name }) => name.startsWith('members.planted'))
    const [bare, unchecked] = [['members.planted'], ['members.planted_unchecked']]
    expect(planted.flatMap(withoutOrg)).toEqual(bare)
    expect(planted.flatMap(withoutSecurity)).toEqual(bare)
    expect(planted.flatMap(withWrongPolicies)).toEqual([...bare, ...unchecked])
    expect(planted.flatMap(withLooseKeys)).toEqual(bare)
    await asOwner(house, 'drop table members.planted, members.planted_unchecked')
  })

  test('carries org_id on both sides of every reference to a table of an org', () => {
    const wrong = ofOrgs().flatMap(({ name, references }) =>
      references
        .filter(({ from, to, target }) => {
          if (outside[target]) return target === 'foundation.org' && from.join() !== 'org_id'
          const place = from.indexOf('org_id')
          return place < 0 || to[place] !== 'org_id'
        })
        .map((one) => ({ name, ...one })),
    )
    expect(wrong).toEqual([])
  })

  test('gives the server reading and writing, but of the audit trail and of who may do what reading alone', () => {
    const usual = ['DELETE', 'INSERT', 'SELECT', 'UPDATE']
    for (const { name, rights } of ofOrgs())
      expect(rights, name).toEqual(readOnlyTables.includes(name) ? ['SELECT'] : usual)
  })
})

test('a table that belongs to no org is under row-level security or out of reach', () => {
  for (const { name, rights } of tables.filter((one) => outside[one.name]))
    expect(rights, name).toEqual(reach[name] ?? [])
})

test('of a person the server can read all but the password', async () => {
  const [columns] = await asOwner<{ read: string[] }>(
    house,
    `select array_agg(attname::text order by attname) as read from pg_attribute
    where attrelid = 'foundation.user'::regclass and attnum > 0
      and has_column_privilege('commonhall_app', attrelid, attnum, 'SELECT')`,
  )
  expect(columns?.read).toEqual([
    'created_at',
    'disabled_at',
    'email',
    'email_verified_at',
    'id',
    'is_host',
    'kind',
    'locked_at',
    'name',
  ])
})

test('views run with the rights of whoever asks, and none keeps a copy', async () => {
  const views = await asOwner<{ name: string; kind: string; invoker: boolean }>(
    house,
    `select c.oid::regclass::text as name, relkind as kind,
    coalesce('security_invoker=true' = any(reloptions), false) as invoker
    from pg_class c join pg_namespace n on n.oid = relnamespace
    where relkind in ('v', 'm') and nspname not in ('pg_catalog', 'information_schema', 'queue')`,
  )
  expect(views.length).toBeGreaterThan(0)
  expect(views.filter(({ kind, invoker }) => kind === 'm' || !invoker)).toEqual([])
})

test('functions that run as another role have a fixed search path, and are not open to everybody', async () => {
  const open = await asOwner(
    house,
    `select p.oid::regprocedure::text as name from pg_proc p join pg_namespace n on n.oid = pronamespace
    where prosecdef and nspname not in ('pg_catalog', 'information_schema', 'queue', 'public')
      and (not coalesce(proconfig::text ~ 'search_path=', false)
        or (prorettype <> 'trigger'::regtype and exists (
          select from aclexplode(coalesce(proacl, acldefault('f', proowner))) where grantee = 0)))`,
  )
  expect(open).toEqual([])
})

test("the server's role is no superuser, bypasses nothing, owns nothing and is a member of nothing", async () => {
  const [role] = await asOwner(
    house,
    `select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication,
    (select count(*)::integer from pg_shdepend where refobjid = r.oid and deptype = 'o') as owns,
    (select count(*)::integer from pg_auth_members where member = r.oid) as belongs
    from pg_roles r where rolname = 'commonhall_app'`,
  )
  expect(role).toEqual({
    rolsuper: false,
    rolbypassrls: false,
    rolcreaterole: false,
    rolcreatedb: false,
    rolreplication: false,
    owns: 0,
    belongs: 0,
  })
})

test('the server does not start with a role that could go around row-level security', async () => {
  const { settings, registry, log } = house.engine
  const free = new Engine(settings, registry, house.ground.ownerUrl, log)
  await expect(free.refuseToBypass()).rejects.toThrow(/could go around row-level security/)
  await free.database.close()
  await expect(house.engine.refuseToBypass()).resolves.toBeUndefined()
})

test('nor with one that is a member of such a role', async () => {
  const { settings, registry, log } = house.engine
  const [free, login] = [`free_${Date.now()}`, `login_${Date.now()}`]
  await asOwner(
    house,
    `create role ${free} bypassrls; create role ${login} login password 'x'; grant ${free}, commonhall_app to ${login}`,
  )
  const engine = new Engine(settings, registry, withUser(house.ground.appUrl, login, 'x'), log)
  await expect(engine.refuseToBypass()).rejects.toThrow(/does not start with it/)
  await engine.database.close()
  await asOwner(house, `drop role ${login}; drop role ${free}`)
})
