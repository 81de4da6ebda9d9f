import { createReadStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { cast, firstRun, openHouse, type TestHouse, type Voice } from '@commonhall/engine/testing'
import { importFile, resumeImports } from './index.ts'
import { onBehalfOf, scopeOf } from './jobs.ts'
import { receiveFile } from './receive.ts'
import { startRun } from './run.ts'
import { settled, upload } from './testing/upload.ts'

let house: TestHouse
beforeAll(async () => {
  house = await openHouse()
  await house.engine.startWork()
})
afterAll(() => house.close())

const rollPath = (name: string) => `${import.meta.dirname}/../../test/rolls/${name}`
const roll = (name: string) => createReadStream(rollPath(name))
const csv = (content: string | Buffer) => Readable.from([Buffer.from(content)])

/** Imports a text into the members of an org of its own. */
async function bring(text: string | Buffer, more: { slug?: string; resource?: string; dryRun?: boolean } = {}) {
  const caller = await house.caller(more.slug ?? 'local-200')
  return await importFile(house.engine, caller, {
    resource: more.resource ?? 'members',
    name: 'test.csv',
    bytes: csv(text),
    dryRun: more.dryRun ?? false,
  })
}

test('the clean roll comes in whole', async () => {
  const { result } = await importFile(house.engine, await house.caller(), {
    resource: 'members',
    name: 'roll-clean.csv',
    bytes: roll('roll-clean.csv'),
  })
  expect(result).toEqual({ rows: 537, imported: 537, refused: 0, errors: [] })
})

test('of the messy roll every good row comes in, and every fault is named', async () => {
  const { result } = await importFile(house.engine, await house.caller('local-200'), {
    resource: 'members',
    name: 'roll-messy.csv',
    bytes: roll('roll-messy.csv'),
  })
  expect(result).toMatchObject({ rows: 540, imported: 529, refused: 11 })
  expect(result.errors.map(({ row, column, value, message }) => [row, column, value, message])).toEqual([
    [19, 'CardNo', 'W000802', 'Card number W000802 is already among the members (row 5 of this file).'],
    [63, 'CardNo', 'c001059', 'Card number c001059 is already among the members (row 42 of this file).'],
    [82, 'DOB', '13/45/1961', 'Date of birth is not a day that exists. Check the month and the day.'],
    [92, 'DOB', '00/00/0000', 'Date of birth is not a day that exists. Check the month and the day.'],
    [103, 'Name', '', 'Name is needed.'],
    [122, 'CardNo', '', 'Card number is needed.'],
    [135, 'Init Date', '2/30/2011', 'Joined is not a day that exists. Check the month and the day.'],
    [152, null, null, 'This row has 5 cells under 8 headings. Some may stand in the wrong column.'],
    [173, null, null, 'This row has 9 cells under only 8 headings. Some may stand in the wrong column.'],
    [
      202,
      'Name',
      "=cmd|' /C calc'!A0, Robert",
      'This cell holds a spreadsheet formula. Replace it with the value itself.',
    ],
    [542, null, null, 'This looks like a total line, not a record.'],
  ])
  const officer = await house.as(cast.stranger)
  const [mcconnell] = (await officer.get('/members?filter[card_number]=M000355')).json().data
  expect(mcconnell).toMatchObject({
    last_name: 'McConnell',
    first_name: 'Mitch',
    state: 'active',
    birth_on: '1942-02-20',
  })
})

describe('from upload over trial and run to undo, as a person does it', () => {
  let staff: Voice
  let at: string
  let before: number
  const total = async () => (await staff.get('/members?count=exact')).json().total
  const send = async () =>
    upload(staff, 'riverside', await readFile(rollPath('roll-messy.csv')), { name: 'roll-messy.csv' })

  beforeAll(async () => {
    staff = await house.as(cast.coopStaff)
    before = await total()
  })

  test('the upload tells what was recognized', async () => {
    const reply = await send()
    expect(reply.statusCode).toBe(201)
    at = `/imports/${reply.json().id}`
    expect(reply.headers['location']).toBe(`/api/v1/orgs/riverside${at}`)
    expect(reply.json()).toMatchObject({
      state: 'ready',
      encoding: 'windows-1252',
      delimiter: ';',
      header_row: 1,
      date_order: 'mdy',
      date_order_certain: true,
      rows: 540,
      blank: 1,
      left_out: [],
      missing: [],
      constants: [{ field: 'state', label: 'Standing', value: 'active' }],
    })
  })

  test('a trial counts, and changes nothing', async () => {
    expect((await staff.post(`${at}/dry-run`)).statusCode).toBe(202)
    expect(await settled(staff, at)).toMatchObject({ state: 'ready', imported: 529, refused: 11, done: 540 })
    expect(await total()).toBe(before)
  })

  test('the run brings the good rows in', async () => {
    const changed = await staff.patch(at, { mapping: { columns: { Cl: '+notes' } } })
    expect(changed.json().mapping.columns).toContainEqual({ heading: 'Cl', to: '+notes' })
    expect((await staff.post(`${at}/run`)).statusCode).toBe(202)
    expect(await settled(staff, at)).toMatchObject({ state: 'done', imported: 529, refused: 11 })
    expect(await total()).toBe(before + 529)
    expect((await staff.post(`${at}/run`)).statusCode).toBe(409)
  })

  test('the refused rows can be read in pages, and taken home as a file', async () => {
    const first = (await staff.get(`${at}/refusals?limit=4`)).json()
    expect(first.data.map(({ row }: { row: number }) => row)).toEqual([19, 63, 82, 92])
    const second = (await staff.get(`${at}/refusals?limit=200&after=${first.page.next}`)).json()
    expect([second.data.length, second.page.next]).toEqual([7, null])
    const file = await staff.get(`${at}/refused.csv`)
    expect(file.body).toContain("W000822,\"'=cmd|' /C calc'!A0, Robert\"")
    expect(file.body).toContain('82,DOB: Date of birth is not a day that exists.')
  })

  test('the undo leaves what somebody has changed since, and says so', async () => {
    const [member] = (await staff.get('/members?filter[card_number]=C000127')).json().data
    expect(member.notes).toBe('Cl: S')
    await staff.patch(`/members/${member.id}`, { phone: '202-555-0100' })
    expect((await staff.post(`${at}/undo`)).statusCode).toBe(202)
    expect(await settled(staff, at)).toMatchObject({
      state: 'undone',
      removed: 528,
      kept_count: 1,
      kept: [{ record: member.id, title: 'Cantwell, Maria', reason: 'It has been changed since.' }],
    })
    expect(await total()).toBe(before + 1)
    const officer = await house.as('officer@riverside.example')
    const trail = (await officer.get(`/audit?filter[record]=${member.id}&sort=at`)).json()
    expect(trail.data[0]).toMatchObject({ act: 'create', cause: `import:${at.split('/').at(-1)}`, via: 'import' })
  })

  test('the next file of the same make is mapped as this one was', async () => {
    expect((await send()).json().mapping.columns).toContainEqual({ heading: 'Cl', to: '+notes' })
  })
})

test('what an export writes comes back equal', async () => {
  const staff = await house.as(cast.stranger)
  await bring(`Card No,Last name,First name,Phone,Notes,Joined
X-1,"'=Tricky, Jr.",+Ann,+1 202-555-0100,'quoted',1/2/2020
X-2,O'Brien,Zoë,,-5,`)
  const both = 'filter[card_number]=X-1&filter[card_number]=X-2'
  const all = async () => (await staff.get(`/members?${both}&sort=card_number`)).json().data
  for (const format of ['csv', 'xlsx']) {
    const [first, second] = await all()
    const exported = await staff.get(`/members/export?${both}&format=${format}`)
    for (const { id } of [first, second]) await remove(id)
    const { result } = await bring(exported.rawPayload)
    expect(result).toMatchObject({ imported: 2, refused: 0 })
    const plain = ({ id: _id, created_at: _c, updated_at: _u, can: _can, ...rest }: Record<string, unknown>) => rest
    expect((await all()).map(plain)).toEqual([first, second].map(plain))
    expect(first).toMatchObject({ last_name: '=Tricky, Jr.', first_name: '+Ann' })
  }
})

/** Takes a member away for good, as no button does. */
const remove = async (id: string) =>
  house.engine.database.transaction((await house.caller('local-200')).access, (transaction) =>
    transaction.query('delete from members.member where id = $1', [id]),
  )

test('a trial leaves nothing behind, and finds the same as the run', async () => {
  const text = 'Card No,Last name,First name\nT-1,Ash,Ann\nT-1,Birch,Bo\n'
  const trial = await bring(text, { dryRun: true })
  const run = await bring(text)
  expect(trial.result).toEqual(run.result)
  expect(run.result.errors).toEqual([
    {
      row: 3,
      column: 'Card No',
      value: 'T-1',
      message: 'Card number T-1 is already among the members (row 2 of this file).',
    },
  ])
  expect((await bring(text)).result.errors.map(({ message }) => message)).toEqual([
    'Card number T-1 is already among the members.',
    'Card number T-1 is already among the members.',
  ])
})

test('a run that stops in the middle goes on where it stood', async () => {
  const rows = Array.from({ length: 5000 }, (_, index) => `K-${index},Elm,Eve`)
  const { database } = house.engine
  const real = database.transaction.bind(database)
  let left = 16
  database.transaction = (async (...args: Parameters<typeof real>) => {
    if (left-- === 0) throw new Error('killed')
    return await real(...args)
  }) as typeof real
  await expect(bring(['Card No,Last name,First name', ...rows].join('\n'))).rejects.toThrow('killed')
  database.transaction = real
  const staff = await house.as(cast.stranger)
  const [{ id, state, done }] = (await staff.get('/imports?limit=1')).json().data
  expect([state, done]).toEqual(['failed', 1500])
  await staff.post(`/imports/${id}/run`)
  expect(await settled(staff, `/imports/${id}`)).toMatchObject({ state: 'done', imported: 5000, refused: 0 })
})

test('what a dead server left in the middle is taken up', async () => {
  const { engine } = house
  const caller = await house.caller('local-200')
  const scope = scopeOf(engine, onBehalfOf(caller))
  const content = csv('Card No,Last name,First name\nD-1,Yew,Yan')
  const { id } = await receiveFile(
    scope,
    engine.registry.resource('members.member'),
    { name: 'a.csv', bytes: content },
    caller,
  )
  await engine.database.transaction(scope.access, async (transaction) => {
    await startRun(scope, transaction, id)
    await transaction.query("update foundation.import set updated_at = now() - interval '1 hour' where id = $1", [id])
  })
  await resumeImports(engine).run({}, firstRun())
  const stranger = await house.as(cast.stranger)
  expect(await settled(stranger, `/imports/${id}`)).toMatchObject({ state: 'done', imported: 1 })
})

test('references are found by their natural key, and overlapping dates are refused row by row', async () => {
  await bring('Number,Bedrooms\nX1,2\nX2,3', { slug: 'riverside', resource: 'units' })
  await bring('Card No,Last name,First name\nR-1,Oak,Ola\nR-2,Pine,Pam', { slug: 'riverside' })
  const { result } = await bring(
    `Unit,Member,From,Until
X1,R-1,2020-01-01,2020-12-31
X1,R-2,2020-06-01,
X2,R-9,2020-01-01,
X2,"Pine, Pam",1/2/2020,
X2,R-1,2021-05-01,2021-04-01`,
    { slug: 'riverside', resource: 'occupancies' },
  )
  expect(result.imported).toBe(2)
  expect(result.errors.map(({ row, column }) => [row, column])).toEqual([
    [3, 'From'],
    [4, 'Member'],
    [6, 'Until'],
  ])
  expect(result.errors[1]!.message).toBe('There is no member with the card number R-9.')
})

test('a full social security number reaches no table', async () => {
  await bring('Card No,Last name,First name,SSN,Notes\nS-1,Fir,Flo,123456789,was 987-65-4321')
  const stranger = await house.as(cast.stranger)
  const [row] = (await stranger.get('/members?filter[card_number]=S-1')).json().data
  expect(row).toMatchObject({ ssn_last_four: '6789', notes: 'was 4321' })
  const { rows } = await house.engine.database.transaction((await house.caller('local-200')).access, (transaction) =>
    transaction.query(`select i::text from foundation.import i where i::text ~ '123456789|987-65' union all
      select c.rows::text from foundation.import_chunk c where c.rows::text ~ '123456789|987-65'`),
  )
  expect(rows).toEqual([])
})
