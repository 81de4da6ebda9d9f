import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openHouse, type TestHouse, type Voice } from '@commonhall/engine/testing'
import { bringHours, cardsOf, carried, reasons, uploadHours } from '../testing/contractor-file.ts'
import { Local, made } from '../testing/local.ts'

/** A contractor's person brings in a file: theirs comes in, and what is another's is not there. */
let house: TestHouse
let local: Local
let other: Local
let anna: Voice
let bert: Voice
let mine: string[]
let own: string[]
let others: string[]
let others2: string[]

beforeAll(async () => {
  house = await openHouse()
  await house.engine.startWork()
  local = await Local.open(house, '50000')
  other = await Local.open(house, '60000')
  mine = await local.assignments(3)
  own = await cardsOf(local, mine)
  others2 = await other.assignments(4)
  // Those of the other contractor that are not ours too.
  others = (await cardsOf(other, others2)).filter((card) => !own.includes(card))
  anna = await local.standingFor('anna@people.example', local.contractor)
  bert = await local.standingFor('bert@people.example', other.contractor)
})
afterAll(() => house.close())

const file = () => `Card No,Week ending,Reg,OT
${own[0]},2025-03-02,40,2
${others[0]},2025-03-02,40,0
LX99999,2025-03-02,40,0
${own[1]},2025-03-02,46,0
`

test('only their own rows come in; another’s are refused as what is nowhere, in the trial as in the run', async () => {
  const sent = await uploadHours(anna, file())
  expect([sent.statusCode, sent.json().missing]).toEqual([201, []])
  const at = `/imports/${sent.json().id}`
  expect(await carried(anna, at, 'dry-run')).toMatchObject({ imported: 2, refused: 2 })
  const told = async () => (await anna.get(`${at}/refusals`)).json().data
  const trial = await told()
  expect(trial.map(({ row, column }: { row: number; column: string }) => [row, column])).toEqual([
    [3, 'Card No'],
    [4, 'Card No'],
  ])
  expect(trial[0].message.replace(others[0], 'X')).toBe(trial[1].message.replace('LX99999', 'X'))
  expect(await carried(anna, at, 'run')).toMatchObject({ state: 'done', imported: 2, refused: 2 })
  expect(await told()).toEqual(trial)
  const weeks = (await anna.get('/hours?filter[state]=draft')).json().data
  expect(weeks.map(({ contractor }: { contractor: string }) => contractor)).toEqual([
    local.contractor,
    local.contractor,
  ])
})

test('an assignment of another by its number, id or company is not there either', async () => {
  const [number] = [(await other.officer.get(`/assignments/${others2[0]}`)).json().number]
  const rows = [number, others2[0]].map((one) => `${one},,2025-03-09,40`)
  const text = `Assignment,Card No,W/E,Reg\n${rows.join('\n')}\n,${others[0]},2025-03-09,40\n`
  const sent = (await uploadHours(anna, text)).json()
  const constants = { 'assignment.contractor': 'Bayline Electric 60000' }
  expect((await anna.patch(`/imports/${sent.id}`, { mapping: { constants } })).statusCode).toBe(200)
  expect(await carried(anna, `/imports/${sent.id}`, 'run')).toMatchObject({ imported: 0, refused: 3 })
  const told = (await anna.get(`/imports/${sent.id}/refusals`)).json().data
  expect(told[0].message).toBe(`There is no assignment with the number ${number}.`)
})

