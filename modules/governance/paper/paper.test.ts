import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { asOwner, cast, openHouse, type TestHouse } from '@commonhall/engine/testing'
import { done } from '../testing/hall.ts'
import { Office } from '../testing/office.ts'
import { refusal, written } from '../testing/written.ts'

let house: TestHouse
beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house.close())

describe('whoever votes on paper', () => {
  let office: Office
  beforeAll(async () => {
    office = await Office.open(house, 6)
  })

  test('has no ballot online, and the other way round', async () => {
    await done(office.staff, `/voters/${office.voter(0)}/paper`)
    const page = await office.polling.page(office.polling.voters[0] ?? expect.fail())
    expect(page.papers).toMatchObject([{ taken: 'paper', can: false, code: 'already_taken' }])
    await office.online({ 1: 0 })
    const before = await written(office)
    expect(await refusal(office.staff.post(`/voters/${office.voter(0)}/paper`))).toEqual([409, 'already_taken'])
    expect(await refusal(office.staff.post(`/voters/${office.voter(1)}/paper`))).toEqual([409, 'already_taken'])
    const member = await house.as(cast.member)
    expect(await refusal(member.post(`/voters/${office.voter(2)}/paper`))).toEqual([403, 'forbidden'])
    const stranger = await house.as(cast.stranger)
    expect((await stranger.post(`/voters/${office.voter(2)}/paper`)).statusCode).toBe(404)
    expect(await written(office)).toEqual(before)
  })

  test('who tries both at once gets exactly one of them', async () => {
    for (const place of [2, 3, 4]) {
      const voter = office.polling.voters[place] ?? expect.fail()
      const page = await office.polling.page(voter)
      const online = office.polling
        .booth(voter)
        .cast(page, voter.voter, office.polling.choosing(0)(page))
        .then(
          () => 'online',
          (error: { code: string }) => error.code,
        )
      const paper = office.staff.post(`/voters/${voter.voter}/paper`).then(({ statusCode }) => statusCode)
      const outcome = await Promise.all([online, paper])
      expect([
        ['online', 409],
        ['already_taken', 200],
      ]).toContainEqual(outcome)
      const [row] = await asOwner(house, 'select taken from governance.voter where id = $1', [voter.voter])
      expect(row).toEqual({ taken: outcome[0] === 'online' ? 'online' : 'paper' })
    }
  })

  test('can bring the paper back, which is then spoiled, and vote online', async () => {
    await done(office.staff, `/voters/${office.voter(0)}/return-paper`, { number: 'S-1', reason: 'Votes at home' })
    await office.online({ 0: 0 })
    expect(await office.paper('S-1')).toMatchObject({ state: 'spoiled', reason: 'Votes at home' })
    expect((await office.stands()).counters).toMatchObject({ spoiled: 1 })
    expect(
      await refusal(office.staff.post(`/voters/${office.voter(0)}/return-paper`, { number: 'S-2', reason: 'None' })),
    ).toEqual([409, 'conflict'])
  })
})

