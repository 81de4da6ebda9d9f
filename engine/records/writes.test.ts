import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { asOwner, cast, notebook, openHouse, type TestHouse, type Voice } from '@commonhall/engine/testing'

let house: TestHouse
let staff: Voice
let admin: Voice
let coop: Voice
beforeAll(async () => {
  house = await openHouse({ modules: [notebook] })
  staff = await house.as(cast.staff)
  admin = await house.as(cast.admin)
  coop = await house.as('admin@riverside.example')
})
afterAll(() => house.close())

let n = 0
const person = (more: object = {}) => ({ card_number: `N-${(n += 1)}`, last_name: 'Doe', first_name: 'Jo', ...more })

describe('creating', () => {
  test('answers 201 with the record, its address and its version', async () => {
    const reply = await staff.post('/members', person({ email: ' jo@example.org ', joined_on: '2020-02-29' }))
    const row = reply.json()
    expect([reply.statusCode, reply.headers['location'], reply.headers['etag']]).toEqual([
      201,
      `/api/v1/orgs/local-100/members/${row.id}`,
      '"1"',
    ])
    expect(row).toMatchObject({
      email: 'jo@example.org',
      joined_on: '2020-02-29',
      state: 'applicant',
      version: 1,
      archived_at: null,
      household: null,
      titles: { household: null },
    })
    expect(row.created_at).toMatch(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3,6}Z$/)
    expect((await staff.get(`/members/${row.id}`)).json()).toEqual(row)
  })

  test('keeps money, hours and moments to the digit', async () => {
    const values = {
      title: 'exact',
      cost: '9999999999999.99',
      rate: '99999999999.9999',
      spent: '-0.00',
      share: '33.3',
      moment: '2025-01-01T12:00:00.123456+02:00',
    }
    const row = (await staff.post('/entries', values)).json()
    expect(row).toMatchObject({
      cost: '9999999999999.99',
      rate: '99999999999.9999',
      spent: '0.00',
      share: '33.30',
      moment: '2025-01-01T10:00:00.123456Z',
    })
  })

  test('names what a reference points to', async () => {
    const household = (await staff.post('/households', { name: 'Doe family' })).json()
    const row = (await staff.post('/members', person({ household: household.id }))).json()
    expect(row.titles).toEqual({ household: 'Doe family' })
    expect((await staff.get(`/members?filter[household]=${household.id}`)).json().data[0].titles).toEqual({
      household: 'Doe family',
    })
  })

  test('a card number that is taken is a conflict, named with its field, in any spelling', async () => {
    const first = person({ card_number: 'Ab-7' })
    expect((await staff.post('/members', first)).statusCode).toBe(201)
    const reply = await staff.post('/members', { ...first, card_number: 'aB-7' })
    const message = 'Card number "aB-7" is already in use. It may belong to an archived record.'
    expect(reply.json()).toMatchObject({
      status: 409,
      code: 'conflict',
      detail: message,
      errors: [{ path: 'card_number', code: 'taken', message }],
    })
  })

  test('of 20 who take the same number at once, one gets it', async () => {
    const replies = await Promise.all(
      Array.from({ length: 20 }, () => staff.post('/members', person({ card_number: 'RACE' }))),
    )
    expect(replies.map(({ statusCode }) => statusCode).toSorted((a, b) => a - b)).toEqual([
      201,
      ...Array.from({ length: 19 }, () => 409),
    ])
  })
})

describe('changing', () => {
  test('changes what is given and nothing else', async () => {
    const row = (await staff.post('/members', person({ phone: '555-0100', notes: 'a' }))).json()
    const reply = await staff.patch(`/members/${row.id}`, { notes: null }, { 'if-match': '"1"' })
    expect([reply.statusCode, reply.headers['etag']]).toEqual([200, '"2"'])
    const { updated_at: _, ...changed } = reply.json()
    expect({ ...row, ...changed }).toEqual({ ...row, notes: null, version: 2 })
    expect(reply.json().phone).toBe('555-0100')
  })

  test('of two people who change what they both read, the second is told', async () => {
    const { id } = (await staff.post('/members', person())).json()
    const replies = await Promise.all(
      [1, 2, 3, 4, 5].map((one) => staff.patch(`/members/${id}`, { notes: `by ${one}` }, { 'if-match': '"1"' })),
    )
    expect(replies.map(({ statusCode }) => statusCode).toSorted((a, b) => a - b)).toEqual([200, 412, 412, 412, 412])
    const stale = replies.find(({ statusCode }) => statusCode === 412)
    expect(stale?.json()).toMatchObject({
      code: 'stale',
      detail: expect.stringMatching(/^Somebody else changed this member/),
    })
    const winner = replies.find(({ statusCode }) => statusCode === 200)
    expect((await staff.get(`/members/${id}`)).json()).toMatchObject({ version: 2, notes: winner?.json().notes })
  })

  test('without If-Match, or with *, takes whatever is there', async () => {
    const { id } = (await staff.post('/members', person())).json()
    await staff.patch(`/members/${id}`, { notes: 'a' })
    expect((await staff.patch(`/members/${id}`, { notes: 'b' }, { 'if-match': '*' })).json().version).toBe(3)
    expect((await staff.patch(`/members/${id}`, { notes: 'c' }, { 'if-match': 'W/"3"' })).json().version).toBe(4)
  })

  test('a field that is fixed once the record exists is refused', async () => {
    const { id } = (await staff.post('/entries', { title: 'x', fixed: 'stone' })).json()
    expect((await staff.patch(`/entries/${id}`, { fixed: 'sand' })).json().errors).toMatchObject([
      { path: 'fixed', code: 'immutable' },
    ])
  })

  test('the state is changed by acts, and the refusal names those that are open', async () => {
    const { id } = (await admin.post('/members', person())).json()
    const reply = (await admin.patch(`/members/${id}`, { state: 'active' })).json()
    expect(reply).toMatchObject({ status: 422, errors: [{ path: 'state', code: 'workflow_state' }] })
    expect(reply.detail).toBe('The state is changed by an act, not by editing. Open now: admit, withdraw.')
    expect((await admin.patch(`/members/${id}`, { state: 'applicant', notes: 'same' })).statusCode).toBe(200)
  })
})

