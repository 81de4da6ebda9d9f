import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Access } from '../database/access.ts'
import type { Statement } from '../database/pool.ts'
import { asOwner, cast, openHouse, type TestHouse, type Voice } from '@commonhall/engine/testing'

let house: TestHouse
let staff: Voice
const statements: Statement[] = []
let household: string

/** 20,000 members beside those of the demo, and a listener for the statements that requests become. */
beforeAll(async () => {
  house = await openHouse()
  staff = await house.as(cast.staff)
  const caller = await house.caller()
  await house.engine.database.transaction(caller.access, ({ query }) =>
    query(`insert into members.member (card_number, last_name, first_name, classification, state, joined_on)
    select 'P' || n, chr(65 + n % 26) || 'name' || n % 977, 'First' || n % 101,
      (array['Journeyman', 'Apprentice 1', 'Foreman'])[1 + n % 3],
      (array['active', 'retired', 'applicant'])[1 + n % 3], date '1990-01-01' + n % 12000
    from generate_series(1, 20000) n`),
  )
  household = (await staff.post('/households', { name: 'Ortiz family' })).json().id
  await asOwner(house, 'analyze members.member')
  const { database } = house.engine
  const read = database.read.bind(database)
  database.read = ((access: Access, statement: Statement) => {
    statements.push(statement)
    return read(access, statement)
  }) as never
})
afterAll(() => house.close())

interface Plan {
  readonly 'Node Type': string
  readonly 'Relation Name'?: string
  readonly 'Index Name'?: string
  readonly Plans?: readonly Plan[]
}

/** The nodes of the plan by which the database answers a request, as the server's own role sees it. */
async function planOf(path: string): Promise<Plan[]> {
  statements.length = 0
  const reply = await staff.get(path)
  expect(reply.statusCode, reply.body).toBe(200)
  const { text, values } = statements.at(-1)!
  const caller = await house.caller()
  const { rows } = await house.engine.database.transaction(caller.access, ({ query }) =>
    query<{ 'QUERY PLAN': [{ Plan: Plan }] }>(`explain (format json) ${text}`, values),
  )
  const nodes = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(nodes)]
  return nodes(rows[0]!['QUERY PLAN'][0].Plan)
}

const scansMembers = (nodes: readonly Plan[]) =>
  nodes.filter((node) => node['Node Type'] === 'Seq Scan' && node['Relation Name'] === 'member')
const indexes = (nodes: readonly Plan[]) => nodes.map((node) => node['Index Name']).filter(Boolean)

const next = async (path: string) => `${path}&after=${(await staff.get(path)).json().page.next}`

test.each<[string, () => Promise<string>, string]>([
  ['the first page in the usual order', () => Promise.resolve('/members'), 'member_last_name_first_name'],
  ['a later page', () => next('/members?limit=200'), 'member_last_name_first_name'],
  ['the order by joining', () => Promise.resolve('/members?sort=joined_on'), 'member_joined_on'],
  ['that order backward', () => Promise.resolve('/members?sort=-joined_on'), 'member_joined_on'],
  [
    'a filtered page in the usual order',
    () => Promise.resolve('/members?filter[state]=active'),
    'member_last_name_first_name',
  ],
  [
    'those of a household',
    () => Promise.resolve(`/members?filter[household]=${household}&sort=card_number`),
    'member_household',
  ],
  ['one record', async () => `/members/${(await staff.get('/members?limit=1')).json().data[0].id}`, 'member_pkey'],
  ['a search', () => Promise.resolve('/members?q=name976'), ''],
  ['a search by two words', () => Promise.resolve('/members?q=first100 name97'), ''],
  [
    'the history of a member',
    async () => `/standings?filter[member]=${(await staff.get('/members?limit=1')).json().data[0].id}`,
    '',
  ],
])('%s reads an index, not the table', async (_what, path, index) => {
  const nodes = await planOf(await path())
  expect(scansMembers(nodes)).toEqual([])
  if (index) expect(indexes(nodes)).toContain(index)
})

test('the search itself reads the trigram index', async () => {
  const org = (await house.caller()).org.id
  // The function runs as another role, so its query is looked at as that role would run it.
  const rows = await asOwner<{ 'QUERY PLAN': string }>(
    house,
    `explain select id from members.member
    where org_id = '${org}' and search_text like '%name976%' and search_text like '%first%'`,
  )
  expect(rows.map((row) => row['QUERY PLAN']).join('\n')).toContain('member_search')
})

test('a page deep in the list costs no more than the first', async () => {
  const cost = async (path: string) => {
    const started = performance.now()
    await staff.get(path)
    return performance.now() - started
  }
  let path = '/members?limit=200'
  for (let n = 0; n < 60; n += 1) path = `/members?limit=200&after=${(await staff.get(path)).json().page.next}`
  const [first, deep]: [number[], number[]] = [[], []]
  for (let n = 0; n < 20; n += 1) {
    first.push(await cost('/members?limit=200'))
    deep.push(await cost(path))
  }
  // The quickest of each: whatever else the machine does only makes some slower.
  expect(Math.min(...deep)).toBeLessThan(Math.min(...first) * 3)
})

test('an exact count and a page travel in one statement', async () => {
  statements.length = 0
  expect((await staff.get('/members?count=exact')).json().total).toBe(20_240)
  expect(statements).toHaveLength(1)
})
