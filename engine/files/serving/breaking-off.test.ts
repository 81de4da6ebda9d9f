import { type ClientRequest, get, type IncomingMessage } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { asOwner, cast, eventually, openHouse, type TestHouse, type Voice } from '@commonhall/engine/testing'
import { inPieces, sha256Of, someBytes } from '../stores/testing/bytes.ts'
import { rhythm } from './send.ts'
import { put } from '../testing/put.ts'

let house: TestHouse
let port: number
const usual = rhythm.proof
beforeAll(async () => {
  rhythm.proof = 50
  house = await openHouse()
  await house.app.listen({ port: 0, host: '127.0.0.1' })
  port = (house.app.server.address() as AddressInfo).port
})
afterAll(async () => {
  rhythm.proof = usual
  await house.close()
})

const zip = { name: 'tape.zip', mediaType: 'application/zip' }

const address = async (bytes: Uint8Array) =>
  ({ org: (await house.caller()).org.id, kind: 'content', sha256: sha256Of(bytes) }) as const

/** Begins a download over a line, and reads nothing of it yet. */
async function begin(voice: Voice, path: string): Promise<[IncomingMessage, ClientRequest]> {
  const request = get({
    port,
    agent: false,
    path: `/api/v1${path}`,
    headers: { authorization: `Bearer ${voice.token}` },
  })
  const [reply] = (await once(request, 'response')) as [IncomingMessage]
  return [reply, request]
}

/** How many lines the server holds. */
const lines = () => new Promise<number>((resolve) => house.app.server.getConnections((_error, count) => resolve(count)))

/** How much of it comes, and how it ends. */
async function arrives(reply: IncomingMessage): Promise<{ length: number; whole: boolean }> {
  let length = 0
  try {
    for await (const piece of reply) length += (piece as Buffer).length
  } catch {
    return { length, whole: false }
  }
  return { length, whole: reply.complete }
}

test('a download whose bytes turn out to be others breaks off before its end', async () => {
  const bytes = someBytes(3_000_000)
  const id = await put(house, { bytes, ...zip })
  const staff = await house.as(cast.staff)
  const [right] = await begin(staff, `/orgs/local-100/files/${id}/content`)
  expect(await arrives(right)).toEqual({ length: bytes.length, whole: true })
  const wrong = Buffer.from(bytes)
  wrong[2_999_999]! ^= 1
  const { current } = house.engine.files.stores
  await current.remove(await address(bytes))
  await current.write(await address(bytes), inPieces(wrong), wrong.length)
  const [reply] = await begin(staff, `/orgs/local-100/files/${id}/content`)
  const { length, whole } = await arrives(reply)
  expect([reply.statusCode, length < bytes.length, whole]).toEqual([200, true, false])
})

async function linkTo(id: string, voice: Voice): Promise<string> {
  const { url } = (await voice.post(`/files/${id}/link`)).json()
  return new URL(String(url)).pathname.replace('/api/v1', '')
}

const endSession = () =>
  asOwner(
    house,
    `update foundation.session set ended_at = now()
    where user_id = (select id from foundation.user where email = '${cast.officer}')`,
  )

const closeFiles = () =>
  asOwner(house, `update foundation.role set changes = '{"members.member.read-files": false}' where name = 'officer'`)

/** More than lies in the buffers of a line while nobody reads. */
const long = someBytes(24_000_000, 7)

const inOrg = (id: string) => `/orgs/local-100/files/${id}/content`

const judge = (verdict: string, reason: string | null) =>
  asOwner(house, 'update foundation.file_content set verdict = $1, reason = $2', [verdict, reason])

test('a download goes on when rights have changed and are still enough', async () => {
  const id = await put(house, { bytes: long, ...zip })
  const [reply] = await begin(await house.as(cast.staff), inOrg(id))
  const forget = vi.spyOn(house.engine.callers, 'forget')
  await asOwner(house, `update foundation.role set changes = changes where name = 'staff'`)
  await eventually(() => expect(forget).toHaveBeenCalled())
  expect(await arrives(reply)).toEqual({ length: long.length, whole: true })
  forget.mockRestore()
})

test.each([
  ['file was found clean by mistake', inOrg, () => judge('held', 'infected')],
  ['session', inOrg, endSession],
  ['right of the maker of its link', linkTo, closeFiles],
])('a download ends soon after the %s', async (_what, pathOf, end) => {
  const id = await put(house, { bytes: long, ...zip })
  const officer = await house.as(cast.officer)
  const [reply] = await begin(officer, await pathOf(id, officer))
  expect(reply.statusCode).toBe(200)
  await end()
  // Nothing is read until the server has cut the line: whatever ends it is not the end of the file.
  await eventually(async () => expect(await lines()).toBe(0))
  expect((await arrives(reply)).whole).toBe(false)
  await judge('clean', null)
})
