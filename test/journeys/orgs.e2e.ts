import { test } from 'vitest'
import { cast } from '@commonhall/engine/testing'
import { raiseStage } from './stage.ts'

const stage = await raiseStage()
await stage.seatIn(cast.officer, 'riverside', 'Riverside Housing Cooperative')
await stage.seatIn(cast.officer, 'new-hall', 'New Hall Local 7')
const otis = await stage.browserOf(cast.officer)

test('somebody with seats in several orgs goes from one to the other, and sees only what is there', async () => {
  await otis.opens('/o/local-100')
  await otis.arrivesAt('Harbor Trades Local 100')
  await otis.in('navigation', 'Main navigation').seesNone('link', 'Units')
  await otis.presses('Harbor Trades Local 100, switch organization')
  await otis.picks('Riverside Housing Cooperative')
  await otis.arrivesAt('Riverside Housing Cooperative')
  await otis.follows('Units')
  await otis.arrivesAt('Units')
  await otis.seesA('link', '1A')
})

test('the start page leads to the org where one was last', async () => {
  await otis.opens('/')
  await otis.arrivesAt('Riverside Housing Cooperative')
})

test('the palette leads to another org as well', async () => {
  await otis.hits('Control+k')
  await otis.hasFocusOn('combobox', 'Search and go to')
  await otis.writes('harbor')
  await otis.seesA('option', /Harbor Trades Local 100/)
  await otis.hits('Enter')
  await otis.arrivesAt('Harbor Trades Local 100')
})

test('an org that one has no seat in looks like one that does not exist', async () => {
  otis.trouble.expect(/^404 GET /, /^console: Problem: There is no such organization/)
  for (const slug of ['maple-court', 'no-such-org']) {
    await otis.opens(`/o/${slug}/members`)
    await otis.sees('Not found')
    await otis.follows('Go to the start page')
    await otis.arrivesAt('Harbor Trades Local 100')
  }
})

test('a new org teaches what to do first', async () => {
  await otis.opens('/o/new-hall')
  await otis.arrivesAt('New Hall Local 7')
  await otis.sees('Bring in what you already have')
  await otis.seesA('link', 'Import members')
  await otis.in('navigation', 'Main navigation').follows('Members')
  await otis.sees('No members yet')
  await otis.sees('This is where your members will be.')
  await otis.seesA('link', 'Import a file')
  await otis.follows('Add the first member')
  await otis.arrivesAt('New member')
})