describe('what came in', () => {
  let at: string
  beforeAll(async () => {
    at = `/imports/${(await anna.get('/imports')).json().data.at(-1).id}`
  })

  test('is listed with the rows it came from, for them alone', async () => {
    const { data } = (await anna.get(`${at}/records`)).json()
    expect(data).toMatchObject([
      { row: 2, title: 'Week to 2025-03-02', state: 'draft' },
      { row: 5, title: 'Week to 2025-03-02', state: 'draft' },
    ])
    expect((await bert.get(`${at}/records`)).statusCode).toBe(404)
    expect((await bert.get('/imports')).json().data).toEqual([])
  })

  test('is submitted at once; what must be confirmed first is told, and undo keeps what was submitted', async () => {
    const { data } = (await anna.get(`${at}/records`)).json()
    const ids = data.map(({ record }: { record: string }) => record)
    const reply = (await anna.post('/hours/submit', { ids })).json()
    expect(reply).toMatchObject({
      done: [ids[0]],
      refused: [{ id: ids[1], reason: expect.stringContaining('46.00 regular hours are more than 40') }],
    })
    const undone = await carried(anna, at, 'undo')
    expect(undone).toMatchObject({ state: 'undone', removed: 1, kept: [{ record: ids[0] }] })
    expect((await anna.get(`/hours/${ids[0]}`)).json().state).toBe('submitted')
    expect((await anna.get(`/hours/${ids[1]}`)).statusCode).toBe(404)
  })

  test('of others is theirs to see and to take back no more than to read', async () => {
    const sent = (await uploadHours(local.staff, `Card No,W/E,Reg\n${own[2]},2025-03-16,8\n`)).json()
    for (const path of ['', '/records', '/refusals', '/refused.csv'])
      expect((await anna.get(`/imports/${sent.id}${path}`)).statusCode).toBe(404)
    for (const act of ['dry-run', 'run', 'undo'])
      expect((await anna.post(`/imports/${sent.id}/${act}`)).statusCode).toBe(404)
  })
})

test('what others say for all their rows is not remembered for them, nor theirs for others', async () => {
  const text = `Card,Hours,Week ending\n${own[2]},8,2025-03-23\n`
  const sent = (await uploadHours(local.staff, text)).json()
  const constants = { 'assignment.contractor': 'Bayline Electric 50000' }
  await local.staff.patch(`/imports/${sent.id}`, { mapping: { constants } })
  await carried(local.staff, `/imports/${sent.id}`, 'run')
  expect((await uploadHours(local.staff, text)).json().mapping.constants).toEqual(constants)
  expect((await uploadHours(bert, text)).json().mapping.constants).toEqual({})
})

test('whoever stands for nobody any more brings nothing in, though the file was there before', async () => {
  const sent = (await uploadHours(bert, `Card No,W/E,Reg\n${others[1]},2025-03-23,8\n`)).json()
  await made(local.officer, '/contractors', { name: 'Elsewhere 1' })
  const people = (await (await house.as('admin@local-100.example')).get('/users?q=bert')).json().data
  const admin = await house.as('admin@local-100.example')
  await admin.patch(`/users/${people[0].id}`, { stands_for: { 'market-recovery.contractor': null } })
  expect([403, 404]).toContain((await bert.post(`/imports/${sent.id}/run`)).statusCode)
})

test('a run that stops in the middle goes on where it stood, and nothing comes twice', async () => {
  const places = await local.assignments(20)
  const cards = await cardsOf(local, places)
  const sundays = Array.from({ length: 60 }, (_, n) =>
    new Date(Date.UTC(2025, 0, 12 + n * 7)).toISOString().slice(0, 10),
  )
  const rows = sundays.flatMap((day) => cards.map((card) => `${card},Bayline Electric 50000,${day},8`))
  const { database } = house.engine
  const real = database.transaction.bind(database)
  let left = 7
  database.transaction = (async (...args: Parameters<typeof real>) => {
    if (left-- === 0) throw new Error('killed')
    return await real(...args)
  }) as typeof real
  await expect(bringHours(local, `Card,Company,W/E,Reg\n${rows.join('\n')}\n`)).rejects.toThrow('killed')
  database.transaction = real
  const admin = await house.as('admin@local-100.example')
  const [{ id, state, done }] = (await admin.get('/imports?limit=1')).json().data
  expect([state, done]).toEqual(['failed', 500])
  expect(await carried(admin, `/imports/${id}`, 'run')).toMatchObject({
    state: 'done',
    imported: rows.length,
    refused: 0,
  })
  const again = await bringHours(local, `Card,Company,W/E,Reg\n${rows.slice(0, 3).join('\n')}\n`)
  expect([again.imported, reasons(again)[0]?.[3]]).toEqual([
    0,
    'There are hours of this assignment for this week already.',
  ])
})
