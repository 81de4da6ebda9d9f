import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openHouse, type TestHouse } from '@commonhall/engine/testing'
import { counted } from './testing/counted.ts'
import { done, Local, made } from './testing/local.ts'
import { membersOf, placeAt, refusals } from './testing/refusals.ts'

/** Every limit of a week of hours: what is said, and that nothing is written. */
let house: TestHouse
let local: Local
let refused: ReturnType<typeof refusals>
let anybody: () => Promise<string>
let places: string[]

beforeAll(async () => {
  house = await openHouse()
  local = await Local.open(house)
  refused = refusals(house)
  anybody = membersOf(local)
  places = await local.assignments(12)
})
afterAll(() => house.close())

const hours = (given: object) => refused(local.staff, '/hours', given)
const place = (given: object) => placeAt(local, given)
const week = (given: object) => ({ assignment: places[0], week_ending: '2025-03-02', regular: '8', ...given })

describe('a week is refused', () => {
  test('that ends on another day than the payroll, with the nearest that are right', async () => {
    expect(await hours(week({ week_ending: '2025-03-05' }))).toEqual([
      422,
      expect.stringMatching(
        /Bayline Electric.*ends its payroll week on another day. Take March 2, 2025 or March 9, 2025/,
      ),
      ['week_ending'],
    ])
  })

  test('that has not ended', async () => {
    const [status, detail] = await hours(week({ week_ending: '2040-03-04' }))
    expect([status, detail]).toEqual([422, expect.stringContaining('This week has not ended yet: today is')])
  })

  test('that ends outside of its assignment', async () => {
    const short = place({ member: await anybody(), from_on: '2025-02-01', until_on: '2025-02-28' })
    const { id } = await made(local.staff, '/assignments', short)
    expect(await hours(week({ assignment: id }))).toEqual([
      422,
      'The assignment runs from February 1, 2025 to February 28, 2025. This week ends outside of it.',
      ['week_ending'],
    ])
    expect((await hours(week({ assignment: id, week_ending: '2025-01-26' })))[0]).toBe(422)
    expect((await local.staff.post('/hours', week({ assignment: id, week_ending: '2025-02-02' }))).statusCode).toBe(201)
  })

  test('that ends outside of its program', async () => {
    const given = { name: 'Short', state: 'active', budget: '10', from_on: '2025-02-01', until_on: '2025-02-28' }
    const program = await made(local.officer, '/programs', given)
    const { id } = await made(local.staff, '/assignments', place({ member: await anybody(), program: program['id'] }))
    expect((await hours(week({ assignment: id })))[1]).toContain(
      'Short runs from February 1, 2025 to February 28, 2025.',
    )
    expect((await hours(week({ assignment: id, week_ending: '2025-01-26' })))[0]).toBe(422)
  })

  test.each([
    [{ regular: '-8' }, 'Hours cannot be below zero. What was paid too much is taken back with an adjustment.'],
    [{ overtime: '-0.25' }, 'Hours cannot be below zero. What was paid too much is taken back with an adjustment.'],
    [{ regular: '8.1' }, 'Hours are counted in steps of 0.25.'],
    [{ overtime: '1.30' }, 'Hours are counted in steps of 0.25.'],
    [{ regular: '100', overtime: '68.25' }, 'A week has 168 hours.'],
  ])('with %s', async (given, sentence) => {
    expect((await hours(week(given))).slice(0, 2)).toEqual([422, sentence])
  })

  test('with hours that do not fit their days', async () => {
    const day = (on: string, regular = '8', overtime = '0') => ({ on, regular, overtime })
    const wrong: [unknown, string][] = [
      ['Monday', 'Hours per day are a list of days, each with its date, regular and overtime hours.'],
      [[{ on: '2025-02-25', hours: '8' }], 'Hours per day are a list of days'],
      [[day('2025-02-23')], 'February 23, 2025 is not in this week, which is from February 24, 2025 to March 2, 2025.'],
      [[day('2025-03-03')], 'March 3, 2025 is not in this week'],
      [[day('2025-02-25', '4'), day('2025-02-25', '4')], 'February 25, 2025 is there twice.'],
      [[day('2025-02-25', '7')], 'The regular hours of the days come to 7.00, those of the week to 8.00.'],
      [[day('2025-02-25', '8', '1')], 'The overtime of the days comes to 1.00, that of the week to 0.00.'],
    ]
    for (const [days, sentence] of wrong) {
      const [status, detail] = await hours(week({ days }))
      expect([days, status, detail]).toEqual([days, 422, expect.stringContaining(sentence)])
    }
    // More at a better rate and less than nothing at another would come to the same hours, and to more money.
    const turned = [day('2025-02-25', '-16'), day('2025-02-26', '24')]
    expect((await hours(week({ days: turned }))).slice(1)).toEqual([
      'Hours cannot be below zero. What was paid too much is taken back with an adjustment.',
      ['days'],
    ])
    const parts = [day('2025-02-25', '3.99'), day('2025-02-26', '4.01')]
    expect((await hours(week({ days: parts }))).slice(1)).toEqual(['Hours are counted in steps of 0.25.', ['days']])
    const long = week({ regular: '20', overtime: '5', days: [day('2025-02-25', '20', '5')] })
    expect((await hours(long))[1]).toBe('A day has 24 hours: February 25, 2025 has more.')
  })

  test('that is there already', async () => {
    await made(local.staff, '/hours', week({ assignment: places[1] }))
    expect((await hours(week({ assignment: places[1] }))).slice(0, 2)).toEqual([
      409,
      'There are hours of this assignment for this week already.',
    ])
  })

  test('with which a member would have more than 168 hours from Monday to Sunday, wherever they were', async () => {
    const somebody = await anybody()
    const friday = await made(local.staff, '/contractors', { name: 'Friday Electric', payroll_weekday: 5 })
    const here = await made(local.staff, '/assignments', place({ member: somebody }))
    const there = await made(local.staff, '/assignments', place({ member: somebody, contractor: friday['id'] }))
    await made(local.staff, '/hours', week({ assignment: here['id'], regular: '100' }))
    const over = { assignment: there['id'], week_ending: '2025-02-28', regular: '40', overtime: '28.25' }
    expect(await hours(over)).toEqual([
      409,
      'With these, the member would have more hours in this week than the 168 that a week has.',
      [],
    ])
    const most = await made(local.staff, '/hours', { ...over, overtime: '28' })
    expect((await refused(local.staff, `/hours/${most['id']}`, { overtime: '28.25' }, 'patch'))[0]).toBe(409)
    // The next week is another one.
    await made(local.staff, '/hours', { ...over, week_ending: '2025-03-07' })
  })

  test('without a scale, and where the scale changes without the hours of each day', async () => {
    const scale = (rate: string, from_on: string, until_on?: string) =>
      made(local.officer, '/scales', { classification: 'Cable splicer', rate, from_on, until_on })
    const splicer = place({ member: await anybody(), classification: 'Cable splicer' })
    const { id } = await made(local.staff, '/assignments', splicer)
    expect((await hours(week({ assignment: id })))[1]).toBe(
      'There is no scale for Cable splicer on February 24, 2025. Add it under Scales first.',
    )
    await scale('50', '2025-01-01', '2025-02-26')
    await scale('52', '2025-02-27')
    expect((await hours(week({ assignment: id }))).slice(1)).toEqual([
      expect.stringContaining('changes on February 27, 2025, inside this week. Say how many hours fell on each day.'),
      ['days'],
    ])
    const days = [
      { on: '2025-02-26', regular: '4', overtime: '0' },
      { on: '2025-02-27', regular: '4' },
    ]
    expect(await made(local.staff, '/hours', week({ assignment: id, days }))).toMatchObject({ subsidy: '128.00' })
  })
})

