import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { asOwner, openHouse, type TestHouse, type Voice } from '@commonhall/engine/testing'
import { done, Local, made } from './testing/local.ts'

/** What somebody who stands for a contractor, and has no role, sees and does: what is the contractor's, and no more. */
let house: TestHouse
let local: Local
let other: Local
let anna: Voice
let mine: Record<string, string>
let theirs: Record<string, string>

/** A project, a week in each state and a batch of a contractor. */
async function fill(one: Local): Promise<Record<string, string>> {
  const [first = '', second = ''] = await one.assignments(2)
  const project = await made(one.officer, '/projects', { name: crypto.randomUUID(), contractor: one.contractor })
  const paid = await one.approved(first, '2025-03-02')
  const batch = await one.batch()
  const [payment] = await one.payments(batch['id'])
  const submitted = await one.submitted(second, '2025-03-02')
  const draft = await made(one.staff, '/hours', { assignment: second, week_ending: '2025-03-09', regular: '8' })
  return {
    contractors: one.contractor,
    projects: project['id'] ?? '',
    assignments: second,
    payments: payment?.['id'] ?? '',
    hours: draft['id'] ?? '',
    submitted,
    paid,
  }
}

beforeAll(async () => {
  house = await openHouse()
  local = await Local.open(house, '50000')
  other = await Local.open(house, '60000')
  ;[mine, theirs] = [await fill(local), await fill(other)]
  anna = await local.standingFor('anna@people.example', local.contractor)
})
afterAll(() => house.close())

const kinds = ['contractors', 'projects', 'assignments', 'payments', 'hours'] as const

describe('of its own,', () => {
  test.each(kinds)('%s are seen; another contractor’s are not there', async (kind) => {
    expect((await anna.get(`/${kind}/${mine[kind]}`)).statusCode).toBe(200)
    expect((await anna.get(`/${kind}/${theirs[kind]}`)).statusCode).toBe(404)
    const list = await anna.get(`/${kind}?limit=200&count=exact`)
    const ids = (list.json().data as { id: string }[]).map(({ id }) => id)
    expect([ids.includes(mine[kind] ?? ''), ids.includes(theirs[kind] ?? '')]).toEqual([true, false])
    expect(list.json().total).toBe(ids.length)
    expect((await anna.get(`/${kind}/${theirs[kind]}/history`)).statusCode).toBe(404)
  })

  test.each(kinds)('%s are exported, searched and heard live; nothing of another is in it', async (kind) => {
    const file = await anna.get(`/${kind}/export?format=csv`)
    expect(file.statusCode, file.body.slice(0, 200)).toBeLessThan(404)
    expect(file.body).not.toContain('60000')
    const found = await anna.get(`/${kind}?q=60000`)
    if (found.statusCode === 200) expect(found.json().data).toEqual([])
    const { next } = (await anna.get(`/live?topics=${kind}&wait=0`)).json()
    const touch = (id: string) =>
      asOwner(
        house,
        `update market_recovery.${kind.replace(/s$/, kind === 'hours' ? 's' : '')} set version = version + 1
        where id = $1`,
        [id],
      )
    await touch(theirs[kind] ?? '')
    const { events } = (await anna.get(`/live?topics=${kind}&wait=0&after=${next}`)).json()
    expect(JSON.stringify(events)).not.toContain(theirs[kind])
  })

  test('notes of the office are not shown, and no rates of others', async () => {
    for (const kind of ['contractors', 'projects', 'assignments'])
      expect(Object.keys((await anna.get(`/${kind}/${mine[kind]}`)).json())).not.toContain('notes')
    for (const path of [
      '/scales',
      '/programs',
      '/award-rates',
      '/payment-batches',
      '/market-recovery-settings',
      '/members',
    ])
      expect([path, (await anna.get(path)).statusCode]).toEqual([path, 403])
    expect((await anna.get('/reports/market-recovery.weekly-hours')).statusCode).toBe(403)
  })
})

