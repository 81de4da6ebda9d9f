import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { asOwner, cast, openHouse, type TestHouse, type Voice } from '@commonhall/engine/testing'
import { done, Hall, made } from '../../testing/hall.ts'

let house: TestHouse
let hall: Hall
let contest: string
let election: string
beforeAll(async () => {
  house = await openHouse()
  hall = await Hall.open(house)
  ;({ election, contest } = await hall.drafted())
})
afterAll(() => house.close())

const refusal = async (person: Voice, path: string, body?: unknown) => {
  const reply = await person.post(path, body)
  const { detail, errors } = reply.json()
  return [reply.statusCode, errors?.[0]?.code ?? detail]
}
/** Somebody of the cast is a member, too. */
const joined = async (email: string, member: string) => {
  await asOwner(
    house,
    'update foundation.membership m set member_id = $2 from foundation.user u where u.id = m.user_id and u.email = $1',
    [email, member],
  )
  return member
}
const own = async (email: string) => {
  const [row] = await asOwner<{ id: string }>(
    house,
    'select own_record as id from foundation.org_user where email = $1',
    [email],
  )
  return row?.id ?? ''
}
const standing = (state: string, member: string) =>
  asOwner(house, 'update members.member set state = $1 where id = $2', [state, member])

test('members nominate once nominations are open, and not before', async () => {
  const [ann] = await hall.members(1)
  expect(await refusal(hall.member, '/candidates', { contest, member: ann })).toEqual([422, 'not_open'])
  await done(hall.officer, `/elections/${election}/open-nominations`)
  const nominated = await made(hall.member, '/candidates', { contest, member: ann })
  const [{ name }] = (await asOwner(
    house,
    "select first_name || ' ' || last_name as name from members.member where id = $1",
    [ann],
  )) as [{ name: string }]
  expect(nominated).toMatchObject({ name, state: 'nominated', election, nominated_by: await own(cast.member) })
})

test('one person stands once for an office, however often they are nominated', async () => {
  const [ann] = await hall.members(1)
  expect(await refusal(hall.member, '/candidates', { contest, member: ann })).toEqual([422, 'twice'])
  const same = () =>
    hall.written('insert into governance.candidate (contest, name, member, nominated_by) values ($1, $3, $2, $2)', [
      contest,
      ann,
      'Under another name',
    ])
  await expect(same()).rejects.toMatchObject({ constraint: 'candidate_once' })
})

test('two who have the same name are told apart by their cards', async () => {
  const { contest: office } = await hall.drafted()
  const [ann, ben] = await hall.members(2)
  await asOwner(house, "update members.member set first_name = 'Sam', last_name = 'Twin' where id = any($1)", [
    [ann, ben],
  ])
  await made(hall.officer, '/candidates', { contest: office, member: ann })
  const second = await made(hall.officer, '/candidates', { contest: office, member: ben })
  expect(second['name']).toMatch(/^Sam Twin \(.+\)$/)
})

test('a nominee is told, once, and answers', async () => {
  const [, , , , , six = ''] = await hall.members(6)
  const member = await joined(cast.instructor, six)
  const instructor = await house.as(cast.instructor)
  const { id } = await made(hall.member, '/candidates', { contest, member })
  for (const _twice of [1, 2]) await hall.tick()
  const told = (await instructor.get('/inbox'))
    .json()
    .data.filter((one: { title: string }) => one.title.includes('You are nominated'))
  expect(told).toHaveLength(1)
  expect(await refusal(hall.member, `/candidates/${id}/accept`)).toEqual([403, expect.any(String)])
  expect(await done(instructor, `/candidates/${id}/decline`)).toMatchObject({ state: 'declined' })
  const accepted = await done(instructor, `/candidates/${id}/accept`)
  expect(accepted).toMatchObject({ state: 'accepted', answered_at: expect.any(String) })
  expect((await instructor.patch(`/candidates/${id}`, { statement: 'I teach.' })).statusCode).toBe(200)
  const renamed = await instructor.patch(`/candidates/${id}`, { name: 'Aardvark' })
  expect([renamed.statusCode, renamed.json().errors[0].code]).toEqual([422, 'own_name'])
  expect(await done(instructor, `/candidates/${id}/withdraw`)).toMatchObject({ state: 'withdrawn' })
})

