import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { asOwner, openHouse, type TestHouse } from '@commonhall/engine/testing'
import { done, Hall, made, seen } from '../testing/hall.ts'
import { openSecretVote } from './secret-vote.ts'

let house: TestHouse
let hall: Hall
beforeAll(async () => {
  house = await openHouse()
  hall = await Hall.open(house)
})
afterAll(() => house.close())

interface Told {
  readonly next: string | null
  readonly ready: boolean
  readonly missing: readonly { code: string; sentence: string }[]
}
const readiness = async (election: string) => {
  const { next, ready, missing } = await seen<Told>(hall.officer, `/elections/${election}/readiness`)
  return [next, ready, missing.map(({ code }) => code)]
}

test('an election says at each step what is missing, and goes on once nothing is', async () => {
  const { id: election } = await made(hall.officer, '/elections', { name: 'Stewards' })
  expect(await readiness(election!)).toEqual([
    'open-nominations',
    false,
    ['no_rules', 'no_contests', 'no_nominations_end'],
  ])
  const refused = await hall.officer.post(`/elections/${election}/open-nominations`)
  expect([refused.statusCode, refused.json().detail]).toEqual([
    409,
    'Say by which rules the election is held. Say what is voted on: add an office or a question. ' +
      'Say until when nominations are taken.',
  ])
  const whole = await hall.drafted()
  expect(await readiness(whole.election)).toEqual(['open-nominations', true, []])
  await done(hall.officer, `/elections/${whole.election}/open-nominations`)
  expect(await readiness(whole.election)).toEqual(['publish', false, ['nominations_open', 'no_candidates']])
  expect((await hall.member.get(`/elections/${whole.election}/readiness`)).statusCode).toBe(403)
})

describe('a ballot that is published', () => {
  let election: string
  let contest: string
  let seed: string

  test('has its candidates in order and every rule of its count', async () => {
    ;({ election, contest } = await hall.published({ ballot_order: 'drawn' }))
    const record = await hall.election(election)
    seed = record['seed'] ?? ''
    expect(seed).toMatch(/^[0-9a-f]{64}$/)
    expect(record['rules']).toMatchObject({ electorate: 'member', union_election: false })
    const { contests } = await seen<{ contests: { counting: object; candidates: { id: string }[] }[] }>(
      hall.member,
      `/elections/${election}/preview`,
    )
    expect(contests[0]?.counting).toMatchObject({
      method: 'plurality',
      candidates: contests[0]?.candidates.map(({ id }) => id),
      tie_break: { mode: 'drawn-order', seed },
    })
  })

  test('stays as it is, whichever way somebody tries to change it', async () => {
    const [candidate] = (await hall.officer.get(`/candidates?filter[election]=${election}`)).json().data
    const tries = await Promise.all([
      hall.officer.patch(`/contests/${contest}`, { seats: 2 }),
      hall.officer.post('/contests', { election, name: 'Treasurer' }),
      hall.officer.delete(`/contests/${contest}`),
      hall.officer.patch(`/candidates/${candidate.id}`, { name: 'Aardvark' }),
      hall.officer.post(`/candidates/${candidate.id}/remove`, { reason: 'Too late' }),
      hall.officer.patch(`/elections/${election}`, { name: 'Another' }),
      hall.officer.patch(`/elections/${election}`, { opens_at: new Date().toISOString() }),
    ])
    expect(tries.map(({ statusCode }) => statusCode)).toEqual([422, 422, 409, 409, 409, 409, 409])
    for (const statement of [
      "update governance.contest set seats = 9, name = 'X' where election = $1",
      "update governance.candidate set position = 1, name = 'X' where election = $1",
      "update governance.candidate set state = 'withdrawn' where election = $1",
      'delete from governance.candidate where election = $1',
      "update governance.election set seed = 'X' where id = $1",
      "update governance.election set record_on = '2020-01-01' where id = $1",
      "update governance.election set state = 'voting' where id = $1",
    ])
      await expect(hall.written(statement, [election])).rejects.toThrow(/governance:held\./)
    const [same] = await asOwner<{ name: string; seed: string; seats: number }>(
      house,
      `select e.name::text as name, e.seed::text as seed, c.seats from governance.election e
      join governance.contest c on c.election = e.id where e.id = $1`,
      [election],
    )
    expect(same).toEqual({ name: 'Officers', seed, seats: 1 })
  })

  test('is taken back to be mended; the seed is not drawn again', async () => {
    await done(hall.officer, `/elections/${election}/take-back`)
    expect((await seen(hall.officer, `/contests/${contest}`))['counting']).toBeNull()
    expect((await hall.officer.patch(`/contests/${contest}`, { seats: 2 })).statusCode).toBe(200)
    await done(hall.officer, `/elections/${election}/publish`)
    expect((await hall.election(election))['seed']).toBe(seed)
    expect((await seen(hall.officer, `/contests/${contest}`))['counting']).toMatchObject({ seats: 2, max_choices: 2 })
  })

  test('freezes rules and key as voting opens by the clock', async () => {
    await hall.passed(election, 'opens_at', '3 hours')
    await hall.tick()
    const record = await hall.election(election)
    expect(record).toMatchObject({ state: 'voting', public_key: expect.any(String) })
    for (const statement of [
      "update governance.election set rules = '{}' where id = $1",
      "update governance.election set key_fingerprint = 'X' where id = $1",
      "update governance.election set closes_at = closes_at + interval '1 day' where id = $1",
    ])
      await expect(hall.written(statement, [election])).rejects.toThrow(/governance:held\./)
  })
})

