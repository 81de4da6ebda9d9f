import { expect, test } from 'vitest'
import { asOwner, cast } from '@commonhall/engine/testing'
import { raiseStage } from './stage.ts'

const stage = await raiseStage()
const org = '/o/local-100'
const [bayline] = await asOwner<{ id: string }>(
  stage.house,
  `select c.id from market_recovery.contractor c join foundation.org o on o.id = c.org_id
  where c.name = 'Bayline Electric' and o.slug = 'local-100'`,
)
const { id: program } = await stage.has('programs', {
  name: 'Quayside Wiring',
  state: 'active',
  budget: '5000.00',
  from_on: '2020-01-01',
})
await stage.has('scales', { classification: 'Rigger', rate: '50.00', from_on: '2020-01-01' })
for (const n of [1, 2]) {
  const { id: member } = await stage.has('members', {
    card_number: `QW${n}`,
    first_name: 'Gia',
    last_name: `Quay ${n}`,
    state: 'active',
  })
  const more = { classification: 'Rigger', contractor_rate: '35', from_on: '2024-01-01' }
  await stage.has('assignments', { program, contractor: bayline?.id, member, ...more }, cast.staff)
}

/** The Sunday that ended last. */
const sunday = (() => {
  const now = new Date()
  now.setUTCDate(now.getUTCDate() - now.getUTCDay() - 7)
  return now.toISOString().slice(0, 10)
})()

test('a contractor’s file comes in as it is: columns known, bad rows told, the rest submitted at once', async () => {
  const rita = await stage.browserOf('contractor@local-100.example')
  const rows = [`QW1,${sunday},40,1`, `QW2,${sunday},46,0`, `LX99999,${sunday},40,0`]
  const buffer = Buffer.from(`Card No,Week ending,Reg,OT\n${rows.join('\n')}\n`)
  await rita.opens(`${org}/hours/import`)
  await rita.gives('File to import', { name: 'hours.csv', mimeType: 'text/csv', buffer })
  await rita.sees('Check the columns')
  const goes = (heading: string) => rita.reads(`Where ${heading} goes`)
  await expect
    .poll(() => Promise.all(['Card No', 'Week ending', 'Reg', 'OT'].map(goes)))
    .toEqual(['assignment.card', 'week_ending', 'regular', 'overtime'])
  await rita.presses('Try it')
  await rita.sees(/No assignment of card LX99999 covers the week/)
  await rita.presses('Import 2 hours')
  await rita.sees('hours.csv is in.')
  await rita.presses('Submit all that this file brought')
  await rita.sees('Done for one record.')
  await rita.sees(/46\.00 regular hours are more than 40/)
})
