import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { asOwner, asServer, openHouse, type TestHouse } from '@commonhall/engine/testing'
import { MemoryShelf, Polling } from '../testing/polling.ts'
import { receiptOf } from './ballot.ts'
import { closeBox } from './close-box.ts'

let house: TestHouse
let polling: Polling
beforeAll(async () => {
  house = await openHouse()
  polling = await Polling.open(house, 5)
})
afterAll(() => house.close())

/** The voter at this place of the roll. */
const voterAt = (place: number) => polling.voters[place] ?? expect.fail('There are not so many voters.')

/** The same people, in an election of their own. */
const another = async (wanted = {}) => (polling = await Polling.open(house, polling.voters, wanted))

describe('whoever is on the roll', () => {
  test('takes a paper, casts a ballot as nobody, and finds it in the box by the receipt', async () => {
    const voter = voterAt(0)
    const receipt = await polling.vote(voter, polling.choosing(1))
    const box = await polling.box()
    expect(box.map((one) => one.receipt)).toEqual([receipt])
    expect(await receiptOf(box[0]?.ballot ?? '')).toBe(receipt)
    const page = await polling.page(voter)
    expect(page.papers).toMatchObject([{ voter: voter.voter, taken: 'online', can: false, code: 'already_taken' }])
  })

  test('has nothing left on the device but the receipt', async () => {
    await another()
    const [voter, shelf] = [voterAt(1), new MemoryShelf()]
    const page = await polling.page(voter)
    const booth = polling.booth(voter, { shelf })
    expect(await booth.kept(page, voter.voter)).toBeNull()
    const { receipt } = await booth.cast(page, voter.voter, polling.choosing(0)(page))
    expect([...shelf.kept.values()]).toEqual([polling.key.fingerprint, { stage: 'cast', receipt }])
    await booth.forget(page, voter.voter)
    expect([...shelf.kept.values()]).toEqual([polling.key.fingerprint])
  })

  test('goes on after the reply to the paper was lost, and after a reload', async () => {
    await another()
    const [voter, shelf] = [voterAt(0), new MemoryShelf()]
    const page = await polling.page(voter)
    const choices = polling.choosing(2)(page)
    const lost = (path: string) => path.endsWith('/ballot-paper')
    const broken = polling.booth(voter, { shelf, lost })
    await expect(broken.cast(page, voter.voter, choices)).rejects.toMatchObject({ code: 'unreachable' })
    expect([await polling.taken(), await broken.kept(page, voter.voter)]).toEqual([
      1,
      { stage: 'asked', receipt: null },
    ])
    const reloaded = polling.booth(voter, { shelf })
    await reloaded.cast(await polling.page(voter), voter.voter, choices)
    expect([await polling.taken(), (await polling.box()).length]).toEqual([1, 1])
  })

  test('goes on after the receipt was lost, with the ballot that was sealed', async () => {
    await another()
    const [voter, shelf] = [voterAt(0), new MemoryShelf()]
    const page = await polling.page(voter)
    const broken = polling.booth(voter, { shelf, lost: (path) => path.endsWith('/ballots') })
    await expect(broken.cast(page, voter.voter, polling.choosing(0)(page))).rejects.toMatchObject({
      code: 'unreachable',
    })
    const again = await polling.booth(voter, { shelf }).cast(page, voter.voter, polling.choosing(1)(page))
    const [ballot, ...more] = await polling.box()
    expect(more).toEqual([])
    expect(again).toEqual({ receipt: ballot?.receipt, resumed: true })
    expect(ballot?.ballot).toContain(page.contests[0]?.candidates[0]?.id)
  })

  test('votes once in two tabs, which share what the device keeps', async () => {
    await another()
    const [voter, shelf] = [voterAt(0), new MemoryShelf()]
    const page = await polling.page(voter)
    const tabs = [0, 1, 2].map((place) =>
      polling.booth(voter, { shelf }).cast(page, voter.voter, polling.choosing(place)(page)),
    )
    const receipts = (await Promise.all(tabs)).map((one) => one.receipt)
    expect([new Set(receipts).size, (await polling.box()).length]).toEqual([1, 1])
  })

  test('votes once on two devices: the second is told so', async () => {
    await another()
    const voter = voterAt(0)
    const both = await Promise.allSettled([0, 1].map((place) => polling.vote(voter, polling.choosing(place))))
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    expect(both.find((one) => one.status === 'rejected')).toMatchObject({ reason: { code: 'already_taken' } })
    expect([await polling.taken(), (await polling.box()).length]).toEqual([1, 1])
  })

  test('does not vote when the key is not the one that the device saw before', async () => {
    await another()
    const [voter, shelf] = [voterAt(0), new MemoryShelf()]
    const page = await polling.page(voter)
    shelf.kept.set(`key of ${polling.election}`, 'another')
    const cast = polling.booth(voter, { shelf }).cast(page, voter.voter, polling.choosing(0)(page))
    await expect(cast).rejects.toMatchObject({ code: 'key_changed' })
    const forged = { ...page, key: { public_key: page.key?.public_key ?? '', fingerprint: 'f'.repeat(64) } }
    const again = polling.booth(voter).cast(forged, voter.voter, polling.choosing(0)(page))
    await expect(again).rejects.toMatchObject({ code: 'key_changed' })
    expect(await polling.taken()).toBe(0)
  })
})

