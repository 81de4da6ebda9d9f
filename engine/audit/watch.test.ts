import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { asOwner, cast, castPassword, openHouse, type TestHouse, type Voice } from '@commonhall/engine/testing'

let house: TestHouse
let admin: Voice
let staff: Voice
let treasurer: Voice
let member: Voice
beforeAll(async () => {
  house = await openHouse()
  admin = await house.as(cast.admin)
  staff = await house.as(cast.staff)
  treasurer = await house.as(cast.treasurer)
  member = await house.as(cast.member)
})
afterAll(() => house.close())

interface Line {
  readonly [name: string]: unknown
  readonly detail: Readonly<Record<string, unknown>>
}

/** The newest lines, after what waits has been written. */
async function lines(query: string, slug = 'local-100'): Promise<Line[]> {
  await house.engine.watch.flush()
  const reader = slug === 'local-100' ? admin : await house.as(`admin@${slug}.example`)
  const reply = await reader.get(`/audit?${query}&sort=-at`)
  expect(reply.statusCode, reply.body).toBe(200)
  return reply.json().data
}

const someone = async () => {
  const reply = await staff.post('/members', {
    card_number: `W${Math.random()}`,
    last_name: 'Ortiz',
    first_name: 'Ana',
    birth_on: '1970-02-03',
    ssn_last_four: '1234',
  })
  expect(reply.statusCode, reply.body).toBe(201)
  return reply.json()
}

describe('who was told no', () => {
  test('stands in the trail: what, which record, the permission, the sentence, from where', async () => {
    const { id } = await someone()
    const reply = await staff.delete(`/members/${id}`)
    expect(reply.statusCode).toBe(403)
    const [line] = await lines('filter[kind]=denied&limit=1')
    expect(line).toMatchObject({
      act: 'denied',
      actor_name: 'Sam Whitaker',
      resource: 'members.member',
      record: id,
      title: expect.stringMatching(/^Ortiz, Ana · card number W/),
      changes: null,
      via: 'api',
      address: '127.0.0.1',
      request_id: reply.headers['x-request-id'],
      detail: {
        operation: 'DELETE /members/{id}',
        summary: 'Archive a member',
        code: 'forbidden',
        permission: 'members.member.archive',
        reason: reply.json().detail,
        count: 1,
      },
    })
  })

  test('also where no record was named, and at a route of the house', async () => {
    await staff.get('/audit')
    const [line] = await lines('filter[kind]=denied&limit=1')
    expect(line).toMatchObject({
      resource: 'foundation.audit_line',
      record: null,
      detail: { operation: 'GET /audit', permission: 'foundation.audit_line.read' },
    })
  })

  test('and if they belong to another org: that somebody tried, from which network, and not who', async () => {
    const stranger = await house.as(cast.stranger, 'local-100')
    const reply = await stranger.get('/members')
    const unknown = await stranger.get('/api/v1/orgs/nowhere/members')
    expect([reply.statusCode, unknown.statusCode]).toEqual([404, 404])
    const [line] = await lines('filter[kind]=denied&limit=1')
    expect(line).toMatchObject({
      actor: null,
      actor_name: null,
      record: null,
      address: '127.0.0.0/24',
      request_id: reply.headers['x-request-id'],
      detail: { operation: 'GET /members', code: 'stranger', outsider: true },
    })
  })
})

describe('who looked at what is sensitive', () => {
  const reads = (more = 'limit=5') => lines(`filter[kind]=read&${more}`)

  test('stands in the trail: which fields that really were there, of which record', async () => {
    const { id } = await someone()
    await reads()
    const reply = await staff.get(`/members/${id}`)
    const [line] = await reads()
    expect(line).toMatchObject({
      act: 'read',
      actor_name: 'Sam Whitaker',
      resource: 'members.member',
      record: id,
      title: expect.stringMatching(/^Ortiz, Ana/),
      request_id: reply.headers['x-request-id'],
      detail: { fields: ['birth_on', 'ssn_last_four'], rows: 1 },
    })
  })

  test('a list is one line with all records that it showed, however often it was asked for', async () => {
    await reads()
    const [before] = await reads()
    for (let n = 0; n < 3; n++) await staff.get('/members?q=ortiz&limit=50')
    const after = await reads()
    const fresh = after.slice(
      0,
      after.findIndex(({ id }) => id === before?.['id']),
    )
    const shown = (await staff.get('/members?q=ortiz&limit=50')).json().data as { id: string; birth_on?: string }[]
    expect(fresh).toHaveLength(1)
    expect(fresh[0]?.detail['rows']).toBe(shown.filter(({ birth_on }) => birth_on).length)
  })

  test('is found by the record, also where a list showed it among others', async () => {
    const { id } = await someone()
    await staff.get('/members?q=ortiz&limit=50')
    await staff.get(`/members/${crypto.randomUUID()}`)
    const told = await reads(`filter[record]=${id}`)
    expect(told.map(({ record }) => record)).toEqual([null])
    expect(told[0]?.detail['records']).toContain(id)
  })

  test('what the reader may not see, or sees of themselves, or what is not there, leaves nothing', async () => {
    const plain = (await staff.post('/members', { card_number: 'plain-1', last_name: 'Bo', first_name: 'Al' })).json()
    await house.engine.watch.flush()
    const [before] = await reads()
    await staff.get(`/members/${plain.id}`)
    await treasurer.get('/members?limit=5')
    const own = (await member.get('/members')).json().data
    expect(own).toHaveLength(1)
    await member.get(`/members/${own[0].id}`)
    const [after] = await reads()
    const mine = await lines(`filter[kind]=read&filter[actor_name]=${encodeURIComponent('Max Moreau')}`)
    expect([after?.['id'], mine]).toEqual([before?.['id'], []])
  })

  test('a file is told before it is sent: fields, rows, what was asked for', async () => {
    const reply = await admin.get('/members/export?filter[last_name]=Ortiz')
    expect(reply.statusCode).toBe(200)
    const [line] = await lines('filter[act]=export&limit=1')
    expect(line).toMatchObject({
      actor_name: 'Ada Okafor',
      resource: 'members.member',
      detail: {
        fields: ['birth_on', 'ssn_last_four', 'notes'],
        rows: reply.body.trim().split('\n').length - 1,
        asked: ['filter[last_name]'],
        format: 'csv',
      },
    })
  })

  test('the trail itself shows old and new values, and says so', async () => {
    const { id } = await someone()
    await reads()
    await admin.get(`/audit?filter[record]=${id}&filter[kind]=change`)
    const [line] = await reads()
    expect(line).toMatchObject({
      actor_name: 'Ada Okafor',
      record: id,
      detail: { fields: ['birth_on', 'ssn_last_four'] },
    })
  })
})

