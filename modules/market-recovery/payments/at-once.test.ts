import { afterAll, beforeAll, expect, test } from 'vitest'
import { asOwner, openHouse, type TestHouse } from '@commonhall/engine/testing'
import { Crowd } from '../testing/crowd.ts'
import { Local } from '../testing/local.ts'

let house: TestHouse
let local: Local
beforeAll(async () => {
  house = await openHouse()
  // Enough for two thirds of what is going to be asked for.
  local = await Local.open(house, '16000')
})
afterAll(() => house.close())

test('fifty people at once approve, reject, batch, release, pay and void: nothing twice, nothing lost', async () => {
  const places = await local.assignments(10)
  const weeks = (
    await Promise.all(
      places.map((place) =>
        Promise.all(['2025-03-02', '2025-03-09', '2025-03-16', '2025-03-23'].map((day) => local.submitted(place, day))),
      ),
    )
  ).flat()
  const crowd = await Crowd.gather(local, 50)
  const told = await crowd.work(weeks, 4)
  expect(told.filter(({ status }) => status >= 500)).toEqual([])
  expect(new Set(told.filter(({ status }) => status < 300).map(({ act }) => act)).size).toBeGreaterThan(5)

  expect(await local.discrepancies()).toEqual([])
  const [program] = await asOwner<{ within: boolean }>(
    house,
    'select committed + paid <= budget as within from market_recovery.program where id = $1',
    [local.program],
  )
  expect(program).toEqual({ within: true })
  // Whoever was told that it is done, did it: each has its line in the audit trail, and there is no other.
  const lines = await asOwner<{ act: string; count: number }>(
    house,
    `select act, count(*)::integer as count from foundation.audit_entry
    where resource = 'market-recovery.hours' and record = any($1) and act in ('approve', 'reject', 'reopen', 'submit')
    group by act`,
    [weeks],
  )
  for (const { act, count } of lines) {
    const before = act === 'submit' ? weeks.length : 0
    expect([act, count]).toEqual([act, crowd.done(act) + before])
  }
})
