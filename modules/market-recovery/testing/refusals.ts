import { expect } from 'vitest'
import type { TestHouse, Voice } from '@commonhall/engine/testing'
import { counted } from './counted.ts'
import type { Local } from './local.ts'

/** Sends what must be refused: the status, the sentence, the fields; and nothing is otherwise than before. */
export const refusals =
  (house: TestHouse) =>
  async (voice: Voice, path: string, body: object, method: 'post' | 'patch' = 'post') => {
    const before = await counted(house)
    const reply = await voice[method](path, body)
    expect(await counted(house), reply.body).toEqual(before)
    expect(reply.statusCode).toBeGreaterThanOrEqual(400)
    const { detail, errors } = reply.json()
    return [reply.statusCode, detail, (errors as { path: string }[]).map(({ path: field }) => field)]
  }

/** An assignment that would be right, but for what is said otherwise. */
export const placeAt = (local: Local, given: object) => ({
  program: local.program,
  contractor: local.contractor,
  classification: 'Journeyman 10000000',
  contractor_rate: '35',
  from_on: '2025-01-01',
  ...given,
})

/** Members, each of them once. */
export function membersOf(local: Local): () => Promise<string> {
  let taken = 0
  return async () => {
    const { data } = (await local.staff.get('/members?limit=200&sort=-card_number')).json()
    return data[taken++].id
  }
}
