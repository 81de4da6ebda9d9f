import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { asOwner, asServer, cast, openHouse, type TestHouse, type Voice } from '@commonhall/engine/testing'
import { proposalGoesOn, proposalsKeepTime } from './keep-time.ts'
import { done, inHours, Meeting, refused } from '../testing/meeting.ts'
import { votersAreTold } from './voters-are-told.ts'

let house: TestHouse
let meeting: Meeting
let voters: readonly Voice[]
let members: readonly string[]

beforeAll(async () => {
  house = await openHouse()
  meeting = await Meeting.open(house)
  const people = [cast.officer2, cast.treasurer, cast.organizer, cast.instructor]
  members = [meeting.me, ...(await meeting.enroll(...people))]
  voters = [meeting.member, ...(await Promise.all(people.map((one) => house.as(one))))]
})
afterAll(() => house.close())

const rowsOf = (id: unknown) =>
  asOwner<{ id: string; member: string; choice: string | null; eligible: boolean }>(
    house,
    'select id, member, choice, eligible from governance.vote where proposal = $1 order by id',
    [id],
  )
const cast1 = (voice: Voice, id: unknown, choice = 'yes', more = {}) =>
  voice.post(`/proposals/${String(id)}/vote`, { choice, ...more })

describe('a roll call', () => {
  test('has one row for each of the electorate, eligible or not and why, as voting opens', async () => {
    await asOwner(house, "update members.member set state = 'suspended' where id = $1", [members[4]])
    const { id } = await meeting.opened()
    const rows = await rowsOf(id)
    expect(new Set(rows.map(({ member }) => member)).size).toBe(rows.length)
    expect(rows.filter(({ eligible }) => !eligible).map(({ member }) => member)).toContain(members[4])
    const page = (await voters[4]?.get(`/proposals/${id}/vote`))?.json()
    expect([page.why_not, page.mine[0].can]).toEqual([expect.stringMatching(/suspended/i), false])
    expect((await refused(house, () => cast1(voters[4] as Voice, id))).slice(0, 2)).toEqual([403, 'not_eligible'])
    await asOwner(house, "update members.member set state = 'active' where id = $1", [members[4]])
    // Standing that is good again changes nothing once voting is open; it is listed.
    expect((await refused(house, () => cast1(voters[4] as Voice, id)))[1]).toBe('not_eligible')
    const { changes } = (await meeting.officer.get(`/proposals/${id}/late-changes`)).json()
    expect(changes).toEqual([expect.objectContaining({ change: 'eligible' })])
  })

  test('keeps to who could vote when it opened, though a voter is suspended or leaves', async () => {
    const { id } = await meeting.opened()
    await asOwner(house, "update members.member set state = 'suspended' where id = $1", [members[1]])
    expect((await cast1(voters[1] as Voice, id)).statusCode).toBe(200)
    const { changes } = (await meeting.officer.get(`/proposals/${id}/late-changes`)).json()
    expect(changes).toMatchObject([{ change: 'not_eligible', why: expect.stringMatching(/suspended/i) }])
    await asOwner(house, "update members.member set state = 'active' where id = $1", [members[1]])
  })

  test('takes 500 votes of 5 voters at once as 5, and a change until it closes', async () => {
    const { id } = await meeting.opened()
    const choices = ['yes', 'no', 'abstain']
    const replies = await Promise.all(
      Array.from({ length: 500 }, (_, n) => cast1(voters[n % 5] as Voice, id, choices[n % 3])),
    )
    expect(new Set(replies.map(({ statusCode }) => statusCode))).toEqual(new Set([200]))
    expect((await rowsOf(id)).filter(({ choice }) => choice !== null)).toHaveLength(5)
    for (const voice of voters) await cast1(voice, id, 'no')
    const { result } = (await meeting.staff.get(`/proposals/${id}/vote`)).json()
    expect(result).toMatchObject({ yes: 0, no: 5, abstain: 0, cast: 5, outcome: 'failed' })
  })

  test('is told live', async () => {
    const { id } = await meeting.opened()
    const { next } = (await meeting.member.get(`/live?topics=votes&wait=0`)).json()
    await cast1(meeting.member, id)
    const { events } = (await meeting.member.get(`/live?topics=votes&wait=0&after=${next}`)).json()
    const vote = (await rowsOf(id)).find(({ member }) => member === meeting.me)?.id
    expect(events).toMatchObject([{ data: { topic: 'votes', id: vote } }])
  })
})

