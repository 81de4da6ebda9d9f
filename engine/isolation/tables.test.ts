import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  asOwner,
  asServer,
  cast,
  notebook,
  openHouse,
  readOnlyTables,
  type TestHouse,
} from '@commonhall/engine/testing'
import { fill, type Table, tablesOf } from './testing/riverside.ts'

let house: TestHouse
let tables: Table[]
let home: string
let away: string

beforeAll(async () => {
  house = await openHouse({ modules: [notebook] })
  tables = await asOwner<Table>(house, tablesOf)
  const orgs = await asOwner<{ id: string; slug: string }>(house, 'select id, slug from foundation.org')
  home = orgs.find(({ slug }) => slug === 'riverside')?.id ?? ''
  away = orgs.find(({ slug }) => slug === 'maple-court')?.id ?? ''
  await fill(house)
})
afterAll(() => house.close())

const writable = () => tables.filter(({ name }) => !readOnlyTables.includes(name))

const count = async (name: string, org: string | null) =>
  (await asServer<{ n: number }>(house, org, `select count(*)::integer as n from ${name} where org_id = $1`, [home]))
    .rows[0]?.n

/** One row of Riverside as JSON, with some columns changed. */
async function rowOf({ name, refs }: Table, changes: Record<string, unknown>): Promise<string> {
  const [found] = await asOwner<{ row: Record<string, unknown> }>(
    house,
    // One that points to something, if there is any: what points nowhere cannot point to a stranger.
    `select to_jsonb(t) as row from ${name} t where org_id = $1
    order by num_nulls(${['org_id', ...refs].join(', ')}) limit 1`,
    [home],
  )
  // A number of its own: both organizations may have a first one.
  const number = typeof found?.row['number'] === 'string' ? { number: `T-${crypto.randomUUID()}` } : {}
  return JSON.stringify({ ...found?.row, ...number, ...changes })
}

const insert = ({ name, columns }: Table) => {
  const list = columns.map((column) => `"${column}"`).join(', ')
  return `insert into ${name} (${list}) select ${list} from jsonb_populate_record(null::${name}, $1)`
}

const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: { code?: string }) => error.code,
  )

/** How many rows it touched, or the code of its refusal. */
const touched = (work: Promise<{ rowCount: number | null }>) =>
  work.then(
    ({ rowCount }) => rowCount,
    (error: { code?: string }) => error.code,
  )

/** Nothing was there to touch, or the server may not do such a thing to the table at all. */
const isHarmless = (answer: unknown) => answer === 0 || answer === '42501'

test('Riverside has something in every table, so that there is something to see', async () => {
  const empty = []
  for (const { name } of tables) {
    const [row] = await asOwner<{ n: number }>(house, `select count(*)::integer as n from ${name} where org_id = $1`, [
      home,
    ])
    if (!row?.n) empty.push(name)
  }
  expect(empty).toEqual([])
})

describe('to Maple Court, the rows of Riverside', () => {
  test('are not there to read, in any table, nor to a server that has opened no org', async () => {
    for (const { name } of tables)
      expect([name, await count(name, away), await count(name, null)]).toEqual([name, 0, 0])
  })

  test('cannot be changed, moved or deleted', async () => {
    for (const { name } of writable()) {
      const change = asServer(house, away, `update ${name} set org_id = $1 where org_id = $2`, [away, home])
      const removal = asServer(house, away, `delete from ${name} where org_id = $1`, [home])
      expect([name, await touched(change)]).toEqual([name, 0])
      expect([name, await touched(removal)]).toSatisfy(([, answer]) => isHarmless(answer))
    }
  })

  test('cannot be added to, and none of its own can be given to them', async () => {
    for (const table of writable()) {
      const id = table.columns.includes('id') ? { id: crypto.randomUUID() } : {}
      expect([table.name, await codeOf(asServer(house, away, insert(table), [await rowOf(table, id)]))]).toEqual([
        table.name,
        '42501',
      ])
      const gift = asServer(house, away, `update ${table.name} set org_id = $1`, [home])
      expect([table.name, await touched(gift)]).toSatisfy(([, answer]) => isHarmless(answer))
    }
  })

  test('cannot be pointed to: they are as unknown as an id that nobody has', async () => {
    const grants = await asOwner<{ name: string }>(
      house,
      `select table_schema || '.' || table_name as name from information_schema.role_table_grants
      where grantee = 'commonhall_app' and privilege_type = 'INSERT'`,
    )
    const pointing = writable().filter(({ name, refs }) => refs.length && grants.some((one) => one.name === name))
    expect(pointing.map(({ name }) => name)).toContain('housing.occupancy')
    for (const table of pointing) {
      const own = {
        org_id: away,
        ...(table.columns.includes('id') && !table.refs.includes('id') ? { id: crypto.randomUUID() } : {}),
      }
      const row = await rowOf(table, own)
      const stranger = await codeOf(asServer(house, away, insert(table), [row]))
      const pointed = JSON.parse(row) as Record<string, unknown>
      // What points nowhere may be of two references of which one alone is there.
      const unknown = table.refs.filter((name) => pointed[name] !== null).map((name) => [name, crypto.randomUUID()])
      const astray = await rowOf(table, { ...own, ...Object.fromEntries(unknown) })
      const nobody = await codeOf(asServer(house, away, insert(table), [astray]))
      expect([table.name, stranger, nobody]).toEqual([table.name, '23503', '23503'])
    }
  })

  test('are not found by the search functions, which look past row-level security', async () => {
    const searches = await asOwner<{ name: string }>(
      house,
      `select n.nspname || '.' || proname as name from pg_proc p join pg_namespace n on n.oid = pronamespace
      where proname like 'search\\_%' and proargtypes[0] = 'text[]'::regtype and prosecdef`,
    )
    expect(searches.map(({ name }) => name)).toContain('members.search_member')
    for (const { name } of searches) {
      const everything = `select found from ${name}(array['%%']) found`
      const { rows } = await asServer<{ found: string }>(house, away, everything)
      const table = name.replace('search_', '')
      const strangers = await asOwner(house, `select from ${table} where id = any($1) and org_id <> $2`, [
        rows.map(({ found }) => found),
        away,
      ])
      expect([name, strangers]).toEqual([name, []])
      expect((await asServer(house, null, everything)).rowCount).toBe(0)
      expect((await asServer(house, home, everything)).rowCount).toBeGreaterThan(0)
    }
  })
})

