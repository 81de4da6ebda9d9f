import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { asOwner, cast, eventually, notebook, openHouse, type TestHouse, type Voice } from '@commonhall/engine/testing'
import { noted, copied, tidy } from '../testing/notebook/module.ts'

let house: TestHouse
let admin: Voice
beforeAll(async () => {
  house = await openHouse({ modules: [notebook] })
  admin = await house.as(cast.admin)
})
beforeEach(() => void (copied.tries = 0))
afterAll(() => house.close())

const queued = (name: string) =>
  asOwner<{ data: Record<string, unknown>; state: string }>(
    house,
    'select data, state::text from queue.job where name = $1 order by created_on',
    [name],
  )
const deliveries = () => queued('foundation.deliver-event')
const copies = async (title: string) =>
  (await admin.get(`/entries?filter[title]=${encodeURIComponent(`copy of ${title}`)}`)).json().data

async function file(title: string): Promise<string> {
  const { id } = (await admin.post('/entries', { title })).json()
  expect((await admin.post(`/entries/${id}/file`)).statusCode).toBe(200)
  return id
}

/** Runs the queued delivery of the newest event by hand, as a worker would. */
async function deliver(): Promise<void> {
  const { data } = (await deliveries()).at(-1)!
  const job = house.engine.registry.jobs.get('foundation.deliver-event')!.job
  await house.engine.runJob(job, await house.caller(), data['payload'] as Record<string, unknown>)
}

describe('an announcement', () => {
  test('waits in the queue until it is delivered, with the org and the request that caused it', async () => {
    const id = await file('first')
    expect((await deliveries()).at(-1)?.data).toMatchObject({
      org: expect.any(String),
      requestId: expect.any(String),
      payload: { subscriber: 'notebook.noted-is-copied' },
    })
    expect(await copies('first')).toEqual([])
    await deliver()
    expect(await copies('first')).toMatchObject([{ body: id }])
  })

  test('is tried again when the subscriber fails, and what the failed try wrote is gone', async () => {
    await file('fails once')
    await expect(deliver()).rejects.toThrow('The first try fails.')
    expect(await copies('fails once')).toEqual([])
    await deliver()
    expect(await copies('fails once')).toHaveLength(1)
  })

  test('is not made when the change is rolled back', async () => {
    const before = [(await deliveries()).length, await asOwner(house, 'select count(*) from foundation.event')]
    await expect(
      house.engine.act(await house.caller(), async (context) => {
        await context.emit(noted, { entry: crypto.randomUUID(), title: 'never' })
        await context.enqueue(tidy, { title: 'never' })
        throw new Error('no')
      }),
    ).rejects.toThrow('no')
    expect([(await deliveries()).length, await asOwner(house, 'select count(*) from foundation.event')]).toEqual(before)
    expect(await queued(tidy.name)).toEqual([])
  })

  test('has its place from when it is made, though its transaction began before that of another', async () => {
    const [caller, entry] = [await house.caller(), crypto.randomUUID()]
    const tell = (title: string) => house.engine.act(caller, (context) => context.emit(noted, { entry, title }))
    await house.engine.act(caller, async (context) => {
      await tell('made first')
      await context.emit(noted, { entry, title: 'made second' })
    })
    const rows = await asOwner<{ title: string }>(
      house,
      `select e.payload ->> 'title' as title from queue.job j
      join foundation.event e on e.id::text = j.data -> 'payload' ->> 'event'
      where e.record = $1 order by j.singleton_key, j.created_on, j.id`,
      [entry],
    )
    expect(rows.map(({ title }) => title)).toEqual(['made first', 'made second'])
  })

  test('is not heard by a module that the org has switched off', async () => {
    const before = (await deliveries()).length
    const caller = await house.caller('local-200')
    await house.engine.act(caller, (context) => context.emit(noted, { entry: crypto.randomUUID(), title: 'elsewhere' }))
    expect((await deliveries()).length).toBe(before)
  })

  test('of a member tells standing, state and reason', async () => {
    const [{ id }] = (await admin.get('/members?filter[state]=active&limit=1')).json().data
    await admin.post(`/members/${id}/suspend`, { reason: 'Dues in arrears' })
    const [event] = await asOwner(
      house,
      "select name, payload from foundation.event where name like 'members.%' order by created_at desc limit 1",
    )
    expect(event).toEqual({
      name: 'members.standing-changed',
      payload: { member: id, state: 'suspended', reason: 'Dues in arrears' },
    })
  })
})

describe('work', () => {
  test('is queued with the change that caused it', async () => {
    await house.engine.act(await house.caller(), (context) =>
      context.enqueue(tidy, { title: 'later' }, { startAfter: '2099-01-01T00:00:00Z' }),
    )
    expect((await queued(tidy.name)).at(-1)).toMatchObject({ state: 'created', data: { payload: { title: 'later' } } })
  })

  test('that has begun is finished before the server stops', async () => {
    const twin = await house.twin()
    await twin.engine.startWork()
    await twin.engine.act(await house.caller(), (context) => context.enqueue(tidy, { title: 'slow' }))
    await eventually(async () => expect((await queued(tidy.name)).at(-1)?.state).toBe('active'))
    await twin.close()
    expect((await queued(tidy.name)).at(-1)?.state).toBe('completed')
    expect((await admin.get('/entries?filter[title]=slow')).json().data).toHaveLength(1)
  })

  test('is done soon after its transaction commits, and so are announcements', async () => {
    await house.engine.startWork()
    await house.engine.act(await house.caller(), (context) => context.enqueue(tidy, { title: 'done by the worker' }))
    await file('by the worker')
    const titles = async () =>
      (await admin.get('/entries?q=by the worker')).json().data.map(({ title }: { title: string }) => title)
    await eventually(async () =>
      expect(await titles()).toEqual(expect.arrayContaining(['done by the worker', 'copy of by the worker'])),
    )
  })

  test("that comes by the clock is scheduled once for each org that has the module, in the org's time", async () => {
    const schedules = () =>
      asOwner<{ slug: string; timezone: string; cron: string }>(
        house,
        `select o.slug, s.timezone, s.cron from queue.schedule s
      join foundation.org o on o.id::text = s.key where s.name = 'notebook.entries-are-counted' order by slug`,
      )
    expect(await schedules()).toEqual([
      { slug: 'local-100', timezone: 'America/New_York', cron: '0 6 * * *' },
      { slug: 'riverside', timezone: 'America/New_York', cron: '0 6 * * *' },
    ])
    await asOwner(
      house,
      "update foundation.org set modules = array_remove(modules, 'notebook') where slug = 'riverside'",
    )
    const twin = await house.twin()
    await twin.engine.startWork()
    expect((await schedules()).map(({ slug }) => slug)).toEqual(['local-100'])
    await twin.close()
  })
})
