import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { asOwner, cast, openHouse, type TestHouse, type Voice } from '@commonhall/engine/testing'
import { done, inHours, made, Meeting, refused } from '../testing/meeting.ts'

let house: TestHouse
let meeting: Meeting
let holder: Voice
/** Who holds, and two who give. */
let ids: readonly string[]
let giver: Voice
let toTheHolder: Readonly<Record<string, string>>

beforeAll(async () => {
  house = await openHouse()
  meeting = await Meeting.open(house)
  ids = await meeting.enroll(cast.organizer, cast.instructor, cast.treasurer)
  holder = await house.as(cast.organizer)
  giver = await house.as(cast.instructor)
  const { card_number, last_name } = (await meeting.staff.get(`/members/${ids[0]}`)).json()
  toTheHolder = { card_number, last_name, written_on: '2026-01-15' }
})
afterAll(() => house.close())

const allowed = { proxies: 'allowed', proxies_per_holder: 1 }
const [toHolder, fromGiver, fromOther] = [0, 1, 2]
const proxyOf = (proposal: unknown, from = fromGiver, to = toHolder) => ({
  proposal,
  giver: ids[from],
  holder: ids[to],
  written_on: '2026-01-15',
})
const voteOf = async (proposal: unknown, member = fromGiver) =>
  (
    await asOwner<{ id: string }>(house, 'select v.id from governance.vote v where v.proposal = $1 and v.member = $2', [
      proposal,
      ids[member],
    ])
  )[0]?.id
const stateOf = async (proxy: unknown) => (await meeting.staff.get(`/proxies/${String(proxy)}`)).json().state

describe('a proxy', () => {
  test('lets its holder vote for its giver, whose vote says so', async () => {
    const { id } = await meeting.opened({ rule_set: await meeting.rules(allowed) })
    await made(giver, `/proposals/${id}/proxy`, toTheHolder)
    const vote = await voteOf(id)
    const page = await done(holder, `/proposals/${id}/vote`, { vote, choice: 'no' })
    expect(page['mine']).toMatchObject([
      { by_proxy: false, choice: null },
      { vote, by_proxy: true, choice: 'no', can: true },
    ])
    // Which one is meant is clear where one of them is one's own.
    await done(holder, `/proposals/${id}/vote`, { choice: 'yes' })
    expect((await giver.get(`/proposals/${id}/vote`)).json().result).toMatchObject({ yes: 1, no: 1 })
  })

  test('ends when its giver votes, attends or revokes it; what was voted, the giver may change', async () => {
    const { id } = await meeting.opened({ rule_set: await meeting.rules({ ...allowed, proxies_per_holder: 2 }) })
    const first = await made(giver, `/proposals/${id}/proxy`, toTheHolder)
    const vote = await voteOf(id)
    await done(holder, `/proposals/${id}/vote`, { vote, choice: 'no' })
    await done(giver, `/proposals/${id}/vote`, { choice: 'yes' })
    expect(await stateOf(first['id'])).toBe('ended')
    const again = () => holder.post(`/proposals/${id}/vote`, { vote, choice: 'no' })
    expect((await refused(house, again)).slice(0, 2)).toEqual([409, 'proxy_ended'])

    const second = await made(meeting.staff, '/proxies', proxyOf(id, fromOther))
    const other = await voteOf(id, fromOther)
    await done(meeting.staff, `/proposals/${id}/presence`, { vote: other, present: true })
    expect(await stateOf(second['id'])).toBe('ended')
    const late = () => holder.post(`/proposals/${id}/vote`, { vote: other, choice: 'no' })
    expect((await refused(house, late))[1]).toBe('proxy_ended')
    expect((await giver.get(`/proposals/${id}/vote`)).json().result).toMatchObject({ yes: 1, no: 0, present: 1 })
  })

  test('that comes after its giver has voted changes nothing of that vote', async () => {
    const { id } = await meeting.opened({ rule_set: await meeting.rules(allowed) })
    await done(giver, `/proposals/${id}/vote`, { choice: 'yes' })
    await made(meeting.staff, '/proxies', proxyOf(id))
    const vote = await voteOf(id)
    const over = () => holder.post(`/proposals/${id}/vote`, { vote, choice: 'no' })
    expect((await refused(house, over))[2]).toMatch(/The proxy has ended/)
    expect((await giver.get(`/proposals/${id}/vote`)).json().result).toMatchObject({ yes: 1, no: 0 })
  })

  test('is given for so many others as the rules say, by two at once too', async () => {
    const { id } = await meeting.discussed({ rule_set: await meeting.rules(allowed) })
    const replies = await Promise.all(
      [fromGiver, fromOther].map((from) => meeting.staff.post('/proxies', proxyOf(id, from))),
    )
    expect(replies.map(({ statusCode }) => statusCode).toSorted((a, b) => a - b)).toEqual([201, 409])
    const one = () => meeting.staff.post('/proxies', proxyOf(id, fromOther, toHolder))
    expect((await refused(house, one))[2]).toMatch(/^(One person may vote for at most 1|There is a proxy)/)
  })

  test.each<[string, Readonly<Record<string, unknown>>, object, RegExp]>([
    ['where the rules forbid it', {}, {}, /everybody votes for themselves/],
    ['for a secret vote', allowed, { way: 'secret' }, /A secret vote is cast by each voter alone/],
    [
      'for an election of union officers',
      { union_election: true, notice_days: 15 },
      {},
      /Officers of a union are never elected by proxy/,
    ],
  ])('is refused %s', async (_name, rules, more, sentence) => {
    const { id } = await meeting.discussed({ rule_set: await meeting.rules(rules), ...more })
    expect((await refused(house, () => giver.post(`/proposals/${id}/proxy`, toTheHolder)))[2]).toMatch(sentence)
  })

  test('is refused to oneself, for nothing, from another, and before it was signed', async () => {
    const { id } = await meeting.discussed({ rule_set: await meeting.rules(allowed) })
    const sent = (body: object) => refused(house, () => meeting.staff.post('/proxies', { ...proxyOf(id), ...body }))
    expect((await sent({ holder: ids[fromGiver] }))[2]).toMatch(/Nobody needs a proxy from themselves/)
    expect((await sent({ proposal: null }))[2]).toMatch(/for which proposal/)
    const another = () => giver.post('/proxies', { ...proxyOf(id), giver: ids[fromOther], holder: ids[fromGiver] })
    expect((await refused(house, another))[2]).toMatch(/points to a record that is not here/)
    const unknown = () => giver.post(`/proposals/${id}/proxy`, { ...toTheHolder, last_name: 'Nobody' })
    expect((await refused(house, unknown))[2]).toMatch(/^Nobody of this card number/)
    expect((await sent({ written_on: inHours(72).slice(0, 10) }))[2]).toMatch(/has not come yet/)
  })

  test('counts for nothing under rules that forbid it when voting opens', async () => {
    const rule_set = await meeting.rules(allowed)
    const { id } = await meeting.discussed({ rule_set })
    await made(giver, `/proposals/${id}/proxy`, toTheHolder)
    await meeting.officer.patch(`/rule-sets/${rule_set}`, { proxies: 'forbidden', proxies_per_holder: null })
    await done(meeting.officer, `/proposals/${id}/open-vote`)
    const vote = await voteOf(id)
    const cast1 = () => holder.post(`/proposals/${id}/vote`, { vote, choice: 'no' })
    expect((await refused(house, cast1)).slice(0, 2)).toEqual([409, 'proxies_forbidden'])
  })
})
