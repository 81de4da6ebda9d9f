import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Address, FileStore, Found, UploadAddress } from '../store.ts'
import { breaking, gather, inPieces, sha256Of, someBytes } from './bytes.ts'

/** A store to try, over something that is there for the tests alone. */
export interface Tried {
  readonly store: FileStore
  /** Another one over the same, as another process has. */
  readonly twin: FileStore
  end(): Promise<void>
}

const upload = (org: string): UploadAddress => ({ org, upload: randomUUID() })
const content = (org: string, bytes: Uint8Array) => ({ org, kind: 'content', sha256: sha256Of(bytes) }) as const
const preview = (org: string, bytes: Uint8Array, name: string) =>
  ({ org, kind: 'preview', sha256: sha256Of(bytes), preview: name }) as const

/** A store with what the trials do to it over and over. */
interface Workshop extends Tried {
  /** Of nobody else's. */
  readonly org: string
  readonly keep: (bytes: Uint8Array, owner?: string) => Promise<Address>
  readonly found: (owner?: string) => Promise<Found[]>
}

/** What every store must do, in the same way. */
export function tryStore(open: () => Promise<Tried>): void {
  let workshop: Workshop
  beforeAll(async () => {
    workshop = workshopOf(await open())
  })
  afterAll(() => workshop?.end())
  test.each(Object.entries(trials))('%s', async (_, trial) => {
    expect.hasAssertions()
    await trial(workshop)
  })
  test.each(strange)('a name of somebody else’s making, such as %j, leads nowhere', async (name) => {
    expect.hasAssertions()
    await leadsNowhere(workshop, name)
  })
}

function workshopOf(tried: Tried): Workshop {
  const { store } = tried
  const org = randomUUID()
  return {
    ...tried,
    org,
    async keep(bytes, owner = org) {
      const at = upload(owner)
      await store.append(at, 0, inPieces(bytes))
      await store.keep(at, content(owner, bytes))
      return content(owner, bytes)
    },
    async found(owner) {
      const all = await Array.fromAsync(store.walk(owner))
      return all.toSorted((one, other) => JSON.stringify(one).localeCompare(JSON.stringify(other)))
    },
  }
}

