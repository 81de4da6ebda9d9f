import { describe, expect, test } from 'vitest'
import { cast } from '@commonhall/engine/testing'
import { raiseStage } from './stage.ts'

const stage = await raiseStage()
const org = '/o/local-100'

const { id: program } = await stage.has('programs', {
  name: 'Waterfront Glass',
  state: 'active',
  budget: '5000.00',
  from_on: '2020-01-01',
})
await stage.has('scales', { classification: 'Glazier', rate: '50.00', from_on: '2020-01-01' })

/** The Sunday that ended last, or today: the last day of these contractors' payroll week. */
const sunday = (() => {
  const now = new Date()
  now.setUTCDate(now.getUTCDate() - now.getUTCDay() - 7)
  return now.toISOString().slice(0, 10)
})()

const member = (card: string, first_name: string, last_name: string) =>
  stage.has('members', { card_number: card, first_name, last_name, state: 'active' })

/** A contractor of its own for each journey, with one member at work. */
async function atWork(name: string, who: string): Promise<{ contractor: string; assignment: string }> {
  const { id: contractor } = await stage.has('contractors', { name, payroll_weekday: 7 })
  const { id } = await member(`LG${name.length}${who.length}${name.charCodeAt(0)}`, 'Gia', who)
  const body = {
    program,
    contractor,
    member: id,
    classification: 'Glazier',
    contractor_rate: '35',
    from_on: '2024-01-01',
  }
  return { contractor, assignment: (await stage.has('assignments', body)).id }
}

/** A week that somebody in the office has submitted. */
async function submitted(assignment: string, regular: string): Promise<string> {
  const sam = await stage.house.as(cast.staff)
  const { id } = await stage.has('hours', { assignment, week_ending: sunday, regular }, cast.staff)
  expect((await sam.post(`/hours/${id}/submit`, {})).statusCode).toBe(200)
  return id
}

describe('a week is paid', async () => {
  const { id: contractor } = await stage.has('contractors', { name: 'Quay Glass', payroll_weekday: 7 })
  await member('LG10001', 'Vera', 'Vantongeren')
  const sam = await stage.browserOf(cast.staff)
  const otis = await stage.browserOf(cast.officer)
  let batch = ''

  test('a member is assigned, and the subsidy is told while the form is filled in', async () => {
    await sam.opens(`${org}/assignments/new?program=${program}&contractor=${contractor}`)
    await sam.arrivesAt('New assignment')
    await sam.types('Member', 'Vantongeren')
    await sam.picks(/Vantongeren/, 'option')
    await sam.types('Classification', 'Glazier')
    await sam.types('Contractor pays per hour', '35')
    await sam.types('From', '2024-01-01')
    const terms = sam.in('complementary', 'What an hour is subsidized')
    await terms.sees('$600.00')
    await sam.hits('Control+s')
    await sam.arrivesAt(/^A-\d+$/)
  })

  test('the week is typed with the keyboard alone, and submitted', async () => {
    await sam.opens(`${org}/hours/submit?contractor=${contractor}&week=${sunday}`)
    const current = sam.page.locator('nav [aria-current="page"]')
    await expect.poll(() => current.allInnerTexts()).toEqual(['Enter hours'])
    await sam.field('Regular hours, Vantongeren, Vera').focus()
    await sam.writes('40')
    await sam.hits('Tab')
    await sam.writes('2')
    await sam.hits('Enter')
    await sam.in('table').sees('$630.00')
    await sam.hits('Control+Enter')
    await sam.sees('1 week is submitted.')
    await sam.in('table').sees('Submitted')
  })

  test('somebody else approves it with one key', async () => {
    await otis.opens(`${org}/approvals?filter[contractor]=${contractor}`)
    await otis.seesA('heading', /^Vantongeren, Vera, week to/)
    await otis.in('complementary', 'What is to be approved').sees('$630.00')
    await otis.hits('a')
    await otis.sees(/Vantongeren, Vera.* is approved\./)
    await otis.sees('Nothing awaits approval')
  })

  test('one prepares the batch', async () => {
    const olga = await stage.browserOf(cast.officer2)
    await olga.opens(`${org}/payments`)
    await olga.presses('Prepare a batch')
    const dialog = olga.in('dialog', 'Prepare a batch')
    await dialog.types('Weeks ending from', sunday)
    await dialog.types('Weeks ending until', sunday)
    await dialog.types('Program', 'Waterfront')
    await olga.picks('Waterfront Glass', 'option')
    await dialog.presses('Prepare it')
    await olga.arrivesAt(/^B-\d+$/)
    await olga.sees('in 1 payment, for 42.00 hours')
    batch = new URL(olga.page.url()).pathname
    // Who prepared it reads why they cannot release it.
    await olga.presses('More acts')
    await olga.seesA('menuitem', /^Release.*You prepared this batch; somebody else must release it\./s)
  })

  test('another one releases it, and it is paid', async () => {
    await otis.opens(batch)
    await otis.presses('Release')
    await otis.presses('Mark as exported')
    await otis.presses('Mark all as paid')
    await otis.in('dialog', 'Mark all as paid').presses('Mark all as paid')
    await otis.sees('All of it is paid.')
    await otis.opens(`${org}/programs/${program}`)
    await otis.in('region', 'Budget').sees('$630.00')
  })
})

