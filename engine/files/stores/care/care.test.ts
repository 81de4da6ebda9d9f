import { randomUUID } from 'node:crypto'
import { readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { asOwner, eventually, openHouse, type TestHouse } from '@commonhall/engine/testing'
import { type House, openOn } from '../../../boot.ts'
import { quiet } from '../../../testing/settings.ts'
import { nameOf } from '../names.ts'
import type { Address, FileStore } from '../store.ts'
import { gather, inPieces, sha256Of, someBytes } from '../testing/bytes.ts'
import { s3Environment } from '../testing/environment.ts'
import { plantContent } from '../testing/planted.ts'
import { findS3 } from '../testing/s3-server.ts'
import { examineFiles } from './examine.ts'
import { moveFiles } from './move.ts'
import { verifyShare } from './verify-job.ts'

let house: TestHouse
let org: string
let suspended: string

beforeAll(async () => {
  house = await openHouse()
  org = (await house.caller()).org.id
  const [row] = await asOwner<{ id: string }>(
    house,
    "update foundation.org set suspended_at = now() where slug = 'maple-court' returning id",
  )
  suspended = row?.id ?? ''
})
afterAll(() => house.close())

const have = (seed: number, owner = org, store: FileStore = house.engine.files.stores.current) =>
  plantContent(house, owner, store, seed)

const forget = () => asOwner(house, 'delete from foundation.file_content')
const pathOf = (address: Address) => join(house.engine.files.settings.folder, nameOf(address))

describe('the doctor', () => {
  test('finds nothing where rows and bytes agree', async () => {
    await have(1)
    await have(2, suspended)
    expect(await examineFiles(house.engine, true)).toMatchObject({
      contents: 2,
      bytes: 5001 + 100 + 5002 + 100,
      counts: { missing: 0, changed: 0, orphaned: 0 },
      troubles: [],
    })
  })

  test('finds bytes that are missing, in whichever organization', async () => {
    const gone = await have(3, suspended)
    rmSync(pathOf(gone))
    rmSync(pathOf({ ...gone, kind: 'preview', preview: 'thumbnail' }))
    const { troubles } = await examineFiles(house.engine, false)
    const trouble = { finding: 'missing', store: 'disk', org: suspended, name: gone.sha256 }
    expect(troubles).toEqual([
      { ...trouble, preview: '' },
      { ...trouble, preview: 'thumbnail' },
    ])
    await asOwner(house, 'delete from foundation.file_content where sha256 = $1', [trouble.name])
  })

  test('finds bytes that have changed: by their size at once, by their sum when it reads them', async () => {
    const [longer, other] = [await have(4), await have(5)]
    writeFileSync(pathOf(longer), someBytes(6000))
    writeFileSync(pathOf(other), someBytes(5005, 77))
    const found = async (deep: boolean) =>
      (await examineFiles(house.engine, deep)).troubles.map(({ finding, name }) => [finding, name])
    expect(await found(false)).toEqual([['changed', longer.sha256]])
    expect((await found(true)).length).toBe(2)
    await forget()
    rmSync(house.engine.files.settings.folder, { recursive: true })
  })

  test('finds bytes without a row, once they have been there for more than a day', async () => {
    const stray = await have(6)
    await forget()
    const { current } = house.engine.files.stores
    await current.append({ org, upload: randomUUID() }, 0, inPieces(someBytes(10)))
    const counts = async () => (await examineFiles(house.engine, false)).counts
    expect(await counts()).toEqual({ missing: 0, changed: 0, orphaned: 0 })
    const folder = house.engine.files.settings.folder
    for (const one of readdirSync(folder, { recursive: true, withFileTypes: true }))
      if (one.isFile()) utimesSync(join(one.parentPath, one.name), 0, 0)
    const { troubles } = await examineFiles(house.engine, false)
    expect(troubles.map(({ finding, preview }) => `${finding} ${preview}`).toSorted()).toEqual([
      'orphaned ',
      'orphaned ',
      'orphaned thumbnail',
    ])
    expect(statSync(pathOf(stray)).size).toBe(5006)
    rmSync(folder, { recursive: true })
  })
})

test('the weekly look reads a quarter, the longest unread first, and tells what is not whole', async () => {
  const kept = await Promise.all([11, 12, 13, 14].map((seed) => have(seed)))
  const told: string[] = []
  const look = () => verifyShare(house.engine, (_, finding) => told.push(finding))
  const seen = async () =>
    (
      await asOwner<{ many: number }>(house, 'select count(verified_at)::integer as many from foundation.file_content')
    )[0]?.many
  for (const many of [1, 2, 3, 4]) {
    await look()
    expect(await seen()).toBe(many)
  }
  await asOwner(house, 'update foundation.file_content set verified_at = null')
  for (const one of kept) writeFileSync(pathOf(one), someBytes(10))
  await look()
  expect([await seen(), told]).toEqual([0, ['changed']])
  await forget()
  rmSync(house.engine.files.settings.folder, { recursive: true })
})

const { server, called } = await findS3()
afterAll(() => server?.end())

let both: House
beforeAll(async () => {
  if (!server) return
  const { engine, ground } = house
  const settings = { ...engine.settings, environment: s3Environment(server.settings) }
  both = await openOn(settings, engine.registry, { ...ground, stop: () => Promise.resolve() }, quiet, true)
}, 60_000)
afterAll(() => both?.close())

const storesSaid = async () => {
  const text = `select c.store as content, p.store as preview from foundation.file_content c
    join foundation.file_preview p using (org_id, sha256)`
  return (await asOwner<{ content: string; preview: string }>(house, text)).map((row) => Object.values(row)).flat()
}
const pieces = async (name: string) => (await Array.fromAsync(both.engine.files.stores.of(name).walk())).length

describe.skipIf(!server)(`moving to an S3 service and back (${called})`, () => {
  test('all goes there and comes back, of suspended organizations too, and is the same', async () => {
    const kept = await Promise.all([have(21), have(22, suspended), have(23)])
    const upload = { org, upload: randomUUID() }
    await house.engine.files.stores.current.append(upload, 0, inPieces(someBytes(10)))
    expect(await moveFiles(both.engine, { to: 's3', grace: 0 })).toMatchObject({ pieces: 6, failed: 0, removed: 6 })
    expect(new Set(await storesSaid())).toEqual(new Set(['s3']))
    // What is still on its way stays where it is.
    expect([await pieces('disk'), await pieces('s3')]).toEqual([1, 6])
    expect((await examineFiles(both.engine, true)).troubles).toEqual([])
    for (const [index, one] of kept.entries())
      expect(sha256Of(await gather(await both.engine.files.stores.of('s3').read(one)))).toBe(
        sha256Of(someBytes(5021 + index, 21 + index)),
      )
    expect(await moveFiles(both.engine, { to: 'disk', grace: 0 })).toMatchObject({ pieces: 6, failed: 0, removed: 6 })
    expect([await pieces('disk'), await pieces('s3')]).toEqual([7, 0])
    expect((await examineFiles(both.engine, true)).troubles).toEqual([])
  }, 120_000)

  test('whoever is stopped in the middle goes on later, and nothing is lost or left over', async () => {
    const stop = new Error('stopped')
    const moving = (after: number) =>
      moveFiles(both.engine, {
        to: 's3',
        grace: 0,
        onMoved: ({ pieces: done }) => {
          if (done === after) throw stop
        },
      })
    await expect(moving(2)).rejects.toThrow(stop)
    expect((await examineFiles(both.engine, true)).counts).toEqual({ missing: 0, changed: 0, orphaned: 0 })
    expect(new Set(await storesSaid())).toEqual(new Set(['disk', 's3']))
    await moveFiles(both.engine, { to: 's3', grace: 0 })
    expect([new Set(await storesSaid()), await pieces('disk'), await pieces('s3')]).toEqual([new Set(['s3']), 1, 6])
  }, 120_000)

  test('what has changed where it was is not taken for what it should be, and stays', async () => {
    const changed = await have(31)
    writeFileSync(pathOf(changed), someBytes(5031, 99))
    expect(await moveFiles(both.engine, { to: 's3', grace: 0 })).toMatchObject({ pieces: 1, failed: 1, removed: 1 })
    expect(await both.engine.files.stores.of('s3').size(changed)).toBeNull()
    expect(statSync(pathOf(changed)).size).toBe(5031)
    expect((await examineFiles(both.engine, true)).troubles).toMatchObject([{ finding: 'changed', store: 'disk' }])
  }, 120_000)
})

test.skipIf(!server)(
  `while an S3 service is away, readiness says so and all else goes on (${called})`,
  async () => {
    const app = await both.server()
    // An answer serves a while; here, time flies.
    const now = performance.now.bind(performance)
    let flown = 0
    const clock = vi.spyOn(performance, 'now').mockImplementation(() => now() + flown)
    const ready = async () => {
      flown += 20_000
      return (await app.inject({ url: '/health/ready' })).json()
    }
    expect(await ready()).toEqual({ status: 'ok', down: [] })
    await server?.stop()
    const { current } = both.engine.files.stores
    await expect(current.read({ org, kind: 'content', sha256: 'a'.repeat(64) })).rejects.toMatchObject({
      code: 'unavailable',
      status: 503,
    })
    await expect(current.append({ org, upload: randomUUID() }, 0, inPieces(someBytes(10)))).rejects.toMatchObject({
      status: 503,
    })
    await eventually(async () => expect(await ready()).toEqual({ status: 'ok', down: [], degraded: ['storage'] }))
    expect(await both.engine.meters.metrics()).toMatch(/commonhall_file_store_errors_total\{store="s3",act="read"\} 1/)
    await server?.start()
    await eventually(async () => expect(await ready()).toEqual({ status: 'ok', down: [] }))
    clock.mockRestore()
    await app.close()
  },
  120_000,
)
