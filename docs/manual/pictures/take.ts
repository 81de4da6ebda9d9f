// Walks through the tour of market recovery in a demo world of its own, and takes the manual's pictures on the way:
// bin/pinned docs/manual/pictures/take.ts
import { readFile } from 'node:fs/promises'
import { PDFiumLibrary } from '@hyzyla/pdfium'
import sharp from 'sharp'
import { dayAfter } from '../../../kernel/days.ts'
import { Demo, keep, type Seat } from './demo.ts'

/** The last payroll week of Bayline Electric, and the one in which the demo's scale changed. */
interface Weeks {
  readonly bayline: string
  readonly last: string
  readonly changed: string
  readonly changedFrom: string
  readonly after: string
}

async function weeksOf(staff: Seat): Promise<Weeks> {
  const [bayline] = await staff.asks('contractors?q=bayline')
  const scales = await staff.asks('scales?limit=50')
  const raised = scales.filter(({ until_on: until }) => !until).map(({ from_on: from = '' }) => from)[0] ?? ''
  const changed = dayAfter(raised, (7 - new Date(`${raised}T00:00:00Z`).getUTCDay()) % 7)
  const [latest] = await staff.asks(`hours?filter[contractor]=${bayline?.id}&sort=-week_ending&limit=1`)
  return {
    bayline: bayline?.id ?? '',
    last: latest?.['week_ending'] ?? '',
    changed,
    changedFrom: dayAfter(changed, -6),
    after: dayAfter(changed, 7),
  }
}

/** A member whose weeks nobody has entered yet, from the week of the new scale on. */
async function assign(staff: Seat, weeks: Weeks): Promise<void> {
  await staff.opens('assignments/new')
  await staff.picks('Member', 'Abara, Katya')
  await staff.picks('Contractor', 'Bayline Electric')
  await staff.picks('Program', 'Harbor Market Recovery')
  await staff.types(/^Classification/, 'Journeyman')
  await staff.types(/^Contractor pays per hour/, '52.50')
  await staff.types(/^From/, weeks.changedFrom)
  await staff.shows('new-assignment')
  await staff.presses('Create assignment')
  await staff.page.getByRole('heading', { level: 1, name: /^A-/ }).waitFor()
}

/** The last week by keyboard, then the week in which each day has its own scale. */
async function enter(staff: Seat, weeks: Weeks): Promise<void> {
  await staff.opens(`hours/submit?contractor=${weeks.bayline}&week=${weeks.last}`)
  await staff.page.getByLabel('Regular hours, Abara, Katya').focus()
  await staff.page.keyboard.type('44')
  await staff.hits('Enter')
  await staff.shows('week-of-hours')
  await staff.types('Regular hours, Abara, Katya', '40')
  await staff.types('Overtime hours, Abara, Katya', '4')
  await staff.hits('Control+Enter')
  await staff.page
    .getByText(/weeks? (is|are) submitted/)
    .first()
    .waitFor()
  await staff.opens(`hours/submit?contractor=${weeks.bayline}&week=${weeks.changed}`)
  await staff.page.getByLabel(/^Regular hours on Monday, .*Abara, Katya/).focus()
  for (const hours of ['8', '8', '8', '8', '6.5']) {
    await staff.page.keyboard.type(hours)
    await staff.hits('Tab')
  }
  await staff.shows('scale-change')
  await staff.hits('Control+Enter')
  await staff.page.getByText('1 week is submitted.').first().waitFor()
}

/** One week approved, one sent back, and one that is the officer's own. Answers which was sent back. */
async function decide(officer: Seat, weeks: Weeks): Promise<{ id: string; week: string }> {
  await officer.opens(`hours/submit?contractor=${weeks.bayline}&week=${weeks.after}`)
  await officer.types('Regular hours, Abara, Katya', '40')
  await officer.hits('Control+Enter')
  await officer.page.getByText('1 week is submitted.').first().waitFor()
  await officer.opens(`approvals?filter[contractor]=${weeks.bayline}`)
  await officer.shows('approvals')
  await officer.hits('a')
  await officer.page
    .getByText(/ is approved\./)
    .first()
    .waitFor()
  await officer.settles()
  const waiting = await officer.asks(
    `hours?filter[state]=submitted&filter[contractor]=${weeks.bayline}&sort=submitted_at&limit=1`,
  )
  await officer.hits('r')
  await officer.types(/^Reason/, 'The foreman signed for 32 hours. Please look at the time card.')
  await officer.page.getByRole('dialog').getByRole('button', { name: 'Send back' }).click()
  await officer.page
    .getByText(/ is sent back\./)
    .first()
    .waitFor()
  await officer.opens(`approvals?filter[contractor]=${weeks.bayline}&filter[week_ending]=${weeks.after}`)
  await officer.shows('own-week')
  return { id: waiting[0]?.id ?? '', week: waiting[0]?.['week_ending'] ?? '' }
}

/** The budget is lowered to what is used, so that the next approval is too much; and put right again. */
async function overspend(officer: Seat): Promise<void> {
  const [program] = await officer.asks('programs?filter[state]=active')
  const lower = async (budget: string) => {
    await officer.opens(`programs/${program?.id}/edit`)
    await officer.types(/^Budget/, budget)
    await officer.presses('Save changes')
    await officer.page.getByRole('heading', { level: 1, name: program?.['name'] ?? '', exact: true }).waitFor()
  }
  const used = Number(program?.['committed']) + Number(program?.['paid'])
  await lower((used + 60).toFixed(2))
  await officer.opens(`approvals?filter[program]=${program?.id}`)
  await officer.hits('a')
  await officer.page
    .getByText(/over its budget/)
    .first()
    .waitFor()
  await officer.shows('over-budget')
  await lower(program?.['budget'] ?? '')
}