describe('a vote is refused, and nothing is written,', () => {
  test('before voting opens, and after it closed, though nobody has closed it yet', async () => {
    const { id } = await meeting.discussed({ rule_set: await meeting.rules() })
    const vote = () => cast1(meeting.member, id)
    expect(await refused(house, vote)).toEqual([409, 'not_open', 'Voting has not opened yet.'])
    await done(meeting.officer, `/proposals/${id}/open-vote`)
    await meeting.over(id)
    const closed = [409, 'vote_closed', 'Voting is closed. Nothing is counted after that.']
    expect(await refused(house, vote)).toEqual(closed)
    await meeting.run(proposalGoesOn, { proposal: id })
    expect(await refused(house, vote)).toEqual(closed)
  })

  test('from who is on no roll, of another, and without saying what', async () => {
    const { id } = await meeting.opened()
    expect((await refused(house, () => cast1(meeting.staff, id)))[1]).toBe('no_member')
    const vote = (await rowsOf(id)).find(({ member }) => member === members[1])?.id
    expect((await refused(house, () => cast1(meeting.member, id, 'yes', { vote }))).slice(0, 2)).toEqual([
      403,
      'not_yours',
    ])
    expect((await refused(house, () => cast1(meeting.member, id, 'perhaps')))[0]).toBe(422)
    const elsewhere = () => cast1(meeting.member, id, 'yes', { vote: crypto.randomUUID() })
    expect((await refused(house, elsewhere))[0]).toBeGreaterThanOrEqual(403)
  })

  test('on a roll call by the database too, around the code', async () => {
    const { id } = await meeting.opened()
    const row = (await rowsOf(id)).find(({ member }) => member === members[1])
    const [org] = await asOwner<{ id: string }>(house, "select id from foundation.org where slug = 'local-100'")
    const tries = [
      ["update governance.vote set choice = 'yes', cast_at = now(), cast_by = $2 where id = $1", meeting.me],
      ["update governance.vote set choice = 'yes' where id = $1 and $2::text is not null", 'x'],
      ['update governance.vote set weight = 5 where id = $1 and $2::text is not null', 'x'],
      ['update governance.vote set eligible = false where id = $1 and $2::text is not null', 'x'],
    ] as const
    for (const [sql, value] of tries)
      await expect(asServer(house, org?.id ?? '', sql, [row?.id, value])).rejects.toMatchObject({ code: 'CH409' })
  })
})