const trials: Readonly<Record<string, (workshop: Workshop) => Promise<void>>> = {
  'where nothing was ever kept, nothing is there, and nothing goes wrong': async ({ store, found }) => {
    const nobody = randomUUID()
    const address = content(nobody, someBytes(9))
    expect(await store.read(address)).toBeNull()
    expect(await store.size(address)).toBeNull()
    expect(await store.received(upload(nobody))).toBe(0)
    await store.remove(address)
    await store.dropUpload(upload(nobody))
    expect(await found(nobody)).toEqual([])
    await store.check()
  },

  'bytes come in several goes, and are kept as they came': async ({ store, twin, org }) => {
    const bytes = someBytes(300_000)
    const at = upload(org)
    expect(await store.append(at, 0, inPieces(bytes.subarray(0, 100_001)))).toBe(100_001)
    expect(await twin.received(at)).toBe(100_001)
    expect(await twin.append(at, 100_001, inPieces(bytes.subarray(100_001, 250_000)))).toBe(250_000)
    expect(await store.append(at, 250_000, inPieces(bytes.subarray(250_000)))).toBe(300_000)
    expect(sha256Of(await gather(await store.readUpload(at)))).toBe(sha256Of(bytes))
    await store.keep(at, content(org, bytes))
    expect(await twin.size(content(org, bytes))).toBe(300_000)
    expect(sha256Of(await gather(await twin.read(content(org, bytes))))).toBe(sha256Of(bytes))
    expect(await store.received(at)).toBe(0)
  },

  'a line that breaks loses nothing of what came before': async ({ store, twin, org }) => {
    const bytes = someBytes(200_000, 2)
    const at = upload(org)
    await expect(store.append(at, 0, breaking(bytes, 70_000))).rejects.toThrow('The line broke.')
    expect(await twin.received(at)).toBe(70_000)
    await expect(store.append(at, 70_000, breaking(bytes.subarray(70_000), 0))).rejects.toThrow('The line broke.')
    expect(await store.received(at)).toBe(70_000)
    expect(await store.append(at, 70_000, inPieces(bytes.subarray(70_000)))).toBe(200_000)
    await store.keep(at, content(org, bytes))
    expect(sha256Of(await gather(await store.read(content(org, bytes))))).toBe(sha256Of(bytes))
  },

  'bytes that do not begin where the others end are refused, and change nothing': async ({ store, org }) => {
    const bytes = someBytes(5000, 3)
    const at = upload(org)
    await store.append(at, 0, inPieces(bytes))
    for (const offset of [0, 4999, 5001])
      await expect(store.append(at, offset, inPieces(bytes))).rejects.toMatchObject({
        code: 'conflict',
        members: { received: 5000 },
      })
    expect(sha256Of(await gather(await store.readUpload(at)))).toBe(sha256Of(bytes))
    await store.dropUpload(at)
    expect(await store.received(at)).toBe(0)
    await expect(store.readUpload(at)).rejects.toMatchObject({ code: 'not_found' })
    await expect(store.keep(at, content(org, bytes))).rejects.toMatchObject({ code: 'not_found' })
  },

  'of many who add to one upload at once, each byte is of one of them': async ({ store, twin, org }) => {
    const at = upload(org)
    const tries = [1, 2, 3, 4, 5, 6].map((seed) => someBytes(100_000, seed))
    const ended = await Promise.allSettled(
      tries.map((bytes, index) => (index % 2 ? store : twin).append(at, 0, inPieces(bytes, 1000))),
    )
    expect(ended.some(({ status }) => status === 'fulfilled')).toBe(true)
    for (const one of ended)
      if (one.status === 'rejected') expect(['locked', 'conflict']).toContain((one.reason as { code: string }).code)
    const kept = await gather(await store.readUpload(at))
    expect(tries.filter((bytes) => bytes.equals(kept))).toHaveLength(1)
    await store.dropUpload(at)
  },

  'a span is what lies between two bytes, and no more than there is': async ({ store, org, keep }) => {
    const bytes = someBytes(150_000, 4)
    const address = await keep(bytes)
    for (const [first, last] of [
      [0, 0],
      [0, 149_999],
      [70_000, 140_000],
      [149_999, 149_999],
      [149_000, 900_000],
    ] as const) {
      const part = await gather(await store.read(address, { first, last }))
      expect(part.equals(bytes.subarray(first, last + 1))).toBe(true)
    }
    expect(await gather(await store.read(address, { first: 150_000, last: 150_001 }))).toHaveLength(0)
    expect(await store.read(content(org, someBytes(8, 99)), { first: 0, last: 1 })).toBeNull()
  },

  'whoever stops reading in the middle keeps nothing open': async ({ store, keep }) => {
    const address = await keep(someBytes(3_000_000, 5))
    for (let time = 0; time < 30; time += 1) {
      for await (const chunk of (await store.read(address)) ?? []) {
        expect(chunk.length).toBeGreaterThan(0)
        break
      }
    }
    expect(await store.size(address)).toBe(3_000_000)
  },

  'the same content twice is there once': async ({ store, twin, keep, found }) => {
    const bytes = someBytes(120_000, 6)
    const owner = randomUUID()
    await keep(bytes, owner)
    await keep(bytes, owner)
    const [one, other] = [upload(owner), upload(owner)]
    await Promise.all([one, other].map((at) => store.append(at, 0, inPieces(bytes))))
    await Promise.all([store.keep(one, content(owner, bytes)), twin.keep(other, content(owner, bytes))])
    expect(await found(owner)).toMatchObject([{ kind: 'content', sha256: sha256Of(bytes), size: 120_000 }])
    expect(sha256Of(await gather(await store.read(content(owner, bytes))))).toBe(sha256Of(bytes))
  },

  'an org has its own, and the walk finds all of it and nothing else': async ({ store, org, keep, found }) => {
    const owner = randomUUID()
    const since = Date.now()
    const bytes = someBytes(1000, 7)
    const at = upload(owner)
    await keep(bytes, owner)
    await store.write(preview(owner, bytes, 'thumbnail'), inPieces(someBytes(300)), 300)
    await store.write(preview(owner, bytes, 'page-12'), inPieces(someBytes(400)), 400)
    await store.append(at, 0, inPieces(someBytes(50)))
    const all = await found(owner)
    expect(all).toMatchObject([
      { org: owner, kind: 'content', sha256: sha256Of(bytes), size: 1000 },
      { org: owner, kind: 'preview', sha256: sha256Of(bytes), preview: 'page-12', size: 400 },
      { org: owner, kind: 'preview', sha256: sha256Of(bytes), preview: 'thumbnail', size: 300 },
      { org: owner, kind: 'upload', upload: at.upload, size: 50 },
    ])
    // Clocks of services tell whole seconds.
    for (const { at } of all) expect(at).toBeGreaterThan(since - 5000)
    expect(await store.read(content(org, bytes))).toBeNull()
    expect((await found()).filter((one) => one.org === owner)).toEqual(all)
    await store.remove(content(owner, bytes))
    await store.remove(preview(owner, bytes, 'page-12'))
    await store.dropUpload(at)
    expect(await found(owner)).toMatchObject([{ preview: 'thumbnail' }])
  },

  'what is written in one go must be as long as it was said to be': async ({ store, found }) => {
    const owner = randomUUID()
    const bytes = someBytes(70_000, 8)
    for (const size of [69_999, 70_001, 0])
      await expect(store.write(content(owner, bytes), inPieces(bytes), size)).rejects.toThrow(/were announced/)
    await expect(store.write(content(owner, bytes), breaking(bytes, 20_000), 70_000)).rejects.toThrow('The line broke.')
    expect(await found(owner)).toEqual([])
    await store.write(content(owner, bytes), inPieces(bytes), 70_000)
    await store.write(content(owner, bytes), inPieces(bytes), 70_000)
    expect(sha256Of(await gather(await store.read(content(owner, bytes))))).toBe(sha256Of(bytes))
  },

  'nothing at all is something too': async ({ store, org }) => {
    const nothing = new Uint8Array()
    const at = upload(org)
    expect(await store.append(at, 0, inPieces(nothing))).toBe(0)
    expect(await gather(await store.readUpload(at))).toHaveLength(0)
    await store.keep(at, content(org, nothing))
    expect(await store.size(content(org, nothing))).toBe(0)
    expect(await gather(await store.read(content(org, nothing)))).toHaveLength(0)
    await store.write(preview(org, nothing, 'text'), inPieces(nothing), 0)
    expect(await store.size(preview(org, nothing, 'text'))).toBe(0)
  },

  'a large file comes in two goes, and goes out whole': async ({ store, twin, org }) => {
    const bytes = someBytes(11 * 1024 ** 2 + 17, 9)
    const at = upload(org)
    const half = 8 * 1024 ** 2 + 5
    expect(await store.append(at, 0, inPieces(bytes.subarray(0, half)))).toBe(half)
    expect(await twin.append(at, half, inPieces(bytes.subarray(half)))).toBe(bytes.length)
    expect(sha256Of(await gather(await store.readUpload(at)))).toBe(sha256Of(bytes))
    await store.keep(at, content(org, bytes))
    expect(await store.size(content(org, bytes))).toBe(bytes.length)
    expect(sha256Of(await gather(await store.read(content(org, bytes))))).toBe(sha256Of(bytes))
    const across = { first: 7 * 1024 ** 2, last: 8 * 1024 ** 2 + 9 }
    const part = await gather(await store.read(content(org, bytes), across))
    expect(part.equals(bytes.subarray(across.first, across.last + 1))).toBe(true)
  },
}