describe('deleting', () => {
  test('puts a member aside, and restoring brings them back', async () => {
    const { id } = (await admin.post('/members', person())).json()
    expect((await admin.delete(`/members/${id}`, { 'if-match': '"1"' })).statusCode).toBe(204)
    expect((await admin.delete(`/members/${id}`)).statusCode).toBe(204)
    const gone = (await admin.get(`/members/${id}`)).json()
    expect(gone.can).toMatchObject({
      restore: true,
      update: 'This member is archived. Restore it before changing it.',
      admit: expect.stringMatching(/archived/),
    })
    expect((await admin.patch(`/members/${id}`, { notes: 'x' })).json()).toMatchObject({
      status: 409,
      code: 'conflict',
    })
    expect((await admin.post(`/members/${id}/admit`)).json()).toMatchObject({ status: 409, code: 'conflict' })
    const back = await admin.post(`/members/${id}/restore`)
    expect(back.json()).toMatchObject({ archived_at: null, version: 3, can: { archive: true } })
    expect((await admin.post(`/members/${id}/restore`)).json()).toMatchObject({
      status: 409,
      detail: 'This member is not archived.',
    })
  })

  test('an occupancy is gone for good, and a unit that has one stays in history', async () => {
    const [member] = (await coop.get('/members?limit=1')).json().data
    const unit = (await coop.post('/units', { number: 'D1' })).json()
    const stay = (
      await coop.post('/occupancies', {
        unit: unit.id,
        member: member.id,
        from_on: '2020-01-01',
        until_on: '2020-12-31',
      })
    ).json()
    expect((await coop.delete(`/occupancies/${stay.id}`)).statusCode).toBe(204)
    expect((await coop.get(`/occupancies/${stay.id}`)).statusCode).toBe(404)
  })

  test('what others point to cannot be deleted, only archived', async () => {
    const [row] = (await coop.get('/occupancies?limit=1')).json().data
    expect((await coop.delete(`/units/${row.unit}`)).statusCode).toBe(204)
    await expect(asOwner(house, 'delete from housing.unit where id = $1', [row.unit])).rejects.toMatchObject({
      code: '23503',
    })
  })
})

describe('the days of a unit', () => {
  let unit: string
  let member: string
  beforeAll(async () => {
    unit = (await coop.post('/units', { number: 'T1' })).json().id
    member = (await coop.get('/members?limit=1')).json().data[0].id
  })
  const stay = (from_on: string, until_on: string | null) =>
    coop.post('/occupancies', { unit, member, from_on, until_on })

  test('cannot be given twice, not even the last one', async () => {
    expect((await stay('2020-01-01', '2020-12-31')).statusCode).toBe(201)
    for (const [from, until] of [
      ['2020-06-01', null],
      ['2020-12-31', '2021-01-31'],
      ['2019-01-01', '2020-01-01'],
      ['2020-01-01', '2020-12-31'],
    ] as const) {
      expect((await stay(from, until)).json()).toMatchObject({
        status: 409,
        errors: [
          {
            path: 'from_on',
            code: 'overlap',
            message: 'These dates overlap with another occupancy. Two of them cannot cover the same day.',
          },
        ],
      })
    }
    expect((await stay('2021-01-01', null)).statusCode).toBe(201)
    expect((await stay('2025-01-01', null)).json().errors[0].code).toBe('overlap')
  })

  test('cannot run backward', async () => {
    expect((await stay('2010-02-01', '2010-01-01')).json()).toMatchObject({
      status: 422,
      errors: [{ path: 'until_on', code: 'dates_reversed' }],
    })
  })

  test('cannot be given twice by two who do it at once', async () => {
    const other = (await coop.post('/units', { number: 'T2' })).json().id
    const replies = await Promise.all(
      Array.from({ length: 20 }, (_, day) =>
        coop.post('/occupancies', {
          unit: other,
          member,
          from_on: `2022-01-${String(day + 1).padStart(2, '0')}`,
          until_on: '2022-12-31',
        }),
      ),
    )
    expect(replies.filter(({ statusCode }) => statusCode === 201)).toHaveLength(1)
    expect(replies.filter(({ statusCode }) => statusCode === 409)).toHaveLength(19)
  })

  test('cannot be moved onto one another either', async () => {
    const third = (await coop.post('/units', { number: 'T3' })).json().id
    const at = (from_on: string, until_on: string) =>
      coop.post('/occupancies', { unit: third, member, from_on, until_on })
    await at('2020-01-01', '2020-06-30')
    const { id } = (await at('2020-07-01', '2020-12-31')).json()
    expect((await coop.patch(`/occupancies/${id}`, { from_on: '2020-06-30' })).json()).toMatchObject({
      status: 409,
      errors: [{ path: 'from_on' }],
    })
  })
})
