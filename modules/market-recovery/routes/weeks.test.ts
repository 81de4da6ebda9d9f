import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { asOwner, cast, openHouse, type TestHouse, type Voice } from '@commonhall/engine/testing'
import { Local, made } from '../testing/local.ts'

let house: TestHouse
let local: Local
let places: string[]
/** Signs in for a contractor: the one of the tests, and another. */
let theirs: Voice
let others: Voice

const sunday = '2025-03-02'
const next = '2025-03-09'

beforeAll(async () => {
  house = await openHouse()
  local = await Local.open(house)
  places = await local.assignments(6)
  const other = await made(local.staff, '/contractors', { name: 'Elsewhere Electric' })
  theirs = await local.standingFor('ours@people.example', local.contractor)
  others = await local.standingFor('other@people.example', other['id'] ?? '')
})
afterAll(() => house.close())

interface Written {
  saved: number
  submitted: number
  refused: number
  rows: {
    assignment: string
    outcome: string
    errors: { path: string; code: string; message: string }[]
    hours: Record<string, unknown> | null
  }[]
}

const send = async (rows: unknown, more: object = {}, voice = local.staff) =>
  voice.post('/hours/weeks', { contractor: local.contractor, week_ending: sunday, rows, ...more })

async function write(rows: unknown, more: object = {}, voice = local.staff): Promise<Written> {
  const reply = await send(rows, more, voice)
  expect(reply.statusCode, reply.body).toBe(200)
  return reply.json()
}

const read = async (ending = sunday, voice = local.staff) =>
  voice.get(`/hours/weeks?contractor=${local.contractor}&week_ending=${ending}`)

test('good rows are kept, and each bad one says what is wrong with it', async () => {
  const written = await write([
    { assignment: places[0], regular: '40' },
    { assignment: places[1], regular: '40.1' },
    { assignment: places[2], regular: 'many' },
    { assignment: crypto.randomUUID(), regular: '8' },
    { assignment: places[3], regular: '38.5', overtime: '2' },
    { assignment: places[3], regular: '1' },
  ])
  expect(
    written.rows.map(({ outcome, errors }) => [outcome, errors.map(({ path, code }) => `${path} ${code}`)]),
  ).toEqual([
    ['saved', []],
    ['refused', ['regular not_in_steps']],
    ['refused', [expect.stringContaining('regular')]],
    ['refused', ['assignment no_assignment']],
    ['saved', []],
    ['refused', ['assignment twice']],
  ])
  expect(written).toMatchObject({ saved: 2, submitted: 0, refused: 4 })
  expect(written.rows[0]?.hours).toMatchObject({ state: 'draft', regular: '40.00', subsidy: '600.00', version: 1 })
  expect(written.rows[4]?.hours).toMatchObject({ regular: '38.50', overtime: '2.00', subsidy: '607.50' })
})

test('the same once more changes nothing; a change changes that one', async () => {
  const rows = [
    { assignment: places[0], regular: '40' },
    { assignment: places[3], regular: '38.5', overtime: '2' },
  ]
  const again = await write(rows)
  expect(again.rows.map(({ outcome, hours }) => [outcome, hours?.['version']])).toEqual([
    ['unchanged', 1],
    ['unchanged', 1],
  ])
  const changed = await write([rows[0], { ...rows[1], overtime: '3', note: 'Storm' }])
  expect(changed.rows.map(({ outcome, hours }) => [outcome, hours?.['version']])).toEqual([
    ['unchanged', 1],
    ['saved', 2],
  ])
  expect((await write([{ ...rows[1], overtime: '3' }])).rows[0]?.hours).toMatchObject({ note: 'Storm' })
})

test('submitting sends in what is complete, and keeps the rest as drafts', async () => {
  const written = await write(
    [
      { assignment: places[0], regular: '40' },
      { assignment: places[1], regular: '44' },
      { assignment: places[2] },
      { assignment: places[3], regular: '44', over_40_confirmed: true },
    ],
    { submit: true },
  )
  expect(written.rows.map(({ outcome, errors, hours }) => [outcome, errors[0]?.code, hours?.['state']])).toEqual([
    ['submitted', undefined, 'submitted'],
    ['saved', 'over_40', 'draft'],
    ['saved', 'no_hours', 'draft'],
    ['submitted', undefined, 'submitted'],
  ])
  const settled = await write(
    [
      { assignment: places[0], regular: '40' },
      { assignment: places[3], regular: '8' },
    ],
    { submit: true },
  )
  expect(settled.rows.map(({ outcome, errors }) => [outcome, errors[0]?.code])).toEqual([
    ['unchanged', undefined],
    ['refused', 'settled'],
  ])
  const [row] = await asOwner<{ n: number; acts: string[] }>(
    house,
    `select count(distinct h.id)::integer as n, array_agg(distinct e.act) as acts from market_recovery.hours h
    join foundation.audit_entry e on e.record = h.id where h.assignment = any($1) and h.week_ending = $2`,
    [places, sunday],
  )
  expect(row).toEqual({ n: 4, acts: ['create', 'submit', 'update'] })
})

