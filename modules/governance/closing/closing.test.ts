import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { asOwner, cast, openHouse, type TestHouse } from '@commonhall/engine/testing'
import { done, Hall, made } from '../testing/hall.ts'
import { Office } from '../testing/office.ts'

let house: TestHouse
beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house.close())

const refusal = async (reply: Promise<{ statusCode: number; body: string }>) => {
  const { statusCode, body } = await reply
  return [statusCode, (JSON.parse(body) as { code: string }).code]
}

/** What a count leaves, and what it is made from. */
const kept = (office: Office) =>
  asOwner(
    house,
    `select e.state, e.seal, e.counters, (select json_agg(c.result order by c.position) from governance.contest c
        where c.election = e.id) as results,
      (select count(*)::integer from governance.election_key k where k.election = e.id) as keys,
      (select json_agg(b.receipt order by b.receipt) from governance.ballot b where b.election = e.id) as box
    from governance.election e where e.id = $1`,
    [office.polling.election],
  )

describe('voting closes', () => {
  test('and ballots are counted: the box that is published proves the result', async () => {
    const office = await Office.open(house, 6)
    const receipts = await office.online({ 0: 1, 1: 1, 2: 0, 3: 1, 4: 2 })
    const before = await office.results()
    expect(before).toMatchObject({ counted: false, counters: null, contests: [{ result: null, rounds: [] }] })
    expect(await refusal(office.officer.get(`${office.at}/box`))).toEqual([409, 'conflict'])
    await office.close()
    await office.work()
    const { contests, counters, seal } = await office.results()
    const [president] = contests
    expect(president?.winners).toEqual([president?.candidates[1]?.id])
    expect(Object.values(president?.result?.rounds[0]?.tally ?? {}).toSorted()).toEqual(['1', '1', '3'])
    expect(president?.rounds[0]?.sentences.join(' ')).toContain('Bob')
    expect(counters).toMatchObject({ eligible: 6, issued: 5, cast: 5, paper_given: 0, paper_counted: 0 })
    const verdict = await office.verify({ receipts, seal, key: office.polling.key.fingerprint })
    expect(verdict).toMatchObject({ findings: [], ballots: 5 })
  })

  test('once: closed, counted and published again, everything stays as it was', async () => {
    const office = await Office.open(house, 3)
    await office.online({ 0: 1, 1: 1, 2: 0 })
    const close = () => office.officer.post(`${office.at}/close`, { reason: 'All are here.' })
    const closes = await Promise.all([close(), close(), close()])
    expect(closes.map(({ statusCode }) => String(statusCode)).toSorted()).toEqual(['200', '409', '409'])
    await office.work()
    const after = await kept(office)
    expect(after).toMatchObject([{ state: 'counting', keys: 0, seal: expect.stringMatching(/^[0-9a-f]{64}$/) }])
    await office.count()
    expect(await kept(office)).toEqual(after)
    expect(await refusal(office.officer.post(`${office.at}/count`, { reason: 'Again' }))).toEqual([409, 'conflict'])
    expect((await office.results()).warnings).toEqual([expect.stringMatching(/only 3 ballots/)])
    expect(await office.file('box')).toBe(await office.file('box', await house.as(cast.member)))
  })

  test('and nobody gets or casts a ballot, online or on paper', async () => {
    const office = await Office.open(house, 3)
    await office.online({ 0: 1 })
    const late = office.polling.voters[1] ?? expect.fail()
    const page = await office.polling.page(late)
    await office.close()
    const cast = office.polling.booth(late).cast(page, late.voter, office.polling.choosing(0)(page))
    await expect(cast).rejects.toMatchObject({ code: 'not_open' })
    expect(await refusal(office.staff.post(`/voters/${late.voter}/paper`))).toEqual([409, 'conflict'])
    const envelope = { number: 'E-1', name: 'Nora New', reason: 'Not on the roll' }
    expect(await refusal(office.staff.post(`${office.at}/challenged-ballots`, envelope))).toEqual([409, 'conflict'])
    expect((await kept(office))[0]).toMatchObject({ keys: 0, box: [expect.any(String)] })
  })

  test('by the clock, and papers are given out no longer from that hour on', async () => {
    const office = await Office.open(house, 3)
    await office.online({ 0: 1, 1: 1, 2: 2 })
    await office.hall.passed(office.polling.election, 'closes_at', '2 days')
    expect(await refusal(office.staff.post(`/voters/${office.voter(1)}/paper`))).toEqual([409, 'conflict'])
    await office.hall.tick()
    await office.work()
    expect(await office.results()).toMatchObject({ state: 'counting', counted: true })
  })
})