describe('submitting is refused', () => {
  test('with more than 40 regular hours, until somebody says that they are right', async () => {
    const { id } = await made(local.staff, '/hours', week({ assignment: places[2], regular: '44' }))
    expect(await refused(local.staff, `/hours/${id}/submit`, {})).toEqual([
      409,
      '44.00 regular hours are more than 40. If that is right, confirm it; else enter the rest as overtime.',
      [],
    ])
    expect((await refused(local.staff, `/hours/${id}/submit`, { over_40_confirmed: false }))[0]).toBe(409)
    await done(local.staff, `/hours/${id}/submit`, { over_40_confirmed: true })
    const exact = await made(local.staff, '/hours', week({ assignment: places[3], regular: '40', overtime: '8' }))
    await done(local.staff, `/hours/${exact['id']}/submit`)
  })

  test('without hours', async () => {
    const { id } = await made(local.staff, '/hours', week({ assignment: places[4], regular: '0' }))
    expect((await refused(local.staff, `/hours/${id}/submit`, {}))[1]).toBe('There are no hours in this week yet.')
  })
})

describe('approving is refused', () => {
  test('to whoever submitted it, whatever their role', async () => {
    const { id } = await made(local.officer, '/hours', week({ assignment: places[5] }))
    await done(local.officer, `/hours/${id}/submit`)
    expect((await refused(local.officer, `/hours/${id}/approve`, {})).slice(0, 2)).toEqual([
      403,
      'You submitted these hours; somebody else must approve them.',
    ])
    const many = await local.officer.post('/hours/approve', { ids: [id] })
    expect(many.json()).toMatchObject({
      done: [],
      refused: [{ reason: expect.stringContaining('You submitted these') }],
    })
    await done(local.officer2, `/hours/${id}/approve`)
  })

  test('where rates have changed since it was submitted', async () => {
    const given = { classification: 'Lineman', rate: '50', from_on: '2025-01-01' }
    const scale = await made(local.officer, '/scales', given)
    const lineman = place({ member: await anybody(), classification: 'Lineman' })
    const { id: assignment } = await made(local.staff, '/assignments', lineman)
    const id = await local.submitted(assignment ?? '', '2025-03-02')
    expect((await local.officer.patch(`/scales/${scale['id']}`, { rate: '51' })).statusCode).toBe(200)
    expect((await refused(local.officer, `/hours/${id}/approve`, {}))[1]).toContain(
      'it was $600.00, and now it would be $640.00',
    )
    await done(local.officer, `/hours/${id}/reject`, { reason: 'The scale was wrong' })
    expect(await done(local.staff, `/hours/${id}/submit`)).toMatchObject({ subsidy: '640.00', reason: null })
    await done(local.officer, `/hours/${id}/approve`)
  })
})