test('an empty setting is no org: after a reset nothing is visible', async () => {
  for (const { name } of tables) expect([name, await count(name, '')]).toEqual([name, 0])
})

/** What is still open on any of the server's connections when nobody is at work. */
async function leftOpen(house: TestHouse): Promise<unknown[]> {
  const { database } = house.engine
  const together = Array.from({ length: 6 }, () =>
    database.bare("select foundation.setting('org') as org, pg_sleep(0.05)::text as slept"),
  )
  return (await Promise.all(together)).flat().flatMap(({ org }) => org ?? [])
}

/** Opens Riverside on all connections at once. */
async function openEverywhere(house: TestHouse): Promise<void> {
  const { access } = await house.caller('riverside')
  const slow = { text: 'select pg_sleep(0.05)::text as slept', values: [] }
  await Promise.all(Array.from({ length: 6 }, () => house.engine.database.read(access, slow)))
}

test('what a connection knew of an org is gone when its transaction is', async () => {
  await openEverywhere(house)
  expect(await leftOpen(house)).toEqual([])
})

test('and this check can fail: an entrance that opens the org for the connection is found', async () => {
  const [{ source } = { source: '' }] = await asOwner<{ source: string }>(
    house,
    "select pg_get_functiondef('foundation.enter_house'::regproc) as source",
  )
  await asOwner(house, source.replace('p_org::text, true)', 'p_org::text, false)'))
  await openEverywhere(house)
  expect(await leftOpen(house)).toContain(home)
  await asOwner(house, source)
  await openEverywhere(house)
})

test('the audit trail can be read by the server, and not written, changed, emptied or taken away', async () => {
  const entry = 'foundation.audit_entry'
  const tries = [
    `insert into ${entry} (org_id, act, resource) values ('${home}', 'create', 'x')`,
    `update ${entry} set act = 'x'`,
    `delete from ${entry}`,
    `truncate ${entry}`,
    `alter table ${entry} disable row level security`,
    `drop table ${entry}`,
    `delete from foundation.audit_seal`,
    `update foundation.audit_head set n = 1`,
    `select foundation.erase_audit('{}', null, 'x')`,
    `select foundation.erase_audit_of_org('${home}')`,
    'alter table members.member disable trigger all',
    'set session_replication_role = replica',
  ]
  for (const sql of tries) expect([sql, await codeOf(asServer(house, home, sql))]).toEqual([sql, '42501'])
})

test('who belongs to an org, and as what, is not for the server to write, nor in the open org', async () => {
  const person = `(select user_id from foundation.membership where org_id = '${home}' limit 1)`
  const tries = [
    `insert into foundation.membership (org_id, user_id) select '${home}', uuidv7()`,
    `update foundation.membership set member_id = null`,
    `delete from foundation.membership`,
    `insert into foundation.role (name, label) values ('owner', 'Owner')`,
    `update foundation.role set changes = '{"members.member.archive": true}'`,
    `delete from foundation.role`,
    `insert into foundation.grant (org_id, user_id, role_id) select '${home}', ${person}, id from foundation.role`,
    `update foundation.grant set role_id = uuidv7()`,
    `delete from foundation.grant`,
  ]
  for (const sql of tries) expect([sql, await codeOf(asServer(house, home, sql))]).toEqual([sql, '42501'])
})

test('staff of Local 100 belong to no other org, whatever address they try', async () => {
  const { token } = await house.as(cast.staff)
  const at = (slug: string) =>
    house.app.inject({ url: `/api/v1/orgs/${slug}/members`, headers: { authorization: `Bearer ${token}` } })
  const [known, unknown] = [await at('riverside'), await at('nowhere-at-all')]
  const { request_id: _a, ...told } = known.json()
  const { request_id: _b, ...wished } = unknown.json()
  expect([known.statusCode, told]).toEqual([404, wished])
})
