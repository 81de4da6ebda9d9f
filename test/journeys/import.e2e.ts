import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { expect, test } from 'vitest'
import { cast } from '@commonhall/engine/testing'
import { raiseStage } from './stage.ts'

const stage = await raiseStage()
const sal = await stage.browserOf(cast.stranger)
const roll = (name: string) => join(import.meta.dirname, '../rolls', name)
const faults = async () => (await sal.in('region', '11 rows have faults').rows()).slice(1)

test('a file is looked into before anything is brought in: how it is written, and where each column goes', async () => {
  await sal.opens('/o/local-200/members')
  await sal.presses('Import and export')
  await sal.picks('Import a file')
  await sal.arrivesAt('Import members')
  await sal.gives('File to import', roll('roll-messy.csv'))
  await sal.sees('CSV, windows-1252, separated by semicolons · headings in row 1 · 540 rows')
  await expect.poll(() => sal.reads('Dates are written')).toBe('mdy')
  const goes = async (heading: string) => await sal.reads(`Where ${heading} goes`)
  const headings = ['CardNo', 'Name', 'DOB', 'Tel', 'Addr', 'Cl', 'Init Date', 'Paid Thru']
  await expect
    .poll(() => Promise.all(headings.map(goes)))
    .toEqual([
      'card_number',
      'full_name',
      'birth_on',
      'phone',
      'address',
      'classification',
      'joined_on',
      'paid_through_on',
    ])
})

test('a column is moved by hand, and what every record needs is asked for', async () => {
  await sal.chooses('Where CardNo goes', 'Leave it out')
  await sal.sees('Every record needs Card number.')
  await expect.poll(() => sal.find('button', 'Try it').isDisabled()).toBe(true)
  await sal.chooses('Where CardNo goes', 'Card number *')
  await sal.seesNo('Every record needs Card number.')
  await sal.chooses('Where Cl goes', 'Chapter')
  await sal.page.reload()
  await sal.arrivesAt('Import members')
  await expect.poll(() => sal.reads('Where Cl goes')).toBe('chapter')
})

test('a dry run names each fault by row, column and reason, and brings nothing in', async () => {
  await sal.presses('Try it')
  await sal.sees('Rows that can come in')
  await expect
    .poll(() => Promise.all([sal.figure('Rows that can come in'), sal.figure('Rows with a fault')]))
    .toEqual(['529', '11'])
  await expect.poll(async () => (await faults()).length).toBe(11)
  const found = await faults()
  expect(found).toContain('82 DOB 13/45/1961 Date of birth is not a day that exists. Check the month and the day.')
  expect(found).toContain('103 Name Name is needed.')
  expect(found).toContain('542 This looks like a total line, not a record.')
})

test('the good rows come in, and the others come back as a file to mend', async () => {
  await sal.presses('Import 529 members')
  await sal.sees('roll-messy.csv is in.')
  await expect.poll(() => Promise.all([sal.figure('Brought in'), sal.figure('Refused')])).toEqual(['529', '11'])
  const file = await sal.downloads(() => sal.follows('Download the refused rows'))
  const lines = parse(file.bytes, { bom: true, relax_column_count: true })
  expect(lines).toHaveLength(12)
  expect(lines[0]).toEqual(expect.arrayContaining(['CardNo', 'Name', 'Row', 'Why']))
  expect(JSON.stringify(lines)).toContain('13/45/1961')
  await sal.follows('See the members')
  await sal.sees('50 of 769 members')
  await sal.types('Search members', 'klobuchar')
  await sal.seesA('link', 'Klobuchar, Amy')
})

test('the whole import is taken back, but for what somebody has worked on since', async () => {
  await sal.follows('Klobuchar, Amy')
  await sal.presses('Edit')
  await sal.types('Preferred name', 'Amy')
  await sal.presses('Save changes')
  await sal.sees(/is saved\./)
  await sal.in('navigation', 'Main navigation').follows('Imports')
  await sal.arrivesAt('Imports')
  await sal.follows(/^roll-messy\.csv/)
  await sal.presses('Undo this import')
  await sal.in('dialog', 'Undo this import?').presses('Undo this import')
  await sal.sees('The import is taken back.')
  await expect.poll(() => Promise.all([sal.figure('Removed'), sal.figure('Kept')])).toEqual(['528', '1'])
  await sal.sees('It has been changed since.')
  await sal.in('navigation', 'Main navigation').follows('Members')
  await sal.sees('50 of 241 members')
})

test('a clean roll comes in whole', async () => {
  const sam = await stage.browserOf(cast.staff)
  await sam.opens('/o/local-100/members/import')
  await sam.gives('File to import', roll('roll-clean.csv'))
  await sam.presses('Try it')
  await sam.sees('Every row is fine.')
  await sam.presses('Import 537 members')
  await sam.sees('roll-clean.csv is in.')
  await expect.poll(() => Promise.all([sam.figure('Brought in'), sam.figure('Refused')])).toEqual(['537', '0'])
  await sam.follows('See the members')
  await sam.sees('50 of 777 members')
})

test('a file that is none is refused with what is wrong', async () => {
  sal.trouble.expect(/^4\d\d POST .*\/imports$/)
  await sal.opens('/o/local-200/members/import')
  await sal.gives('File to import', {
    name: 'roll.xlsx',
    mimeType: 'image/png',
    buffer: Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'),
  })
  await sal.in('alert').sees('This file cannot be read')
  await sal.seesA('button', 'Choose a file')
})