describe('a contractor’s person', () => {
  test('is not told what a member works for others when a week is too full', async () => {
    // The same member is in both places.
    const [one, elsewhere] = await Promise.all(
      [mine, theirs].map(async ({ assignments }) => (await local.officer.get(`/assignments/${assignments}`)).json()),
    )
    expect(one.member).toBe(elsewhere.member)
    const week = { week_ending: '2025-03-30', regular: '37.75' }
    await made(local.staff, '/hours', { ...week, assignment: elsewhere.id })
    const full = { assignment: one.id, regular: '168' }
    const told = await anna.post('/hours', { ...week, ...full })
    const grid = await anna.post('/hours/weeks', {
      ...week,
      contractor: local.contractor,
      regular: undefined,
      rows: [full],
    })
    for (const reply of [told, grid]) {
      expect(reply.body).toContain('more hours in this week than the 168')
      expect(reply.body).not.toContain('205.75')
    }
  })

  test('enters, changes, submits and throws away its own weeks', async () => {
    const week = await made(anna, '/hours', {
      assignment: mine['assignments'],
      week_ending: '2025-03-16',
      regular: '8',
    })
    expect((await anna.patch(`/hours/${week['id']}`, { regular: '16' })).json()).toMatchObject({ subsidy: '240.00' })
    await done(anna, `/hours/${week['id']}/submit`)
    expect((await anna.patch(`/hours/${week['id']}`, { regular: '8' })).statusCode).toBe(403)
    expect((await anna.delete(`/hours/${week['id']}`)).statusCode).toBe(403)
    await done(local.officer, `/hours/${week['id']}/reject`, { reason: 'Only one day' })
    expect((await anna.get('/inbox')).body).toContain('Only one day')
    await anna.patch(`/hours/${week['id']}`, { regular: '8' })
    await done(anna, `/hours/${week['id']}/submit`)
    const draft = await made(anna, '/hours', {
      assignment: mine['assignments'],
      week_ending: '2025-03-23',
      regular: '8',
    })
    expect((await anna.delete(`/hours/${draft['id']}`)).statusCode).toBe(204)
  })

  test('does nothing to another’s, which are as if they were not there', async () => {
    const before = await asOwner(
      house,
      'select md5(string_agg(h::text, null order by id)) from market_recovery.hours h',
    )
    const id = theirs['hours']
    expect((await anna.patch(`/hours/${id}`, { regular: '8' })).statusCode).toBe(404)
    expect((await anna.post(`/hours/${id}/submit`)).statusCode).toBe(404)
    expect((await anna.delete(`/hours/${id}`)).statusCode).toBe(404)
    expect((await anna.post('/hours/submit', { ids: [id] })).json().done).toEqual([])
    const given = { assignment: theirs['assignments'], week_ending: '2025-03-30', regular: '8' }
    expect((await anna.post('/hours', given)).statusCode).toBeGreaterThanOrEqual(403)
    expect(
      await asOwner(house, 'select md5(string_agg(h::text, null order by id)) from market_recovery.hours h'),
    ).toEqual(before)
  })

  test('neither approves nor sends back, prepares nor pays, changes no assignment and no contractor', async () => {
    for (const act of ['approve', 'reject', 'reopen'])
      expect([act, (await anna.post(`/hours/${mine['submitted']}/${act}`, { reason: 'Because' })).statusCode]).toEqual([
        act,
        403,
      ])
    const denied = await Promise.all([
      anna.post('/hours/approve', { ids: [mine['submitted']] }),
      anna.post('/payment-batches', { period_from_on: '2025-03-01', period_until_on: '2025-03-31' }),
      anna.post(`/payments/${mine['payments']}/pay`, {}),
      anna.patch(`/assignments/${mine['assignments']}`, { contractor_rate: '1' }),
      anna.patch(`/contractors/${mine['contractors']}`, { name: 'Better Name' }),
      anna.post('/assignments', {}),
      anna.post('/scales', {}),
      anna.get(`/contractors/${mine['contractors']}/files`),
    ])
    expect(denied.map(({ statusCode }) => statusCode >= 403 && statusCode <= 404)).toEqual(denied.map(() => true))
  })

  test('has nothing left when the contractor is archived', async () => {
    expect((await local.officer.delete(`/contractors/${local.contractor}`)).statusCode).toBe(204)
    expect((await anna.get(`/hours/${mine['hours']}`)).statusCode).toBeGreaterThanOrEqual(403)
  })
})