test('a week that came back is changed and submitted anew', async () => {
  const { rows } = await write([{ assignment: places[4], regular: '40' }], { submit: true })
  await local.officer.post(`/hours/${String(rows[0]?.hours?.['id'])}/reject`, { reason: 'He was at home on Friday' })
  const shown = (await read()).json().rows.find((row: { assignment: string }) => row.assignment === places[4])
  expect(shown.hours).toMatchObject({ state: 'rejected', reason: 'He was at home on Friday' })
  const anew = await write([{ assignment: places[4], regular: '32' }], { submit: true })
  expect(anew.rows[0]).toMatchObject({
    outcome: 'submitted',
    hours: { state: 'submitted', regular: '32.00', reason: null, subsidy: '480.00' },
  })
})

test('a member who would have more than 168 hours in a week is told, and the other rows are kept', async () => {
  const [{ member } = { member: '' }] = await asOwner<{ member: string }>(
    house,
    'select member from market_recovery.assignment where id = $1',
    [places[5]],
  )
  const program = await made(local.officer, '/programs', {
    name: 'Second',
    state: 'active',
    budget: '1000',
    from_on: '2025-01-01',
  })
  const second = await made(local.staff, '/assignments', {
    program: program['id'],
    contractor: local.contractor,
    member,
    classification: 'Journeyman 10000000',
    contractor_rate: '35',
    from_on: '2025-01-01',
  })
  const written = await write(
    [
      { assignment: places[5], regular: '40', overtime: '60' },
      { assignment: second['id'], regular: '40', overtime: '29' },
      { assignment: places[0], regular: '8' },
    ],
    { week_ending: next },
  )
  expect(written.rows.map(({ outcome, errors }) => [outcome, errors[0]?.message])).toEqual([
    ['saved', undefined],
    ['refused', 'With these, the member would have more hours in this week than the 168 that a week has.'],
    ['saved', undefined],
  ])
})

describe('a grid begins with', () => {
  test('who works there, at which rate, what there is, and the week before', async () => {
    const reply = await read(next)
    expect(reply.statusCode, reply.body).toBe(200)
    const { rows, ...head } = reply.json()
    expect(head).toMatchObject({ week_ending: next, from_on: '2025-03-03', payroll_day: true, hour_step: '0.25' })
    const row = rows.find((one: { assignment: string }) => one.assignment === places[0])
    expect(row).toMatchObject({
      per_hour: '15',
      needs_days: false,
      problem: null,
      rates: [{ from_on: '2025-03-03', until_on: next, per_hour: '15' }],
      last_week: { regular: '40.00', overtime: '0.00', state: 'submitted' },
      hours: { regular: '8.00', state: 'draft' },
    })
  })

  test('what stands against a week that is not there yet, or ends on another day', async () => {
    const problems = async (ending: string) => (await read(ending)).json().rows[0].problem
    expect(await problems('2025-03-08')).toContain('ends its payroll week on another day')
    expect(await problems('2040-03-04')).toContain('has not ended yet')
  })
})

describe('who stands for a contractor', () => {
  test('enters, sees and submits its weeks', async () => {
    const written = await write([{ assignment: places[1], regular: '24' }], { submit: true, week_ending: next }, theirs)
    expect(written.rows[0]).toMatchObject({ outcome: 'submitted', hours: { subsidy: '360.00' } })
    expect((await read(next, theirs)).json().rows.length).toBeGreaterThan(3)
  })

  test('finds nothing of another’s, by neither door', async () => {
    expect((await read(sunday, others)).statusCode).toBe(404)
    const before = await asOwner(house, 'select count(*) from market_recovery.hours')
    expect((await send([{ assignment: places[2], regular: '8' }], {}, others)).statusCode).toBe(404)
    const smuggled = await others.get('/contractors')
    const own = smuggled.json().data[0].id
    const written = await write([{ assignment: places[2], regular: '8' }], { contractor: own }, others)
    expect(written.rows[0]).toMatchObject({ outcome: 'refused', errors: [{ code: 'no_assignment' }], hours: null })
    expect(await asOwner(house, 'select count(*) from market_recovery.hours')).toEqual(before)
  })

  test('and nobody else: who may not enter hours is told so', async () => {
    expect((await send([{ assignment: places[2] }], {}, await house.as(cast.instructor))).statusCode).toBe(403)
  })
})

test('two who send the same week at once leave one record of each', async () => {
  const rows = places.map((assignment) => ({ assignment, regular: '16' }))
  const replies = await Promise.all([1, 2, 3, 4].map(() => send(rows, { week_ending: '2025-03-16' })))
  expect(replies.map(({ statusCode }) => statusCode)).toEqual([200, 200, 200, 200])
  const [row] = await asOwner<{ n: number }>(
    house,
    `select count(*)::integer as n from market_recovery.hours
    where assignment = any($1) and week_ending = '2025-03-16'`,
    [places],
  )
  expect(row?.n).toBe(places.length)
})

test('a list that is none, or too long, is refused as a whole', async () => {
  for (const rows of [[], {}, null, Array.from({ length: 501 }, () => ({}))])
    expect((await send(rows)).statusCode).toBe(422)
})
