import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { asOwner, eventually, notebook, openHouse, type TestHouse } from '@commonhall/engine/testing'
import type { Job, JobPayload } from '@commonhall/kernel'
import type { House } from '../boot.ts'
import { dawdle, holdJobs, inTurn, lab, labModule, noteDown, noteOnce, stumble } from './testing/lab.ts'

let house: TestHouse
/** Works from the second group of tests on. */
let steady: House | undefined
beforeAll(async () => void (house = await openHouse({ modules: [notebook, labModule] })))
afterAll(async () => {
  await steady?.close()
  await house.close()
})
afterEach(() => void Object.assign(lab, { running: 0, most: 0, fails: 0, gate: Promise.resolve() }))

const enqueue = async <J extends Job>(job: J, payload: JobPayload<J>, slug = 'local-100', options = {}) => {
  const caller = await house.caller(slug)
  return await house.engine.act(caller, (context) => context.enqueue(job, payload, options))
}
const statusOf = async (job: Job, id: string, slug = 'local-100') => {
  const caller = await house.caller(slug)
  return await house.engine.act(caller, (context) => context.jobs.status(job, id))
}
const cancel = async (job: Job, id: string, slug = 'local-100') => {
  const caller = await house.caller(slug)
  return await house.engine.act(caller, (context) => context.jobs.cancel(job, id))
}
const noted = async (like: string) => {
  const rows = await asOwner<{ title: string }>(
    house,
    'select title from notebook.entry where title like $1 order by title',
    [like],
  )
  return rows.map(({ title }) => title)
}
const stateOf = async (job: Job, id: string, state: string) =>
  eventually(async () => expect((await statusOf(job, id))?.state).toBe(state))

/** The process that works. */
const worker = () => steady as House

/** Another process that works. */
async function startWorker(): Promise<House> {
  const started = await house.twin()
  await started.engine.startWork()
  return started
}

describe('before anybody works', () => {
  test('one job waits under a key however many are queued at once, and each is told of that one', async () => {
    const ids = await Promise.all(Array.from({ length: 12 }, () => enqueue(noteOnce, { line: 'unique' })))
    expect(new Set(ids).size).toBe(1)
    expect(await enqueue(noteOnce, { line: 'unique too' })).not.toBe(ids[0])
    expect(await enqueue(noteOnce, { line: 'unique' }, 'riverside')).not.toBe(ids[0])
    const keyed = await enqueue(noteDown, { line: 'keyed', ms: null }, 'local-100', { key: 'one' })
    expect(await enqueue(noteDown, { line: 'keyed', ms: null }, 'local-100', { key: 'one' })).toBe(keyed)
    await Promise.all([cancel(noteDown, keyed), ...[...new Set(ids)].map((id) => cancel(noteOnce, id))])
  })

  test('an org sees its own jobs and takes them back; for others they are not there', async () => {
    const id = await enqueue(noteDown, { line: 'later', ms: null }, 'local-100', { startAfter: '2099-01-01T00:00:00Z' })
    expect(await statusOf(noteDown, id)).toMatchObject({ state: 'delayed', failures: 0, endedAt: null })
    expect([await statusOf(noteDown, id, 'riverside'), await cancel(noteDown, id, 'riverside')]).toEqual([null, false])
    expect([await cancel(noteDown, id), await cancel(noteDown, id)]).toEqual([true, false])
    expect(await statusOf(noteDown, id)).toMatchObject({ state: 'canceled', endedAt: expect.any(String) })
    expect([await statusOf(noteDown, 'what?'), await cancel(noteDown, 'what?')]).toEqual([null, false])
  })
})

test('a worker runs what waits under a key after what queued it last: it sees what that has written', async () => {
  const id = await enqueue(noteOnce, { line: 'awaited' })
  const passing = await house.engine.act(await house.caller(), async (context) => {
    expect(await context.enqueue(noteOnce, { line: 'awaited' })).toBe(id)
    const working = await startWorker()
    // Whoever takes what came later has passed by what waits.
    await stateOf(noteOnce, await enqueue(noteOnce, { line: 'came later' }), 'done')
    expect((await statusOf(noteOnce, id))?.state).toBe('waiting')
    return working
  })
  await stateOf(noteOnce, id, 'done')
  await passing.close()
})

