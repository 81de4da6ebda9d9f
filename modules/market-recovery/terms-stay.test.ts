import { afterAll, beforeAll, expect, test } from 'vitest'
import { openHouse, type TestHouse } from '@commonhall/engine/testing'
import { Local } from './testing/local.ts'
import { counted } from './testing/counted.ts'

let house: TestHouse
let local: Local
let assignment = ''
beforeAll(async () => {
  house = await openHouse()
  local = await Local.open(house)
  assignment = (await local.assignments(1))[0] ?? ''
})
afterAll(() => house.close())

const program = (body: object) => local.officer.patch(`/programs/${local.program}`, body)
const place = (body: object) => local.staff.patch(`/assignments/${assignment}`, body)

test('terms can be put right until hours were approved by them', async () => {
  expect((await program({ overtime_factor: '1.5' })).statusCode).toBe(200)
  expect((await place({ contractor_rate: '35.5' })).statusCode).toBe(200)
  const week = await local.submitted(assignment, '2025-03-02')
  expect((await place({ contractor_rate: '35' })).statusCode).toBe(200)
  const approval = await local.officer.post(`/hours/${week}/approve`)
  // What was shown is not what it would be now: that is told, and it goes back.
  expect(approval.json()).toMatchObject({ status: 409, detail: expect.stringContaining('Rates have changed') })
  await local.officer.post(`/hours/${week}/reject`, { reason: 'The rate was put right' })
  await local.staff.post(`/hours/${week}/submit`)
  expect((await local.officer2.post(`/hours/${week}/approve`)).statusCode).toBe(200)
})

test.each([
  ['the factor of overtime', () => program({ overtime_factor: '2' }), 'let this program end and begin another one'],
  ['the most per hour', () => program({ hourly_subsidy_rate: '9' }), 'let this program end'],
  ['what it is reckoned by', () => program({ basis: 'fixed-rate', hourly_subsidy_rate: '9' }), 'begin another one'],
  ['what the contractor pays', () => place({ contractor_rate: '36' }), 'end this assignment and make a new one'],
  ['the classification', () => place({ classification: 'Foreman' }), 'end this assignment'],
])('then they stay: %s', async (_what, change, sentence) => {
  const before = await counted(house)
  const reply = await change()
  expect(reply.json()).toMatchObject({ status: 409, detail: expect.stringContaining(sentence) })
  expect(await counted(house)).toEqual(before)
})

test('all else of them can still be changed', async () => {
  expect((await program({ description: 'As agreed in March' })).statusCode).toBe(200)
  expect((await place({ notes: 'Night shift' })).statusCode).toBe(200)
})