/** The batch of last month, from its preparation to the first payment with a reference, and what the books say. */
async function pay(treasurer: Seat, officer: Seat): Promise<void> {
  await treasurer.opens('payments')
  await treasurer.presses('Prepare a batch')
  await treasurer.presses('Last month')
  await treasurer.presses('Prepare it')
  await treasurer.page.getByRole('heading', { level: 1, name: /^B-/ }).waitFor()
  await treasurer.settles()
  await treasurer.presses('More acts')
  await treasurer.shows('own-batch')
  const batch = new URL(treasurer.page.url()).pathname.split('local-100/')[1] ?? ''
  await officer.opens(batch)
  await officer.presses('Release')
  await officer.page.getByRole('button', { name: 'Mark as exported' }).waitFor()
  await officer.presses('Mark as exported')
  await officer.page.getByRole('button', { name: 'Mark all as paid' }).waitFor()
  await treasurer.opens(batch)
  await treasurer.page.locator('tbody').getByRole('checkbox').first().check()
  await treasurer.presses('Mark as paid')
  await treasurer.types(/^QuickBooks reference/, '10482')
  await treasurer.page.getByRole('dialog').getByRole('button', { name: 'Mark as paid' }).click()
  await treasurer.page.getByText('10482').first().waitFor()
  await treasurer.shows('batch')
  await treasurer.opens('journal-entries')
  await treasurer.page.locator('tbody a').nth(1).click()
  await treasurer.page.getByText('Payee and memo').waitFor()
  await treasurer.shows('entry')
}

/** A report on the screen, on paper and by mail; and claims beside what was remitted. */
async function report(officer: Seat): Promise<void> {
  await officer.opens('reports/market-recovery.weekly-hours')
  await officer.shows('report')
  const library = await PDFiumLibrary.init()
  const document = await library.loadDocument(await readFile(await officer.takes('PDF')))
  const { data, width, height } = await document.getPage(0).render({ scale: 1.3, render: 'bitmap' })
  const page = sharp(data, { raw: { width, height, channels: 4 } }).flatten({ background: 'white' })
  const framed = page.extend({ top: 1, bottom: 1, left: 1, right: 1, background: '#c8ccd2' })
  await keep(await framed.png().toBuffer(), 'paper')
  document.destroy()
  await officer.presses(/^Send by mail/)
  await officer.shows('by-mail')
  await officer.opens('reports/market-recovery.cross-check?period=this-quarter')
  await officer.shows('cross-check')
}

/** The contractor: the week that came back, on a phone, and a file of its own. */
async function portal(rita: Seat, desk: Seat, staff: Seat, back: { week: string }, weeks: Weeks): Promise<void> {
  await rita.opens(`hours/submit?week=${back.week}`)
  const row = rita.page.locator('li').filter({ hasText: 'The foreman signed' }).first()
  // Below the bar at the top of the screen.
  await row.evaluate((element) => {
    element.style.scrollMarginTop = '70px'
    element.scrollIntoView({ block: 'start' })
  })
  await rita.shows('phone-sent-back')
  const [katya] = await staff.asks('members?q=abara%20katya')
  const card = katya?.['card_number'] ?? ''
  const rows = [
    ['Card No', 'Employee', 'W/E', 'Reg', 'OT'],
    [card, 'Abara, Katya', dayAfter(weeks.after, 7), '40', '2.5'],
    [card, 'Abara, Katya', dayAfter(weeks.after, 14), '38.5', ''],
    [card, 'Abara, Katya', dayAfter(weeks.after, 20), '40', ''],
    ['LX99999', 'Doyle, Pat', dayAfter(weeks.after, 14), '40', ''],
    [card, 'Abara, Katya', weeks.changed, '40', ''],
  ]
  await desk.opens('hours/import')
  const buffer = Buffer.from(rows.map((row) => row.map((one) => `"${one}"`).join(',')).join('\n'))
  await desk.page
    .locator('input[type=file]')
    .first()
    .setInputFiles({ name: 'bayline.csv', mimeType: 'text/csv', buffer })
  await desk.presses('Try it')
  await desk.page.getByText('Rows with a fault').waitFor()
  await desk.shows('contractor-file')
}

const demo = await Demo.raise()
try {
  const [staff, officer, treasurer] = await Promise.all(['staff', 'officer', 'treasurer'].map((who) => demo.seat(who)))
  if (!staff || !officer || !treasurer) throw new Error('Nobody came.')
  const weeks = await weeksOf(staff)
  await officer.opens('market-recovery')
  await officer.shows('overview')
  await assign(staff, weeks)
  await enter(staff, weeks)
  const back = await decide(officer, weeks)
  await overspend(officer)
  await pay(treasurer, officer)
  await report(officer)
  await portal(await demo.seat('contractor', true), await demo.seat('contractor'), staff, back, weeks)
  const phone = await demo.seat('officer2', true)
  await phone.opens('approvals')
  await phone.page.locator('main li').first().getByRole('button').first().click()
  await phone.shows('phone-approvals')
  await officer.opens(`hours/${back.id}`)
  await officer.shows('history')
} finally {
  await demo.end()
}
