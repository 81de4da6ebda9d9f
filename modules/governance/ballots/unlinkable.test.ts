import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { asOwner, makeLog, openHouse, type TestHouse } from '@commonhall/engine/testing'
import { joinsOf, likeness, type Order, ordersOf, type Seen, seeEverything } from '../testing/insider.ts'
import { Polling } from '../testing/polling.ts'
import { closeBox } from './close-box.ts'
import { boxIsMixed } from './mix-box.ts'

const many = 200

/**
 * Of 200 in random order, Spearman's coefficient has a standard deviation of 1/√199 = 0.071. 0.46 is 6.5 of them: by
 * chance one comparison in 10^10. Some 2,000 are made, so that chance raises an alarm less than once in a million runs.
 */
const mostLike = 0.46
/** Neighbors that stay within two places of each other come to 4 by chance (Poisson); 27 are one in 10^13. */
const mostNeighbors = 27

let house: TestHouse
let polling: Polling
const lines: string[] = []
/** The receipt of each, in the order in which they voted. */
const receipts: string[] = []
/** As an insider saw it: before the box was rewritten, while voting went on, and after it closed. */
let raw: Seen
let mixed: Seen
let closed: Seen

beforeAll(async () => {
  house = await openHouse({ log: makeLog('trace', { write: (line) => void lines.push(line) }) })
  polling = await Polling.open(house, many)
  for (const voter of polling.voters)
    receipts.push(await polling.vote(voter, polling.choosing(Math.floor(Math.random() * 3))))
  await house.engine.watch.flush()
  raw = await look()
  await house.engine.runJob(boxIsMixed, await house.caller(), { election: polling.election })
  mixed = await look()
  await polling.close()
  await house.engine.act(await house.caller(), (ctx) => closeBox(ctx, polling.election))
  closed = await look()
}, 300_000)
afterAll(() => house.close())

/** Everything there is; of the boxes of the demo's elections nothing, for nobody voted there. */
async function look(): Promise<Seen> {
  const seen = await seeEverything(house)
  const own = (seen.get('governance.ballot') ?? []).filter(({ row }) => row['election'] === polling.election)
  return new Map([...seen, ['governance.ballot', own]])
}

/** Which voter a row is about, if it is about one: by any id of theirs. */
async function voterOf() {
  const people = await asOwner<{ user_id: string; session: string; member_id: string }>(
    house,
    `select b.user_id, b.member_id, s.id as session from foundation.membership b
    join foundation.session s on s.user_id = b.user_id where b.member_id = any($1)`,
    [polling.voters.map(({ member }) => member)],
  )
  const ids = new Map<string, number>()
  for (const [index, { voter, member }] of polling.voters.entries()) {
    ids.set(voter, index)
    ids.set(member, index)
    for (const one of people) if (one.member_id === member) ids.set(one.user_id, index).set(one.session, index)
  }
  return ({ row }: { row: object }) => {
    const found = new Set(
      JSON.stringify(row)
        .match(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g)
        ?.flatMap((id) => ids.get(id) ?? []),
    )
    return found.size === 1 ? [...found][0] : undefined
  }
}

/** Every pair of an order of voters and an order of ballots that is too much alike. */
async function alikes(seen: Seen): Promise<{ compared: number; alike: string[] }> {
  const who = await voterOf()
  const box = seen.get('governance.ballot') ?? []
  const ballots = ordersOf('the box', box, ({ row }) => receipts.indexOf(String(row['receipt'])), many)
  const voting: Order = { name: 'who voted when', places: receipts.map((_, index) => index) }
  const tables = [...seen].filter(([name]) => name !== 'governance.ballot')
  const voters = [voting, ...tables.flatMap(([name, rows]) => ordersOf(name, rows, who, many))]
  const pairs = voters.flatMap((one) => ballots.map((other) => ({ one, other, ...likeness(one, other) })))
  const alike = pairs.filter(({ rho, neighbors }) => Math.abs(rho) >= mostLike || neighbors >= mostNeighbors)
  return {
    compared: pairs.length,
    alike: alike.map(({ one, other, rho }) => `${one.name} ~ ${other.name}: ${rho.toFixed(2)}`),
  }
}

describe('whoever has the whole database, its files and every line of the log', () => {
  test('finds nothing of a ballot anywhere but in the box, while people vote and afterwards', () => {
    expect(closed.get('governance.ballot')).toHaveLength(many)
    for (const seen of [mixed, closed]) expect(joinsOf(seen, polling.election, lines)).toEqual([])
  })

  test('finds no order of voters that is an order of ballots', async () => {
    for (const seen of [mixed, closed]) {
      const { compared, alike } = await alikes(seen)
      expect(compared).toBeGreaterThan(50)
      expect(compared).toBeLessThan(2000)
      expect(alike).toEqual([])
    }
  })

  test('is told by the log that somebody voted, and no more', () => {
    const casts = lines
      .map((line) => JSON.parse(line))
      .filter(({ route }) => String(route).endsWith('/elections/:id/ballots'))
    expect(casts).toHaveLength(many)
    for (const line of casts)
      expect(Object.keys(line).toSorted()).toEqual(['level', 'method', 'msg', 'route', 'status', 'time'])
  })

  test('has as many rows as before the box was rewritten, and each says the same', () => {
    const said = (seen: Seen, name: string) => (seen.get(name) ?? []).map(({ row }) => JSON.stringify(row)).toSorted()
    for (const name of ['ballot', 'ballot_paper', 'voter', 'voter_holder', 'election_key'].map(
      (one) => `governance.${one}`,
    ))
      expect(said(mixed, name)).toEqual(said(raw, name))
    for (const name of ['ballot', 'ballot_paper', 'voter', 'voter_holder'].map((one) => `governance.${one}`))
      expect(said(closed, name)).toEqual(said(raw, name))
  })
})

describe('that this can fail', () => {
  test('the box as it is before it is rewritten tells who voted how, by its transactions', async () => {
    const { alike } = await alikes(raw)
    expect(alike).toContainEqual(
      expect.stringMatching(/^governance.ballot_paper by transaction ~ the box by transaction: (0.9|1)/),
    )
    expect(alike).toContainEqual(expect.stringMatching(/^who voted when ~ the box by transaction: (0.9|1)/))
  })

  test('one value of a ballot that is kept elsewhere is found, though it is hashed', () => {
    const [one] = closed.get('governance.ballot') ?? []
    const planted = new Map([
      ...closed,
      ['planted', [{ row: { hash: String(one?.row['receipt']) }, xmin: '1', page: 0, item: 1 }]] as const,
    ])
    expect(joinsOf(planted, polling.election, [])).toEqual([expect.stringMatching(/^planted: /)])
    expect(joinsOf(closed, polling.election, [`"token":"${String(one?.row['token'])}"`])).toHaveLength(1)
  })
})
