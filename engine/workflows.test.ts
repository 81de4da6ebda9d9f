import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { todayIn } from '@commonhall/kernel'
import { cast, notebook, openHouse, type TestHouse, type Voice } from '@commonhall/engine/testing'

let house: TestHouse
let officer: Voice
let staff: Voice
beforeAll(async () => {
  house = await openHouse({ modules: [notebook] })
  officer = await house.as(cast.officer)
  staff = await house.as(cast.staff)
})
afterAll(() => house.close())

let n = 0
const applicant = async (more: object = {}) =>
  (await officer.post('/members', { card_number: `W-${(n += 1)}`, last_name: 'Doe', first_name: 'Jo', ...more })).json()
const standings = async (id: string) =>
  (await officer.get(`/standings?filter[member]=${id}&sort=created_at`)).json().data

describe('an act on a member', () => {
  test('moves the state, and the history remembers from when and why', async () => {
    const { id } = await applicant({ joined_on: '2020-01-01' })
    expect((await officer.post(`/members/${id}/admit`, { from_on: '2020-02-01' })).json()).toMatchObject({
      state: 'active',
      version: 2,
    })
    expect(
      (await officer.post(`/members/${id}/suspend`, { reason: 'Dues in arrears', from_on: '2021-01-01' })).json().state,
    ).toBe('suspended')
    expect(await standings(id)).toMatchObject([
      { member: id, state: 'active', from_on: '2020-02-01', reason: null },
      { member: id, state: 'suspended', from_on: '2021-01-01', reason: 'Dues in arrears' },
    ])
  })

  test('without a day is from today', async () => {
    const { id } = await applicant()
    await officer.post(`/members/${id}/admit`)
    expect((await standings(id))[0].from_on).toBe(todayIn('America/New_York'))
  })

  test('is refused in the wrong state, with the states in which it is open', async () => {
    const { id } = await applicant()
    const reply = (await officer.post(`/members/${id}/reinstate`, { reason: 'Paid up' })).json()
    expect(reply).toMatchObject({
      status: 409,
      detail: 'This member is applicant; "reinstate" is open when it is suspended, withdrawn.',
    })
    expect(await standings(id)).toEqual([])
  })

  test('is refused by its guard in words, and nothing is written', async () => {
    const { id, version } = await applicant({ joined_on: '2020-01-01' })
    await officer.post(`/members/${id}/admit`)
    const reply = (
      await officer.post(`/members/${id}/suspend`, { reason: 'Dues in arrears', from_on: '2019-12-31' })
    ).json()
    expect(reply).toMatchObject({ status: 409, detail: 'The day cannot be before the member joined, 2020-01-01.' })
    expect((await officer.get(`/members/${id}`)).json()).toMatchObject({ state: 'active', version: version + 1 })
  })

  test('asks for what it needs, and takes nothing else', async () => {
    const { id } = await applicant()
    await officer.post(`/members/${id}/admit`)
    expect((await officer.post(`/members/${id}/suspend`, {})).json().errors).toMatchObject([
      { path: 'reason', code: 'required' },
    ])
    expect((await officer.post(`/members/${id}/suspend`, { reason: 'no' })).json().errors).toMatchObject([
      { path: 'reason', code: 'too_short' },
    ])
    expect(
      (await officer.post(`/members/${id}/suspend`, { reason: 'long enough', fine: 5 })).json().errors,
    ).toMatchObject([{ path: 'fine', code: 'unknown_field' }])
    expect((await officer.post(`/members/${id}/suspend`, [])).json().errors).toMatchObject([{ code: 'not_an_object' }])
  })

  test('is for officers: staff are told so, whether there is such a member or not', async () => {
    const { id } = await applicant()
    for (const one of [id, crypto.randomUUID()])
      expect((await staff.post(`/members/${one}/suspend`, { reason: 'Dues in arrears' })).json()).toMatchObject({
        status: 403,
        code: 'forbidden',
      })
  })

  test('that nobody declared is nowhere', async () => {
    const { id } = await applicant()
    expect((await officer.post(`/members/${id}/knight`)).statusCode).toBe(404)
    expect((await officer.post('/members/knight', { ids: [id] })).statusCode).toBe(404)
  })

  test('takes If-Match', async () => {
    const { id } = await applicant()
    expect((await officer.post(`/members/${id}/admit`, {}, { 'if-match': '"7"' })).statusCode).toBe(412)
    expect((await officer.post(`/members/${id}/admit`, {}, { 'if-match': '"1"' })).headers['etag']).toBe('"2"')
  })

  test('is done once when 20 do it at once', async () => {
    const { id } = await applicant()
    const replies = await Promise.all(Array.from({ length: 20 }, () => officer.post(`/members/${id}/admit`)))
    expect(replies.map(({ statusCode }) => statusCode).toSorted((a, b) => a - b)).toEqual([
      200,
      ...Array.from({ length: 19 }, () => 409),
    ])
    expect(await standings(id)).toHaveLength(1)
  })
})

