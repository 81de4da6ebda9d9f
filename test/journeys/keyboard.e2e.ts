import { expect, test } from 'vitest'
import { cast, castPassword } from '@commonhall/engine/testing'
import { raiseStage } from './stage.ts'

const stage = await raiseStage()
const otis = await stage.stranger()

test('signing in takes no mouse: the focus is where one types', async () => {
  await otis.opens('/login')
  await otis.hasFocusOn('textbox', 'E-mail')
  await otis.writes(cast.officer)
  await otis.hits('Tab')
  await otis.writes(castPassword)
  await otis.hits('Enter')
  await otis.arrivesAt('Harbor Trades Local 100')
})

test('the first stop of a page skips to its content', async () => {
  await otis.opens('/o/local-100/members?q=smithfield')
  await otis.seesA('table', 'Members')
  await otis.hits('Tab')
  await otis.hasFocusOn('link', 'Skip to content')
  await otis.hits('Enter')
  await otis.hasFocusOn('main')
})

test('Tab walks through everything and out again, and the focus is always to be seen', async () => {
  await otis.page.reload()
  await otis.seesA('table', 'Members')
  const stops: string[] = []
  const unseen: string[] = []
  for (let step = 0; step < 90; step++) {
    await otis.hits('Tab')
    const { what, isVisible } = await otis.focus()
    if (what.startsWith('body') || (stops.length > 1 && what === stops[0])) break
    stops.push(what)
    if (!isVisible) unseen.push(what)
  }
  expect(unseen).toEqual([])
  expect(stops.length).toBeLessThan(90)
  for (const wanted of ['Skip to content', 'New member', 'Search members', 'Smithfield, ']) {
    expect(
      stops.some((stop) => stop.includes(wanted)),
      `${wanted} in ${stops.join('\n')}`,
    ).toBe(true)
  }
})

test('the palette goes anywhere by typing, and Escape closes it where one was', async () => {
  await otis.tabsTo('link', 'New member')
  await otis.hits('Control+k')
  await otis.hasFocusOn('combobox', 'Search and go to')
  await otis.hits('Escape')
  await otis.seesNone('dialog')
  await otis.hasFocusOn('link', 'New member')
  await otis.hits('Control+k')
  await otis.hasFocusOn('combobox', 'Search and go to')
  await otis.writes('househ')
  await otis.hits('Enter')
  await otis.arrivesAt('Households')
  await otis.hits('Control+k')
  await otis.hasFocusOn('combobox', 'Search and go to')
  await otis.writes('smithfield')
  await otis.seesA('option', /Smithfield, /)
  await otis.hits('Enter')
  await otis.arrivesAt(/^Smithfield, /)
})

test('g and a letter go to a list, / searches, j and k walk the rows, Enter opens', async () => {
  await otis.hitsQuickly('g', 'm')
  await otis.arrivesAt('Members')
  await otis.seesA('table', 'Members')
  await otis.hits('/')
  await otis.hasFocusOn('searchbox', 'Search members')
  await otis.writes('nakamura')
  await otis.isAt(/q=nakamura/)
  await otis.seesA('link', /^Nakamura/)
  await otis.seesNone('link', /^Abara/)
  await otis.seesAllThere()
  await otis.hits('Escape', 'j', 'j')
  const { what } = await otis.focus()
  expect(what).toContain('Nakamura')
  await otis.isAt(/q=nakamura/)
  await otis.hits('k', 'Enter')
  await otis.arrivesAt(/^Nakamura, /)
})

test('e edits, Ctrl+S saves', async () => {
  await otis.hits('e')
  await otis.arrivesAt(/^Edit Nakamura/)
  await otis.tabsTo('textbox', 'Preferred name')
  await otis.writes('Naka')
  await otis.hits('Control+s')
  await otis.arrivesAt(/^Nakamura, /)
  await otis.sees(/is saved\./)
})

test('n begins a new one; letters that are typed into a field are letters', async () => {
  await otis.hitsQuickly('g', 'm')
  await otis.arrivesAt('Members')
  await otis.hits('n')
  await otis.arrivesAt('New member')
  await otis.tabsTo('textbox', 'Last name')
  await otis.writes('n/?jk')
  await expect.poll(() => otis.reads('Last name')).toBe('n/?jk')
  await otis.seesNone('dialog')
  await otis.hits('Control+a', 'Delete')
})

test('? shows all keys; Escape closes the sheet; they can be switched off', async () => {
  await otis.opens('/o/local-100')
  await otis.arrivesAt('Harbor Trades Local 100')
  await otis.hits('?')
  const sheet = otis.in('dialog', 'Keyboard shortcuts')
  await sheet.sees('Search and go to')
  await otis.hits('Escape')
  await otis.seesNone('dialog')
  await otis.hits('?')
  await otis.tabsTo('switch', /^Single-key shortcuts/)
  await otis.hits('Space', 'Escape')
  await otis.seesNone('dialog')
  await otis.hitsQuickly('g', 'm')
  await otis.hits('Control+k')
  await otis.hasFocusOn('combobox', 'Search and go to')
  await otis.isAt(/\/o\/local-100$/)
})

test('a dialog keeps the focus inside, and gives it back', async () => {
  await otis.opens('/o/local-100/members')
  await otis.tabsTo('button', 'Saved views')
  await otis.hits('Enter')
  await otis.seesA('menuitem', 'Save this view')
  await otis.hits('ArrowUp')
  await otis.hasFocusOn('menuitem', 'Save this view')
  await otis.hits('Enter')
  await otis.seesA('dialog', 'Save this view')
  for (let step = 0; step < 8; step++) {
    await otis.hits('Tab')
    const isInside = () => document.activeElement?.closest('[role="dialog"]') !== null
    await expect.poll(() => otis.page.evaluate(isInside)).toBe(true)
  }
  await otis.hits('Escape')
  await otis.seesNone('dialog')
})
