import pg from 'pg'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { asOwner, notebook, openHouse, type TestHouse } from '@commonhall/engine/testing'
import { withDatabase } from '../database/provision.ts'
import { fill, idOf } from './testing/riverside.ts'
import { checksumOf, marksOf } from './testing/checksum.ts'

/** What the server may call, that runs with the rights of its owner. */
interface DefinerFunction extends Record<string, unknown> {
  readonly name: string
  readonly writes: boolean
  readonly args: readonly { readonly name: string; readonly type: string }[]
}

const functionsOf = `select p.oid::regproc::text as name, provolatile = 'v' as writes,
    coalesce((select jsonb_agg(jsonb_build_object('name', coalesce(p.proargnames[n], ''), 'type', t::regtype::text)
        order by n)
      from unnest(p.proargtypes) with ordinality u (t, n)), '[]') as args
  from pg_proc p join pg_namespace n on n.oid = p.pronamespace
  where p.prosecdef and p.prorettype <> 'trigger'::regtype
    and has_function_privilege('commonhall_app', p.oid, 'execute')
    and n.nspname not in ('pg_catalog', 'information_schema', 'queue', 'public') order by 1`

/** Functions that do look past the org that is open, and why they have to. */
const beyond: Readonly<Record<string, string>> = {
  'foundation.find_org': 'opens an org by its address for jobs and the command line; tells the row of the org alone',
  'foundation.orgs_with_mail': 'which orgs have mail that is due; tells their ids alone',
  'foundation.orgs_with_due_reports': 'which orgs have a report to mail; tells their ids alone',
  'foundation.audited_orgs': 'which trails there are to seal and publish, each night; tells no entry of any',
  'foundation.begin_sign_in': 'a person signs in before an org is known',
  'foundation.sign_in_by_passkey': 'a person signs in before an org is known',
  'foundation.fail_sign_in': 'notes a wrong password in the journal of the person, before an org is known',
  'foundation.fail_passkey': 'notes a wrong passkey in the journal of the person, before an org is known',
  'foundation.fail_proof': 'notes a wrong proof in the journal of the person, who is one across orgs',
  'foundation.issue_email_link': 'a mail is written by a job of the house; a person is one across orgs',
  'foundation.issue_reset': 'a mail is written by a job of the house, before an org is known',
  'foundation.issue_invitation': 'a mail is written by a job of the house, which is given the id and nothing else',
  'foundation.begin_account_mail': 'mail about a sign-in is sent by a job of the house, before an org is known',
  'foundation.note_denied': 'a stranger who tries an address of an org stands in the trail of that org',
  'foundation.webhooks_due': 'which webhooks have something to send, for the job that sends; tells ids alone',
  'foundation.orgs_to_sweep': 'which orgs have files to take away, for the hourly sweep; tells their ids alone',
  'foundation.kept_pieces': 'what the stores must hold, to compare and to move; tells ids, sums and sizes alone',
  'foundation.contents_to_verify': 'what the weekly look at bytes reads; tells ids, sums and sizes alone',
  'foundation.work_figures': 'how long the oldest mail or file has been waiting, over all orgs; tells numbers alone',
  'foundation.note_reads': 'one batch tells the trails of all orgs what was looked at in each',
}

let house: TestHouse
let functions: DefinerFunction[]
let maple: string
let session: string
let person: string
/** Ids of Riverside, by what an argument is called, and all kinds of them for one that is called otherwise. */
let theirs: Record<string, string>
let client: pg.Client
let marks: string[]
let before: string
/** What the trail is told in batches: that Maple Court's admin looked at something of Riverside. */
let batch: string

