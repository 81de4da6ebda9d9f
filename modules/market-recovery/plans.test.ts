import { afterAll, beforeAll, expect, test } from 'vitest'
import { asOwner, cast, openHouse, type TestHouse, type Voice } from '@commonhall/engine/testing'

interface Plan {
  readonly 'Node Type': string
  readonly 'Relation Name'?: string
  readonly 'Index Name'?: string
  readonly Plans?: readonly Plan[]
}
interface Statement {
  readonly text: string
  readonly values: unknown[]
}

let house: TestHouse
let officer: Voice
const statements: Statement[] = []

/** 100,000 weeks, of which one in a hundred waits for approval, and a listener for what requests become. */
beforeAll(async () => {
  house = await openHouse()
  officer = await house.as(cast.officer)
  await asOwner(house, 'alter table market_recovery.hours disable trigger user')
  await asOwner(
    house,
    `insert into market_recovery.hours (org_id, state, assignment, member, contractor, program, week_ending,
      submitted_at, reason)
    select a.org_id, case n % 100 when 0 then 'submitted' when 1 then 'draft' when 2 then 'rejected' else 'paid' end,
      a.id, a.member, a.contractor, a.program, date '2000-01-02' + 7 * n,
      timestamptz '2000-01-03' + n * interval '7 days',
      'x'
    from (select * from market_recovery.assignment a order by id limit 100) a cross join generate_series(1, 1000) n`,
  )
  await asOwner(house, 'alter table market_recovery.hours enable trigger user')
  await asOwner(house, 'analyze market_recovery.hours')
  const { database } = house.engine
  const read = database.read.bind(database)
  database.read = ((access: never, statement: Statement) => {
    statements.push(statement)
    return read(access, statement as never)
  }) as never
})
afterAll(() => house.close())

async function planOf(path: string): Promise<Plan[]> {
  statements.length = 0
  const reply = await officer.get(path)
  expect(reply.statusCode, reply.body).toBe(200)
  const { text, values } = statements.at(-1)!
  const { access } = await house.caller()
  const { rows } = await house.engine.database.transaction(access, ({ query }) =>
    query<{ 'QUERY PLAN': [{ Plan: Plan }] }>(`explain (format json) ${text}`, values),
  )
  const nodes = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(nodes)]
  return nodes(rows[0]!['QUERY PLAN'][0].Plan)
}

const idOf = async (path: string) => (await officer.get(`/${path}?limit=1`)).json().data[0].id as string

test.each<[string, (id: (path: string) => Promise<string>) => Promise<string>, string]>([
  [
    'the queue, the oldest first',
    () => Promise.resolve('/hours?filter[state]=submitted&sort=submitted_at'),
    'hours_waiting',
  ],
  ['the queue by week', () => Promise.resolve('/hours?filter[state]=submitted&sort=week_ending'), 'hours_waiting_week'],
  ['all hours', () => Promise.resolve('/hours'), 'hours_week_ending'],
  ['a member’s hours', async (id) => `/hours?filter[member]=${await id('members')}&limit=200`, ''],
  ['those of an assignment', async (id) => `/hours?filter[assignment]=${await id('assignments')}&limit=200`, ''],
])('%s reads an index, not the table', async (_what, path, index) => {
  const nodes = await planOf(await path(idOf))
  expect(nodes.filter((node) => node['Node Type'] === 'Seq Scan' && node['Relation Name'] === 'hours')).toEqual([])
  if (index) expect(nodes.map((node) => node['Index Name'])).toContain(index)
})

test('a later page of the queue reads on where the first ended', async () => {
  const first = (await officer.get('/hours?filter[state]=submitted&sort=submitted_at&limit=200')).json()
  const nodes = await planOf(`/hours?filter[state]=submitted&sort=submitted_at&limit=200&after=${first.page.next}`)
  expect(nodes.map((node) => node['Index Name'])).toContain('hours_waiting')
  expect(nodes.map((node) => node['Node Type'])).not.toContain('Sort')
})