describe('a worker', () => {
  beforeAll(async () => void (steady = await startWorker()))

  test('runs many side by side, each once, and notes that each is done with what it wrote', async () => {
    await Promise.all(Array.from({ length: 60 }, (_, n) => enqueue(noteDown, { line: `many ${n}`, ms: null })))
    await eventually(async () => expect(await noted('many %')).toHaveLength(60))
    const [{ ends }] = (await asOwner<{ ends: string[] }>(
      house,
      "select array_agg(distinct state::text) as ends from queue.job where data -> 'payload' ->> 'line' like 'many %'",
    )) as [{ ends: string[] }]
    expect(ends).toEqual(['completed'])
  })

  test('writes nothing for a job that another has taken meanwhile: it is done once all the same', async () => {
    const goOn = holdJobs()
    const id = await enqueue(noteDown, { line: 'taken twice', ms: null })
    await stateOf(noteDown, id, 'running')
    // What its own process would never do: the first run is declared dead while it goes on.
    await asOwner(house, "update queue.job set state = 'retry', start_after = now() where id = $1", [id])
    goOn()
    await stateOf(noteDown, id, 'done')
    expect(await noted('taken twice')).toEqual(['taken twice'])
  })

  test('takes back what a running job has written when that is canceled', async () => {
    const goOn = holdJobs()
    const id = await enqueue(noteDown, { line: 'canceled', ms: null })
    await stateOf(noteDown, id, 'running')
    expect(await cancel(noteDown, id)).toBe(true)
    goOn()
    const lost = /commonhall_job_run_seconds_count\{queue="lab.line-is-noted",outcome="lost"\} (\d+)/
    await eventually(async () => expect(lost.exec(await worker().engine.meters.metrics())?.[1]).toBe('2'))
    expect(await noted('canceled')).toEqual([])
  })

  test('gives back what a dead one had in hand, and that it died counts as a try', async () => {
    const id = await enqueue(noteDown, { line: 'orphan', ms: null }, 'local-100', { startAfter: '2099-01-01' })
    const mark = "state = 'active', started_on = now(), heartbeat_on = now() - interval '30 seconds'"
    await asOwner(house, `update queue.job set ${mark}, start_after = now() where id = $1`, [id])
    await worker().engine.jobs.sweep(20)
    await asOwner(house, 'update queue.job set start_after = now() where id = $1', [id])
    await stateOf(noteDown, id, 'done')
    expect(await noted('orphan')).toEqual(['orphan'])
    expect(await statusOf(noteDown, id)).toMatchObject({ failures: 1 })
  })

  test('lets no more jobs of an org run at once than it may, two workers together', async () => {
    await Promise.all(Array.from({ length: 8 }, (_, n) => enqueue(inTurn, { line: `turn ${n}` })))
    const another = await startWorker()
    await eventually(async () => expect(await noted('turn %')).toHaveLength(8))
    await another.close()
    expect(lab.most).toBe(1)
  })

  test('stops what takes too long, and nothing of it stays', async () => {
    const id = await enqueue(dawdle, { line: 'dawdled' })
    await stateOf(dawdle, id, 'failed')
    const { data } = await house.engine.jobs.failures({ queue: dawdle.name, limit: 1 })
    expect(data[0]).toMatchObject({ id, error: { type: 'TimeLimitPassed', code: 'time_limit' } })
    await house.engine.jobs.discard(dawdle.name, [id])
    expect(await noted('dawdled')).toEqual([])
  })

  test('that is told to stop ends what runs and gives back what it had not begun', async () => {
    const goOn = holdJobs()
    const ids = await Promise.all(
      Array.from({ length: 12 }, (_, n) => enqueue(noteDown, { line: `rest ${n}`, ms: null })),
    )
    await stateOf(noteDown, ids[0] as string, 'running')
    const ended = worker().engine.jobs.endWork()
    goOn()
    await ended
    await worker().close()
    const states = await Promise.all(ids.map(async (id) => (await statusOf(noteDown, id))?.state))
    expect(new Set(states)).toEqual(new Set(['done', 'waiting']))
    expect(await noted('rest %')).toHaveLength(states.filter((state) => state === 'done').length)
    steady = await startWorker()
    await eventually(async () => expect(await noted('rest %')).toHaveLength(12))
  })

  test('that is told to stop does not wait for what takes long, and leaves it to another', async () => {
    const ending = await startWorker()
    await worker().close()
    const id = await enqueue(noteDown, { line: 'endless', ms: 50_000 })
    await stateOf(noteDown, id, 'running')
    const began = Date.now()
    await ending.engine.jobs.endWork(100)
    await ending.close()
    expect(Date.now() - began).toBeLessThan(30_000)
    expect(await statusOf(noteDown, id)).toMatchObject({ state: 'waiting', failures: 0 })
    await cancel(noteDown, id)
    expect(await noted('endless')).toEqual([])
    steady = await startWorker()
  })
})