test('five voters who cast 500 times at once have five ballots in the box', { timeout: 120_000 }, async () => {
  await another()
  const ballots = await Promise.all(polling.voters.map((voter) => polling.sealed(voter, polling.choosing(0))))
  const replies = await Promise.all(Array.from({ length: 500 }, (_, n) => polling.send(ballots[n % 5] ?? {})))
  expect(new Set(replies.map(({ statusCode }) => statusCode))).toEqual(new Set([200]))
  const receipts = new Set(replies.map((reply) => reply.json().receipt))
  const box = await polling.box()
  expect(new Set(box.map((one) => one.receipt))).toEqual(receipts)
  expect([await polling.taken(), box.length]).toEqual([5, 5])
})

describe('the database', () => {
  const asOurs = (sql: string) =>
    asServer(house, polling.org, sql).then(
      ({ rows }) => rows,
      (error: Error) => error.message,
    )

  test('shows the server no ballot while voting is open, and all of them afterwards', async () => {
    await another()
    await polling.vote(voterAt(0), polling.choosing(0))
    const look = `select receipt from governance.ballot where election = '${polling.election}'`
    expect(await asOurs(look)).toEqual([])
    await polling.close()
    expect(await asOurs(look)).toHaveLength(1)
  })

  test('lets the server change no ballot, take none out and put none in but by the door', async () => {
    const denied = expect.stringContaining('permission denied')
    for (const act of ['delete from', 'truncate'])
      for (const table of ['ballot', 'ballot_paper', 'election_key', 'box_count'])
        expect(await asOurs(`${act} governance.${table}`)).toEqual(denied)
    expect(await asOurs("update governance.ballot set ballot = '{}'")).toEqual(denied)
    expect(await asOurs('update governance.box_count set number = 1000')).toEqual(denied)
    const row = `insert into governance.ballot (election, origin, ballot, receipt)
      values ('${polling.election}', 'paper', '', '')`
    expect(await asOurs(row)).toEqual(denied)
  })

  test('lets nobody change a ballot, the owner as little as the server', async () => {
    const change = asOwner(house, "update governance.ballot set ballot = '{}' where election = $1", [polling.election])
    await expect(change).rejects.toThrow('never changed')
  })

  test('holds no more ballots than papers, whatever the server was talked into', async () => {
    await another()
    const stuffed = `select governance.cast_ballot('${polling.election}', 't', 'p', 's', 'b', 'x', 'r')`
    expect(await asOurs(stuffed)).toBe('governance:ballot.more_than_issued')
    expect(await polling.box()).toEqual([])
  })

  test('has the private key sealed while voting is open, and not at all afterwards', async () => {
    const kept = () =>
      asOwner<{ private_key: string }>(house, 'select private_key from governance.election_key where election = $1', [
        polling.election,
      ])
    const [row] = await kept()
    expect(row?.private_key.length).toBeGreaterThan(1000)
    expect(
      Buffer.from(row?.private_key ?? '', 'base64url').includes(
        Buffer.from(polling.key.private_key.slice(40, 80), 'base64'),
      ),
    ).toBe(false)
    expect(await asOurs(`select governance.close_box('${polling.election}')`)).toBe('governance:ballot.still_open')
    await polling.close()
    await house.engine.act(await house.caller(), (ctx) => closeBox(ctx, polling.election))
    expect(await kept()).toEqual([])
  })
})
