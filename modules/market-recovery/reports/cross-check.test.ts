import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { cast, openHouse, type TestHouse, type Voice } from '@commonhall/engine/testing'

interface Finding {
  readonly finding: string
  readonly claimed: string
  readonly remitted: string
  readonly elsewhere: string
}

let house: TestHouse
let staff: Voice
let company: string
let other: string
let program: string
const people: string[] = []
beforeAll(async () => {
  house = await openHouse()
  staff = await house.as(cast.staff)
  const officer = await house.as(cast.officer)
  company = await made(staff, '/contractors', { name: 'Wexford Electric' })
  other = await made(staff, '/contractors', { name: 'Yarrow Power' })
  program = await made(officer, '/programs', {
    name: 'Lighthouse',
    state: 'active',
    budget: '100000',
    from_on: '2025-01-01',
    basis: 'fixed-rate',
    hourly_subsidy_rate: '5',
  })
  const found = (await staff.get('/members?filter[state]=active&limit=200&sort=-card_number')).json().data
  people.push(...found.map(({ id }: { id: string }) => id))
})
afterAll(() => house.close())

async function made(person: Voice, path: string, body: Record<string, unknown>): Promise<string> {
  const reply = await person.post(path, body)
  expect(reply.statusCode, reply.body).toBe(201)
  return reply.json().id
}

/** Claims of somebody new at Wexford, in a week of its own for each test, and what was remitted; what is found. */
async function compared(
  week: string,
  claims: readonly string[],
  remitted: readonly { at?: string; hours: string; as?: string }[],
): Promise<readonly Finding[]> {
  const member = people.pop() ?? ''
  const until = week
  const from = new Date(Date.parse(week) - 6 * 86_400_000).toISOString().slice(0, 10)
  for (const [place, regular] of claims.entries()) {
    const officer = await house.as(cast.officer)
    const paidBy =
      place === 0
        ? program
        : await made(officer, '/programs', {
            name: `Second ${week}`,
            state: 'active',
            budget: '10000',
            from_on: '2025-01-01',
            basis: 'fixed-rate',
            hourly_subsidy_rate: '5',
          })
    const assignment = await made(staff, '/assignments', {
      program: paidBy,
      contractor: company,
      member,
      classification: 'Lineman',
      contractor_rate: '40',
      from_on: from,
    })
    const hours = await made(staff, '/hours', { assignment, week_ending: week, regular })
    expect((await staff.post(`/hours/${hours}/submit`)).statusCode).toBe(200)
  }
  for (const { at = company, hours, as = 'Lineman' } of remitted) {
    await made(staff, '/remittances', { contractor: at, member, week_ending: week, classification: as, hours })
  }
  const path = `/reports/market-recovery.cross-check?from=${from}&until=${until}&member=${member}`
  return (await staff.get(path)).json().rows as Finding[]
}

const names = (found: readonly Finding[]) => found.map(({ finding }) => finding)

describe('claims beside remittances', () => {
  test('agree: nothing is found', async () => {
    expect(await compared('2025-03-02', ['40'], [{ hours: '40' }])).toEqual([])
  })

  test('more was claimed than was remitted', async () => {
    const found = await compared('2025-03-09', ['40'], [{ hours: '36.5' }])
    expect(found).toEqual([expect.objectContaining({ finding: 'over', claimed: '40.00', remitted: '36.50' })])
  })

  test('nothing was remitted for somebody whose company reported that week', async () => {
    await made(staff, '/remittances', {
      contractor: company,
      member: people[0],
      week_ending: '2025-03-16',
      classification: 'Lineman',
      hours: '8',
    })
    expect(names(await compared('2025-03-16', ['40'], []))).toEqual(['missing'])
  })

  test('says nothing about a week of which there is no list', async () => {
    expect(await compared('2025-03-23', ['40'], [])).toEqual([])
  })

  test('another classification was remitted', async () => {
    expect(names(await compared('2025-03-30', ['40'], [{ hours: '40', as: 'Apprentice 1' }]))).toEqual([
      'classification',
    ])
  })

  test('the same hours are claimed in two programs', async () => {
    expect(names(await compared('2025-04-06', ['30', '30'], [{ hours: '30' }]))).toEqual(['twice', 'twice'])
  })

  test('somebody worked elsewhere that week, whose week ends on another day', async () => {
    const found = await compared('2025-04-13', ['40'], [{ hours: '40' }, { at: other, hours: '16' }])
    expect(found).toEqual([expect.objectContaining({ finding: 'elsewhere', elsewhere: '16.00' })])
  })
})
