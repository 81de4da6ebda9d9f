import { expect, test } from 'vitest'
import { cast } from '@commonhall/engine/testing'
import type { Person } from './person.ts'
import { raiseStage } from './stage.ts'

const stage = await raiseStage()

/** How light the page's ground is, 0 to 255. */
const lightness = async (person: Person) =>
  await person.page.evaluate(() => {
    const parts = getComputedStyle(document.body).backgroundColor.match(/\d+/g) ?? []
    return Math.max(...parts.slice(0, 3).map(Number))
  })

test('the page is as dark as the device, until the person chooses', async () => {
  const sam = await stage.browserOf(cast.staff, { scheme: 'dark' })
  await sam.opens('/o/local-100')
  await sam.arrivesAt('Harbor Trades Local 100')
  await expect.poll(() => lightness(sam)).toBeLessThan(60)
  await sam.presses('Sam Whitaker, account menu')
  await sam.picks('Light', 'menuitemradio')
  await expect.poll(() => lightness(sam)).toBeGreaterThan(230)
})

test('the choice is remembered', async () => {
  const sam = await stage.browserOf(cast.staff, { scheme: 'light' })
  await sam.opens('/account')
  await sam.arrivesAt('Your account')
  await expect.poll(() => lightness(sam)).toBeGreaterThan(230)
  await sam.in('radiogroup', 'Appearance').clicks('Dark')
  await expect.poll(() => lightness(sam)).toBeLessThan(60)
  await sam.page.reload()
  await sam.arrivesAt('Your account')
  await expect.poll(() => lightness(sam)).toBeLessThan(60)
})

test('rows can be made compact', async () => {
  const sam = await stage.browserOf(cast.staff)
  const height = async () => (await sam.in('table', 'Members').find('row').nth(1).boundingBox())?.height ?? 0
  await sam.opens('/o/local-100/members')
  await sam.seesA('table', 'Members')
  await sam.seesAllThere()
  const roomy = await height()
  await sam.opens('/account')
  await sam.in('radiogroup', 'Rows').clicks('Compact rows')
  await sam.opens('/o/local-100/members')
  await sam.seesA('table', 'Members')
  await sam.seesAllThere()
  await expect.poll(() => height()).toBeLessThan(roomy)
})
