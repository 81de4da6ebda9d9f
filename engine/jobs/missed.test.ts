import { afterAll, beforeAll, expect, test } from 'vitest'
import { asOwner, eventually, notebook, openHouse, type TestHouse } from '@commonhall/engine/testing'

let house: TestHouse
beforeAll(async () => void (house = await openHouse({ modules: [notebook] })))
afterAll(() => house.close())

const nightly = 'notebook.entries-are-counted'
const forwarded = () =>
  asOwner<{ org: string }>(
    house,
    `select o.slug as org from queue.job j join foundation.org o on o.id::text = j.data ->> 'key'
    where j.name = '__pgboss__send-it' and j.data ->> 'name' = $1 order by 1`,
    [nightly],
  )
const queued = () =>
  asOwner<{ org: string }>(
    house,
    "select o.slug as org from queue.job j join foundation.org o on o.id::text = j.data ->> 'org' where j.name = $1",
    [nightly],
  )

/** A worker that is there for as long as something takes. */
async function whileWorking(look: () => Promise<void>): Promise<void> {
  const worker = await house.twin()
  await worker.engine.startWork()
  await eventually(look)
  await worker.close()
}

test('what was to be done at six is done once when nothing ran for days, and not again at the next start', async () => {
  await whileWorking(async () => {
    expect(await asOwner(house, 'select from queue.version where cron_on is not null')).toHaveLength(1)
  })
  expect([await forwarded(), await queued()]).toEqual([[], []])
  await asOwner(house, "update queue.version set cron_on = now() - interval '3 days'")
  await asOwner(house, "update queue.schedule set created_on = now() - interval '9 days'")
  const once = [{ org: 'local-100' }, { org: 'riverside' }]
  await whileWorking(async () => expect(await forwarded()).toEqual(once))
  // What the clock has sent on is queued by whoever works next.
  await whileWorking(async () => expect((await queued()).length).toBeGreaterThan(1))
  expect([await forwarded(), (await queued()).toSorted((a, b) => a.org.localeCompare(b.org))]).toEqual([once, once])
})
