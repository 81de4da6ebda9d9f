import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { cast, openHouse, type TestHouse } from '@commonhall/engine/testing'

let house: TestHouse
beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house.close())

type Person = Awaited<ReturnType<TestHouse['as']>>

async function made(person: Person, path: string, body: Record<string, unknown>) {
  const reply = await person.post(path, body)
  expect(reply.statusCode, reply.body).toBe(201)
  return reply.json() as Record<string, string>
}

describe('a week of hours', () => {
  test('is entered, submitted, and approved by somebody else', async () => {
    const staff = await house.as(cast.staff)
    const officer = await house.as(cast.officer)
    await made(officer, '/scales', { classification: 'Lineman', rate: '50', from_on: '2025-01-01' })
    const contractor = await made(staff, '/contractors', { name: 'Wexford Electric' })
    const program = await made(officer, '/programs', {
      name: 'Lighthouse 2025',
      state: 'active',
      budget: '1000',
      from_on: '2025-01-01',
    })
    const [member] = (await staff.get('/members?limit=1&filter[state]=active')).json().data
    const assignment = await made(staff, '/assignments', {
      program: program['id'],
      contractor: contractor['id'],
      member: member.id,
      classification: 'Lineman',
      contractor_rate: '35',
      from_on: '2025-01-01',
    })
    expect(assignment['number']).toMatch(/^A-\d{4}$/)
    const week = await made(staff, '/hours', { assignment: assignment['id'], week_ending: '2025-03-02', regular: '40' })
    expect(week['subsidy']).toBe('600.00')
    const submitted = await staff.post(`/hours/${week['id']}/submit`)
    expect(submitted.json()).toMatchObject({ state: 'submitted' })
    const own = await staff.post(`/hours/${week['id']}/approve`)
    expect(own.statusCode).toBe(403)
    const approved = await officer.post(`/hours/${week['id']}/approve`)
    expect(approved.json()).toMatchObject({ state: 'approved', subsidy: '600.00' })
    expect((await officer.get(`/programs/${program['id']}`)).json()).toMatchObject({
      committed: '600.00',
      paid: '0.00',
    })
    const next = await made(staff, '/hours', { assignment: assignment['id'], week_ending: '2025-03-09', regular: '40' })
    await staff.post(`/hours/${next['id']}/submit`)
    const over = await officer.post(`/hours/${next['id']}/approve`)
    expect(over.statusCode).toBe(409)
    expect(over.json().detail).toContain('over its budget of $1,000.00: $600.00 is committed')
  })
})
