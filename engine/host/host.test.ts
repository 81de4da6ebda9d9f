import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { asOwner, openHouse, type TestHouse, type Voice } from '@commonhall/engine/testing'
import { findOrg, houseCaller } from '../caller.ts'
import { countUsage } from '../foundation/count-usage.ts'
import { demoHost } from '../demo/world.ts'

const host = '/api/v1/host'

let house: TestHouse
let hedda: Voice

beforeAll(async () => {
  house = await openHouse()
  hedda = await house.as(demoHost.email)
})
afterAll(() => house.close())

/** What the nightly job does in one org. */
async function count(slug: string): Promise<void> {
  const org = await findOrg(house.engine.database, slug)
  if (org) await house.engine.runJob(countUsage, houseCaller(org, 'job'), {})
}

const orgOf = async (slug: string) => (await hedda.get(`${host}/orgs/${slug}`)).json()
const act = (slug: string, name: string, body: unknown = {}) => hedda.post(`${host}/orgs/${slug}/${name}`, body)

describe('the list of organizations', () => {
  const slugs = async (query: string) => {
    const { data } = (await hedda.get(`${host}/orgs${query}`)).json() as { data: { slug: string }[] }
    return data.map(({ slug }) => slug)
  }

  test('is by name, with what each is and how many people are in it', async () => {
    const { data, page } = (await hedda.get(`${host}/orgs`)).json()
    expect(data.map(({ slug }: { slug: string }) => slug)).toEqual([
      'local-100',
      'maple-court',
      'local-200',
      'riverside',
    ])
    expect(page.next).toBeNull()
    expect(data[0]).toMatchObject({
      name: 'Harbor Trades Local 100',
      kind: 'union-local',
      state: 'active',
      // One of them stands for a contractor.
      people: 9,
      modules: [
        { name: 'members', label: 'Members' },
        { name: 'ledger', label: 'Books' },
        { name: 'market-recovery', label: 'Market recovery' },
        { name: 'governance', label: 'Governance' },
      ],
    })
    expect(data[1].modules.map(({ name }: { name: string }) => name)).toEqual([
      'members',
      'housing',
      'ledger',
      'governance',
    ])
  })

  test('is paged by markers', async () => {
    const first = (await hedda.get(`${host}/orgs?limit=3`)).json()
    expect(first.data).toHaveLength(3)
    expect(await slugs(`?limit=3&after=${first.page.next}`)).toEqual(['riverside'])
    expect((await hedda.get(`${host}/orgs?after=nonsense`)).json().code).toBe('bad_cursor')
  })

  test.each([
    ['?q=coop', ['maple-court', 'riverside']],
    ['?q=LOCAL%20trades', ['local-100']],
    ['?q=maple-court', ['maple-court']],
    ['?q=%25', []],
    ['?state=suspended', []],
    ['?state=active&q=river', ['riverside']],
  ])('%s finds %j', async (query, found) => {
    expect(await slugs(query)).toEqual(found)
  })
})

describe('what an organization has', () => {
  test('is counted by its own nightly job, and kept day by day', async () => {
    expect((await orgOf('riverside')).counted_at).toBeNull()
    await count('riverside')
    await count('riverside')
    const { records, people, changes, bytes, counted_at, days } = await orgOf('riverside')
    expect(records).toEqual(
      expect.arrayContaining([
        { name: 'members.member', label: 'Members', count: 60 },
        { name: 'housing.unit', label: 'Units', count: expect.any(Number) },
      ]),
    )
    expect([people, counted_at]).toEqual([8, expect.any(String)])
    expect(changes).toBeGreaterThan(60)
    expect(bytes).toBeGreaterThan(10_000)
    expect(days).toEqual([
      expect.objectContaining({ people: 8, changes, bytes, records: expect.any(Number), file_bytes: 0 }),
    ])
  })

  test('counts no row of another organization', async () => {
    await count('local-100')
    const { records } = await orgOf('local-100')
    expect(records.find(({ name }: { name: string }) => name === 'members.member').count).toBe(240)
    expect(records.find(({ name }: { name: string }) => name === 'housing.unit').count).toBe(0)
  })

  test('can be counted anew at once', async () => {
    const before = await orgOf('maple-court')
    const reply = await act('maple-court', 'count')
    expect([before.counted_at, reply.statusCode, reply.json().records.length > 0]).toEqual([null, 200, true])
  })

  test('and what it had a month ago stands beside it', async () => {
    await asOwner(
      house,
      `insert into foundation.usage (org_id, counted_on, people, records, bytes)
      select id, current_date - 30, 3, '{"members.member": 40}', 9 from foundation.org where slug = 'maple-court'`,
    )
    const { days } = await orgOf('maple-court')
    expect(days.at(-1)).toMatchObject({ people: 3, records: 40, changes: 0, bytes: 9 })
  })
})

