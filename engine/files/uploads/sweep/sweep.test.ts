import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { asOwner, cast, notebook, openHouse, type TestHouse, type Voice } from '@commonhall/engine/testing'
import type { Found } from '../../stores/store.ts'
import { bothWays, nothingLost } from '../testing/both-ways.ts'
import { freshBytes, sha256Of } from '../../stores/testing/bytes.ts'
import { Wire } from '../testing/uploading.ts'
import { sweep } from './sweep.ts'

let house: TestHouse
let staff: Voice
let wire: Wire
let record: string
let org: string

beforeAll(async () => {
  house = await openHouse({ modules: [notebook] })
  const url = await house.app.listen({ port: 0, host: '127.0.0.1' })
  staff = await house.as(cast.staff)
  wire = new Wire({ url, org: 'local-100', token: staff.token })
  record = (await staff.get('/members?limit=1')).json().data[0].id
  org = (await house.caller()).org.id
})
afterAll(() => house.close())

const days = (many: number) => new Date(Date.now() + many * 24 * 3600_000)
const told = () => ({ name: 'scan.pdf', resource: 'members', record })
const store = () => house.engine.files.stores.current

/** Uploads a whole file; answers its id. */
async function upload(bytes: Buffer, more: Record<string, string> = told()): Promise<string> {
  const reply = await wire.begin(more, bytes.length, {}, bytes)
  if (reply.status !== 201) throw new Error(await reply.text())
  return reply.headers.get('content-location')?.split('/').at(-1) ?? ''
}

async function pieces(): Promise<Found[]> {
  const all: Found[] = []
  for await (const found of store().walk()) all.push(found)
  return all
}

const content = (bytes: Buffer) => ({ org, kind: 'content', sha256: sha256Of(bytes) }) as const

describe('the sweep', () => {
  test('leaves what somebody has, however long', async () => {
    const bytes = freshBytes(1000)
    const id = await upload(bytes)
    await sweep(house.engine, days(400))
    expect((await staff.get(`/files/${id}`)).json().sha256).toBe(sha256Of(bytes))
    expect(await store().size(content(bytes))).toBe(1000)
  })

  test('leaves what a law keeps, though its record was deleted for good, until its years are over', async () => {
    const { id: entry } = (await staff.post('/entries', { title: 'Kept' })).json()
    const id = await upload(freshBytes(900), { name: 'kept.pdf', resource: 'entries', record: entry })
    await asOwner(house, 'delete from notebook.entry where id = $1', [entry])
    const left = async () => (await asOwner(house, 'select from foundation.file where id = $1', [id])).length === 1
    await sweep(house.engine, days(300))
    expect(await left()).toBe(true)
    await sweep(house.engine, days(400))
    expect(await left()).toBe(false)
  })

  test('takes away uploads a day after they were begun, with what has come of them', async () => {
    const at = await wire.begun(told(), 1000)
    await wire.patch(at, 0, freshBytes(500))
    const id = at.split('/').at(-1)
    const left = async () => (await pieces()).some((one) => one.kind === 'upload' && one.upload === id)
    await sweep(house.engine, days(0.9))
    expect([await left(), (await wire.send('HEAD', at)).status]).toEqual([true, 200])
    await sweep(house.engine, days(1.1))
    expect([await left(), (await wire.send('HEAD', at)).status]).toEqual([false, 404])
  })

  test('takes away deleted files after thirty days, and their bytes once nobody else has them', async () => {
    const bytes = freshBytes(1000)
    const [first, second] = [await upload(bytes), await upload(bytes)]
    const gone = async (id: string) => !(await asOwner(house, 'select from foundation.file where id = $1', [id])).length
    await asOwner(house, 'update foundation.file set archived_at = now() where id = $1', [first])
    await sweep(house.engine, days(29))
    expect(await gone(first)).toBe(false)
    await sweep(house.engine, days(31))
    expect([await gone(first), await store().size(content(bytes))]).toEqual([true, 1000])
    await asOwner(house, 'update foundation.file set archived_at = now() where id = $1', [second])
    await sweep(house.engine, days(31))
    expect([await gone(second), await store().size(content(bytes))]).toEqual([true, null])
  })

  test('takes away as many as there are', async () => {
    await asOwner(
      house,
      `insert into foundation.file_upload (org_id, uploaded_by, resource, name, size, store, expires_at)
      select $1, uuidv7(), 'members.member', 'a.pdf', 1, 'disk', now() - interval '1 hour'
      from generate_series(1, 1700)`,
      [org],
    )
    await sweep(house.engine, new Date())
    expect(await asOwner(house, 'select from foundation.file_upload where expires_at < now()')).toEqual([])
  })

  test('goes on where one store is not there any more, and tells of it', async () => {
    const [lost, found] = [await wire.begun(told(), 10), await wire.begun(told(), 10)]
    await wire.patch(found, 0, freshBytes(5))
    await asOwner(house, "update foundation.file_upload set store = 'tape' where id = $1", [lost.split('/').at(-1)])
    const bytes = freshBytes(1000)
    const id = await upload(bytes)
    await asOwner(house, "update foundation.file set archived_at = now() - interval '40 days' where id = $1", [id])
    await expect(sweep(house.engine, days(1.1))).rejects.toThrow('tape')
    expect(await store().size(content(bytes))).toBe(null)
    expect((await bothWays(house)).withoutRow).toEqual([])
  })

  test('takes away the file of a field whose record nobody saved', async () => {
    const bytes = freshBytes(1000)
    const id = await upload(bytes, { name: 'face.png', resource: 'entries', field: 'photo' })
    await sweep(house.engine, days(0.9))
    expect((await staff.get(`/files/${id}`)).statusCode).toBe(200)
    await sweep(house.engine, days(1.1))
    expect([(await staff.get(`/files/${id}`)).statusCode, await store().size(content(bytes))]).toEqual([404, null])
  })

  test('takes away bytes that have no row for a day, of whatever kind, and of orgs that are gone', async () => {
    const bytes = freshBytes(1000)
    const from = () =>
      (async function* () {
        yield bytes
      })()
    const { sha256 } = content(bytes)
    const strays = [
      content(bytes),
      { org, kind: 'preview', sha256, preview: 'thumbnail' },
      { org: crypto.randomUUID(), kind: 'content', sha256 },
    ] as const
    for (const stray of strays) await store().write(stray, from(), 1000)
    await store().append({ org, upload: crypto.randomUUID() }, 0, from())
    const many = (await pieces()).length
    await sweep(house.engine, days(0.9))
    expect((await pieces()).length).toBe(many)
    await sweep(house.engine, days(1.1))
    expect((await pieces()).length).toBe(many - 4)
    expect(await bothWays(house)).toEqual(nothingLost)
  })

  test('and uploads of the same bytes do not get into each other’s way', async () => {
    const bytes = freshBytes(2000)
    const sha256 = sha256Of(bytes)
    for (let round = 0; round < 8; round++) {
      // Whoever had them has them no more: the sweep takes them away just when others bring them again.
      await asOwner(house, 'delete from foundation.file where sha256 = $1', [sha256])
      const begun = await Promise.all([1, 2, 3].map(() => wire.begun(told(), bytes.length)))
      const [, , ...replies] = await Promise.all([
        sweep(house.engine, days(0.5)),
        sweep(house.engine, days(0.5)),
        ...begun.map((at) => wire.patch(at, 0, bytes)),
      ])
      expect(replies.map(({ status }) => status)).toEqual([204, 204, 204])
      expect((await bothWays(house)).withoutBytes).toEqual([])
      expect(await store().size(content(bytes))).toBe(2000)
    }
  })
})
