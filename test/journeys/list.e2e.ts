import { expect, test } from 'vitest'
import { cast } from '@commonhall/engine/testing'
import { raiseStage } from './stage.ts'

const stage = await raiseStage()
const sam = await stage.browserOf(cast.staff)
const rows = async () => (await sam.in('table', 'Members').rows()).slice(1)

test('search, filters and order stand in the address, and outlive a reload', async () => {
  await sam.opens('/o/local-100/members')
  await sam.in('group', 'Filters').presses('Standing')
  const filter = sam.in('dialog', /Standing/)
  await filter.checks('Suspended')
  await filter.checks('Retired')
  await filter.presses('Apply')
  await sam.isAt(/\?filter\[state\]=suspended,retired$/)
  await sam.seesA('button', 'Standing Suspended, Retired')
  await sam.types('Search members', 'an')
  await sam.isAt(/q=an/)
  await sam.in('table', 'Members').presses('Joined')
  await sam.isAt(/sort=joined_on/)
  await expect.poll(() => sam.find('columnheader', 'Joined').getAttribute('aria-sort')).toBe('ascending')
  await sam.seesAllThere()
  const before = await rows()
  expect(before.length).toBeGreaterThan(3)
  expect(before.every((row) => /Suspended|Retired/.test(row))).toBe(true)
  await sam.page.reload()
  await sam.arrivesAt('Members')
  await expect.poll(rows).toEqual(before)
  await expect.poll(() => sam.reads('Search members')).toBe('an')
  await expect.poll(() => sam.find('columnheader', 'Joined').getAttribute('aria-sort')).toBe('ascending')
})

test('the back button undoes one step after the other', async () => {
  await sam.page.goBack()
  await sam.isAt(/\?filter\[state\]=suspended,retired&q=an$/)
  await sam.page.goBack()
  await sam.isAt(/\/members$/)
  await sam.in('group', 'Filters').seesA('button', 'Standing')
  await expect.poll(() => sam.reads('Search members')).toBe('')
})

test('whoever searches for what is not there is told so, and gets back', async () => {
  await sam.types('Search members', 'qqqq')
  await sam.sees('No members match')
  await sam.in('region', 'Members').presses('Clear search and filters')
  await sam.isAt(/\/members$/)
  await sam.seesA('table', 'Members')
})

test('a long list comes in pages, down to the last member', async () => {
  await sam.opens('/o/local-100/members')
  await sam.sees('50 of 240 members')
  const scrolled = async () => {
    await sam.find('row').last().scrollIntoViewIfNeeded()
    return (await rows()).length
  }
  await expect.poll(scrolled).toBe(240)
  await sam.sees('All 240 members are shown')
})

test('what is shown goes out as CSV and as a workbook', async () => {
  await sam.opens('/o/local-100/members?filter[state]=suspended')
  await sam.seesA('table', 'Members')
  await sam.seesAllThere()
  const shown = await rows()
  const out = async (format: string) => {
    await sam.presses('Import and export')
    return await sam.downloads(() => sam.picks(format))
  }
  const csv = await out('As CSV')
  expect(csv.name).toMatch(/^local-100-members-.*\.csv$/)
  const lines = csv.bytes.toString('utf8').trim().split(/\r?\n/)
  expect(lines[0]).toContain('Card number')
  expect(lines).toHaveLength(shown.length + 1)
  expect(lines.slice(1).every((line) => line.includes('suspended'))).toBe(true)
  const workbook = await out('As Excel workbook')
  expect(workbook.name).toMatch(/^local-100-members-.*\.xlsx$/)
  expect(workbook.bytes.subarray(0, 2).toString()).toBe('PK')
})

test('a view is kept under a name, with its columns', async () => {
  await sam.presses('Saved views')
  await sam.picks('Save this view')
  await sam.types('Name of the view', 'Suspended ones')
  await sam.in('dialog', 'Save this view').presses('Save')
  await sam.seesNone('dialog', 'Save this view')
  await sam.presses('Columns')
  await sam.checks('E-mail')
  await sam.seesA('columnheader', 'E-mail')
  await sam.hits('Escape')
  await sam.opens('/o/local-100/members')
  await sam.seesA('columnheader', 'E-mail')
  await sam.presses('Saved views')
  await sam.picks('Suspended ones')
  await sam.isAt(/\?filter\[state\]=suspended$/)
})
