import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { asOwner, openHouse, type TestHouse, type Voice } from '@commonhall/engine/testing'
import { upload } from './testing/upload.ts'

let house: TestHouse
let staff: Voice
beforeAll(async () => {
  house = await openHouse()
  staff = await house.as('staff@riverside.example')
})
afterAll(() => house.close())

const file = 'Card No,Last name,First name\n1,Ash,Ann\n'
const send = (key: string, content = file, more = {}, voice = staff) =>
  upload(voice, 'riverside', content, { ...more, headers: { 'idempotency-key': key } })

describe('an upload under an Idempotency-Key', () => {
  test('is taken in once: sent again, the first import is answered', async () => {
    const first = await send('once')
    const second = await send('once')
    expect([first.statusCode, second.statusCode]).toEqual([201, 201])
    expect(second.json()).toEqual(first.json())
    expect(second.headers['location']).toBe(first.headers['location'])
  })

  test.each([
    ['another content', `${file}2,Birch,Bo\n`, {}],
    ['another name', file, { name: 'other.csv' }],
    ['another list', file, { resource: 'households' }],
  ])('with %s is refused', async (_, content, more) => {
    await send('other')
    expect((await send('other', content, more)).json()).toMatchObject({ status: 422, code: 'key_reused' })
  })

  test('is one import, however many come at once', async () => {
    const replies = await Promise.all(Array.from({ length: 4 }, () => send('at-once')))
    const made = replies.filter(({ statusCode }) => statusCode === 201).map((reply) => reply.json().id)
    expect(new Set(made).size).toBe(1)
    expect(replies.every(({ statusCode }) => statusCode === 201 || statusCode === 409)).toBe(true)
  })

  test('is free again after a file that could not be read', async () => {
    expect((await send('torn', '')).statusCode).toBe(422)
    expect((await send('torn')).statusCode).toBe(201)
  })

  test("is one's own, good for a day, and printable", async () => {
    const first = (await send('mine')).json().id
    const admin = await house.as('admin@riverside.example')
    expect((await send('mine', file, {}, admin)).json().id).not.toBe(first)
    await asOwner(house, "update foundation.import set created_at = now() - interval '25 hours'")
    expect((await send('mine')).json().id).not.toBe(first)
    expect((await send('k'.repeat(201))).json()).toMatchObject({ status: 400, code: 'bad_key' })
  })
})