test('whoever nominates themselves has said yes', async () => {
  const [, , , , , seven = ''] = await hall.members(6)
  const member = await joined(cast.organizer, seven)
  const mine = await made(await house.as(cast.organizer), '/candidates', { contest, member })
  expect(mine['state']).toBe('accepted')
})

test('an officer removes a candidate, and says why', async () => {
  const [, , ben] = await hall.members(3)
  const { id } = await made(hall.officer, '/candidates', { contest, member: ben })
  expect((await hall.officer.post(`/candidates/${id}/remove`, {})).statusCode).toBe(422)
  const removed = await done(hall.officer, `/candidates/${id}/remove`, { reason: 'Moved to another local' })
  expect(removed).toMatchObject({ state: 'removed', reason: 'Moved to another local' })
})

describe('nobody is nominated', () => {
  test('by a member who is not in good standing, nor by somebody who is on no roll', async () => {
    const [, ben] = await hall.members(2)
    const me = await own(cast.member)
    await standing('suspended', me)
    const reply = await hall.member.post('/candidates', { contest, member: ben })
    expect(reply.json().errors[0]).toMatchObject({
      code: 'no_standing',
      message: 'Whoever is suspended does not nominate. Ask the office how the suspension ends.',
    })
    await standing('active', me)
  })

  test('who is not a member in use', async () => {
    const [, , , cy = ''] = await hall.members(4)
    await standing('suspended', cy)
    expect(await refusal(hall.member, '/candidates', { contest, member: cy })).toEqual([422, 'nominee'])
    await standing('active', cy)
    expect(await refusal(hall.member, '/candidates', { contest, name: 'Somebody' })).toEqual([422, 'no_member'])
  })

  test('by another organization, for this one', async () => {
    const stranger = await house.as(cast.coopMember)
    expect(await refusal(stranger, '/candidates', { contest, name: 'Somebody' })).toEqual([422, 'no_contest'])
  })

  test('after the time for it, and after the ballot is published', async () => {
    const [, , , , dee] = await hall.members(5)
    await hall.passed(election, 'nominations_until_at', '2 hours')
    expect(await refusal(hall.member, '/candidates', { contest, member: dee })).toEqual([422, 'over'])
    await done(hall.officer, `/elections/${election}/publish`)
    expect(await refusal(hall.officer, '/candidates', { contest, member: dee })).toEqual([422, 'closed'])
    const waiting = (await hall.officer.get(`/candidates?filter[contest]=${contest}&filter[state]=nominated`)).json()
    expect(await refusal(hall.officer, `/candidates/${waiting.data[0].id}/accept`)).toEqual([
      409,
      'The ballot is published. Take it back to change what is on it.',
    ])
  })
})

test('options are named by officers, and need no yes', async () => {
  const made2 = await hall.drafted({ kind: 'options', nominations_until_at: null }, { name: 'Color of the hall' })
  const red = await made(hall.officer, '/candidates', { contest: made2.contest, name: 'Red' })
  expect(red).toMatchObject({ state: 'accepted', member: null })
  const [ann] = await hall.members(1)
  expect(await refusal(hall.officer, '/candidates', { contest: made2.contest, member: ann })).toEqual([422, 'option'])
  expect(await refusal(hall.officer, '/candidates', { contest: made2.contest })).toEqual([422, 'no_name'])
  await done(hall.officer, `/elections/${made2.election}/withdraw`, { reason: 'Not this year' })
})

test('whoever may nominate finds people by name, and does not read the roll that way', async () => {
  const { contest: office } = await hall.drafted()
  const [ann] = await hall.members(1)
  const find = async (q: string) => (await hall.member.get(`/contests/${office}/nominees?q=${q}`)).json().data
  expect(await find('')).toEqual([{ id: await own(cast.member), name: expect.any(String) }])
  const [row] = await asOwner<{ first_name: string; last_name: string }>(
    house,
    'select first_name, last_name from members.member where id = $1',
    [ann],
  )
  expect((await find(`${row?.last_name} ${row?.first_name}`)).map(({ id }: { id: string }) => id)).toContain(ann)
})
