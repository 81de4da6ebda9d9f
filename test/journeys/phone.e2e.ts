import { expect, test } from 'vitest'
import { cast } from '@commonhall/engine/testing'
import { raiseStage } from './stage.ts'

const stage = await raiseStage()
const sam = await stage.browserOf(cast.staff, { device: 'phone' })

test('on a phone the navigation is behind a button, and closes when it has led somewhere', async () => {
  await sam.opens('/o/local-100')
  await sam.arrivesAt('Harbor Trades Local 100')
  await sam.scrollsOnlyDown('home')
  await sam.presses('Open the menu')
  const menu = sam.in('dialog', 'Main navigation')
  await menu.follows('Members')
  await sam.arrivesAt('Members')
  await sam.seesNone('dialog')
})

test('a list is made of cards that lead to their records', async () => {
  await sam.seesNone('table')
  const cards = sam.in('list', 'Members')
  await cards.seesA('listitem')
  await expect.poll(async () => (await cards.rows('listitem'))[0]).toMatch(/Abara, .*(Active|Retired|Suspended)/)
  await sam.scrollsOnlyDown('the list')
  await sam.types('Search members', 'nakamura')
  await sam.isAt(/q=nakamura/)
  await cards.seesNone('link', /^Abara/)
  await cards.follows(/^Nakamura/)
  await sam.arrivesAt(/^Nakamura, /)
  await sam.scrollsOnlyDown('a record')
})

test('a record can be edited with the thumb', async () => {
  await sam.presses('Edit')
  await sam.arrivesAt(/^Edit Nakamura/)
  await sam.scrollsOnlyDown('a form')
  await sam.types('Suffix', 'III')
  await sam.presses('Save changes')
  await sam.arrivesAt(/^Nakamura, /)
  await sam.sees('III')
})

test('whatever is touched is large enough for a finger', async () => {
  await sam.opens('/o/local-100/members')
  await sam.in('list', 'Members').seesA('listitem')
  const small = await sam.page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('a, button, input, select')]
      .filter((element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true }))
      .map((element) => ({ element, box: element.getBoundingClientRect() }))
      .filter(({ box }) => box.width > 1 && box.height > 1 && (box.height < 24 || box.width < 24))
      .map(({ element, box }) => `${element.ariaLabel ?? element.innerText} ${box.width}×${box.height}`),
  )
  expect(small).toEqual([])
})

test('the menu closes with Escape, and the palette finds people', async () => {
  await sam.presses('Open the menu')
  await sam.hits('Escape')
  await sam.seesNone('dialog')
  await sam.presses('Search and go to')
  await sam.hasFocusOn('combobox', 'Search and go to')
  await sam.writes('smithfield')
  await sam
    .find('option', /Smithfield, /)
    .first()
    .click()
  await sam.arrivesAt(/^Smithfield, /)
})
