import { afterAll, beforeAll, expect, test } from 'vitest'
import { openHouse, type TestHouse, type Voice } from '@commonhall/engine/testing'
import { bringIn, settled } from './testing/upload.ts'

let house: TestHouse
let admin: Voice
let staff: Voice
beforeAll(async () => {
  house = await openHouse()
  await house.engine.startWork()
  admin = await house.as('admin@riverside.example')
  staff = await house.as('staff@riverside.example')
})
afterAll(() => house.close())

const roll = (prefix: string, rows: number) =>
  ['Card No,Last name,First name', ...Array.from({ length: rows }, (_, n) => `${prefix}-${n},Elm,Eve`)].join('\n')

test('an edit that was acknowledged while the undo runs is never lost', async () => {
  const at = await bringIn(admin, 'riverside', roll('C', 1500))
  const ids: string[] = []
  for (const page of [0, 1]) {
    const filters = Array.from({ length: 20 }, (_, n) => `filter[card_number]=C-${page * 700 + n}`).join('&')
    ids.push(...(await admin.get(`/members?${filters}`)).json().data.map(({ id }: { id: string }) => id))
  }
  expect(ids).toHaveLength(40)
  await admin.post(`${at}/undo`)
  const edits = await Promise.all(ids.map((id) => staff.patch(`/members/${id}`, { phone: '202-555-0100' })))
  const acknowledged = ids.filter((_, n) => edits[n]?.statusCode === 200)
  const row = await settled(admin, at)
  for (const id of acknowledged) expect((await admin.get(`/members/${id}`)).statusCode).toBe(200)
  expect(row).toMatchObject({ state: 'undone', removed: 1500 - acknowledged.length, kept_count: acknowledged.length })
  expect(row.kept.map(({ record }: { record: string }) => record).toSorted()).toEqual(acknowledged.toSorted())
})

test('an edit that commits between the look at a record and its removal keeps it', async () => {
  const at = await bringIn(admin, 'riverside', roll('L', 3))
  const [{ id }] = (await admin.get('/members?filter[card_number]=L-1')).json().data
  const { access } = await house.caller('riverside')
  let undone: Promise<unknown> | undefined
  await house.engine.database.transaction(access, async (transaction) => {
    const edit = "update members.member set phone = '+12025550100', version = version + 1 where id = $1"
    await transaction.query(edit, [id])
    undone = admin.post(`${at}/undo`)
    // Long enough for the undo to stand in front of the locked record.
    await new Promise((resolve) => setTimeout(resolve, 1500))
  })
  await undone
  expect(await settled(admin, at)).toMatchObject({
    state: 'undone',
    removed: 2,
    kept: [{ record: id, title: 'Elm, Eve', reason: 'It has been changed since.' }],
  })
  expect((await admin.get(`/members/${id}`)).json().phone).toBe('+12025550100')
})

test('whoever may not remove records takes back only an import of their own', async () => {
  const theirs = await bringIn(admin, 'riverside', roll('A', 2))
  const reply = await staff.post(`${theirs}/undo`)
  expect(reply.json()).toMatchObject({ status: 403, code: 'forbidden', detail: expect.stringContaining('own') })
  expect((await staff.get(theirs)).json().state).toBe('done')
  const own = await bringIn(staff, 'riverside', roll('S', 2))
  expect((await staff.post(`${own}/undo`)).statusCode).toBe(202)
  expect(await settled(staff, own)).toMatchObject({ state: 'undone', removed: 2 })
  expect((await admin.post(`${theirs}/undo`)).statusCode).toBe(202)
  expect(await settled(admin, theirs)).toMatchObject({ state: 'undone', removed: 2 })
})
