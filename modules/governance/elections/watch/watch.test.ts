import { afterAll, beforeAll, expect, test } from 'vitest'
import { asOwner, cast, openHouse, type TestHouse, type Voice } from '@commonhall/engine/testing'
import { done, Hall, made, seen } from '../../testing/hall.ts'

let house: TestHouse
let hall: Hall
let election: string
let observer: Voice
beforeAll(async () => {
  house = await openHouse()
  hall = await Hall.open(house)
  ;({ election } = await hall.published())
  await hall.passed(election, 'opens_at', '3 hours')
  await done(hall.officer, `/elections/${election}/open`)
  await asOwner(
    house,
    `update foundation.membership m set member_id = (select id from members.member where org_id = m.org_id
      and state = 'active' and not exists (select from foundation.membership b where b.member_id = members.member.id)
      order by card_number desc limit 1)
    from foundation.user u where u.id = m.user_id and u.email = $1`,
    [cast.instructor],
  )
  observer = await house.as(cast.instructor)
  const [row] = await asOwner<{ member_id: string }>(
    house,
    'select member_id from foundation.membership m join foundation.user u on u.id = m.user_id where u.email = $1',
    [cast.instructor],
  )
  expect((await observer.get(`/elections/${election}/roll`)).statusCode).toBe(403)
  await made(hall.officer, '/observers', { election, member: row?.member_id })
})
afterAll(() => house.close())

test('a member sees the turnout alone', async () => {
  const told = await seen<Record<string, unknown>>(hall.member, `/elections/${election}/watch`)
  expect(told).toEqual({ state: 'voting', watcher: false, eligible: expect.any(Number), taken: 0 })
  const roll = await hall.member.get(`/elections/${election}/roll`)
  expect([roll.statusCode, roll.json().detail]).toEqual([
    403,
    'The roll is for the office and for observers of this election.',
  ])
})

test('an observer sees every counter that must agree, as the office does', async () => {
  await asOwner(
    house,
    `update governance.voter set taken = 'paper' where id in (
      select id from governance.voter where election = $1 and eligible order by name limit 3)`,
    [election],
  )
  const told = await seen<Record<string, unknown>>(observer, `/elections/${election}/watch`)
  expect(told).toEqual(await seen(hall.staff, `/elections/${election}/watch`))
  expect(told).toMatchObject({ watcher: true, taken: 3, paper: 3, online: 0, cast: 0, seal: null })
  expect(told['key_fingerprint']).toMatch(/^[0-9a-f]{64}$/)
  expect(Object.keys(told).toSorted()).toEqual(
    (
      'cast challenged eligible issued key_fingerprint not_eligible notices online paper paper_ballots rewritten_at ' +
      'seal state taken watcher'
    ).split(' '),
  )
})

test('an observer sees who has voted, page by page, and nothing of what was voted', async () => {
  const page = await seen<{ data: { name: string; taken: string }[] }>(
    observer,
    `/elections/${election}/roll?show=taken`,
  )
  expect(page.data.map(({ taken }) => taken)).toEqual(['paper', 'paper', 'paper'])
  const names: string[] = []
  for (let after = ''; ;) {
    const { data, next } = await seen<{ data: { name: string }[]; next: string | null }>(
      observer,
      `/elections/${election}/roll${after}`,
    )
    names.push(...data.map(({ name }) => name))
    if (next === null) break
    after = `?after=${next}`
  }
  const [all] = await asOwner<{ n: number }>(
    house,
    'select count(*)::int as n from governance.voter where election = $1',
    [election],
  )
  expect([names.length, new Set(names).size <= names.length]).toEqual([all?.n, true])
  const [first = ''] = names
  const found = await seen<{ data: { name: string }[] }>(
    observer,
    `/elections/${election}/roll?q=${encodeURIComponent(first.slice(0, 5))}`,
  )
  expect(found.data.map(({ name }) => name)).toContain(first)
})

test('whoever watches one election sees nothing of another', async () => {
  const other = await hall.published()
  expect((await observer.get(`/elections/${other.election}/roll`)).statusCode).toBe(403)
  expect(await seen(observer, `/elections/${other.election}/watch`)).toMatchObject({ watcher: false })
})

test('an observer watches for a candidate of the same election', async () => {
  const other = await hall.published()
  const [candidate] = (await hall.officer.get(`/candidates?filter[election]=${other.election}`)).json().data
  const [, , , member] = await hall.members(4)
  const wrong = await hall.officer.post('/observers', { election, member, candidate: candidate.id })
  expect([wrong.statusCode, wrong.json().detail]).toEqual([409, 'This candidate stands in another election.'])
  await made(hall.officer, '/observers', { election: other.election, member, candidate: candidate.id })
  expect((await hall.member.post('/observers', { election, member })).statusCode).toBe(403)
})