const strange = [
  '../../etc/passwd',
  '..',
  '.',
  '',
  '/',
  'a/b',
  String.raw`a\b`,
  'x\0y',
  `${'a'.repeat(64)}/..`,
  'A'.repeat(64),
  '%2e%2e%2f',
  `${'a'.repeat(64)}\n`,
  'a'.repeat(65),
  '‮gpj',
  'CON',
  'a'.repeat(300),
  '*',
  '~',
  '$HOME',
  '-rf',
]

async function leadsNowhere({ store, org }: Workshop, name: string): Promise<void> {
  const bytes = inPieces(someBytes(10))
  const sha256 = 'a'.repeat(64)
  const wrong: (Address | UploadAddress)[] = [
    { org: name, upload: randomUUID() },
    { org, upload: name },
    { org: name, kind: 'content', sha256 },
    { org, kind: 'content', sha256: name },
    { org, kind: 'preview', sha256: name, preview: 'view' },
    { org, kind: 'preview', sha256, preview: name },
  ]
  for (const address of wrong) {
    const tries =
      'upload' in address
        ? [
            () => store.append(address, 0, bytes),
            () => store.received(address),
            () => store.readUpload(address),
            () => store.dropUpload(address),
            () => store.keep(address, { org, kind: 'content', sha256 }),
          ]
        : [
            () => store.read(address),
            () => store.size(address),
            () => store.write(address, bytes, 10),
            () => store.remove(address),
            () => store.keep(upload(org), address),
          ]
    for (const one of tries) await expect(one()).rejects.toThrow('is not sound')
  }
  expect(() => store.walk(name)).toThrow('is not sound')
}
