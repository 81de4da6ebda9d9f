import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Context } from '@commonhall/kernel'
import { openHouse, type TestHouse } from '@commonhall/engine/testing'
import { post } from './post.ts'
import type { Posting } from './posting.ts'
import { reverse } from './reverse.ts'

let house: TestHouse
beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house.close())

const act = async <Value>(work: (ctx: Context) => Promise<Value>): Promise<Value> =>
  house.engine.act(await house.caller(), work)

const subsidy = (amount: string, more: Partial<Posting> = {}): Posting => ({
  on: '2026-03-14',
  memo: 'Subsidy of a week',
  payee: 'Ironline Electric',
  lines: [
    { account: '5000', amount },
    { account: '2000', amount: `-${amount}` },
  ],
  ...more,
})

test('what is posted has the next numbers, and so has what takes it back', async () => {
  const posted = await act((ctx) => post(ctx, [subsidy('600.00'), subsidy('12.50')]))
  expect(posted.map(({ number }) => number)).toEqual([1, 2])
  const ids = posted.map(({ id }) => id)
  const back = await act((ctx) => reverse(ctx, { entries: ids.slice(0, 1), on: '2026-03-15', memo: 'Twice' }))
  expect(back.map(({ number }) => number)).toEqual([3])
})
