import { expect, test } from 'vitest'
import { cast } from '@commonhall/engine/testing'
import { raiseStage } from './stage.ts'

const stage = await raiseStage()
const rita = await stage.browserOf(cast.officer)
const at = '/o/local-100/reports/market-recovery.weekly-hours'

test('reports are found by what they say, and a period is one choice away', async () => {
  await rita.opens('/o/local-100/reports')
  await rita.sees('Hours and subsidy of each contractor, week by week.')
  await rita.follows('Weekly hours by contractor')
  await rita.arrivesAt('Weekly hours by contractor')
  await rita.field('Period').click()
  await rita.picks('This year', 'option')
  await rita.isAt(/period=this-year/)
  await rita.seesA('img', 'Regular, Overtime by week')
  await rita.seesA('rowheader', /^Bayline Electric, \d+ rows$/)
})

test('a column sorts the rows, and says so; its record is one click away', async () => {
  await rita.presses('Subsidy')
  await rita.isAt(/sort=subsidy/)
  await rita.seesA('columnheader', 'Subsidy')
  await expect.poll(() => rita.find('columnheader', 'Subsidy').getAttribute('aria-sort')).toBe('ascending')
  await rita.in('region', 'Weekly hours by contractor').follows('Bayline Electric')
  await rita.arrivesAt(/Bayline Electric/)
})

test('the whole comes as a sheet and on paper', async () => {
  await rita.opens(`${at}?period=this-year`)
  const take = (format: string) => () => rita.presses(`Weekly hours by contractor as ${format}`)
  const sheet = await rita.downloads(take('Excel'))
  expect([sheet.name, sheet.bytes.subarray(0, 2).toString()]).toEqual([expect.stringMatching(/\.xlsx$/), 'PK'])
  const paper = await rita.downloads(take('PDF'))
  expect([paper.name, paper.bytes.subarray(0, 5).toString()]).toEqual([expect.stringMatching(/\.pdf$/), '%PDF-'])
})

test('it comes by mail every week, until somebody says stop', async () => {
  await rita.opens(`${at}?period=last-week`)
  await rita.presses('Send by mail…')
  await rita.seesA('dialog', 'Send "Weekly hours by contractor" by mail')
  await rita.presses('Save')
  await rita.sees(/^It goes out on/)
  await rita.opens('/o/local-100/report-schedules')
  await rita.sees('Every Monday at 7 AM · last week · PDF · to 1 person')
  await rita.presses(/^Pause/)
  await rita.sees('Paused')
  await rita.presses(/^Remove/)
  await rita.sees('No report goes out by mail')
})

test('the pages hold no barrier, on a phone neither', async () => {
  await stage.onEachDevice(cast.officer, async (eye, device) => {
    for (const path of ['reports', 'reports/market-recovery.weekly-hours?period=this-year']) {
      await eye.opens(`/o/local-100/${path}`)
      await eye.sees(/by contractor/)
      await eye.seesAllThere()
      await eye.meetsNoBarrierInAnyLight(`${path} on a ${device}`)
      await eye.scrollsOnlyDown(path)
    }
  })
})