describe('papers', () => {
  let office: Office
  beforeAll(async () => {
    office = await Office.open(house, 8)
    await office.online({ 0: 0, 1: 0 })
    await done(office.staff, `/voters/${office.voter(2)}/paper`)
    expect((await office.stands()).warnings).toEqual([expect.stringMatching(/^One voter has a ballot on paper/)])
    for (const place of [3, 4, 5, 6, 7]) await done(office.staff, `/voters/${office.voter(place)}/paper`)
  })

  test('are not entered while people vote: they would tell how it stands', async () => {
    const before = await written(office)
    const body = { number: '1', kind: 'ballot', choices: await office.marks(1) }
    expect(await refusal(office.staff.post(`${office.at}/paper-ballots`, body))).toEqual([409, 'conflict'])
    expect(await written(office)).toEqual(before)
    await office.close()
    await office.work()
    const stands = await office.stands()
    expect(stands).toMatchObject({
      counted: false,
      can_count_without: true,
      missing: [expect.stringMatching(/^6 papers/)],
    })
  })

  test('count when two people enter them alike, whatever the order of marks', async () => {
    const [one, other] = [await office.marks(1), await office.marks(1)]
    expect(await office.enter(office.staff, '1', one)).toBe('entered')
    const before = await written(office)
    expect(await office.enter(office.staff, '1', one)).toBe('same_person')
    expect(await written(office)).toEqual(before)
    expect(await office.enter(office.officer, '1', other)).toBe('agreed')
    expect(await office.enter(office.officer2, '1', other)).toBe('conflict')
    expect(await written(office)).toMatchObject([{ box: 3 }])
  })

  test('tell the second person nothing of what the first one entered', async () => {
    expect(await office.enter(office.staff, '2', await office.marks(2))).toBe('entered')
    const { id } = await office.paper('2')
    const pages = [
      `/paper-ballots/${id}`,
      `/paper-ballots/${id}/history`,
      `${office.at}/counting`,
      `${office.at}/results`,
    ]
    const marked = Object.values(await office.marks(2))[0]?.choices[0] ?? ''
    for (const path of pages.slice(0, 3)) expect((await office.officer.get(path)).body).not.toContain(marked)
    const audit = await office.officer.get(`/audit?filter[record]=${id}`)
    expect([audit.statusCode, audit.body.includes(marked)]).toEqual([200, false])
  })

  test('that two people read differently are settled by somebody else than the first', async () => {
    expect(await office.enter(office.officer, '2', await office.marks(1))).toBe('differs')
    const { id } = await office.paper('2')
    const body = { kind: 'ballot', choices: await office.marks(2), reason: 'The cross is clearly in the third box' }
    const before = await written(office)
    expect((await office.staff.post(`/paper-ballots/${id}/settle`, body)).statusCode).toBe(403)
    expect(
      await refusal(office.officer2.post(`/paper-ballots/${id}/settle`, { kind: 'ballot', choices: body.choices })),
    ).toEqual([422, 'invalid'])
    // The second person, who would decide alone by differing and then settling it.
    const own = { ...body, choices: await office.marks(1) }
    expect(await refusal(office.officer.post(`/paper-ballots/${id}/settle`, own))).toEqual([409, 'same_person'])
    expect(await written(office)).toEqual(before)
    expect(await done(office.officer2, `/paper-ballots/${id}/settle`, body)).toMatchObject({ state: 'agreed' })
    expect(await refusal(office.officer2.post(`/paper-ballots/${id}/settle`, body))).toEqual([409, 'conflict'])
  })

  test('that the second person sees as the first did after all are settled by them', async () => {
    expect(await office.enter(office.staff, '3', await office.marks(2))).toBe('entered')
    expect(await office.enter(office.officer, '3', null)).toBe('differs')
    const { id } = await office.paper('3')
    const choices = await office.marks(2)
    const body = { kind: 'ballot', choices, reason: 'A slip of mine' }
    expect(await done(office.officer, `/paper-ballots/${id}/settle`, body)).toMatchObject({ state: 'agreed' })
  })

  test('that nobody can read are void, and counted apart', async () => {
    expect(await office.enter(office.staff, '5', null)).toBe('entered')
    expect(await office.enter(office.officer, '5', null)).toBe('void')
    expect(await office.paper('5')).toMatchObject({ state: 'void', reason: 'A drawing' })
  })

  test('with too many marks are ballots, which the rules of counting judge', async () => {
    const marks = await office.marks(0, 1)
    expect(await office.enter(office.staff, '4', marks)).toBe('entered')
    expect(await office.enter(office.officer, '4', marks)).toBe('agreed')
  })

  test('under a wrong number are taken back by whoever entered them, before somebody else did', async () => {
    expect(await office.enter(office.staff, '55', await office.marks(0))).toBe('entered')
    const { id } = await office.paper('55')
    expect(await refusal(office.officer.post(`/paper-ballots/${id}/take-back`))).toEqual([409, 'conflict'])
    await done(office.staff, `/paper-ballots/${id}/take-back`)
    expect(await refusal(office.staff.post(`/paper-ballots/${id}/take-back`))).toEqual([404, 'not_found'])
  })

  test.each([
    ['unknown_candidate', (id: string) => ({ [id]: { choices: ['nobody'] } })],
    ['unknown_contest', () => ({ other: { choices: [] } })],
    ['wrong_marks', (id: string) => ({ [id]: { ranks: [] } })],
    ['malformed', () => [1]],
  ] as const)('that are entered wrongly are refused: %s', async (code, choices) => {
    const { contests } = await office.results()
    const before = await written(office)
    const body = { number: '9', kind: 'ballot', choices: choices(contests[0]?.id ?? '') }
    const reply = await office.staff.post(`${office.at}/paper-ballots`, body)
    expect([reply.statusCode, reply.json().errors]).toEqual([422, [expect.objectContaining({ path: 'choices', code })]])
    expect(await written(office)).toEqual(before)
  })

  test('that do not come back hold the count up until somebody says why', async () => {
    const stands = await office.stands()
    expect(stands).toMatchObject({
      can_count_without: true,
      missing: [expect.stringMatching(/^One paper that was given/)],
    })
    expect(await refusal(office.officer.post(`${office.at}/certify`))).toEqual([409, 'conflict'])
    await done(office.officer, `${office.at}/count`, { reason: 'The voter went home with it' })
    await office.work()
    const { counters, contests, warnings } = await office.results()
    expect(warnings).toEqual([
      expect.stringMatching(/^Only 4 ballots are on paper/),
      expect.stringMatching(/^Only 2 ballots were cast online/),
    ])
    expect(counters).toMatchObject({
      eligible: 8,
      issued: 2,
      cast: 2,
      paper_given: 6,
      paper_counted: 4,
      void: 1,
      spoiled: 0,
      not_back_because: 'The voter went home with it',
    })
    expect(Object.values(contests[0]?.result?.rounds[0]?.tally ?? {}).toSorted()).toEqual(['1', '2', '2'])
    const { id } = await office.paper('5')
    const body = { kind: 'void', reason: 'Once more' }
    expect(await refusal(office.officer2.post(`/paper-ballots/${id}/settle`, body))).toEqual([409, 'conflict'])
    expect((await office.verify()).findings).toEqual([])
  })
})

test('two people who enter the same paper at once are a first and a second', async () => {
  const office = await Office.open(house, 3)
  for (const place of [0, 1, 2]) await done(office.staff, `/voters/${office.voter(place)}/paper`)
  await office.close()
  const marks = await office.marks(1)
  for (const number of ['1', '2', '3']) {
    const states = await Promise.all([office.staff, office.officer].map((who) => office.enter(who, number, marks)))
    expect(states.toSorted()).toEqual(['agreed', 'entered'])
  }
  await office.work()
  expect(await office.results()).toMatchObject({
    counted: true,
    counters: { paper_counted: 3 },
    warnings: [expect.stringMatching(/only 3/)],
  })
})