beforeAll(async () => {
  house = await openHouse({ modules: [notebook] })
  await fill(house)
  await house.as('admin@maple-court.example')
  await house.as('member@riverside.example')
  functions = await asOwner<DefinerFunction>(house, functionsOf)
  maple = await idOf(house, 'maple-court')
  const [own] = await asOwner<{ id: string; user_id: string }>(
    house,
    `select s.id, user_id from foundation.session s join foundation.user u on u.id = user_id
    where email = 'admin@maple-court.example'`,
  )
  ;[session, person] = [own?.id ?? '', own?.user_id ?? '']
  const home = await idOf(house, 'riverside')
  const [ids] = await asOwner<Record<string, string>>(
    house,
    `select '${home}' as p_org,
      (select id from foundation.user where email = 'member@riverside.example') as p_user,
      (select s.id from foundation.session s join foundation.user u on u.id = user_id
        where email = 'member@riverside.example') as p_ended,
      (select id from foundation.role where org_id = '${home}' and name = 'treasurer') as p_role,
      (select id from members.member where org_id = '${home}' limit 1) as p_member,
      (select id from foundation.issued_invitation where org_id = '${home}') as p_id,
      (select id from foundation.issued_key where org_id = '${home}') as p_key,
      (select user_id from foundation.grant where org_id = '${home}' limit 1) as p_owner,
      (select id from foundation.user where email = 'admin@riverside.example') as admin`,
  )
  theirs = ids ?? {}
  const attempt = { session, slug: 'riverside', org: home, act: 'read', resource: 'members.member', via: 'web' }
  batch = JSON.stringify([{ ...attempt, operation: 'x', count: 1, address: '127.0.0.1', detail: {} }])
  client = new pg.Client(withDatabase(inject('postgres'), new URL(house.ground.ownerUrl).pathname.slice(1)))
  await client.connect()
  marks = await marksOf(client, home)
  await house.engine.watch.flush()
  before = await checksumOf(client, home)
})
afterAll(async () => {
  await client.end()
  await house.close()
})

const samples: Readonly<Record<string, string>> = {
  text: 'riverside',
  bytea: '\\x00',
  inet: '127.0.0.1',
  boolean: 'true',
  integer: '1000',
  bigint: '1',
  jsonb: '{}',
  'text[]': '{%%}',
  'bytea[]': '{}',
  'bigint[]': '{1}',
  'timestamp with time zone': '2099-01-01T00:00:00Z',
}

/** A value for each argument; `id` says which one an id is. */
const given = ({ args }: DefinerFunction, id: (name: string) => string) =>
  args.map(({ name, type }) => {
    if (name === 'p_session') return session
    if (type === 'uuid') return id(name)
    if (type === 'uuid[]') return `{${id(name.replace(/s$/, ''))}}`
    if (name === 'p_attempts' || name === 'p_reads') return batch
    // Of every store, and from the first piece on.
    if (name === 'p_store') return null
    if (name === 'p_sha256') return ''
    if (name === 'p_email') return 'member@riverside.example'
    return samples[type] ?? null
  })

/** What the server's role is answered, with an org open or none; and whether Riverside is another one by then. */
async function call(one: DefinerFunction, org: string | null, values: readonly unknown[]) {
  await client.query('begin; set local role commonhall_app')
  const settings = {
    org,
    user: org === theirs['p_org'] ? theirs['admin'] : person,
    actor_name: 'Mia',
    request: 'r',
    via: 'web',
    address: '127.0.0.1',
  }
  for (const [name, value] of org ? Object.entries(settings) : [])
    await client.query('select set_config($1, $2, true)', [`app.${name}`, value])
  await client.query('savepoint s')
  const places = values.map((_, index) => `$${index + 1}::${one.args[index]?.type}`).join(', ')
  const answer = await client
    .query<{ row: unknown }>(`select to_jsonb(f) as row from ${one.name}(${places}) f`, [...values])
    .then(
      ({ rows }) => JSON.stringify(rows.map(({ row }) => row)),
      async (error: { code: string; message: string }) => {
        await client.query('rollback to s')
        return `${error.code} ${error.message}`
      },
    )
  await client.query('reset role')
  const touched = one.writes && (await checksumOf(client, theirs['p_org'] ?? '')) !== before
  await client.query('rollback')
  return { answer, touched }
}