describe('the clock', () => {
  test('opens and closes what is due, however many do it at once', async () => {
    const { id } = await meeting.discussed({ rule_set: await meeting.rules(), opens_at: inHours(1) })
    const stateOf = async () => (await meeting.member.get(`/proposals/${id}`)).json().state
    await meeting.run(proposalGoesOn, { proposal: id })
    expect(await stateOf()).toBe('discussion')
    await asOwner(house, "update governance.proposal set opens_at = now() - interval '1 minute' where id = $1", [id])
    await Promise.all(Array.from({ length: 6 }, () => meeting.run(proposalGoesOn, { proposal: id })))
    expect(await stateOf()).toBe('voting')
    await meeting.over(id)
    await Promise.all(Array.from({ length: 6 }, () => meeting.run(proposalGoesOn, { proposal: id })))
    expect(await stateOf()).toBe('decided')
    const events = await asOwner(house, "select from foundation.event where payload ->> 'proposal' = $1", [id])
    expect(events).toHaveLength(2)
  })

  test('looks each minute at what is due, and leaves what lacks something for later', async () => {
    const { id } = await meeting.discussed({ opens_at: inHours(1) })
    await asOwner(house, "update governance.proposal set opens_at = now() - interval '1 minute' where id = $1", [id])
    await meeting.run(proposalsKeepTime)
    await meeting.run(proposalGoesOn, { proposal: id })
    expect((await meeting.member.get(`/proposals/${id}`)).json().state).toBe('discussion')
  })

  test('opens nothing by halves: where nobody could vote, it is as if nobody had tried', async () => {
    const rule_set = await meeting.rules({ electorate: 'unit' })
    const { id } = await meeting.discussed({ rule_set, opens_at: inHours(1) })
    await asOwner(house, "update governance.proposal set opens_at = now() - interval '1 minute' where id = $1", [id])
    await meeting.run(proposalGoesOn, { proposal: id })
    expect((await meeting.member.get(`/proposals/${id}`)).json()).toMatchObject({ state: 'discussion', rules: null })
  })

  test('reminds those whose vote is missing, once, and nobody else', async () => {
    const { id } = await meeting.opened()
    await cast1(voters[1] as Voice, id)
    const payload = { proposal: id, news: 'closing', after: null }
    for (let n = 0; n < 2; n += 1) await meeting.run(votersAreTold, payload)
    const told = await asOwner<{ member: string; n: number }>(
      house,
      `select b.member_id as member, count(*)::integer as n from foundation.notification n
      join foundation.membership b on b.org_id = n.org_id and b.user_id = n.user_id
      where n.notice = 'notices.vote-closing' and n.record = $1 group by 1`,
      [id],
    )
    const times = Object.fromEntries(told.map(({ member, n }) => [member, n]))
    expect([times[meeting.me], times[members[1] ?? '']]).toEqual([1, undefined])
  })
})

describe('voting is opened and closed', () => {
  test.each<[string, object, RegExp]>([
    ['with rules', { rule_set: null }, /by which rules/],
    ['with an end', { closes_at: null }, /when voting closes/],
  ])('%s', async (_name, more, sentence) => {
    const { id } = await meeting.discussed({ rule_set: await meeting.rules(), ...more })
    expect((await refused(house, () => meeting.officer.post(`/proposals/${id}/open-vote`)))[2]).toMatch(sentence)
  })

  test('after the days of notice', async () => {
    const { id } = await meeting.discussed({ rule_set: await meeting.rules({ notice_days: 5 }) })
    const open = () => meeting.officer.post(`/proposals/${id}/open-vote`)
    expect((await refused(house, open))[2]).toMatch(/^Members are given notice first: voting can open on/)
    await asOwner(house, "update governance.proposal set discussion_at = now() - interval '5 days' where id = $1", [id])
    expect((await open()).statusCode).toBe(200)
  })

  test('by the board alone, and not before its time while votes are missing', async () => {
    const { id } = await meeting.opened()
    expect((await meeting.member.post(`/proposals/${id}/close-vote`)).statusCode).toBe(403)
    expect((await refused(house, () => meeting.officer.post(`/proposals/${id}/close-vote`)))[2]).toMatch(
      /votes are missing, and voting is open until the time that was told/,
    )
  })

  test('by the version of the rules that is in force, which stays as it was', async () => {
    const rule_set = await meeting.rules({ name: 'Bylaws', until_on: '2021-12-31', threshold: '3/4' })
    const now = await meeting.rules({ name: 'Bylaws', from_on: '2022-01-01', threshold: '2/3' })
    const { id } = await meeting.opened({ rule_set })
    const found = (await meeting.member.get(`/proposals/${id}`)).json()
    expect(found.rules).toMatchObject({ id: now, threshold: '2/3' })
    const change = () => meeting.officer.patch(`/rule-sets/${now}`, { threshold: '1/2' })
    expect((await refused(house, change))[2]).toMatch(/Something was decided by these rules/)
    expect((await refused(house, () => meeting.officer.delete(`/rule-sets/${now}`)))[0]).toBe(409)
    expect((await meeting.officer.patch(`/rule-sets/${now}`, { until_on: '2030-12-31' })).statusCode).toBe(200)
  })
})
