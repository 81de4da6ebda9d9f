import { afterAll, beforeAll, expect, test } from 'vitest'
import { asOwner, openHouse, type TestHouse } from '@commonhall/engine/testing'
import { Polling } from '../testing/polling.ts'

let house: TestHouse
let polling: Polling
beforeAll(async () => {
  house = await openHouse()
  polling = await Polling.open(house, 4)
})
afterAll(() => house.close())

const voterAt = (place: number) => polling.voters[place] ?? expect.fail('There are not so many voters.')
const another = async (rules = {}) => (polling = await Polling.open(house, polling.voters, { rules }))
const set = (voter: string, what: string) =>
  asOwner(house, `update governance.voter set ${what} where id = $1`, [voter])

/** What taking a paper is answered with: the code, or nothing. */
async function taking(who: number, whose = who): Promise<string | null> {
  const [person, row] = [voterAt(who), voterAt(whose)]
  const page = await polling.page(person)
  const cast = polling.booth(person).cast(page, row.voter, polling.choosing(0)(page))
  return await cast.then(
    () => null,
    ({ code }: { code: string }) => code,
  )
}

/** One gives another a proxy in this election. */
const proxy = (giver: number, holder: number) =>
  asOwner(
    house,
    `insert into governance.proxy (org_id, giver, holder, election, written_on) values ($1, $2, $3, $4, '2025-01-01')`,
    [polling.org, voterAt(giver).member, voterAt(holder).member, polling.election],
  )

/** The rules of the election become others. */
const ruled = (rules: object) =>
  asOwner(house, 'update governance.election set rules = $2 where id = $1', [polling.election, JSON.stringify(rules)])

const holds = (member: number, row: number) =>
  asOwner(house, 'insert into governance.voter_holder (org_id, voter, member) values ($1, $2, $3)', [
    polling.org,
    voterAt(row).voter,
    voterAt(member).member,
  ])

test('nobody takes the paper of somebody else', async () => {
  expect(await taking(0, 1)).toBe('not_on_roll')
  expect(await polling.taken()).toBe(0)
})

test('whoever is not eligible is told why, and has no paper', async () => {
  await another()
  await set(voterAt(0).voter, "eligible = false, why_not = 'dues_behind'")
  const { papers } = await polling.page(voterAt(0))
  expect(papers).toMatchObject([{ can: false, code: 'not_eligible', why_not: expect.stringMatching(/dues/i) }])
  expect(await taking(0)).toBe('not_eligible')
})

test('whoever is challenged, or has a ballot on paper, has none here', async () => {
  await another()
  await set(voterAt(0).voter, "challenge = 'Left the trade.'")
  await set(voterAt(1).voter, "taken = 'challenged'")
  await set(voterAt(2).voter, "taken = 'paper'")
  expect([await taking(0), await taking(1), await taking(2)]).toEqual(['challenged', 'challenged', 'already_taken'])
  expect(await polling.taken()).toBe(0)
})

test('those who share a unit have one paper: whoever first takes it', async () => {
  await another()
  await holds(1, 0)
  await asOwner(house, 'delete from governance.voter_holder where voter = $1', [voterAt(1).voter])
  expect((await polling.page(voterAt(1))).papers.map(({ voter }) => voter)).toEqual([voterAt(0).voter])
  const both = await Promise.all([taking(1, 0), taking(0)])
  expect(both.toSorted()).toEqual(['already_taken', null])
  expect((await polling.box()).length).toBe(1)
})

test('whoever holds a proxy takes the paper of the giver, as many as the rules allow', async () => {
  await another({ proxies: 'allowed', proxies_per_holder: 2 })
  await proxy(1, 0)
  await proxy(2, 0)
  await ruled({ proxies: 'allowed', proxies_per_holder: 1 })
  const { papers } = await polling.page(voterAt(0))
  expect(papers.map((one) => one.as)).toEqual(['self', 'proxy'])
  expect([await taking(0, 1), await taking(0, 2), await taking(0)]).toEqual([null, 'not_on_roll', null])
  expect(await taking(1)).toBe('already_taken')
  expect((await polling.box()).length).toBe(2)
})

test('a proxy that was taken back, that the rules forbid, or for officers of a union counts for nothing', async () => {
  await another({ proxies: 'allowed', proxies_per_holder: 5 })
  await proxy(1, 0)
  await asOwner(house, "update governance.proxy set state = 'revoked' where election = $1", [polling.election])
  expect(await taking(0, 1)).toBe('not_on_roll')
  for (const rules of [{ proxies: 'forbidden' }, { proxies: 'allowed', proxies_per_holder: 5, union_election: true }]) {
    await another({ proxies: 'allowed', proxies_per_holder: 5 })
    await proxy(1, 0)
    await ruled(rules)
    expect(await taking(0, 1)).toBe('not_on_roll')
  }
})

test('voting that is over hands out no paper, though nobody has closed it yet', async () => {
  await another()
  await asOwner(house, "update governance.election set closes_at = now() - interval '1 second' where id = $1", [
    polling.election,
  ])
  expect((await polling.page(voterAt(0))).papers).toMatchObject([{ can: false, code: 'not_open' }])
  expect(await taking(0)).toBe('not_open')
  expect(await polling.taken()).toBe(0)
})