/** Without what differs from call to call: new ids, moments and hashes. */
const plain = (answer: string) =>
  answer.replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}|\d{4}-\d\d-\d\d[T ][^"]+|\\\\x[0-9a-f]{64}/g, '…')

const nobody = () => crypto.randomUUID()
const byName = (name: string) => theirs[name] ?? theirs['p_id'] ?? ''

/** What a function gives away of Riverside, or does to it, while another org is open or none. */
async function holesOf(one: DefinerFunction, org: string | null): Promise<string[]> {
  const holes = new Set<string>()
  const unknown = await call(one, org, given(one, nobody))
  if (unknown.touched) holes.add('touches')
  const takesIds = one.args.some(({ type }) => type.startsWith('uuid'))
  const tries = takesIds && org === maple ? [byName, ...Object.values(theirs).map((id) => () => id)] : [byName]
  for (const id of tries) {
    const values = given(one, id)
    const { answer, touched } = await call(one, org, values)
    if (touched) holes.add('touches')
    if (marks.some((mark) => answer.includes(mark) && !values.join().includes(mark))) holes.add('reveals')
    if (plain(answer) !== plain(unknown.answer)) holes.add('knows')
  }
  return [...holes]
}

test('functions that run with more rights show and change nothing of Riverside while another org is open', async () => {
  expect(functions.length).toBeGreaterThan(60)
  for (const one of functions.filter(({ name }) => !beyond[name]))
    expect([one.name, await holesOf(one, maple), await holesOf(one, null)]).toEqual([one.name, [], []])
}, 60_000)

test('those that do look past it stand on the list with a reason, and no other', async () => {
  for (const name of Object.keys(beyond)) {
    const one = functions.find((some) => some.name === name)
    expect([name, one ? (await holesOf(one, maple)).length > 0 : 'is gone']).toEqual([name, true])
  }
})

test('none of them can be called by everybody, and each has a fixed search path', async () => {
  const [row] = await asOwner<{ open: number }>(
    house,
    `select count(*)::integer as open from pg_proc p where p.oid::regproc::text = any($1)
      and (not coalesce(proconfig::text ~ 'search_path=', false)
        or exists (select from aclexplode(coalesce(proacl, acldefault('f', proowner))) where grantee = 0))`,
    [functions.map(({ name }) => name)],
  )
  expect(row?.open).toBe(0)
})

test('this check can fail: at home the same calls do what they are for', async () => {
  const home = theirs['p_org'] ?? ''
  const working = []
  for (const one of functions) if (one.writes && (await holesOf(one, home)).length) working.push(one.name)
  for (const name of [
    'give_role',
    'change_role',
    'end_membership',
    'revoke_key',
    'revoke_invitation',
    'set_own_record',
  ])
    expect(working).toContain(`foundation.${name}`)
})

test('this check can fail: one that does not ask which org is open is found', async () => {
  await asOwner(
    house,
    `create function foundation.planted_look(p_member uuid) returns setof members.member language sql stable
      security definer set search_path = '' as 'select * from members.member where id = p_member';
    create function foundation.planted_change(p_role uuid) returns void language sql
      security definer set search_path = '' as 'update foundation.role set label = ''x'' where id = p_role';
    grant execute on function foundation.planted_look, foundation.planted_change to commonhall_app`,
  )
  const planted = (await asOwner<DefinerFunction>(house, functionsOf)).filter(({ name }) => name.includes('planted'))
  expect([await holesOf(planted[0]!, null), await holesOf(planted[1]!, null)]).toEqual([
    ['touches'],
    ['reveals', 'knows'],
  ])
  await asOwner(house, 'drop function foundation.planted_look; drop function foundation.planted_change')
})
