import { expect, test } from 'vitest'
import { cast } from '@commonhall/engine/testing'
import { raiseStage } from './stage.ts'

const stage = await raiseStage()
const tess = await stage.browserOf(cast.treasurer)
const rent = await stage.has(
  'journal-entries',
  {
    posted_on: '2026-03-02',
    memo: 'Rent of the hall',
    payee: 'Harbor Hall',
    lines: [
      { account: '5000', amount: '75.00' },
      { account: '1000', amount: '-75.00' },
    ],
  },
  cast.treasurer,
)
const at = `journal-entries/${rent.id}`

test('an entry has both sides, and is taken back with a reason', async () => {
  await tess.opens(`/o/local-100/${at}`)
  await tess.arrivesAt(/^Entry \d+$/)
  await tess.seesA('row', '5000 Market recovery subsidies Harbor Hall $75.00')
  await tess.seesA('row', 'Total $75.00 $75.00')
  await tess.presses('Reverse')
  await tess.types('Reason', 'Paid by the district')
  await tess.in('dialog', 'Reverse').presses('Reverse')
  await tess.sees('Paid by the district')
  await tess.follows(/^Entry \d+$/)
  await tess.sees(/^Entry \d+ takes it back\.$/)
})

test('the books go to the bookkeeper as a file', async () => {
  await tess.opens('/o/local-100/ledger/take-out')
  await tess.types('First day', '2026-03-02')
  await tess.types('Last day', '2026-03-02')
  const file = await tess.downloads(() => tess.presses('Download'))
  expect(file.name).toBe('local-100-books-2026-03-02-2026-03-02.iif')
  expect(file.bytes.toString()).toContain('\t03/02/2026\tMarket Recovery Subsidies\tHarbor Hall\t75.00\t')
})

test('the pages hold no barrier, on a phone neither', async () => {
  await stage.onEachDevice(cast.treasurer, async (eye, device) => {
    for (const [path, words] of [
      ['ledger/take-out', 'Take the books out'],
      [at, 'Total'],
    ] as const) {
      await eye.opens(`/o/local-100/${path}`)
      await eye.sees(words)
      await eye.seesAllThere()
      await eye.meetsNoBarrierInAnyLight(`${path} on a ${device}`)
      await eye.scrollsOnlyDown(path)
    }
  })
})
