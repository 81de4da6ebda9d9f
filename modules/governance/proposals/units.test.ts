import { afterAll, beforeAll, expect, test } from 'vitest'
import { asOwner, cast, openHouse, type TestHouse, type Voice } from '@commonhall/engine/testing'
import { done, inHours, made, refused } from '../testing/meeting.ts'

let house: TestHouse
let admin: Voice
let member: Voice
let unit: string

beforeAll(async () => {
  house = await openHouse()
  await asOwner(
    house,
    `update foundation.org set modules = modules || '{governance}'
    where slug = 'riverside' and not 'governance' = any (modules)`,
  )
  admin = await house.as('admin@riverside.example')
  member = await house.as(cast.coopMember)
  await asOwner(house, 'update housing.unit set shares = 10 where org_id in (select id from foundation.org)')
  const [home] = await asOwner<{ id: string }>(
    house,
    `select o.unit as id from housing.occupancy o join foundation.membership b on b.member_id = o.member
    join foundation.user u on u.id = b.user_id where u.email = $1 and o.until_on is null limit 1`,
    [cast.coopMember],
  )
  unit = home?.id ?? ''
})
afterAll(() => house.close())

async function opened(rules: object): Promise<string> {
  const set = await made(admin, '/rule-sets', {
    name: crypto.randomUUID(),
    from_on: '2020-01-01',
    quorum: 'none',
    ...rules,
  })
  const given = { title: 'Paint', text: 'Blue.', closes_at: inHours(48), rule_set: set['id'] }
  const { id } = await made(admin, '/proposals', given)
  await done(admin, `/proposals/${id}/discuss`)
  await done(admin, `/proposals/${id}/open-vote`)
  return String(id)
}

test('those who share a unit share its vote, and each may change it', async () => {
  const me = await asOwner<{ id: string; household: string | null }>(
    house,
    `select m.id, m.household from members.member m join foundation.membership b on b.member_id = m.id
    join foundation.user u on u.id = b.user_id where u.email = $1`,
    [cast.coopMember],
  )
  await asOwner(
    house,
    `update foundation.membership b set member_id = m.id from members.member m
    join housing.occupancy o on o.member = m.id and o.until_on is null and o.unit <> $1
    where b.user_id = (select id from foundation.user where email = 'officer@riverside.example')
      and m.org_id = b.org_id and m.state = 'active'`,
    [unit],
  )
  const neighbor = await house.as('officer@riverside.example')
  const { id: household } = await made(admin, '/households', { name: 'Both' })
  await asOwner(
    house,
    `update members.member set household = $1 where id = $2 or id = (select b.member_id from foundation.membership b
      join foundation.user u on u.id = b.user_id where u.email = 'officer@riverside.example')`,
    [household, me[0]?.id],
  )
  const id = await opened({ electorate: 'unit' })
  const { mine } = (await member.get(`/proposals/${id}/vote`)).json()
  const vote = mine[0].vote
  expect(mine[0]).toMatchObject({ shared: true, can: true })
  await done(member, `/proposals/${id}/vote`, { vote, choice: 'yes' })
  await done(neighbor, `/proposals/${id}/vote`, { vote, choice: 'no' })
  expect((await member.get(`/proposals/${id}/vote`)).json().result).toMatchObject({ yes: 0, no: 1, cast: 1 })
  // They hold the votes of two units now, so which one is meant must be said.
  expect((await refused(house, () => member.post(`/proposals/${id}/vote`, { choice: 'yes' })))[1]).toBe('which_vote')
})

test('units vote with their shares, and one that has none says so', async () => {
  await asOwner(house, 'update housing.unit set shares = 250 where id = $1', [unit])
  const id = await opened({ electorate: 'share', quorum: 'units', quorum_share: '1/100' })
  const { mine } = (await member.get(`/proposals/${id}/vote`)).json() as { mine: { vote: string; weight: number }[] }
  const heavy = mine.find(({ weight }) => weight === 250)
  const page = await done(member, `/proposals/${id}/vote`, { vote: heavy?.vote, choice: 'yes' })
  expect(page['result']).toMatchObject({ yes: 250, cast: 1, weighted: true, outcome: 'passed' })
  await asOwner(house, 'update housing.unit set shares = null where id = $1', [unit])
  const other = await opened({ electorate: 'share' })
  const without = (await member.get(`/proposals/${other}/vote`)).json().mine as { why_not: string | null }[]
  expect(without.map(({ why_not }) => why_not).join(' ')).toMatch(/share/i)
})

test('weighted votes are taken by roll call alone', async () => {
  const set = { name: 'Shares', from_on: '2020-01-01', quorum: 'none', electorate: 'share' }
  const { id: rule_set } = await made(admin, '/rule-sets', set)
  const given = { title: 'Paint', text: 'Red.', closes_at: inHours(48), rule_set, way: 'secret' }
  const { id } = await made(admin, '/proposals', given)
  await done(admin, `/proposals/${id}/discuss`)
  expect((await refused(house, () => admin.post(`/proposals/${id}/open-vote`)))[2]).toMatch(/by roll call alone/)
})