describe('what was submitted, approved or paid', () => {
  test('is not edited, moved or thrown away', async () => {
    const id = await local.submitted(places[6] ?? '', '2025-03-02')
    for (const voice of [local.staff, local.officer])
      expect((await refused(voice, `/hours/${id}`, { regular: '8' }, 'patch'))[1]).toContain(
        'send it back, or reopen it',
      )
    const before = await counted(house)
    const thrown = await local.officer.delete(`/hours/${id}`)
    expect([thrown.statusCode, thrown.json().detail]).toEqual([403, 'Only a draft can be thrown away.'])
    expect(await counted(house)).toEqual(before)
    expect((await refused(local.officer, `/hours/${id}`, { state: 'approved' }, 'patch'))[0]).toBeGreaterThan(400)
    expect((await refused(local.officer, `/hours/${id}/reject`, {}))[2]).toEqual(['reason'])
    expect((await refused(local.officer, `/hours/${id}/reopen`, {}))[0]).toBe(409)
  })

  test('goes back to be submitted while it is not in a batch', async () => {
    const id = await local.approved(places[7] ?? '', '2025-04-06')
    expect(await done(local.officer, `/hours/${id}/reopen`)).toMatchObject({ state: 'submitted', approved_by: null })
    await done(local.officer, `/hours/${id}/approve`)
  })

  test('is put right by an adjustment only once it was paid', async () => {
    const id = await local.approved(places[8] ?? '', '2025-03-02')
    const adjusts = { assignment: places[8], week_ending: '2025-03-02', adjusts: id, regular: '-8' }
    expect((await hours(adjusts)).slice(1)).toEqual([
      'Only a week that was paid is put right by an adjustment. Reopen this one, or send it back, instead.',
      ['adjusts'],
    ])
    expect((await hours({ ...adjusts, adjusts: crypto.randomUUID() }))[1]).toBe('There is no such week to put right.')
  })
})