describe('a job whose last try failed', () => {
  test('is kept with what went wrong and where, without a word of it, and can be tried again', async () => {
    lab.fails = 1
    const id = await enqueue(stumble, { line: 'stumbled' })
    await stateOf(stumble, id, 'failed')
    const { data, next } = await house.engine.jobs.failures({ queue: stumble.name, limit: 5 })
    expect([data.length, next]).toEqual([1, null])
    expect(data[0]).toMatchObject({
      id,
      label: 'Stumble is overcome',
      org: { slug: 'local-100' },
      tries: 1,
      holds_up: 0,
      error: { type: 'Refusal', code: 'conflict', at: expect.arrayContaining([expect.stringMatching(/lab\.ts:\d+$/)]) },
    })
    expect(JSON.stringify(data)).not.toMatch(/Maria|stumbled/)
    const days = (Date.parse(data[0]!.kept_until) - Date.parse(data[0]!.failed_at)) / 86_400_000
    expect(days).toBe(30)
    expect(await house.engine.jobs.retry(stumble.name, [id])).toBe(1)
    await stateOf(stumble, id, 'done')
    expect(await noted('stumbled')).toEqual(['stumbled'])
  })

  test('is tried again once where others of the same key are dead too: they are the same work', async () => {
    const ids: string[] = []
    for (let night = 0; night < 2; night++) {
      lab.fails = 1
      const id = await enqueue(stumble, { line: 'each night' }, 'local-100', { key: 'by the clock' })
      await stateOf(stumble, id, 'failed')
      ids.push(id)
    }
    expect(await house.engine.jobs.retry(stumble.name, ids)).toBe(1)
    await stateOf(stumble, ids[1] as string, 'done')
    expect([(await statusOf(stumble, ids[0] as string))?.state, await noted('each night')]).toEqual([
      'failed',
      ['each night'],
    ])
    await house.engine.jobs.discard(stumble.name, ids)
  })

  test('can be thrown away; what is not dead cannot', async () => {
    lab.fails = 1
    const dead = await enqueue(stumble, { line: 'thrown' })
    const later = await enqueue(stumble, { line: 'later' }, 'local-100', { startAfter: '2099-01-01' })
    await stateOf(stumble, dead, 'failed')
    expect(await house.engine.jobs.discard(stumble.name, [dead, later])).toBe(1)
    expect(await statusOf(stumble, dead)).toBeNull()
    await cancel(stumble, later)
  })
})

describe('an org', () => {
  test('that is suspended has its jobs wait, and they run when it is no more', async () => {
    await asOwner(house, "update foundation.org set suspended_at = now() where slug = 'riverside'")
    const id = await enqueue(noteDown, { line: 'suspended', ms: null }, 'riverside')
    await eventually(async () => expect((await statusOf(noteDown, id, 'riverside'))?.state).toBe('delayed'))
    expect(await noted('suspended')).toEqual([])
    await asOwner(house, "update foundation.org set suspended_at = null where slug = 'riverside'")
    // A worker believes what it has heard of an org for a second.
    await eventually(async () => {
      await worker().engine.jobs.takeUp()
      expect(await noted('suspended')).toEqual(['suspended'])
    })
    expect(await statusOf(noteDown, id, 'riverside')).toMatchObject({ state: 'done', failures: 0 })
  })

  test('that has the module off has its jobs let go', async () => {
    const id = await enqueue(noteDown, { line: 'switched off', ms: null }, 'local-200')
    await eventually(async () => expect((await statusOf(noteDown, id, 'local-200'))?.state).toBe('done'))
    expect(await noted('switched off')).toEqual([])
  })
})

describe('who looks after the queues', () => {
  test('sees each with what waits in it, and when it is filled by the clock', async () => {
    const id = await enqueue(noteDown, { line: 'seen', ms: null }, 'local-100', { startAfter: '2099-01-01' })
    const queues = await house.engine.jobs.queues()
    expect(queues.find(({ name }) => name === noteDown.name)).toMatchObject({ label: 'Line is noted', delayed: 1 })
    expect(queues.find(({ name }) => name === 'foundation.schedules-kept')).toMatchObject({ failed: 0 })
    await cancel(noteDown, id)
    const nightly = (await house.engine.jobs.schedules()).find(({ queue }) => queue === 'notebook.entries-are-counted')
    expect(nightly).toMatchObject({ cron: '0 6 * * *', orgs: 2, next_at: expect.stringMatching(/T1[01]:00:00\.000Z$/) })
    const told = await house.engine.meters.metrics()
    expect(told).toContain('commonhall_queue_jobs{queue="lab.line-is-noted",state="waiting"} 0')
  })
})
