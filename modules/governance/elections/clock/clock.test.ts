import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { asOwner, cast, openHouse, type TestHouse } from '@commonhall/engine/testing'
import { done, Hall } from '../../testing/hall.ts'
import { electionGoesOn } from './due.ts'
import { remindAt, votersAreTold } from './tell-voters.ts'

let house: TestHouse
let hall: Hall
beforeAll(async () => {
  house = await openHouse()
  hall = await Hall.open(house)
})
afterAll(() => house.close())

const told = async (notice: string, election: string) => {
  const [row] = await asOwner<{ n: number }>(
    house,
    'select count(*)::int as n from foundation.notification where notice = $1 and (key like $2 or record = $3)',
    [notice, `${election}%`, election],
  )
  return row?.n
}

test('nothing happens before its time', async () => {
  const { election } = await hall.published()
  await hall.tick()
  expect(await hall.election(election)).toMatchObject({ state: 'published' })
  const early = await hall.officer.post(`/elections/${election}/open`)
  expect([early.statusCode, early.json().detail]).toEqual([
    409,
    expect.stringMatching(/^Voting opens .*, as everybody/),
  ])
})

test('what is due opens once, however many processes look, and each voter is told', async () => {
  const { election } = await hall.published()
  await hall.passed(election, 'opens_at', '3 hours')
  const caller = await house.caller()
  const other = await house.twin()
  await Promise.all(
    [house.engine, other.engine, house.engine].map((engine) => engine.runJob(electionGoesOn, caller, { election })),
  )
  await other.close()
  const [keys] = await asOwner<{ n: number; opened: number }>(
    house,
    `select (select count(*)::int from governance.election_key where election = $1) as n, (select count(*)::int
      from foundation.audit_entry where record = $1 and act = 'open') as opened`,
    [election],
  )
  expect([keys?.n, keys?.opened]).toEqual([1, 1])
  expect(await hall.election(election)).toMatchObject({ state: 'voting' })
  await hall.work()
  const [able] = await asOwner<{ n: number }>(
    house,
    `select count(distinct h.member)::int as n from governance.voter v join governance.voter_holder h on h.voter = v.id
      join members.member m on m.id = h.member where v.election = $1 and v.eligible and (m.email is not null
        or exists (select from foundation.membership b where b.member_id = m.id))`,
    [election],
  )
  expect(await told('notices.vote-opened', election)).toBe(able?.n)
})

test('what is not ready stays closed; whoever may open it is told why, once', async () => {
  const { election } = await hall.published()
  await hall.passed(election, 'opens_at', '3 hours')
  // Nobody is left who may vote.
  await asOwner(house, "update members.member set state = 'retired', notes = 'active' where state = 'active'")
  for (const _minute of [1, 2, 3]) await hall.tick()
  await asOwner(house, "update members.member set state = notes, notes = null where notes = 'active'")
  expect(await hall.election(election)).toMatchObject({ state: 'published', public_key: null })
  const officer = await house.as(cast.officer)
  const { data } = (await officer.get('/inbox')).json() as { data: { title: string }[] }
  expect(data.filter(({ title }) => title === 'Officers: voting did not open')).toHaveLength(1)
  await hall.tick()
  expect(await hall.election(election)).toMatchObject({ state: 'voting' })
})

test('voting closes by the clock', async () => {
  const { election } = await hall.published()
  await hall.passed(election, 'opens_at', '3 hours')
  await hall.tick()
  await hall.passed(election, 'opens_at closes_at', '80 hours')
  await hall.tick()
  expect((await hall.election(election))['state']).not.toBe('voting')
})

describe('before the end', () => {
  test('those who have taken no ballot are reminded, and no others', async () => {
    const { election } = await hall.published()
    await hall.passed(election, 'opens_at', '3 hours')
    await done(hall.officer, `/elections/${election}/open`)
    await asOwner(
      house,
      `update governance.voter set taken = 'paper' where election = $1 and eligible and id not in (
        select v.id from governance.voter v join members.member m on m.id = v.member
        where v.election = $1 and v.eligible and m.email is not null order by v.name limit 3)`,
      [election],
    )
    const caller = await house.caller()
    for (const _twice of [1, 2])
      await house.engine.runJob(votersAreTold, caller, { election, news: 'closing', after: null })
    expect(await told('notices.vote-closing', election)).toBe(3)
  })

  test.each([
    ['a day before', '2026-05-01T00:00:00Z', '2026-05-08T00:00:00Z', '2026-05-07T00:00:00.000Z'],
    ['halfway of a short one', '2026-05-01T08:00:00Z', '2026-05-01T20:00:00Z', '2026-05-01T14:00:00.000Z'],
  ])('that is %s', (_when, opens, closes, expected) => expect(remindAt(opens, closes)).toBe(expected))
})
