import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { defineModule, defineReminder, field, defineNotice, same } from '@commonhall/kernel'
import { asOwner, cast, notebook, openHouse, type TestHouse, type Voice } from '@commonhall/engine/testing'
import { catalog } from '@commonhall/modules/catalog'
import { registryOf } from '../boot.ts'
import { nearStatement, sendReminders } from './remind.ts'
import { afterEntry, beforeEntry, calendar, entryDue } from './testing/calendar.ts'

let house: TestHouse
let staff: Voice
let admin: Voice
beforeAll(async () => {
  house = await openHouse({ modules: [notebook, calendar] })
  ;[staff, admin] = [await house.as(cast.staff), await house.as(cast.admin)]
})
afterAll(() => house.close())
beforeEach(async () => {
  for (const table of ['notification', 'reminded']) await asOwner(house, `delete from foundation.${table}`)
  await asOwner(house, 'delete from notebook.entry')
})

/** Six o'clock on that day: all reminders, with the jobs that they queue. */
async function sixOClock(today: string): Promise<void> {
  const caller = await house.caller()
  await house.engine.runJob(sendReminders, caller, { today })
  for (;;) {
    const queued = await asOwner<{ data: { org: string; payload: Record<string, unknown> } }>(
      house,
      "delete from queue.job where name = $1 and state = 'created' returning data",
      [sendReminders.name],
    )
    if (!queued.length) return
    for (const { data } of queued) await house.engine.runJob(sendReminders, caller, data.payload)
  }
}

/** What staff were told; their inbox is empty afterwards. */
async function told(): Promise<string[]> {
  const { data } = (await staff.get('/inbox?limit=200')).json() as { data: { title: string }[] }
  await asOwner(house, 'delete from foundation.notification')
  return data.map(({ title }) => title).toSorted()
}

async function toldOn(...days: string[]): Promise<string[][]> {
  const all: string[][] = []
  for (const day of days) {
    await sixOClock(day)
    all.push(await told())
  }
  return all
}

const make = async (title: string, day: string, more: object = {}) =>
  (await admin.post('/entries', { title, day, ...more })).json() as { id: string }

const move = (id: string, day: string) => staff.patch(`/entries/${id}`, { day })

describe('at six in the morning', () => {
  test('people are told a month, two weeks and a week ahead, each once', async () => {
    await make('The lease', '2027-03-31')
    const days = ['2027-02-28', '2027-03-01', '2027-03-02', '2027-03-17', '2027-03-17', '2027-03-24', '2027-03-31']
    expect(await toldOn(...days)).toEqual([
      [],
      ['The lease is due in 30 days'],
      [],
      ['The lease is due in 14 days'],
      [],
      ['The lease is due in 7 days'],
      [],
    ])
  })

  test('on the day and after it, where that is what they want to know', async () => {
    await make('The lease', '2027-03-31', { state: 'filed' })
    expect(await toldOn('2027-03-30', '2027-03-31', '2027-04-02', '2027-04-03', '2027-04-04')).toEqual([
      [],
      ['The lease is due in 0 days'],
      [],
      ['The lease is due in -3 days'],
      [],
    ])
  })

  test('what was missed is made up for with the nearest distance alone', async () => {
    await make('The lease', '2027-03-31')
    await make('Old', '2027-03-20', { state: 'filed' })
    await make('Very old', '2027-03-01', { state: 'filed' })
    expect(await toldOn('2027-03-26', '2027-03-26', '2027-03-27')).toEqual([
      ['Old is due in -6 days', 'The lease is due in 5 days'],
      [],
      [],
    ])
  })

  test('nothing goes out twice when a date is moved and moved back', async () => {
    const { id } = await make('The lease', '2027-03-31')
    expect(await toldOn('2027-03-17')).toEqual([['The lease is due in 14 days']])
    await move(id, '2027-04-30')
    expect(await toldOn('2027-03-18')).toEqual([[]])
    await move(id, '2027-03-31')
    expect(await toldOn('2027-03-18')).toEqual([[]])
    await move(id, '2027-03-29')
    expect(await toldOn('2027-03-18')).toEqual([['The lease is due in 11 days']])
  })

  test('one of which nothing can be said keeps none of the others back, and is tried again the next day', async () => {
    const { id } = await make('Broken', '2027-03-30')
    await make('The lease', '2027-03-31')
    expect(await toldOn('2027-03-24', '2027-03-24')).toEqual([['The lease is due in 7 days'], []])
    await staff.patch(`/entries/${id}`, { title: 'Mended' })
    expect(await toldOn('2027-03-25')).toEqual([['Mended is due in 5 days']])
  })

  test('nor when the work runs twice at the same time', async () => {
    for (const title of ['a', 'b', 'c']) await make(title, '2027-03-31')
    const caller = await house.caller()
    const payload = { reminder: beforeEntry.name, today: '2027-03-24' }
    await Promise.all(Array.from({ length: 4 }, () => house.engine.runJob(sendReminders, caller, payload)))
    expect((await told()).length).toBe(3)
  })

  test('records that were put aside, or are no longer such, are left out', async () => {
    await make('Filed', '2027-03-31', { state: 'filed' })
    const { id } = await make('Gone', '2027-03-31')
    await admin.delete(`/entries/${id}`)
    await make('No day', '')
    expect(await toldOn('2027-03-24')).toEqual([[]])
  })

  test('more records than fit in one piece of work are told of in several', async () => {
    await asOwner(
      house,
      `insert into notebook.entry (org_id, title, day) select id, 'n ' || n, '2027-03-31'
      from foundation.org, generate_series(1, 450) n where slug = 'local-100'`,
    )
    await sixOClock('2027-03-24')
    const [{ rows } = { rows: 0 }] = await asOwner<{ rows: number }>(
      house,
      'select count(distinct record)::integer as rows from foundation.notification',
    )
    expect(rows).toBe(450)
  })

  test('only orgs that have the module on are reminded, each of its own', async () => {
    await asOwner(
      house,
      `insert into notebook.entry (org_id, title, day) select id, slug, '2027-03-31' from foundation.org`,
    )
    await sixOClock('2027-03-24')
    const rows = await asOwner<{ slug: string }>(
      house,
      'select distinct slug from foundation.notification n join foundation.org o on o.id = n.org_id',
    )
    expect(rows).toEqual([{ slug: 'local-100' }])
    const maple = await house.caller('maple-court')
    await house.engine.runJob(sendReminders, maple, { reminder: beforeEntry.name, today: '2027-03-24' })
    const more = await asOwner(
      house,
      `select from foundation.notification n join foundation.org o on o.id = n.org_id
      where slug = 'maple-court'`,
    )
    expect(more).toEqual([])
  })

  test('records are found by an index', async () => {
    await asOwner(
      house,
      `insert into notebook.entry (org_id, title, day) select id, 'n ' || n, date '2020-01-01' + n
      from foundation.org, generate_series(1, 4000) n where slug = 'local-100'`,
    )
    await asOwner(house, 'analyze notebook.entry')
    const caller = await house.caller()
    const { text, values } = nearStatement(afterEntry, '2027-03-24')
    const plan = await house.engine.database.read<{ 'QUERY PLAN': string }>(caller.access, {
      text: `explain ${text}`,
      values,
    })
    expect(plan.map((line) => line['QUERY PLAN']).join('\n')).toContain('entry_day')
  })
})

