import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { asOwner, cast, castPassword, openHouse, type TestHouse, type Voice } from '@commonhall/engine/testing'

let house: TestHouse
let admin: Voice
let staff: Voice
let treasurer: Voice
beforeAll(async () => {
  house = await openHouse()
  admin = await house.as(cast.admin)
  staff = await house.as(cast.staff)
  treasurer = await house.as(cast.treasurer)
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

  test('one who keeps trying fills two lines, the second with how often', async () => {
    const organizer = await house.as(cast.organizer)
    for (let n = 0; n < 60; n++) await organizer.get('/members')
    const query = 'filter[kind]=denied&filter[actor_name]=Ora Delgado'
    expect((await lines(query)).map(({ detail }) => detail['count'])).toEqual([1])
    // The minute ends with the house.
    await house.engine.watch.close()
    expect((await lines(query)).map(({ detail }) => detail['count'])).toEqual([59, 1])
  })
})
