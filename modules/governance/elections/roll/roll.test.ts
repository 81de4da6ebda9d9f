import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { asOwner, cast, openHouse, type TestHouse } from '@commonhall/engine/testing'
import { done, Hall, made, seen } from '../../testing/hall.ts'

let house: TestHouse
let hall: Hall
let me: string
beforeAll(async () => {
  house = await openHouse()
  hall = await Hall.open(house, { membership_days: 30, dues_grace_days: 60 })
  const [row] = await asOwner<{ id: string }>(
    house,
    'select own_record as id from foundation.org_user where email = $1',
    [cast.member],
  )
  me = row?.id ?? ''
  await asOwner(house, "update members.member set paid_through_on = current_date, joined_on = '2020-01-01'")
})
afterAll(() => house.close())

interface Standing {
  readonly eligible: boolean
  readonly why_not: string | null
  readonly sentence: string
  readonly provisional: boolean
  readonly rows: readonly { taken: string }[]
}
const mine = (election: string) => seen<Standing>(hall.member, `/elections/${election}/standing`)
const change = (columns: string, member = me) =>
  asOwner(house, `update members.member set ${columns} where id = $1`, [member])
const good = "state = 'active', paid_through_on = current_date, joined_on = '2020-01-01', left_on = null"
const refused = /governance:held\.roll_stays/

test('whoever may not vote reads why, in words', async () => {
  const { election } = await hall.drafted()
  expect(await mine(election)).toMatchObject({ eligible: true, provisional: true, rows: [] })
  const told: [string, string][] = [
    ["state = 'suspended'", 'Whoever is suspended does not vote. Ask the office how the suspension ends.'],
    ["state = 'retired'", 'By the rules of this vote, retired members do not vote.'],
    ["state = 'applicant'", 'Applicants do not vote yet: only members who were admitted do.'],
    ['joined_on = null', 'The roll does not say since when the membership lasts, and the rules ask for it.'],
    ['joined_on = current_date - 3', ': the rules ask for 30 days of membership to vote.'],
    ['joined_on = current_date + 3', 'The membership begins after the day of record.'],
    ["paid_through_on = '2025-01-31'", 'Dues are paid through January 31, 2025, further back than the rules allow.'],
    ["state = 'withdrawn', left_on = current_date - 1", 'The roll says that the membership has ended.'],
  ]
  for (const [columns, sentence] of told) {
    await change(`${good}, ${columns}`.replace(`${good}, `, ''))
    const standing = await mine(election)
    expect([standing.eligible, standing.sentence]).toEqual([false, expect.stringContaining(sentence)])
    await change(good)
  }
})

test('somebody who is on no roll of members reads that, too', async () => {
  const { election } = await hall.drafted()
  expect(await seen(hall.staff, `/elections/${election}/standing`)).toMatchObject({
    eligible: false,
    why_not: 'no_member',
    sentence: 'This sign-in is not connected to a member on the roll. Ask the office to connect it.',
  })
})

test('dues that an employer withholds never cost the vote', async () => {
  const { election } = await hall.drafted()
  await change("paid_through_on = '2025-01-31'")
  expect(await mine(election)).toMatchObject({ eligible: false, why_not: 'dues_behind' })
  await made(hall.staff, '/dues-withheld', { member: me, employer: 'Bayline Electric', from_on: '2024-01-01' })
  expect(await mine(election)).toMatchObject({ eligible: true })
  await asOwner(house, 'delete from governance.checkoff')
  await change(good)
})