describe('a module', () => {
  test('goes off and on for the next request, and what it holds is kept', async () => {
    const staff = await house.as('staff@riverside.example')
    const units = async () => (await staff.get('/units?count=exact')).json()
    const before = (await units()).total
    expect((await act('riverside', 'switch-off', { module: 'housing' })).statusCode).toBe(200)
    expect(await units()).toMatchObject({ status: 404, code: 'not_found' })
    expect((await act('riverside', 'switch-on', { module: 'housing' })).statusCode).toBe(200)
    expect((await units()).total).toBe(before)
  })

  test('that another one needs stays on', async () => {
    const reply = await act('riverside', 'switch-off', { module: 'members' })
    expect([reply.statusCode, reply.json().detail]).toEqual([409, expect.stringMatching(/Housing needs Members/)])
    const { switches } = await orgOf('riverside')
    expect(switches).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ name: 'members', is_on: true, can: expect.stringMatching(/Housing needs Members/) }),
        expect.objectContaining({ name: 'housing', is_on: true, can: true }),
      ]),
    )
  })

  test('needs the one that it stands on', async () => {
    await hedda.post(`${host}/orgs`, { slug: 'oak-hill', name: 'Oak Hill', kind: 'housing-cooperative', modules: [] })
    const reply = await act('oak-hill', 'switch-on', { module: 'housing' })
    expect([reply.statusCode, reply.json().detail]).toEqual([409, expect.stringMatching(/Switch Members on first/)])
    expect((await orgOf('oak-hill')).modules).toEqual([])
  })

  test('that nobody has, and the house itself, have no switch', async () => {
    for (const module of ['nonsense', 'foundation'])
      expect((await act('oak-hill', 'switch-off', { module })).json()).toMatchObject({ status: 422, code: 'invalid' })
  })
})

describe('a suspended organization', () => {
  const reason = 'The board asked for it.'
  beforeEach(async () => void (await act('maple-court', 'resume')))

  test('tells its people why, from the next request on, and their sessions stay', async () => {
    const staff = await house.as('staff@maple-court.example')
    expect((await staff.get('/members')).statusCode).toBe(200)
    expect((await act('maple-court', 'suspend', { reason })).json()).toMatchObject({
      state: 'suspended',
      suspended_because: reason,
    })
    const refused = (await staff.get('/members')).json()
    expect(refused).toMatchObject({ status: 403, code: 'org_suspended' })
    expect(refused.detail).toMatch(/^Maple Court Cooperative has been closed .*The board asked for it\./)
    await act('maple-court', 'resume')
    expect((await staff.get('/members')).statusCode).toBe(200)
  })

  test('stays one that is not there to strangers, and to the host', async () => {
    await act('maple-court', 'suspend', { reason })
    for (const email of ['staff@local-100.example', demoHost.email]) {
      const voice = await house.as(email, 'maple-court')
      expect((await voice.get('/members')).json()).toMatchObject({ status: 404, code: 'not_found' })
    }
  })

  test('is suspended once and resumed once, and needs a reason', async () => {
    expect((await act('maple-court', 'resume')).statusCode).toBe(409)
    expect((await act('maple-court', 'suspend', {})).json().errors[0].path).toBe('reason')
    await act('maple-court', 'suspend', { reason })
    expect((await act('maple-court', 'suspend', { reason })).statusCode).toBe(409)
  })
})

describe('each act of a host', () => {
  test('stands in the trail of the organization, and in the journal of hosts', async () => {
    await hedda.patch(`${host}/orgs/local-200`, { name: 'Prairie Builders' })
    await act('local-200', 'suspend', { reason: 'Moving house' })
    await act('local-200', 'resume')
    await hedda.patch(`${host}/orgs/local-200`, { name: 'Prairie Builders Local 200' })
    const officer = await house.as('officer@local-200.example')
    const lines = (await officer.get('/audit?filter[via]=host&sort=at')).json().data
    expect(lines.map(({ act: name }: { act: string }) => name)).toEqual(['change', 'suspend', 'resume', 'change'])
    expect(lines[0]).toMatchObject({ actor_name: demoHost.name, resource: 'foundation.org', via: 'host' })
    expect(lines[0].changes).toMatchObject({ name: ['Prairie Builders Local 200', 'Prairie Builders'] })
    const { data } = (await hedda.get(`${host}/acts?org=local-200`)).json()
    expect(data.map((one: { act: string }) => one.act)).toEqual(['change', 'resume', 'suspend', 'change'])
    expect(data[2]).toMatchObject({ host_name: demoHost.name, org: 'local-200', new: { reason: 'Moving house' } })
  })

  test('that changes nothing leaves no line', async () => {
    const journal = async () => (await hedda.get(`${host}/acts?org=local-200`)).json().data.length
    const before = await journal()
    await hedda.patch(`${host}/orgs/local-200`, { name: 'Prairie Builders Local 200' })
    await act('local-200', 'switch-on', { module: 'members' })
    expect(await journal()).toBe(before)
  })

  test('asks for proof that is fresh; looking does not', async () => {
    const late = await house.as(demoHost.email)
    await asOwner(
      house,
      `update foundation.session set proved_at = now() - interval '11 minutes'
      where id = (select id from foundation.session order by started_at desc limit 1)`,
    )
    expect((await late.get(`${host}/orgs`)).statusCode).toBe(200)
    expect((await late.post(`${host}/orgs/local-200/count`, {})).statusCode).toBe(200)
    const tries = [
      late.post(`${host}/orgs/local-200/suspend`, { reason: 'Because' }),
      late.post(`${host}/orgs/local-200/switch-off`, { module: 'members' }),
      late.patch(`${host}/orgs/local-200`, { name: 'Ours now' }),
      late.post(`${host}/orgs`, { slug: 'late', name: 'Late', kind: 'union-local' }),
    ]
    for (const one of tries) expect((await one).json()).toMatchObject({ status: 403, code: 'proof_needed' })
    expect((await orgOf('local-200')).name).toBe('Prairie Builders Local 200')
  })
})

test('health tells how the installation is doing', async () => {
  const found = (await hedda.get(`${host}/health`)).json()
  expect(found).toMatchObject({
    version: expect.stringMatching(/^\d+\.\d+/),
    mail: 'mailbox',
    storage: null,
    database: { version: expect.stringMatching(/^18/) },
    queue: { failed: 0 },
  })
  expect(found.migrations.count).toBeGreaterThan(10)
  expect(found.people).toBeGreaterThan(32)
})
