import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { asOwner, cast, openHouse, type TestHouse } from '@commonhall/engine/testing'
import { done, Local, made } from './testing/local.ts'
import { passes } from './telling/warn-of-spending.ts'

let house: TestHouse
let local: Local
let unused = ''

beforeAll(async () => {
  house = await openHouse()
  // Seven weeks of 600.00 and a bit.
  local = await Local.open(house, '4300')
})
afterAll(() => house.close())

const sums = async () => {
  const { committed, paid, budget } = (await local.officer.get(`/programs/${local.program}`)).json()
  return { committed, paid, budget }
}

interface Told {
  readonly title: string
}
const inbox = async (email: string): Promise<string[]> =>
  ((await (await house.as(email)).get('/inbox?limit=200')).json().data as Told[]).map(({ title }) => title)

describe('a budget', () => {
  test('has room for seven of twenty who are approved at once, and the others are told why', async () => {
    const [spare = '', ...places] = await local.assignments(21)
    unused = spare
    const weeks = await Promise.all(places.map((assignment) => local.submitted(assignment, '2025-03-02')))
    const replies = await Promise.all(
      weeks.map((id, n) => (n % 2 ? local.officer : local.officer2).post(`/hours/${id}/approve`)),
    )
    const approved = replies.filter(({ statusCode }) => statusCode === 200)
    const refused = replies.filter(({ statusCode }) => statusCode === 409)
    expect([approved.length, refused.length]).toEqual([7, 13])
    expect(refused.map((reply) => reply.json().detail)).toEqual(
      refused.map(() =>
        expect.stringContaining(
          'its budget of $4,300.00: $4,200.00 is committed, $0.00 is paid, and this adds $600.00. Raise the budget',
        ),
      ),
    )
    expect(await sums()).toEqual({ committed: '4200.00', paid: '0.00', budget: '4300.00' })
    const [state] = await asOwner(
      house,
      `select count(*) filter (where state = 'approved')::integer as approved,
        count(*) filter (where approved_by is not null)::integer as signed,
        sum(subsidy) filter (where state = 'approved') as sum,
        (select sum(committed) from market_recovery.movement where program = $1) as moved
      from market_recovery.hours where program = $1`,
      [local.program],
    )
    expect(state).toEqual({ approved: 7, signed: 7, sum: '4200.00', moved: '4200.00' })
  })

  test('told the others of the board once, as it passed 80 %', async () => {
    const told = await Promise.all([cast.officer, cast.officer2, cast.admin].map(inbox))
    const news = told.map((titles) => titles.filter((title) => title === 'Harbor 4300: 80 % is spent').length)
    // Whoever approved what passed it has seen it.
    expect(news.toSorted((a, b) => a - b)).toEqual([0, 1, 1])
    expect((await inbox(cast.staff)).filter((title) => /is spent/.test(title))).toEqual([])
  })

  test('cannot go below what is spent, and takes more once it is raised', async () => {
    const patched = await local.officer.patch(`/programs/${local.program}`, { budget: '4199.99' })
    expect([patched.statusCode, patched.json().detail]).toEqual([
      409,
      'The budget of Harbor 4300 cannot go below what is committed and paid already: $4,200.00.',
    ])
    expect((await local.officer.patch(`/programs/${local.program}`, { budget: '4800' })).statusCode).toBe(200)
    const [waits] = (await local.officer.get(`/hours?filter[state]=submitted&filter[program]=${local.program}`)).json()
      .data
    await done(local.officer, `/hours/${waits.id}/approve`)
    expect(await sums()).toEqual({ committed: '4800.00', paid: '0.00', budget: '4800.00' })
  })

  test('has back what is reopened', async () => {
    const [week] = (await local.officer.get(`/hours?filter[state]=approved&filter[program]=${local.program}`)).json()
      .data
    await done(local.officer2, `/hours/${week.id}/reopen`)
    expect(await sums()).toMatchObject({ committed: '4200.00' })
  })

  test('approved twice by two at once, one week is spent once', async () => {
    const [week] = (await local.officer.get(`/hours?filter[state]=submitted&filter[program]=${local.program}`)).json()
      .data
    const replies = await Promise.all(
      [local.officer, local.officer2].map((one) => one.post(`/hours/${week.id}/approve`)),
    )
    expect(replies.map(({ statusCode }) => statusCode).toSorted((a, b) => a - b)).toEqual([200, 409])
    expect(await sums()).toMatchObject({ committed: '4800.00' })
  })
})

