import { createPrivateKey, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { asOwner, openHouse, type TestHouse } from '@commonhall/engine/testing'
import { Polling, type Question } from '../testing/polling.ts'
import type { SealedBallot } from './check-token.ts'

const questions: readonly Question[] = [
  { name: 'President', method: 'plurality', candidates: ['Ann', 'Bob', 'Cho'] },
  { name: 'Trustees', method: 'stv', seats: 2, candidates: ['Dee', 'Eve', 'Fay'] },
  { name: 'Colors', method: 'score', counting: { max_score: 3 }, candidates: ['Red', 'Blue'] },
  { name: 'Board', method: 'cumulative', choices: 4, candidates: ['Gus', 'Hal'] },
  { name: 'Dues', method: 'yes-no' },
]

interface Keys {
  readonly publicKey: KeyObject
  readonly privateKey: KeyObject
}

const newKeys = (): Keys => generateKeyPairSync('ec', { namedCurve: 'P-256' })

let house: TestHouse
let polling: Polling
let good: SealedBallot
let choices: Record<string, Record<string, unknown>>
/** The ids of contests and candidates, by name. */
let ids: Record<string, string>
let own: Keys

beforeAll(async () => {
  house = await openHouse()
  polling = await Polling.open(house, 2, { questions })
  const [voter] = polling.voters
  if (!voter) throw new Error('There is no voter.')
  const page = await polling.page(voter)
  ids = Object.fromEntries(
    page.contests.flatMap(({ id, name, candidates }) => [[name, id], ...candidates.map((one) => [one.name, one.id])]),
  )
  choices = {
    [ids['President'] ?? '']: { choices: [ids['Bob']] },
    [ids['Trustees'] ?? '']: { ranks: [[ids['Fay']], [ids['Dee']]] },
    [ids['Colors'] ?? '']: { points: { [ids['Red'] ?? '']: 3 } },
    [ids['Board'] ?? '']: { points: { [ids['Gus'] ?? '']: 1, [ids['Hal'] ?? '']: 3 } },
    [ids['Dues'] ?? '']: { choices: ['no'] },
  }
  // A paper whose own key we hold, so that anything can be sealed with it.
  good = await polling.sealed(voter, () => choices)
  own = newKeys()
})
afterAll(() => house.close())

const raw = (key: Keys) => {
  const { x = '', y = '' } = key.publicKey.export({ format: 'jwk' })
  return Buffer.concat([Buffer.of(4), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')])
}

/** A ballot sealed with a paper of our making: signed by the election's key, as a server could that cheats. */
function sealed(ballot: string, key = own, signer = polling.key.private_key): SealedBallot {
  const [prefix, token] = [randomBytes(32), raw(key)]
  const election = createPrivateKey({ key: Buffer.from(signer, 'base64'), format: 'der', type: 'pkcs8' })
  const signature = sign('sha384', Buffer.concat([prefix, token]), { key: election, padding: 6, saltLength: 48 })
  const ballotSignature = sign('sha256', Buffer.from(ballot), { key: key.privateKey, dsaEncoding: 'ieee-p1363' })
  return {
    token: token.toString('base64url'),
    prefix: prefix.toString('base64url'),
    signature: signature.toString('base64url'),
    ballot,
    ballot_signature: ballotSignature.toString('base64url'),
  }
}

const salt = 'ab'.repeat(16)
const text = (changed: object = {}, more: object = {}) =>
  JSON.stringify({ election: polling.election, choices: { ...choices, ...changed }, salt, ...more })
const marked = (contest: string, marks: object) => text({ [ids[contest] ?? '']: marks })
const id = (name: string) => ids[name] ?? ''

/** Spelled otherwise, with the same bytes: the last character of base64url carries bits that say nothing. */
const otherSpelling = (one: string) => `${one.slice(0, -1)}${String.fromCharCode(one.charCodeAt(one.length - 1) + 1)}`

/** Every way of being refused, with its code. */
const refused: readonly (readonly [string, string, number, () => object])[] = [
  [
    'for somebody who does not stand',
    'unknown_candidate',
    422,
    () => sealed(marked('President', { choices: [crypto.randomUUID()] })),
  ],
  [
    'for somebody who stands for something else',
    'unknown_candidate',
    422,
    () => sealed(marked('President', { choices: [id('Dee')] })),
  ],
  [
    'for more than there are seats',
    'too_many_choices',
    422,
    () => sealed(marked('President', { choices: [id('Ann'), id('Bob')] })),
  ],
  ['for yes and no', 'too_many_choices', 422, () => sealed(marked('Dues', { choices: ['yes', 'no'] }))],
  [
    'with somebody ranked twice',
    'marked_twice',
    422,
    () => sealed(marked('Trustees', { ranks: [[id('Dee')], [id('Dee')]] })),
  ],
  ['with two at one rank', 'wrong_marks', 422, () => sealed(marked('Trustees', { ranks: [[id('Dee'), id('Eve')]] }))],
  ['with a rank left out', 'wrong_marks', 422, () => sealed(marked('Trustees', { ranks: [[], [id('Eve')]] }))],
  [
    'with more points than one may give',
    'too_many_points',
    422,
    () => sealed(marked('Colors', { points: { [id('Red')]: 4 } })),
  ],
  [
    'with more votes than one has',
    'too_many_points',
    422,
    () => sealed(marked('Board', { points: { [id('Gus')]: 3, [id('Hal')]: 2 } })),
  ],
  ['with less than no points', 'wrong_marks', 422, () => sealed(marked('Board', { points: { [id('Gus')]: -1 } }))],
  ['with half a point', 'wrong_marks', 422, () => sealed(marked('Colors', { points: { [id('Red')]: 0.5 } }))],
  ['with marks of another kind', 'wrong_marks', 422, () => sealed(marked('President', { ranks: [[id('Ann')]] }))],
  [
    'for a contest that is not there',
    'unknown_contest',
    422,
    () => sealed(text({ [crypto.randomUUID()]: { choices: [] } })),
  ],
  ['without one of the contests', 'malformed', 400, () => sealed(text({ [id('Dues')]: undefined }))],
  [
    'with candidates in another order',
    'malformed',
    400,
    () => sealed(marked('Board', { points: { [id('Hal')]: 3, [id('Gus')]: 1 } })),
  ],
  ['with something written on it', 'malformed', 400, () => sealed(text({}, { note: 'Max was here' }))],
  ['with spaces', 'malformed', 400, () => sealed(text().replace(':', ': '))],
  ['with no salt', 'malformed', 400, () => sealed(text({}, { salt: undefined }))],
  [
    'with a salt that says something',
    'malformed',
    400,
    () => sealed(text({}, { salt: 'this is the ballot of Max Moreau' })),
  ],
  ['that is no JSON', 'malformed', 400, () => sealed('{"election":')],
  ['that is null', 'malformed', 400, () => sealed('null')],
  ['of another election', 'wrong_election', 422, () => sealed(text({}, { election: crypto.randomUUID() }))],
  ['larger than any can be', 'too_large', 413, () => sealed(text({}, { note: 'x'.repeat(70_000) }))],
  ['changed after it was sealed', 'bad_signature', 422, () => ({ ...good, ballot: text() })],
  [
    'with another key than its token',
    'bad_signature',
    422,
    () => ({
      ...sealed(text()),
      ballot_signature: sealed(text(), newKeys()).ballot_signature,
    }),
  ],
  ['with a token that nobody signed', 'bad_token', 422, () => ({ ...good, token: raw(own).toString('base64url') })],
  ['with a signature by another key', 'bad_token', 422, () => sealed(text(), own, anotherKey())],
  ['with another prefix', 'bad_token', 422, () => ({ ...good, prefix: randomBytes(32).toString('base64url') })],
  [
    'with a token that is no point',
    'malformed',
    400,
    () => ({ ...good, token: Buffer.concat([Buffer.of(4), Buffer.alloc(64, 7)]).toString('base64url') }),
  ],
  ['with a token too short', 'malformed', 400, () => ({ ...good, token: 'BA' })],
  ['with a token that is spelled otherwise', 'malformed', 400, () => ({ ...good, token: otherSpelling(good.token) })],
  ['with a signature that is padded', 'malformed', 400, () => ({ ...good, signature: `${good.signature}==` })],
  ['with nothing', 'invalid', 422, () => ({})],
  ['with more than a ballot has', 'invalid', 422, () => ({ ...good, voter: crypto.randomUUID() })],
]

const anotherKey = () =>
  generateKeyPairSync('rsa', { modulusLength: 2048 })
    .privateKey.export({ format: 'der', type: 'pkcs8' })
    .toString('base64')

/** What is written of an election, to the letter. */
const written = () =>
  asOwner(
    house,
    `select (select jsonb_agg(b order by b.id) from governance.ballot b where election = $1) as box,
      (select jsonb_agg(c order by c.counts) from governance.box_count c where election = $1) as counts,
      (select jsonb_agg(v order by v.id) from governance.voter v where election = $1) as roll`,
    [polling.election],
  )

describe('a ballot is refused, and nothing written', () => {
  test.each(refused)('%s: %s', async (_how, code, status, make) => {
    const before = await written()
    const reply = await polling.send(make())
    expect([reply.json().code, reply.statusCode]).toEqual([code, status])
    expect(reply.json().detail).toMatch(/\w.+\.$/)
    expect(await written()).toEqual(before)
  })

  test('for an election that is not there, in an org that is not there, or where the module is off', async () => {
    const at = (slug: string, election: string) =>
      house.app.inject({ method: 'POST', url: `/api/v1/orgs/${slug}/elections/${election}/ballots`, payload: good })
    expect((await at('local-100', crypto.randomUUID())).statusCode).toBe(404)
    expect((await at('nowhere', polling.election)).statusCode).toBe(404)
    expect((await at('riverside', polling.election)).statusCode).toBe(404)
    await asOwner(house, "update foundation.org set suspended_at = now() where slug = 'local-100'")
    expect((await at('local-100', polling.election)).statusCode).toBe(404)
    await asOwner(house, "update foundation.org set suspended_at = null where slug = 'local-100'")
  })

  test('once more with another content: its token is spent', async () => {
    expect((await polling.send(good)).statusCode).toBe(200)
    const before = await written()
    expect((await polling.send(good)).json()).toEqual({ receipt: expect.stringMatching(/^[0-9a-f]{64}$/) })
    expect(await written()).toEqual(before)
    const [, second] = polling.voters
    const ballot = second && (await polling.sealed(second, () => choices))
    if (!ballot) throw new Error('There is no second voter.')
    // The second paper is in order; with its token the first ballot's place is not taken.
    expect((await polling.send(ballot)).statusCode).toBe(200)
  })

  test('with a token that was spent for another ballot', async () => {
    await asOwner(
      house,
      "update governance.box_count set number = number + 1 where election = $1 and counts = 'issued'",
      [polling.election],
    )
    expect((await polling.send(sealed(text()))).statusCode).toBe(200)
    const before = await written()
    const other = sealed(marked('Dues', { choices: ['yes'] }))
    const reply = await polling.send(other)
    expect([reply.statusCode, reply.json().code]).toEqual([409, 'token_spent'])
    const copied = sealed(text(), newKeys())
    expect((await polling.send(copied)).json().code).toBe('same_receipt')
    expect(await written()).toEqual(before)
  })

  test('of another election, with its good token', async () => {
    const elsewhere = await Polling.open(house, polling.voters)
    const [voter] = elsewhere.voters
    const ballot = voter && (await elsewhere.sealed(voter, elsewhere.choosing(0)))
    expect((await polling.send(ballot ?? {})).json().code).toBe('bad_token')
  })

  test('after voting has closed, though by the clock alone; one that is in the box has its receipt still', async () => {
    const late = sealed(text({}, { salt: 'cd'.repeat(16) }), newKeys())
    await asOwner(house, "update governance.election set closes_at = now() - interval '1 second' where id = $1", [
      polling.election,
    ])
    const before = await written()
    for (const state of ['voting', 'counting']) {
      await asOwner(house, 'update governance.election set state = $2 where id = $1', [polling.election, state])
      const reply = await polling.send(late)
      expect([reply.statusCode, reply.json().code]).toEqual([409, 'not_open'])
      expect((await polling.send(good)).statusCode).toBe(200)
    }
    expect(await written()).toEqual(before)
  })
})