describe('the roll', () => {
  let election: string
  const entry = async () => {
    const [row] = await asOwner<{ id: string; eligible: boolean; why_not: string | null }>(
      house,
      'select id, eligible, why_not from governance.voter where election = $1 and member = $2',
      [election, me],
    )
    return row
  }

  test('is drawn when the ballot is published, and again until voting opens; each stays the same row', async () => {
    ;({ election } = await hall.published())
    const before = await entry()
    expect(before).toMatchObject({ eligible: true })
    await change("state = 'suspended'")
    await done(hall.officer, `/elections/${election}/draw-roll`)
    expect(await entry()).toEqual({ id: before?.id, eligible: false, why_not: 'suspended' })
    await change("state = 'withdrawn', left_on = current_date - 1")
    await done(hall.officer, `/elections/${election}/draw-roll`)
    expect(await entry()).toEqual({ id: before?.id, eligible: false, why_not: 'gone' })
    await change(good)
    expect((await hall.staff.post(`/elections/${election}/draw-roll`)).statusCode).toBe(403)
  })

  test('is drawn for the last time as voting opens, and then it stays', async () => {
    await hall.passed(election, 'opens_at', '3 hours')
    await done(hall.officer, `/elections/${election}/open`)
    expect(await entry()).toMatchObject({ eligible: true })
    const again = await hall.officer.post(`/elections/${election}/draw-roll`)
    expect([again.statusCode, again.json().detail]).toEqual([
      409,
      'The roll is drawn from when the ballot is published until voting opens.',
    ])
    await change("state = 'suspended'")
    expect(await mine(election)).toMatchObject({ eligible: true, provisional: false, rows: [{ taken: 'none' }] })
  })

  test('lists what has changed since, and does not apply it', async () => {
    const [, , , other = ''] = await hall.members(4)
    await change("state = 'applicant'", other)
    const late = await seen<{ total: number; data: object[] }>(hall.staff, `/elections/${election}/late-changes`)
    expect(late.total).toBe(2)
    expect(late.data).toContainEqual(
      expect.objectContaining({
        member: me,
        change: 'not_eligible',
        sentence: 'Could not vote now: Whoever is suspended does not vote. Ask the office how the suspension ends.',
      }),
    )
    await change(good)
    await change(good, other)
    expect(await seen(hall.staff, `/elections/${election}/late-changes`)).toEqual({ total: 0, data: [] })
    expect((await hall.member.get(`/elections/${election}/late-changes`)).statusCode).toBe(403)
  })

  test.each([
    [
      'an addition',
      "insert into governance.voter (election, name, member) select $1, 'X', id from members.member limit 1",
    ],
    ['another name', "update governance.voter set name = 'X' where election = $1"],
    ['a right to vote', 'update governance.voter set eligible = not eligible where election = $1'],
    [
      'a removal',
      'delete from governance.voter_holder where voter in (select id from governance.voter where election = $1)',
    ],
    ['a move to another election', 'update governance.voter set election = gen_random_uuid() where election = $1'],
  ])('refuses %s in the database, whatever the code does', async (_what, statement) => {
    await expect(hall.written(statement, [election])).rejects.toThrow(/roll_stays|foreign key|unique/)
    const [count] = await asOwner<{ n: number }>(
      house,
      "select count(*)::int as n from governance.voter where election = $1 and name <> 'X' and eligible",
      [election],
    )
    expect(count?.n).toBeGreaterThan(100)
  })

  test('keeps whether a ballot was taken, and takes somebody whose right is disputed', async () => {
    await hall.written("update governance.voter set taken = 'paper' where election = $1 and member = $2", [
      election,
      me,
    ])
    const challenged = (taken: string) =>
      hall.written(
        `insert into governance.voter (election, name, member, eligible, taken)
        select $1, 'Disputed', m.id, false, $2 from members.member m where not exists (
          select from governance.voter v where v.election = $1 and v.member = m.id) limit 1`,
        [election, taken],
      )
    await expect(challenged('none')).rejects.toThrow(refused)
    await challenged('challenged')
  })
})

test('the members of a household share the vote of their unit', async () => {
  const officer = await house.as('officer@riverside.example')
  // Two live in one unit: one has the lease, the other is of the household.
  await asOwner(
    house,
    `with lease as (select o.org_id, o.member from housing.occupancy o join foundation.org g on g.id = o.org_id
        and g.slug = 'riverside' where o.until_on is null order by o.id limit 1),
      home as (insert into members.household (org_id, name) select org_id, 'Shared' from lease returning org_id, id),
      other as (select m.id from members.member m join lease l on l.org_id = m.org_id where m.state = 'active'
        and not exists (select from housing.occupancy o where o.member = m.id) order by m.card_number limit 1)
    update members.member m set household = home.id, state = 'active' from home, lease
    where m.org_id = home.org_id and (m.id = lease.member or m.id = (select id from other))`,
  )
  const set = await made(officer, '/rule-sets', {
    name: 'Units',
    from_on: '2020-01-01',
    electorate: 'unit',
    quorum: 'none',
  })
  const election = await made(officer, '/elections', {
    name: 'Color of the doors',
    kind: 'options',
    rule_set: set['id'],
    opens_at: new Date(Date.now() + 3_600_000).toISOString(),
    closes_at: new Date(Date.now() + 86_400_000).toISOString(),
  })
  await made(officer, '/contests', { election: election['id'], name: 'Green doors?', method: 'yes-no' })
  const published = await officer.post(`/elections/${election['id']}/publish`)
  expect(published.statusCode, published.body).toBe(200)
  const rows = await asOwner<{ units: number; shared: number; people: number }>(
    house,
    `select count(distinct v.unit)::int as units, count(distinct v.id)::int as shared, count(h.member)::int as people
    from governance.voter v join governance.voter_holder h on h.voter = v.id where v.election = $1`,
    [election['id']],
  )
  expect(rows[0]?.units).toBe(rows[0]?.shared)
  expect(rows[0]?.people).toBeGreaterThan(rows[0]?.units ?? 0)
})
