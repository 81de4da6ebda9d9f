import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { asOwner, firstRun, notebook, openHouse, type TestHouse, type Voice } from '@commonhall/engine/testing'
import { mailJob, type MailWanted } from './job-names.ts'
import { mailReport } from './mail-report.ts'
import { queueDueReports } from './queue-due.ts'

let house: TestHouse
let staff: Voice
const people: Record<string, string> = {}
const inDays = (days: number) =>
  Temporal.Now.instant()
    .add({ hours: 24 * days })
    .toString()

beforeAll(async () => {
  house = await openHouse({ modules: [notebook] })
  staff = await house.as('staff@riverside.example')
  const rows = await asOwner<{ id: string; email: string }>(
    house,
    'select id, email::text as email from foundation.user',
  )
  for (const { id, email } of rows) people[email.split('.example')[0] ?? ''] = id
  await asOwner(
    house,
    `insert into notebook.entry (org_id, title, mood, day, cost, state, whisper)
    select id, 'Alpha', 'calm', current_date - 1, 12.50, 'draft', 'hush' from foundation.org where slug = 'riverside'`,
  )
})
afterAll(() => house.close())
beforeEach(async () => {
  await asOwner(house, 'delete from foundation.local_mail')
  await asOwner(house, 'delete from foundation.report_schedule')
  await asOwner(house, 'delete from queue.job where name = $1', [mailJob])
})

const wanted = (more: object = {}) => ({
  report: 'notebook.spending',
  asked: { period: 'this-year' },
  format: 'csv',
  every: 'week',
  day: 1,
  recipients: [people['staff@riverside']],
  ...more,
})
const setUp = async (more: object = {}) => {
  const reply = await staff.post('/report-schedules', wanted(more))
  expect([reply.statusCode, reply.json().errors]).toEqual([201, undefined])
  return reply.json()
}
const queued = () =>
  asOwner<{ id: string; data: MailWanted }>(
    house,
    'select id, data from queue.job where name = $1 order by created_on',
    [mailJob],
  )
const carryOut = async () => {
  for (const { id, data } of await queued()) await mailReport(house.engine).run(data, { ...firstRun(), id })
}
interface Letter extends Record<string, unknown> {
  readonly recipient: string
  readonly subject: string
  readonly plain: string
  readonly unsubscribe: string | null
  readonly attachments: { name: string; size: number }[]
}
const mails = () => asOwner<Letter>(house, 'select * from foundation.local_mail order by recipient')
const due = (days = 8) => queueDueReports(house.engine).run({ now: inDays(days) }, firstRun())

describe('setting one up', () => {
  test('says when it goes out first, and who made it', async () => {
    const made = await setUp()
    expect(made).toMatchObject({ state: 'active', hour: 7, made_by: people['staff@riverside'] })
    expect(Date.parse(made.next_at)).toBeGreaterThan(Date.now())
    const paused = (await staff.patch(`/report-schedules/${made.id}`, { state: 'paused' })).json()
    expect([paused.state, paused.next_at]).toEqual(['paused', null])
    expect((await staff.delete(`/report-schedules/${made.id}`)).statusCode).toBe(204)
  })

  test.each<[string, object, string, RegExp]>([
    ['a report that is not there', { report: 'notebook.lost' }, 'report', /no such report/],
    ['days that never move on', { asked: { from: '2026-01-01' } }, 'asked', /leave out "From"/],
    ['what cannot be asked', { asked: { mood: 'angry' } }, 'asked.mood', /Mood/],
    ['a column that is not there', { asked: { sort: 'colour' } }, 'asked.sort', /colour/],
    ['an eighth weekday', { day: 8 }, 'day', /1 for Monday/],
    ['nobody', { recipients: [] }, 'recipients', /one to 50/],
    ['a stranger', { recipients: ['0198c0de-0000-7000-8000-000000000001'] }, 'recipients', /not in your organization/],
  ])('refuses %s in a sentence', async (_what, more, path, sentence) => {
    const reply = await staff.post('/report-schedules', wanted(more))
    expect([reply.statusCode, reply.json().errors[0].path]).toEqual([422, path])
    expect(reply.json().errors[0].message).toMatch(sentence)
  })

  test('refuses somebody who may not read it, and is not for members', async () => {
    const reply = await staff.post('/report-schedules', wanted({ recipients: [people['member@riverside']] }))
    expect(reply.json().errors[0].message).toMatch(/may not read this report/)
    const member = await house.as('member@riverside.example')
    expect((await member.post('/report-schedules', wanted())).statusCode).toBe(403)
    expect((await member.get('/report-schedules')).statusCode).toBe(403)
  })
})

