import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { asOwner, cast, openHouse, type TestHouse, type Voice } from '@commonhall/engine/testing'
import { listen, type Listening } from './testing/listen.ts'

let house: TestHouse
let url: string
let staff: Voice
const open: Listening[] = []

beforeAll(async () => {
  house = await openHouse()
  url = await house.app.listen({ host: '127.0.0.1', port: 0 })
  staff = await house.as(cast.staff)
})
afterAll(async () => {
  for (const one of open) one.close()
  await house.close()
})

async function hear(voice: Voice, topics: string, more: Parameters<typeof listen>[3] = {}): Promise<Listening> {
  const one = await listen(url, voice.token, topics, more)
  open.push(one)
  return one
}

const someone = async () => (await staff.get('/members?limit=1&filter[state]=active')).json().data[0] as { id: string }

describe('somebody who listens to a list', () => {
  test('is told of each change, and of nothing else', async () => {
    const stream = await hear(staff, 'members')
    const { id } = await someone()
    await staff.patch(`/members/${id}`, { phone: '(555) 010-2030' })
    const told = await stream.next('change')
    expect(told.data).toMatchObject({ topic: 'members', id, act: 'update', version: expect.any(Number) })
    expect(told.id).toMatch(/^[\w-]+$/)
  })
})