test('a week that is sent back says why, keeps what is typed, and is submitted anew', async () => {
  const { contractor, assignment } = await atWork('Pier Windows', 'Okafor')
  await submitted(assignment, '40')
  const otis = await stage.browserOf(cast.officer)
  await otis.opens(`${org}/approvals?filter[contractor]=${contractor}`)
  await otis.seesA('heading', /^Okafor, Gia, week to/)
  await otis.hits('r')
  const dialog = otis.in('dialog', 'Send back')
  await dialog.hasFocusOn('textbox', 'Reason')
  await dialog.seesA('button', 'Close')
  await otis.meetsNoBarrier('the dialog of an act')
  await otis.writes('Monday was a holiday.')
  await dialog.presses('Send back')
  await otis.sees('Nothing awaits approval')
  const sam = await stage.browserOf(cast.staff)
  await sam.opens(`${org}/hours/submit?contractor=${contractor}&week=${sunday}`)
  await sam.sees('Sent back: Monday was a holiday.')
  await sam.types('Regular hours, Okafor, Gia', '32')
  await sam.sees('1 row is not saved; it is kept on this device')
  await sam.page.reload()
  await sam.sees('1 row is not saved; it is kept on this device')
  expect(await sam.reads('Regular hours, Okafor, Gia')).toBe('32')
  await sam.hits('Control+Enter')
  await sam.sees('1 week is submitted.')
})

test('more than 40 regular hours are confirmed where they stand', async () => {
  const { contractor } = await atWork('Slip Mirrors', 'Nandakumar')
  const sam = await stage.browserOf(cast.staff)
  await sam.opens(`${org}/hours/submit?contractor=${contractor}&week=${sunday}`)
  await sam.types('Regular hours, Nandakumar, Gia', '44')
  await sam.sees('44.00 regular hours are more than 40.')
  await sam.presses(/^Submit/)
  await sam.sees('1 row needs your attention; the reason stands beside it.')
  await sam.checks('That is right')
  await sam.presses(/^Submit/)
  await sam.sees('1 week is submitted.')
})

test('on a phone a week is looked at and approved with the thumb', async () => {
  const { contractor, assignment } = await atWork('Dock Panes', 'Lindahl')
  await submitted(assignment, '38.5')
  const otis = await stage.browserOf(cast.officer, { device: 'phone' })
  await otis.opens(`${org}/approvals?filter[contractor]=${contractor}`)
  await otis.presses(/^Lindahl, Gia/)
  await otis.in('region', 'Weeks awaiting approval, the longest waiting first').sees('38.50 × $15.00')
  await otis.scrollsOnlyDown('approvals on a phone')
  await otis.presses(/^Approve/)
  await otis.sees(/Lindahl, Gia.* is approved\./)
  await otis.presses('Undo')
  await otis.sees(/Lindahl, Gia.* awaits approval again\./)
})

test('somebody of a contractor enters their own hours, and is offered nothing else', async () => {
  const staff = await stage.house.as(cast.staff)
  const [bayline] = (await staff.get('/contractors?q=Bayline')).json<{ data: { id: string }[] }>().data
  const { id } = await member('LG20001', 'Gia', 'Zupancic')
  await stage.has('assignments', {
    program,
    contractor: bayline?.id,
    member: id,
    classification: 'Glazier',
    contractor_rate: '35',
    from_on: '2024-01-01',
  })
  const rita = await stage.browserOf('contractor@local-100.example', { device: 'phone' })
  await rita.opens(`${org}/hours/submit?week=${sunday}`)
  await rita.sees('Bayline Electric')
  await rita.types('Regular hours, Zupancic, Gia', '24')
  await rita.sees('$360.00')
  await rita.presses(/^Save/)
  await rita.sees('1 row is saved.')
  await rita.presses('Open the menu')
  await rita.seesA('link', 'Enter hours')
  await rita.seesNone('link', 'Approvals')
  await rita.seesNone('link', 'Overview')
})
