import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openHouse, type TestHouse } from '@commonhall/engine/testing'
import { done, made } from '../testing/hall.ts'
import { Office } from '../testing/office.ts'
import { refusal, written } from '../testing/written.ts'

let house: TestHouse
beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house.close())

describe('a challenged ballot', () => {
  let office: Office
  beforeAll(async () => {
    office = await Office.open(house, 6)
    await office.online({ 0: 0, 1: 1 })
  })

  test('is what a challenged voter votes by, until the challenge is dismissed', async () => {
    const reason = { reason: 'Works elsewhere since May' }
    await done(office.officer, `/voters/${office.voter(2)}/challenge`, reason)
    const voter = office.polling.voters[2] ?? expect.fail()
    expect((await office.polling.page(voter)).papers).toMatchObject([{ can: false, code: 'challenged' }])
    const before = await written(office)
    expect(await refusal(office.staff.post(`/voters/${office.voter(2)}/paper`))).toEqual([422, 'challenged'])
    expect(await refusal(office.officer.post(`/voters/${office.voter(0)}/challenge`, reason))).toEqual([
      409,
      'already_taken',
    ])
    expect(await refusal(voter.voice.post(`/voters/${office.voter(3)}/challenge`, reason))).toEqual([403, 'forbidden'])
    expect(await written(office)).toEqual(before)
    await done(office.officer, `/voters/${office.voter(2)}/dismiss-challenge`)
    await office.online({ 2: 0 })
  })

  test('may be asked for by an observer of this election', async () => {
    const observer = office.polling.voters[1] ?? expect.fail()
    await made(office.officer, '/observers', { election: office.polling.election, member: observer.member })
    await done(observer.voice, `/voters/${office.voter(3)}/challenge`, { reason: 'Left the trade' })
    const before = await written(office)
    const other = await Office.open(house, office.polling.voters)
    const elsewhere = observer.voice.post(`/voters/${other.voter(3)}/challenge`, { reason: 'Left the trade' })
    expect(await refusal(elsewhere)).toEqual([403, 'forbidden'])
    expect(await written(office)).toEqual(before)
  })

  test('is kept apart in its envelope, and counts when it is accepted', async () => {
    const take = (body: object) =>
      made(office.staff, `${office.at}/challenged-ballots`, body as Record<string, unknown>)
    await take({ number: 'E-1', voter: office.voter(3), reason: 'Was challenged' })
    await take({ number: 'E-2', name: 'Nora New', reason: 'Not on the roll, says she joined in March' })
    const before = await written(office)
    const again = { number: 'E-3', voter: office.voter(3), reason: 'Once more' }
    expect(await refusal(office.staff.post(`${office.at}/challenged-ballots`, again))).toEqual([409, 'already_taken'])
    expect(await refusal(office.staff.post(`${office.at}/challenged-ballots`, { ...again, voter: undefined }))).toEqual(
      [422, 'invalid'],
    )
    const used = { ...again, voter: office.voter(4), number: 'E-1' }
    expect(await refusal(office.staff.post(`${office.at}/challenged-ballots`, used))).toEqual([409, 'conflict'])
    expect(await written(office)).toEqual(before)
    await office.close()
    await office.work()
    expect((await office.stands()).missing).toEqual([expect.stringMatching(/^2 challenged/)])
    // A paper that is entered when all others are is known to be the one of the envelope.
    const early = { number: '1', kind: 'ballot', choices: await office.marks(2) }
    expect(await refusal(office.staff.post(`${office.at}/paper-ballots`, early))).toEqual([409, 'conflict'])

    const [first, second] = [await office.paper('E-1'), await office.paper('E-2')]
    expect((await office.staff.post(`/paper-ballots/${first.id}/accept`, { reason: 'On the roll' })).statusCode).toBe(
      403,
    )
    await done(office.officer, `/paper-ballots/${first.id}/accept`, { reason: 'The employer confirms it' })
    await done(office.officer, `/paper-ballots/${second.id}/reject`, { reason: 'Joined in September' })
    expect(await refusal(office.officer.post(`/paper-ballots/${second.id}/accept`, { reason: 'After all' }))).toEqual([
      409,
      'conflict',
    ])
    expect((await office.paper('E-2')).reason).toBe(
      'Nora New: Not on the roll, says she joined in March – Joined in September',
    )
    const marks = await office.marks(2)
    expect(await office.enter(office.staff, '1', marks)).toBe('entered')
    expect(await office.enter(office.officer, '1', marks)).toBe('agreed')
    await office.work()
    expect(await office.results()).toMatchObject({
      counted: true,
      counters: { challenged: 2, challenged_accepted: 1, challenged_rejected: 1, paper_counted: 1, paper_given: 0 },
    })
    expect((await office.verify()).findings).toEqual([])
  })
})
