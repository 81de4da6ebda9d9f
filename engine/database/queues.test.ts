import { afterAll, beforeAll, expect, test } from 'vitest'
import { asOwner, cast, eventually, notebook, openHouse, type TestHouse } from '@commonhall/engine/testing'
import { tidy } from '../testing/notebook/module.ts'
import { migrate } from './migrate.ts'

let house: TestHouse
beforeAll(async () => void (house = await openHouse({ modules: [notebook] })))
afterAll(() => house.close())

/** As an installation of before the order of records has it: standard queues, keys that kept nothing apart. */
const asBefore = `
  drop index queue.job_waiting_once;
  drop trigger keep_place on queue.job_common;
  drop trigger keep_dead_letter on queue.job_common;
  update queue.queue set policy = 'standard', notify = true, retry_delay_max = null;
  update queue.job set policy = 'standard', singleton_key = data -> 'payload' ->> 'event' || ' a-subscriber'
    where name = 'foundation.deliver-event';
  insert into queue.job (name, data, policy, singleton_key, group_id)
    select '${tidy.name}', jsonb_build_object('org', o.id, 'payload', jsonb_build_object('title', 'kept ' || n)),
      'standard', 'the same', null
    from foundation.org o, generate_series(1, 3) n where slug = 'local-100';
  delete from foundation.migration where module = 'queue'`

test('queues of an older installation get their order and their keys, and what waits in them is done', async () => {
  const admin = await house.as(cast.admin)
  for (const title of ['one', 'two', 'three']) {
    const { id } = (await admin.post('/entries', { title })).json()
    await admin.post(`/entries/${id}/file`)
  }
  await asOwner(house, asBefore)
  await migrate(house.ground.ownerUrl, house.engine.registry.modules, house.engine.jobs.wanted)
  const [queue] = await asOwner(
    house,
    "select policy, notify, retry_delay_max from queue.queue where name = 'foundation.deliver-event'",
  )
  expect(queue).toEqual({ policy: 'key_strict_fifo', notify: false, retry_delay_max: 3600 })
  const twin = await house.twin()
  await twin.engine.startWork()
  await eventually(async () => {
    const rows = await asOwner<{ title: string }>(
      house,
      "select title from notebook.entry where title like 'copy of %' or title like 'kept %' order by title",
    )
    expect(rows.map(({ title }) => title)).toEqual([
      'copy of one',
      'copy of three',
      'copy of two',
      'kept 1',
      'kept 2',
      'kept 3',
    ])
  })
  await twin.close()
})