describe('when it is due', () => {
  test('each gets it as their role shows it, with the file and a way out', async () => {
    await setUp({ recipients: [people['staff@riverside'], people['officer@riverside']] })
    await due()
    await carryOut()
    const [officer, own] = await mails()
    expect([officer?.recipient, own?.recipient]).toEqual(['officer@riverside.example', 'staff@riverside.example'])
    expect(own?.subject).toMatch(/^What entries cost: January 1, \d{4} – December 31, \d{4}$/)
    expect(own?.plain).toContain('The report is attached')
    expect(own?.unsubscribe).toMatch(/\/unsubscribe\//)
    expect(own?.attachments).toEqual([
      { name: expect.stringMatching(/^riverside-notebook-spending-.*\.csv$/), size: expect.any(Number) },
    ])
    expect(officer?.plain).toContain('has set this report up for you')
  })

  test('it goes out once, whoever looks and however often it is tried', async () => {
    await setUp()
    await Promise.all([due(), due(), due()])
    expect(await queued()).toHaveLength(1)
    await carryOut()
    await carryOut()
    expect(await mails()).toHaveLength(1)
    await due(8)
    expect(await queued()).toHaveLength(1)
    await due(16)
    expect(await queued()).toHaveLength(2)
  })

  test('nothing goes to whoever may not read it any more, is gone, or wants none', async () => {
    const officer = await house.as('officer@riverside.example')
    await setUp({ recipients: [people['staff@riverside'], people['officer@riverside'], people['admin@riverside']] })
    await due()
    const staffRole = (changes: object) =>
      asOwner(house, `update foundation.role set changes = $1 where name = 'staff'`, [JSON.stringify(changes)])
    const admin = (at: string) =>
      asOwner(house, `update foundation.membership set disabled_at = ${at} where user_id = $1`, [
        people['admin@riverside'],
      ])
    await officer.patch('/notification-settings', { kinds: [{ kind: 'foundation.report-by-mail', mail: 'off' }] })
    await staffRole({ 'notebook.entry.create': false })
    await admin('now()')
    await carryOut()
    expect(await mails()).toEqual([])
    await staffRole({})
    await admin('null')
    await officer.patch('/notification-settings', { kinds: [{ kind: 'foundation.report-by-mail', mail: 'now' }] })
  })

  test('the trail tells who has it now', async () => {
    await setUp({ report: 'notebook.told', asked: {} })
    await due()
    await carryOut()
    const admin = await house.as('admin@riverside.example')
    const [line] = (await admin.get('/audit?filter[resource]=notebook.told&sort=-at&limit=1')).json().data
    expect(line).toMatchObject({
      act: 'export',
      actor: people['staff@riverside'],
      via: 'job',
      detail: { rows: 1, format: 'csv' },
    })
  })

  test('what is larger than a mail takes is waiting behind a sign-in', async () => {
    await asOwner(
      house,
      `insert into notebook.entry (org_id, title, body, day, state)
      select o.id, rpad(n::text, 80, 'x'), '', current_date, 'draft'
      from foundation.org o, generate_series(1, 70000) n where o.slug = 'riverside'`,
    )
    await setUp()
    await due()
    await carryOut()
    const [letter] = await mails()
    expect([letter?.attachments, letter?.plain]).toEqual([[], expect.stringContaining('too large for a mail')])
    expect(letter?.plain).toMatch(/\/o\/riverside\/reports\/notebook\.spending\?from=/)
  })
})

test('a schedule or a person of another organization is none there', async () => {
  const { id: schedule } = await setUp()
  const [away] = await asOwner<{ id: string }>(house, "select id from foundation.org where slug = 'local-100'")
  const org = away?.id ?? ''
  const day = '2026-03-16'
  const recipient = people['staff@riverside'] ?? ''
  await mailReport(house.engine).run({ org, schedule, recipient, day }, firstRun())
  const [home] = await asOwner<{ id: string }>(house, "select id from foundation.org where slug = 'riverside'")
  const stranger = people['staff@local-100'] ?? ''
  await mailReport(house.engine).run({ org: home?.id ?? '', schedule, recipient: stranger, day }, firstRun())
  expect(await mails()).toEqual([])
})
