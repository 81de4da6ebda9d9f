import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { asOwner, eventually, notebook, openHouse, type TestHouse } from '@commonhall/engine/testing'
import type { House } from '../boot.ts'
import { diary, luck, written } from './testing/diary.ts'

let house: TestHouse
let workers: House[]
beforeAll(async () => {
  house = await openHouse({ modules: [notebook, diary] })
  workers = await Promise.all([house.twin(), house.twin()])
  for (const { engine } of workers) await engine.startWork()
})
beforeEach(() => void Object.assign(luck, { failing: 0, unlucky: '' }))
afterAll(async () => {
  for (const worker of workers) await worker.close()
  await house.close()
})

const queue = 'foundation.deliver-event'
/** Who is to be tried again some seconds later is tried at once here, and as if for the first time. */
async function hurry(): Promise<void> {
  await asOwner(house, "update queue.job set started_on = null where name = $1 and state = 'retry'", [queue])
  await workers[0]?.engine.jobs.takeUp()
}

/** Whoever fails from now on has failed for good. Said again and again: a job that is just failing is out of reach. */
const lastTry = () =>
  asOwner(
    house,
    `update queue.job set retry_limit = 0, start_after = least(start_after, now())
    where name = $1 and state < 'completed'`,
    [queue],
  )

async function makeEntry(): Promise<string> {
  const caller = await house.caller()
  return await house.engine.act(caller, async (context) => {
    const { id } = await context.db
      .insertInto('notebook.entry')
      .values({ title: 'diary', state: 'draft' })
      .returning('id')
      .executeTakeFirstOrThrow()
    return id
  })
}

/** Changes an entry and tells of it, as a workflow does: how often it was changed, with the entry held. */
async function change(entry: string, times = 1): Promise<void> {
  const caller = await house.caller()
  await house.engine.act(caller, async (context) => {
    for (let turn = 0; turn < times; turn++) {
      const { rows } = await sql<{ n: number }>`update notebook.entry set score = coalesce(score, 0) + 1
        where id = ${entry} returning score as n`.execute(context.db)
      await context.emit(written, { entry, n: rows[0]?.n ?? 0 })
    }
  })
}

const heard = async (entry: string) =>
  (await asOwner<{ body: string | null }>(house, 'select body from notebook.entry where id = $1', [entry]))[0]?.body ??
  ''
const inOrder = (count: number) => Array.from({ length: count }, (_, n) => n + 1).join(' ')

describe('what is about one record', () => {
  test('is heard in the order of its changes, each once, whoever changes it when, and whatever fails', async () => {
    luck.failing = 3
    const histories = fc.array(
      fc.record({ entry: fc.integer({ min: 0, max: 3 }), times: fc.integer({ min: 1, max: 3 }) }),
      { minLength: 4, maxLength: 16 },
    )
    await fc.assert(
      fc.asyncProperty(histories, async (history) => {
        const entries = await Promise.all([makeEntry(), makeEntry(), makeEntry(), makeEntry()])
        await Promise.all(history.map(({ entry, times }) => change(entries[entry] as string, times)))
        for (const [index, id] of entries.entries()) {
          const count = history.filter(({ entry }) => entry === index).reduce((sum, { times }) => sum + times, 0)
          await eventually(async () => {
            await hurry()
            expect(await heard(id)).toBe(inOrder(count))
          })
        }
      }),
      { numRuns: 3 },
    )
  })

  test('waits behind a dead letter until that is tried again; what is about others goes on', async () => {
    const [stuck, other] = [await makeEntry(), await makeEntry()]
    luck.unlucky = stuck
    for (const entry of [stuck, other, stuck, other, stuck]) await change(entry)
    await eventually(async () => {
      await lastTry()
      expect((await house.engine.jobs.failures({ limit: 5 })).data).toHaveLength(1)
    })
    await eventually(async () => expect(await heard(other)).toBe(inOrder(2)))
    const [dead] = (await house.engine.jobs.failures({ limit: 5 })).data
    expect(dead).toMatchObject({ queue, subscriber: 'diary.page-is-kept', holds_up: 2, org: { slug: 'local-100' } })
    expect(await heard(stuck)).toBe('')
    luck.unlucky = ''
    await workers[0]?.engine.jobs.retry(queue, [dead!.id])
    await eventually(async () => expect(await heard(stuck)).toBe(inOrder(3)))
  })

  test('goes on without what is thrown away', async () => {
    const entry = await makeEntry()
    luck.unlucky = entry
    await change(entry)
    await eventually(async () => {
      await lastTry()
      expect((await house.engine.jobs.failures({ limit: 5 })).data).toHaveLength(1)
    })
    luck.unlucky = ''
    const [dead] = (await house.engine.jobs.failures({ limit: 5 })).data
    await change(entry)
    await workers[1]?.engine.jobs.discard(queue, [dead!.id])
    await eventually(async () => expect(await heard(entry)).toBe('2'))
  })

  test('is what an event says it is about: its first reference, or the field that it names', async () => {
    const entry = await makeEntry()
    await change(entry)
    const [event] = await asOwner(house, 'select name, record from foundation.event where record = $1', [entry])
    expect([event, written.record]).toEqual([{ name: 'diary.page-written', record: entry }, 'entry'])
    await eventually(async () => expect(await heard(entry)).toBe('1'))
  })
})