test('every method counts as the verifier counts', async () => {
  const candidates = ['Ann', 'Bob', 'Cho', 'Dee']
  const methods = ['yes-no', 'plurality', 'approval', 'score', 'irv', 'stv', 'cumulative']
  const questions = methods.map((method) => ({
    name: method,
    method,
    seats: method === 'stv' || method === 'cumulative' ? 2 : 1,
    candidates: method === 'yes-no' ? [] : candidates,
  }))
  const office = await Office.open(house, 7, questions)
  for (const [place, voter] of office.polling.voters.entries())
    await office.polling.vote(voter, ({ contests }) =>
      Object.fromEntries(
        contests.map(({ id, method, candidates: who }) => {
          const names = who.map((one) => one.id)
          const first = names[place % 3] ?? ''
          if (method === 'irv' || method === 'stv') return [id, { ranks: [[first], [names[3] ?? '']] }]
          if (method === 'score' || method === 'cumulative') return [id, { points: { [first]: 2 } }]
          return [id, { choices: [first] }]
        }),
      ),
    )
  await office.close()
  await office.work()
  const { contests } = await office.results()
  expect(contests.map(({ name, winners }) => [name, winners.length])).toEqual(
    methods.map((name) => [name, name === 'stv' || name === 'cumulative' ? 2 : 1]),
  )
  expect((await office.verify()).findings).toEqual([])
})

test('a tie that the rules leave to people stops the count until an officer says how it was settled', async () => {
  const question = { name: 'President', method: 'plurality', candidates: ['Ann', 'Bob', 'Cho'] }
  const office = await Office.open(house, 6, [{ ...question, counting: { tie_break: { mode: 'ask' } } }])
  await office.online({ 0: 0, 1: 0, 2: 1, 3: 1, 4: 2 })
  await office.close()
  await office.work()
  const { ties, counted } = await office.stands()
  expect([counted, ties.map(({ among }) => among.map(({ name }) => name))]).toEqual([false, [['Ann', 'Bob']]])
  const [tie] = ties
  const of = (place: number) => tie?.among[place]?.id ?? ''
  const seen = await office.officer.get(`/contests/${tie?.contest}`)
  expect(seen.body).not.toContain('tally')
  const before = await kept(office)
  expect(await refusal(office.officer.post(`${office.at}/certify`))).toEqual([409, 'conflict'])
  expect(await refusal(office.officer.post(`${office.at}/contest`, { reason: 'Too slow' }))).toEqual([409, 'conflict'])
  const answer = { contest: tie?.contest, round: tie?.round, chosen: of(1), reason: 'Lot drawn in the hall' }
  expect(await refusal(office.staff.post(`${office.at}/ties`, answer))).toEqual([403, 'forbidden'])
  expect(await refusal(office.officer.post(`${office.at}/ties`, { ...answer, chosen: 'x' }))).toEqual([422, 'invalid'])
  expect(await refusal(office.officer.post(`${office.at}/ties`, { ...answer, round: 7 }))).toEqual([409, 'conflict'])
  expect(await kept(office)).toEqual(before)
  await done(office.officer, `${office.at}/ties`, answer)
  await office.work()
  expect((await office.results()).contests[0]?.winners).toEqual([of(1)])
  expect(await office.file('box')).toContain('Lot drawn in the hall')
  expect((await office.verify()).findings).toEqual([])
})

test('what was asked about a proposal decides it', async () => {
  const hall = await Hall.open(house)
  const proposal = await made(hall.officer, '/proposals', { title: 'A roof', text: 'We mend the roof.', way: 'secret' })
  const question = { name: 'A roof', method: 'yes-no' }
  const office = await Office.open(house, 5, [question])
  await asOwner(house, "update governance.election set kind = 'proposal', proposal = $2 where id = $1", [
    office.polling.election,
    proposal['id'],
  ])
  await asOwner(
    house,
    `with past as (select set_config('session_replication_role', 'replica', true))
    update governance.proposal p set state = 'voting', closes_at = now(), rules = (
      select to_jsonb(r) from governance.rule_set r
      where r.id = $2) from past where p.id = $1`,
    [proposal['id'], hall.ruleSet],
  )
  await office.online({ 0: 0, 1: 0, 2: 1, 3: 0, 4: 2 })
  await office.close()
  await office.work()
  const { state, outcome } = (await hall.officer.get(`/proposals/${proposal['id']}`)).json()
  expect([state, outcome]).toEqual(['decided', 'passed'])
})

test('whoever ends voting early says why, while somebody has not voted', async () => {
  const office = await Office.open(house, 3)
  const early = await office.officer.post(`${office.at}/close`, {})
  expect([early.statusCode, early.json().detail]).toEqual([409, expect.stringContaining('Say why it ends now')])
  await office.close()
  const told = await office.officer.get(office.at)
  expect(told.json()).toMatchObject({ state: 'counting', reason: 'All are here.' })
})