describe('at boot', () => {
  const withModule = (more: object) => () =>
    registryOf([...catalog, notebook, calendar, defineModule({ ...wrong, ...more })])
  const wrong = { name: 'wrong', label: 'Wrong', purpose: 'Wrong.', icon: 'x', folder: '', needs: ['notebook'] }
  const reminder = (changes: object) => ({
    reminders: [defineReminder('wrong.one', { ...beforeEntry, ...changes })],
  })
  const notice = (changes: object) => ({
    notices: [
      defineNotice('wrong.news', {
        label: 'News',
        fields: {},
        mail: 'now',
        message: () => ({ title: '', paragraphs: [] }),
        sample: {},
        ...changes,
      } as never),
    ],
  })

  test.each([
    ['a field that is no date', reminder({ date: 'title' }), 'no date field'],
    ['a field that is not there', reminder({ date: 'nothing' }), 'no date field'],
    ['no days', reminder({ days: [] }), 'whole numbers'],
    ['a day twice', reminder({ days: [7, 7] }), 'whole numbers'],
    ['half a day', reminder({ days: [0.5] }), 'whole numbers'],
    ['a condition on nothing', reminder({ when: [{ test: 'is', field: 'nothing', values: [] }] }), 'does not have'],
    ['a condition on who acts', reminder({ when: [same('written_by', 'actor')] }), 'who acts'],
    ['a notice of nobody', reminder({ notice: { ...entryDue } }), 'unknown here'],
    ['a resource of nobody', reminder({ resource: { ...beforeEntry.resource } }), 'unknown here'],
    ['an audience that no rule names', notice({ audience: 'wrong.thing.read' }), 'no module declares'],
    ['a fact from nowhere', notice({ fields: { a: field.text({ from: 'wrong.thing.a' }) } }), 'nobody declares'],
    [
      'a required fact that not everybody may read',
      notice({ fields: { a: field.text({ required: true, from: 'notebook.entry.whisper' }) } }),
      'cannot be required',
    ],
  ])('%s is found', (_what, more, sentence) => {
    expect(withModule(more)).toThrow(sentence)
  })

  test('what is right stands', () => {
    expect(withModule(notice({ fields: { a: field.text({ from: 'notebook.entry.whisper' }) } }))).not.toThrow()
  })
})