describe('an act on many', () => {
  test('does what can be done, and says of each other one why not', async () => {
    const [fresh, done] = [await applicant(), await applicant()]
    await officer.post(`/members/${done.id}/admit`)
    const unknown = crypto.randomUUID()
    const reply = await officer.post('/members/admit', { ids: [fresh.id, done.id, unknown, fresh.id] })
    expect(reply.json()).toEqual({
      done: [fresh.id],
      refused: [
        { id: done.id, reason: 'This member is active; "admit" is open when it is applicant.' },
        { id: unknown, reason: 'There is no such member here. It may have been removed.' },
      ],
    })
    expect((await officer.get(`/members/${fresh.id}`)).json().state).toBe('active')
    expect(await standings(fresh.id)).toHaveLength(1)
  })

  test('asks once for all, and is refused as a whole to those who may do it to none', async () => {
    const people = [await applicant(), await applicant()]
    const ids = people.map(({ id }) => id)
    expect((await officer.post('/members/withdraw', { ids, reason: 'Moved away' })).json().done).toEqual(ids)
    expect((await standings(ids[1]))[0].reason).toBe('Moved away')
    expect((await staff.post('/members/withdraw', { ids, reason: 'Moved away' })).statusCode).toBe(403)
  })

  test.each([
    [{}],
    [{ ids: [] }],
    [{ ids: 'all' }],
    [{ ids: [7] }],
    [{ ids: ['x'] }],
    [[]],
    [{ ids: Array.from({ length: 201 }, () => crypto.randomUUID()) }],
  ])('of %j is refused', async (body) =>
    expect((await officer.post('/members/admit', body)).json()).toMatchObject({ status: 422, code: 'invalid' }),
  )
})

describe('a veto', () => {
  test('keeps the writer from filing their own entry, and says so before and after', async () => {
    const { id } = (await officer.post('/entries', { title: 'mine' })).json()
    const [me] = (await (await house.as(cast.admin)).get('/users?filter[email]=officer@local-100.example')).json().data
    await house.engine.act(await house.caller(), (context) =>
      context.db.updateTable('notebook.entry').set({ written_by: me.id }).where('id', '=', id).execute(),
    )
    const reason = 'You wrote this; somebody else must file it.'
    expect((await officer.get(`/entries/${id}`)).json().can.file).toBe(reason)
    expect((await officer.post(`/entries/${id}/file`)).json()).toMatchObject({ status: 403, detail: reason })
    expect((await officer.post('/entries/file', { ids: [id] })).json().refused).toEqual([{ id, reason }])
    const other = await house.as(cast.officer2)
    expect((await other.get(`/entries/${id}`)).json().can.file).toBe(true)
    expect((await other.post(`/entries/${id}/file`)).json().state).toBe('filed')
  })
})

describe('can', () => {
  test('tells of each act whether it is open, or why not', async () => {
    const { id } = await applicant()
    const { can } = (await officer.get(`/members/${id}`)).json()
    expect(can).toEqual({
      update: true,
      archive: true,
      attach: true,
      admit: true,
      withdraw: true,
      suspend: 'This member is applicant; "suspend" is open when it is active.',
      reinstate: 'This member is applicant; "reinstate" is open when it is suspended, withdrawn.',
      retire: 'This member is applicant; "retire" is open when it is active, suspended.',
      'record-death':
        'This member is applicant; "record-death" is open when it is active, suspended, withdrawn, retired.',
    })
    const treasurer = (await (await house.as(cast.treasurer)).get(`/members/${id}`)).json().can
    expect(treasurer).toMatchObject({
      update: expect.stringMatching(/^Your role does not include this/),
      admit: expect.stringMatching(/^Your role/),
    })
  })

  test('says what the server then does, for every act on every state', async () => {
    const { data } = (await officer.get('/members?limit=40&sort=state')).json()
    for (const { id, version, can } of data) {
      for (const [act, open] of Object.entries(can).filter(
        ([name]) => !['update', 'archive', 'restore', 'attach'].includes(name),
      )) {
        // A version of the future stops the act at the last moment, so that each can be tried.
        const { status, detail } = (
          await officer.post(`/members/${id}/${act}`, { reason: 'x' }, { 'if-match': `"${version + 1}"` })
        ).json()
        expect([act, status]).toEqual([act, 412])
        if (open !== true)
          expect((await officer.post(`/members/${id}/${act}`, { reason: 'none' })).json().detail, detail).toBe(open)
      }
    }
  })
})
