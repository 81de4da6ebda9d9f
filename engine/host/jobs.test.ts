import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { asOwner, eventually, notebook, openHouse, type TestHouse, type Voice } from '@commonhall/engine/testing'
import { demoHost } from '../demo/world.ts'
import { lab, labModule, stumble } from '../jobs/testing/lab.ts'

const jobs = '/api/v1/host/jobs'

let house: TestHouse
let hedda: Voice

beforeAll(async () => {
  house = await openHouse({ modules: [notebook, labModule] })
  hedda = await house.as(demoHost.email)
  await house.engine.startWork()
})
afterAll(() => house.close())
beforeEach(async () => {
  lab.fails = 0
  await asOwner(house, 'delete from queue.job where name = $1', [stumble.name])
})

const failures = async (query = '') => (await hedda.get(`${jobs}/failures${query}`)).json()
const settle = async (act: string, body: object) => (await hedda.post(`${jobs}/failures/${act}`, body)).json()

/** Lets a job of each of these orgs fail for good. */
async function failIn(...slugs: string[]): Promise<string[]> {
  lab.fails = slugs.length
  const ids: string[] = []
  for (const slug of slugs) {
    const caller = await house.caller(slug)
    ids.push(await house.engine.act(caller, (context) => context.enqueue(stumble, { line: `of ${slug}` })))
  }
  await eventually(async () => expect((await failures()).data).toHaveLength(slugs.length))
  return ids
}

const effects = async () =>
  (await asOwner(house, "select from notebook.entry where title like 'of %' and created_at > now() - interval '1 day'"))
    .length

describe('what failed for good', () => {
  test('is told by its kind, its place and its organization, and not a word of what was in it', async () => {
    const [id] = await failIn('riverside')
    const reply = await hedda.get(`${jobs}/failures`)
    expect(reply.json().data).toMatchObject([
      {
        id,
        queue: stumble.name,
        label: 'Stumble is overcome',
        org: { slug: 'riverside', name: 'Riverside Housing Cooperative' },
        tries: 1,
        error: { code: 'conflict', at: expect.arrayContaining([expect.stringMatching(/^engine\//)]) },
        holds_up: 0,
      },
    ])
    expect(reply.body).not.toMatch(/Maria|Okafor|of riverside/)
    const { data } = (await hedda.get(`${jobs}/queues`)).json()
    expect(data.find(({ name }: { name: string }) => name === stumble.name)).toMatchObject({ failed: 1, waiting: 0 })
  })

  test('is listed page by page, of one queue or of all', async () => {
    await failIn('riverside', 'local-100')
    const first = await failures('?limit=1')
    const second = await failures(`?limit=1&after=${first.page.next}`)
    expect(second.page.next).toBeNull()
    const orgs = [first, second].map(({ data }) => data[0].org.slug)
    expect(new Set(orgs)).toEqual(new Set(['local-100', 'riverside']))
    expect((await failures(`?queue=${stumble.name}`)).data).toHaveLength(2)
    expect((await failures('?queue=foundation.schedules-kept')).data).toEqual([])
    expect((await failures('?queue=nonsense')).code).toBe('bad_queue')
    expect((await failures('?after=nonsense')).code).toBe('bad_cursor')
  })

  test('is tried again by hand, and its effect is there once', async () => {
    const before = await effects()
    const ids = await failIn('riverside')
    expect(await effects()).toBe(before)
    const tried = await Promise.all([1, 2, 3].map(() => settle('retry', { queue: stumble.name, ids })))
    expect(tried.reduce((sum, { count }) => sum + count, 0)).toBe(1)
    await eventually(async () => expect(await effects()).toBe(before + 1))
    expect((await failures()).data).toEqual([])
  })

  test('is thrown away with all of its kind, and nothing happens', async () => {
    const before = await effects()
    await failIn('riverside', 'local-100')
    expect(await settle('discard', { queue: stumble.name, all: true })).toEqual({ count: 2 })
    expect((await failures()).data).toEqual([])
    expect(await effects()).toBe(before)
  })
})

describe('what a host does to it', () => {
  test("stands in the hosts' journal and in the trail of each organization whose work it was", async () => {
    await failIn('riverside', 'riverside', 'local-100')
    await settle('discard', { queue: stumble.name, all: true })
    const { data } = (await hedda.get('/api/v1/host/acts?limit=2')).json()
    expect(data.map(({ act, org, new: told }: Record<string, unknown>) => [act, org, told])).toEqual(
      expect.arrayContaining([
        ['discard-jobs', 'riverside', { queue: stumble.name, count: 2 }],
        ['discard-jobs', 'local-100', { queue: stumble.name, count: 1 }],
      ]),
    )
    const ada = await house.as('admin@local-100.example')
    const [line] = (await ada.get('/audit?filter[via]=host&sort=-at')).json().data
    expect(line).toMatchObject({ act: 'discard-jobs', actor_name: demoHost.name, via: 'host' })
  })

  test('to work of the house stands in the journal without an organization', async () => {
    const queue = 'foundation.schedules-kept'
    await asOwner(
      house,
      `insert into queue.job (name, state, completed_on, output, retry_limit) values ($1, 'failed', now(), null, 0)`,
      [queue],
    )
    expect((await failures()).data).toMatchObject([{ org: null, error: { type: 'WorkerLost', at: [] } }])
    expect(await settle('discard', { queue, all: true })).toEqual({ count: 1 })
    const { data } = (await hedda.get('/api/v1/host/acts?limit=1')).json()
    expect(data).toMatchObject([{ act: 'discard-jobs', org: null, new: { queue, count: 1 } }])
  })

  test('asks for proof that is fresh, and for jobs that are named', async () => {
    const ids = await failIn('riverside')
    const late = await house.as(demoHost.email)
    await asOwner(
      house,
      `update foundation.session set proved_at = now() - interval '11 minutes'
      where id = (select id from foundation.session order by started_at desc limit 1)`,
    )
    const refused = await late.post(`${jobs}/failures/discard`, { queue: stumble.name, ids })
    expect(refused.json()).toMatchObject({ status: 403, code: 'proof_needed' })
    expect((await late.get(`${jobs}/failures`)).json().data).toHaveLength(1)
  })

  test.each([
    [{}, 'queue'],
    [{ queue: 'nonsense', all: true }, 'queue'],
    [{ queue: stumble.name }, 'ids'],
    [{ queue: stumble.name, ids: [] }, 'ids'],
    [{ queue: stumble.name, ids: ['1'] }, 'ids'],
    [{ queue: stumble.name, ids: [crypto.randomUUID()], all: true }, 'ids'],
    [{ queue: stumble.name, ids: Array.from({ length: 201 }, () => crypto.randomUUID()) }, 'ids'],
  ])('is refused as %j', async (body, path) => {
    const refused = await settle('retry', body)
    expect(refused).toMatchObject({ status: 422, code: 'invalid' })
    expect(refused.errors[0].path).toBe(path)
  })
})

test('what is done by the clock is told with when it is next', async () => {
  const { data } = (await hedda.get(`${jobs}/schedules`)).json()
  expect(data).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ queue: 'notebook.entries-are-counted', cron: '0 6 * * *', orgs: 2 }),
      expect.objectContaining({ queue: 'foundation.schedules-kept', label: 'Schedules kept', orgs: null }),
    ]),
  )
  const times = data.map(({ next_at: at }: { next_at: string }) => at)
  expect(times).toEqual(times.toSorted())
})