test('weighted votes cannot be secret', async () => {
  const shares = await Hall.open(house, { electorate: 'share' })
  const { election } = await shares.drafted()
  const refused = await shares.officer.post(`/elections/${election}/open-nominations`)
  expect([refused.statusCode, refused.json().detail]).toEqual([
    409,
    'These rules weigh votes by shares, and weighted votes cannot be secret. Choose rules with one vote each.',
  ])
})

test('dates follow one another, and rules of counting do not contradict themselves', async () => {
  const [soon, later] = ['2030-01-01T00:00:00Z', '2030-01-02T00:00:00Z']
  const reply = await hall.officer.post('/elections', {
    name: 'X',
    nominations_until_at: later,
    opens_at: later,
    closes_at: soon,
  })
  expect(reply.json().errors.map(({ code }: { code: string }) => code)).toEqual(['closes_before', 'nominations_after'])
  const { election } = await hall.drafted()
  const wrong = { election, name: 'Board', method: 'stv', seats: 3, counting_options: { quota: 'half' } }
  const refused = await hall.officer.post('/contests', wrong)
  expect([refused.statusCode, refused.json().errors[0].path]).toEqual([422, 'counting_options'])
})

test('a proposal is voted on secretly by an election that is made, published and opened for it', async () => {
  const [proposal] = await asOwner<{ id: string }>(
    house,
    `insert into governance.proposal (org_id, number, title, text, way, rule_set)
    select o.id, 'P-9001', 'A new roof', 'We mend it.', 'secret', $1 from foundation.org o where o.slug = 'local-100'
    returning id`,
    [hall.ruleSet],
  )
  const closes_at = new Date(Date.now() + 86_400_000).toISOString()
  const caller = await house.caller()
  const election = await house.engine.act(caller, (ctx) =>
    openSecretVote(ctx, { id: proposal?.id ?? '', title: 'A new roof', rule_set: hall.ruleSet, closes_at }),
  )
  expect(await hall.election(election)).toMatchObject({ state: 'voting', kind: 'proposal', proposal: proposal?.id })
  const { contests } = await seen<{ contests: { candidates: { name: string }[] }[] }>(
    hall.member,
    `/elections/${election}/preview`,
  )
  expect(contests[0]?.candidates.map(({ name }) => name)).toEqual(['Yes', 'No', 'Abstain'])
})
