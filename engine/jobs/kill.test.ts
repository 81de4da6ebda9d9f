import type { ChildProcess } from 'node:child_process'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { asOwner, eventually, openHouse, type TestHouse } from '@commonhall/engine/testing'
import { countUsage } from '../foundation/count-usage.ts'
import { startWorker } from '../testing/worker.ts'
import { tallyUsage } from './testing/tally.ts'

const jobs = 400

let house: TestHouse
let workers: ChildProcess[] = []
beforeAll(async () => {
  house = await openHouse()
  await asOwner(house, tallyUsage)
})
afterAll(async () => {
  for (const worker of workers) worker.kill('SIGKILL')
  await house.close()
})

const done = async () => {
  const [row] = await asOwner<{ lines: number; jobs: number }>(
    house,
    'select count(*)::integer as lines, count(distinct job)::integer as jobs from tally',
  )
  return row as { lines: number; jobs: number }
}

test('workers that are killed in the middle lose no job, and none takes effect twice', async () => {
  await asOwner(house, 'update pace set most = 0')
  workers = await Promise.all([startWorker(house), startWorker(house)])
  const caller = await house.caller()
  await house.engine.database.transaction(caller.access, async (transaction) => {
    for (let n = 0; n < jobs; n++)
      await house.engine.jobs.sendForOrg(transaction, caller.org.id, `job ${n}`, countUsage, {})
  })
  for (const [index, worker] of workers.entries()) {
    const share = Math.ceil((jobs / 3) * (index + Math.random()))
    await asOwner(house, 'update pace set most = $1', [share])
    await eventually(async () => expect((await done()).jobs).toBeGreaterThanOrEqual(share))
    worker.kill('SIGKILL')
  }
  await asOwner(house, 'update pace set most = 1000000')
  expect((await done()).jobs).toBeLessThan(jobs)
  await house.engine.startWork()
  // All are dead, so nobody need be silent for long to be taken for it.
  await new Promise((resume) => setTimeout(resume, 300))
  await house.engine.jobs.sweep(0.2)
  await eventually(async () => {
    await asOwner(house, "update queue.job set start_after = now() where state = 'retry'")
    expect(await done()).toEqual({ lines: jobs, jobs })
  })
  const left = await asOwner(house, "select id from queue.job where name = $1 and state <> 'completed'", [
    countUsage.name,
  ])
  expect(left).toEqual([])
})
