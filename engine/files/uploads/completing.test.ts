import { Readable } from 'node:stream'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { asOwner, cast, eventually, openHouse, type TestHouse } from '@commonhall/engine/testing'
import type { FileStore } from '../stores/store.ts'
import { freshBytes, sha256Of } from '../stores/testing/bytes.ts'
import { Wire } from './testing/uploading.ts'

let house: TestHouse
let wire: Wire
let member: string
let org: string
let url: string

beforeAll(async () => {
  house = await openHouse()
  url = await house.app.listen({ port: 0, host: '127.0.0.1' })
  const staff = await house.as(cast.staff)
  wire = new Wire({ url, org: 'local-100', token: staff.token })
  member = (await staff.get('/members?limit=1')).json().data[0].id
  org = (await house.caller()).org.id
})
afterAll(() => house.close())

const store = () => house.engine.files.stores.current as { -readonly [Name in keyof FileStore]: FileStore[Name] }
let keep: FileStore['keep']
beforeAll(() => void (keep = store().keep))
beforeEach(() => void (store().keep = keep))

const toMember = (more: Record<string, string> = {}) => ({
  name: 'scan.pdf',
  resource: 'members',
  record: member,
  ...more,
})
const content = (bytes: Buffer) => ({ org, kind: 'content', sha256: sha256Of(bytes) }) as const

/** Doors that stay shut until a test opens them, and say that somebody stands before them. */
function doors(many: number) {
  return Array.from({ length: many }, () => {
    const [came, opened] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    const pass = async () => {
      came.resolve()
      await opened.promise
    }
    return { came: came.promise, open: () => opened.resolve(), pass }
  })
}

/** An upload whose bytes are all there, and which is no file yet: its server died just before. */
async function arrived(bytes: Buffer): Promise<string> {
  const at = await wire.begun(toMember(), bytes.length)
  const upload = at.split('/').at(-1) ?? ''
  await store().append(
    { org, upload },
    0,
    (async function* () {
      yield bytes
    })(),
  )
  return at
}

describe('who completes an upload', () => {
  test('is left alone with it, however long that takes', async () => {
    const bytes = freshBytes(1000)
    const [door] = doors(1)
    store().keep = async (...asked) => {
      await door?.pass()
      await keep(...asked)
    }
    const at = await arrived(bytes)
    const completing = wire.send('HEAD', at)
    await door?.came
    const heldUntil = async () => {
      const [row] = await asOwner<{ until: Date }>(
        house,
        'select held_until as until from foundation.file_upload where id = $1',
        [at.split('/').at(-1)],
      )
      return Number(row?.until)
    }
    const first = await heldUntil()
    await eventually(async () => expect(await heldUntil()).toBeGreaterThan(first))
    door?.open()
    expect((await completing).headers.get('content-location')).toMatch(/files/)
  })

  test('loses nothing to a second one who comes in between', async () => {
    const bytes = freshBytes(1000)
    const [first, moved, second] = doors(3)
    let many = 0
    store().keep = async (...asked) => {
      const isFirst = many++ === 0
      await (isFirst ? first : second)?.pass()
      await keep(...asked)
      if (isFirst) await moved?.pass()
    }
    const at = await arrived(bytes)
    const completing = wire.send('HEAD', at)
    await first?.came
    // As if the first had not been heard of for too long.
    await asOwner(house, 'update foundation.file_upload set held_by = null, held_until = null')
    const other = wire.send('HEAD', at)
    await second?.came
    first?.open()
    await moved?.came
    second?.open()
    expect((await other).status).toBe(503)
    moved?.open()
    const reply = await completing
    expect([reply.status, reply.headers.get('content-location')]).toEqual([200, expect.stringMatching(/files/)])
    expect(await store().size(content(bytes))).toBe(1000)
  })

  test('loses nothing to another upload of the same bytes that is given up', async () => {
    const bytes = freshBytes(1000)
    const [moved] = doors(1)
    store().keep = async (...asked) => {
      await keep(...asked)
      await moved?.pass()
    }
    const completing = wire.send('HEAD', await arrived(bytes))
    await moved?.came
    const wrong = await wire.begun(toMember({ sha256: sha256Of(freshBytes(1)) }), bytes.length)
    expect((await wire.patch(wrong, 0, bytes)).status).toBe(460)
    moved?.open()
    expect((await completing).headers.get('content-location')).toMatch(/files/)
    expect(await store().size(content(bytes))).toBe(1000)
  })

  test('brings back what a disk has lost', async () => {
    const bytes = freshBytes(1000)
    await wire.begin(toMember(), bytes.length, {}, bytes)
    await store().remove(content(bytes))
    const reply = await wire.begin(toMember({ name: 'again.pdf' }), bytes.length, {}, bytes)
    expect(reply.headers.get('content-location')).toMatch(/files/)
    expect(await store().size(content(bytes))).toBe(1000)
  })
})

describe('a line', () => {
  test('is not broken off by anybody else who knows its name, though it is quiet', async () => {
    const at = await wire.begun(toMember(), 100)
    const { promise: asked, resolve: goOn } = Promise.withResolvers<void>()
    const slowly = Readable.from(
      (async function* () {
        yield freshBytes(50)
        await asked
        yield freshBytes(50)
      })(),
    )
    const sending = wire.patch(at, 0, slowly)
    await eventually(async () => expect(await (await wire.send('GET', at)).json()).toMatchObject({ received: 50 }))
    // Longer than a quiet line is left alone when its own sender comes back.
    await new Promise((resolve) => setTimeout(resolve, 2_200))
    const other = new Wire({ url, org: 'local-100', token: (await house.as(cast.admin)).token })
    for (const method of ['HEAD', 'DELETE']) expect((await other.send(method, at)).status).toBe(404)
    expect((await other.patch(at, 50, freshBytes(50))).status).toBe(404)
    goOn()
    expect((await sending).status).toBe(204)
  })
})