test.each([
  ['79.99', '79.99', false],
  ['80', '0.01', true],
  ['85', '5', false],
  ['85', '5.01', true],
  ['85', '4.99', false],
  ['100', '20', false],
  ['100', '20.01', true],
])('at %s of 100, of which %s has just come, the board is told: %s', (used, added, told) => {
  expect(passes({ used, added, most: '100' }, '80')).toBe(told)
})

describe('people are told', () => {
  test('that hours wait, once a day for a contractor and week, and who may not approve is not', async () => {
    const waits = async (email: string) =>
      (await inbox(email)).filter((title) => title.includes('Bayline Electric 4300') && title.includes('March 2, 2025'))
    expect(await waits(cast.officer)).toHaveLength(1)
    expect(await waits(cast.treasurer)).toEqual([])
  })

  test('why hours came back, and by whom: whoever submitted them', async () => {
    const id = await local.submitted(unused, '2025-03-09')
    await done(local.officer, `/hours/${id}/reject`, { reason: 'He was at the other site' })
    const { data } = (await local.staff.get('/inbox?limit=5')).json()
    const [told] = (data as { title: string }[]).filter(({ title }) => title.includes('came back'))
    expect(told?.title).toContain('the week to March 9, 2025')
    expect(JSON.stringify(told)).toContain('He was at the other site')
    expect((await inbox(cast.officer)).filter((title) => title.includes('came back'))).toEqual([])
  })
})

describe('once a program has ended, or a contractor is suspended', () => {
  test('hours of the assignments there are can be entered, submitted, approved and paid', async () => {
    const ending = await Local.open(house, '9000')
    const [place = ''] = await ending.assignments(1)
    await done(local.officer, `/contractors/${ending.contractor}/suspend`, { reason: 'No reports' })
    await done(local.officer, `/programs/${ending.program}/complete`)
    const id = await ending.approved(place, '2025-03-02')
    const batch = await ending.exported()
    await done(local.officer, `/payment-batches/${batch['id']}/pay`, { paid_on: '2025-04-05' })
    expect(await ending.week(id)).toMatchObject({ state: 'paid', subsidy: '600.00' })
  })
})

