import { expect, test } from 'vitest'
import { cast } from '@commonhall/engine/testing'
import type { Person } from './person.ts'
import { raiseStage } from './stage.ts'

const stage = await raiseStage()
const sam = await stage.browserOf(cast.staff)
// While it leaves, the server tells whoever listens to come again.
const away = [/^net::ERR_(CONNECTION_(REFUSED|RESET)|INCOMPLETE_CHUNKED_ENCODING) /, /^503 GET .*\/(live|inbox)$/]
sam.trouble.expect(...away)

/** What a page fetches ahead is here: what it shows while the server is away cannot be fetched then. */
async function hasAllAhead({ page }: Person): Promise<void> {
  const isHere = () => performance.getEntriesByType('resource').some(({ name }) => name.includes('/Toaster'))
  await expect.poll(() => page.evaluate(isHere)).toBe(true)
}

test('while the server is away a page says so, and shows what it should once it is back', async () => {
  await sam.opens('/o/local-100/members')
  await sam.seesA('table', 'Members')
  await hasAllAhead(sam)
  await stage.stop()
  await sam.follows('Households')
  await sam.sees('No connection')
  await sam.sees('The server cannot be reached. Check your connection and try again.')
  await stage.start()
  await sam.presses('Try again')
  await sam.sees('No households yet')
})

test('what was typed stays when it cannot be saved, and is saved on the next try', async () => {
  await sam.follows('New household')
  await sam.arrivesAt('New household')
  await sam.types('Name', 'Ortiz family')
  await stage.stop()
  await sam.presses('Create household')
  await sam.in('alert').sees('The server cannot be reached.')
  await expect.poll(() => sam.reads('Name')).toBe('Ortiz family')
  await stage.start()
  await sam.presses('Create household')
  await sam.arrivesAt('Ortiz family')
})

test('an act that did not reach the server is taken back on the screen', async () => {
  const otis = await stage.browserOf(cast.officer)
  otis.trouble.expect(...away)
  await otis.opens('/o/local-100/households')
  await otis.follows('Ortiz family')
  await otis.arrivesAt('Ortiz family')
  await hasAllAhead(otis)
  await stage.stop()
  await otis.presses('More acts')
  await otis.picks('Archive')
  await otis.sees('That did not work')
  await otis.arrivesAt('Ortiz family')
  await stage.start()
  await otis.presses('More acts')
  await otis.picks('Archive')
  await otis.sees('Ortiz family is archived.')
})
