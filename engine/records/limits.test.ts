import { afterAll, beforeAll, expect, test } from 'vitest'
import { cast, openHouse, type TestHouse, type Voice } from '@commonhall/engine/testing'

let house: TestHouse
let staff: Voice
let officer: Voice

beforeAll(async () => {
  house = await openHouse()
  staff = await house.as(cast.staff)
  officer = await house.as(cast.officer)
})
afterAll(() => house.close())

const newMember = (card_number: string, state: string) => ({
  card_number,
  first_name: 'Ann',
  last_name: 'Ortiz',
  state,
})

test('staff, who may admit, may enter an active member, but not one already suspended', async () => {
  expect((await staff.post('/members', newMember('S-1', 'active'))).statusCode).toBe(201)
  const refused = await staff.post('/members', newMember('S-2', 'suspended'))
  expect(refused.statusCode).toBe(403)
  expect(refused.json().errors).toMatchObject([{ path: 'state', code: 'workflow_start' }])
})

test('an officer, who may change standings, may enter a member in any of them', async () => {
  expect((await officer.post('/members', newMember('S-3', 'retired'))).statusCode).toBe(201)
})

test('words to search for are refused where nothing can be searched, not ignored', async () => {
  const refused = await officer.get('/invitations?q=zzzz')
  expect(refused.statusCode).toBe(422)
  expect(refused.json()).toMatchObject({ code: 'not_searchable', errors: [{ path: 'q' }] })
})

test('a reference does not show the title of a record that one may not read', async () => {
  const household = (await officer.post('/households', { name: 'Moreau family' })).json()
  const member = await house.as(cast.member)
  const [own] = (await member.get('/members')).json().data
  await officer.patch(`/members/${own.id}`, { household: household.id })
  expect((await officer.get(`/members/${own.id}`)).json().titles).toEqual({ household: 'Moreau family' })
  expect((await member.get(`/members/${own.id}`)).json().titles).toEqual({ household: null })
})

test('downloads that nobody takes leave the pages their connections', async () => {
  const { engine } = house
  const caller = await house.caller()
  const statement = { text: 'select generate_series(1, 100000) as n', values: [] }
  const slow = await Promise.all([1, 2, 3].map(() => engine.database.stream(caller.access, statement)))
  for (const rows of slow) for await (const row of rows) if (row) break
  const open = await Promise.all([1, 2, 3].map(() => engine.database.stream(caller.access, statement)))
  expect((await staff.get('/members?limit=1')).statusCode).toBe(200)
  await Promise.all([...slow, ...open].map((rows) => rows.close()))
})