describe('what happened at sign-in', () => {
  const login = (email: string, password: string) =>
    house.app.inject({ method: 'POST', url: '/api/v1/auth/login', payload: { email, password } })

  test('stands in the trail of the orgs of that person: in, failed, out', async () => {
    await login(cast.officer2, 'not-the-password-1915')
    const reply = await login(cast.officer2, castPassword)
    expect(reply.statusCode).toBe(200)
    const headers = { authorization: `Bearer ${reply.json().access_token}` }
    await house.app.inject({ method: 'POST', url: '/api/v1/auth/logout', headers, payload: {} })
    const told = await lines('filter[kind]=sign-in&limit=3')
    expect(told.map(({ act, actor_name, title }) => [act, actor_name, title])).toEqual([
      ['signed-out', 'Olga Reyes', 'Olga Reyes'],
      ['signed-in', 'Olga Reyes', 'Olga Reyes'],
      ['sign-in-failed', null, 'Olga Reyes'],
    ])
    expect(await lines('filter[kind]=sign-in', 'riverside')).toEqual([])
  })

  test('the journal itself is only added to, by its owner too', async () => {
    for (const sql of [
      "update foundation.sign_in_event set what = 'x'",
      'delete from foundation.sign_in_event',
      'truncate foundation.sign_in_event cascade',
    ])
      await expect(asOwner(house, sql)).rejects.toMatchObject({ code: '42501' })
  })
})

describe('the history of a record', () => {
  test('is for whoever may read the record, without what they may not read of it', async () => {
    const { id } = await someone()
    await staff.patch(`/members/${id}`, { phone: '555-0100', ssn_last_four: '4321' })
    const seen = (await staff.get(`/members/${id}/history`)).json().data
    expect(seen.map(({ act, changes }: Line) => [act, Object.keys(changes as object).length > 1])).toEqual([
      ['update', true],
      ['create', true],
    ])
    expect(seen[0]).toMatchObject({ actor_name: 'Sam Whitaker', changes: { phone: [null, '555-0100'] } })
    expect(seen[0]).not.toHaveProperty('address')
    const covered = (await treasurer.get(`/members/${id}/history`)).json().data
    expect(covered[0].changes).toEqual({ phone: [null, '555-0100'] })
    expect((await (await house.as(cast.organizer)).get(`/members/${id}/history`)).statusCode).toBe(403)
    expect((await staff.get(`/members/${crypto.randomUUID()}/history`)).statusCode).toBe(404)
  })

  test('comes page by page', async () => {
    const { id } = await someone()
    for (const phone of ['555-0101', '555-0102', '555-0103']) await staff.patch(`/members/${id}`, { phone })
    const acts: unknown[] = []
    for (let after = ''; ;) {
      const { data, page } = (await staff.get(`/members/${id}/history?limit=3${after && `&after=${after}`}`)).json()
      acts.push(...data.map(({ changes }: Line) => (changes as Record<string, unknown[]>)['phone']?.[1]))
      if (!page.next) break
      after = page.next
    }
    expect(acts).toEqual(['555-0103', '555-0102', '555-0101', undefined])
  })
})

describe('who was told no again and again', () => {
  test('one who keeps trying fills two lines, the second with how often', async () => {
    const instructor = await house.as(cast.instructor)
    for (let n = 0; n < 60; n++) await instructor.get('/members')
    const query = 'filter[kind]=denied&filter[actor_name]=Ines Park'
    expect((await lines(query)).map(({ detail }) => detail['count'])).toEqual([1])
    // The minute ends with the house.
    await house.engine.watch.close()
    expect((await lines(query)).map(({ detail }) => detail['count'])).toEqual([59, 1])
  })
})