describe('what was decided by rates and dates', () => {
  let place: string
  let id: string
  let own: Local
  beforeAll(async () => {
    own = await Local.open(house, '8000')
    ;[place = ''] = await own.assignments(1)
    id = await own.approved(place, '2025-03-02')
  })
  const scale = async () =>
    (await own.officer.get('/scales?filter[classification]=Journeyman 8000')).json().data[0] as { id: string }
  const detail = async (path: string, body: object) => {
    const reply = await own.officer.patch(path, body)
    return [reply.statusCode, reply.json().detail]
  }

  test('keeps its scale: it may end later, and another one follows', async () => {
    const { id: used } = await scale()
    const sentence = expect.stringMatching(/Hours up to March 2, 2025 were approved by this scale for Journeyman 8000/)
    for (const body of [{ rate: '51' }, { until_on: '2025-03-01' }, { from_on: '2025-03-01' }, { classification: 'X' }])
      expect([body, await detail(`/scales/${used}`, body)]).toEqual([body, [409, sentence]])
    expect((await own.officer.delete(`/scales/${used}`)).statusCode).toBe(409)
    expect((await detail(`/scales/${used}`, { until_on: '2025-03-02' }))[0]).toBe(200)
    const next = { classification: 'Journeyman 8000', rate: '52', from_on: '2025-03-03' }
    await made(own.officer, '/scales', next)
    expect(await own.week(id)).toMatchObject({ subsidy: '600.00' })
  })

  test('keeps its days: neither assignment nor program ends before hours that were sent in', async () => {
    const sentence = 'There are hours of the week to March 2, 2025 already. The last day cannot come before that.'
    for (const path of [`/assignments/${place}`, `/programs/${own.program}`]) {
      expect(await detail(path, { until_on: '2025-03-01' })).toEqual([409, sentence])
      expect((await detail(path, { from_on: '2025-03-03' }))[1]).toContain('The first day cannot come after that.')
    }
    const ended = await own.officer.post(`/assignments/${place}/end`, { until_on: '2025-03-01' })
    expect([ended.statusCode, ended.json().detail]).toEqual([409, sentence])
    expect((await own.officer.post(`/assignments/${place}/cancel`)).json().detail).toContain('End it instead')
  })

  test('is settled though the payroll week ends on another day now; new weeks end on that', async () => {
    const waits = await own.submitted(place, '2025-03-09')
    const draft = await made(own.staff, '/hours', { assignment: place, week_ending: '2025-03-16', regular: '8' })
    expect((await detail(`/contractors/${own.contractor}`, { payroll_weekday: 6 }))[0]).toBe(200)
    await done(own.officer, `/hours/${waits}/approve`)
    expect((await own.staff.patch(`/hours/${draft['id']}`, { regular: '32' })).statusCode).toBe(200)
    await done(own.staff, `/hours/${draft['id']}/submit`)
    const sunday = await own.staff.post('/hours', { assignment: place, week_ending: '2025-03-23', regular: '8' })
    expect(sunday.json().detail).toContain('Take March 22, 2025 or March 29, 2025')
    // What shares days with the week after it is in that one already.
    const saturday = { assignment: place, week_ending: '2025-03-15', regular: '8' }
    expect((await own.staff.post('/hours', saturday)).json()).toMatchObject({
      status: 409,
      detail: expect.stringContaining('after March 15, 2025 only 24 hours fit into the week to March 16, 2025'),
    })
    await made(own.staff, '/hours', { assignment: place, week_ending: '2025-03-22', regular: '8' })
  })

  test('is taken back for what was paid for it, whatever the contractor pays by now', async () => {
    const batch = await own.exported()
    await done(own.officer, `/payment-batches/${batch['id']}/pay`, { paid_on: '2025-04-05' })
    expect((await detail(`/assignments/${place}`, { contractor_rate: '45' }))[0]).toBe(409)
    // Even if somebody changed it past every rule.
    await asOwner(
      house,
      `with past as (select set_config('session_replication_role', 'replica', false))
      update market_recovery.assignment set contractor_rate = 45 from past where id = $1`,
      [place],
    )
    const adjusts = { assignment: place, week_ending: '2025-03-02', adjusts: id, regular: '-8' }
    expect(await made(own.staff, '/hours', adjusts)).toMatchObject({ subsidy: '-120.00' })
    const more = await own.staff.post('/hours', { ...adjusts, regular: '-32.25' })
    expect([more.statusCode, more.json().detail]).toEqual([
      409,
      'With this adjustment the week would have fewer than no hours.',
    ])
  })
})

test('on no past day less than nothing was promised, though it was paid before it was approved', async () => {
  const early = await Local.open(house, '4000')
  const [place = ''] = await early.assignments(1)
  await early.approved(place, '2025-03-02')
  const batch = await early.exported()
  await done(early.officer, `/payment-batches/${batch['id']}/pay`, { paid_on: '2025-03-20' })
  const path = '/reports/market-recovery.budget-actual?from=2025-01-01'
  const upTo = async (day: string) =>
    (await early.officer.get(`${path}&until=${day}&program=${early.program}`)).json().rows[0]
  expect(await upTo('2025-03-31')).toMatchObject({ committed: '0.00', paid: '0.00', remaining: '4000.00' })
  expect(await upTo('2100-01-01')).toMatchObject({ committed: '0.00', paid: '600.00', remaining: '3400.00' })
})
