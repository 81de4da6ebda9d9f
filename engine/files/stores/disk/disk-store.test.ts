import { randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { breaking, inPieces, sha256Of, someBytes } from '../testing/bytes.ts'
import { tryStore } from '../testing/suite.ts'
import { DiskStore } from './disk-store.ts'
import { orFull } from './durable.ts'

const base = mkdtempSync(join(tmpdir(), 'commonhall-disk-'))
afterAll(() => rmSync(base, { recursive: true }))

describe('files on the disk', () => {
  tryStore(() => {
    const top = join(base, 'data/files')
    return Promise.resolve({
      store: new DiskStore(top),
      twin: new DiskStore(top),
      end: () => Promise.resolve(),
    })
  })
})

describe('the folder of files', () => {
  let top: string
  let store: DiskStore
  let org: string
  beforeEach(() => {
    top = join(mkdtempSync(join(base, 'house-')), 'data/files')
    store = new DiskStore(top)
    org = randomUUID()
  })
  const bytes = someBytes(1000)
  const content = () => ({ org, kind: 'content', sha256: sha256Of(bytes) }) as const
  const pathOf = (upload: string) => join(top, org, 'uploads', upload)

  test('is not made before there is something to keep', async () => {
    await store.check()
    await store.size(content())
    await store.received({ org, upload: randomUUID() })
    await Array.fromAsync(store.walk())
    expect(existsSync(dirname(top))).toBe(false)
  })

  test.skipIf(process.getuid?.() === 0)('may be a disk of its own, with a folder that we may not open', async () => {
    await store.write(content(), inPieces(bytes), 1000)
    mkdirSync(join(top, 'lost+found'), { mode: 0 })
    expect(await Array.fromAsync(store.walk())).toHaveLength(1)
  })

  test('is for our account alone, and holds nothing but what it should', async () => {
    await store.write(content(), inPieces(bytes), 1000)
    await store.check()
    const all = readdirSync(top, { recursive: true, withFileTypes: true })
    const modes = all.map((one) => [
      one.isDirectory(),
      statSync(join(one.parentPath, one.name)).mode.toString(8).slice(-3),
    ])
    expect(new Set(modes.map(String))).toEqual(new Set(['true,700', 'false,600']))
    expect(statSync(top).mode & 0o777).toBe(0o700)
    expect(all.filter((one) => one.isFile()).map(({ name }) => name)).toEqual([sha256Of(bytes)])
  })

  test('says that it cannot be used where it cannot be made', async () => {
    writeFileSync(join(dirname(dirname(top)), 'file'), '')
    await expect(new DiskStore(join(dirname(dirname(top)), 'file/files')).check()).rejects.toThrow(/ENOTDIR|EACCES/)
  })

  test('is read without what others have put into it', async () => {
    await store.write(content(), inPieces(bytes), 1000)
    mkdirSync(join(top, 'lost+found'))
    writeFileSync(join(top, 'lost+found/x'), 'x')
    writeFileSync(join(top, org, 'content/notes.txt'), 'x')
    expect(await Array.fromAsync(store.walk())).toHaveLength(1)
  })

  test.each([
    ['of a process that is gone', { host: hostname(), pid: 2 ** 22 + 1, run: 'x' }, 0],
    ['of a process that had our number before', { host: hostname(), pid: process.pid, run: 'x' }, 0],
    ['of another machine that has been silent for a while', { host: 'elsewhere', pid: 1, run: 'x' }, 61],
    ['that nobody finished, a while ago', null, 61],
  ])('a sign %s keeps nobody from going on', async (_, sign, age) => {
    const upload = randomUUID()
    await expect(store.append({ org, upload }, 0, breaking(bytes, 500))).rejects.toThrow('The line broke.')
    hold(upload, sign, age)
    expect(await store.append({ org, upload }, 500, inPieces(bytes.subarray(500)))).toBe(1000)
    expect(readdirSync(dirname(pathOf(upload)))).toEqual([upload])
  })

  test.each([
    ['of a process that lives', { host: hostname(), pid: process.ppid, run: 'x' }, 30],
    ['of another machine', { host: 'elsewhere', pid: 1, run: 'x' }, 30],
    ['that is being written', null, 0],
  ])('a sign %s does', async (_, sign, age) => {
    const upload = randomUUID()
    await store.append({ org, upload }, 0, inPieces(bytes))
    hold(upload, sign, age)
    const busy = { code: 'locked', status: 423, headers: { 'retry-after': '5' } }
    await expect(store.append({ org, upload }, 1000, inPieces(bytes))).rejects.toMatchObject(busy)
    await expect(store.keep({ org, upload }, content())).rejects.toMatchObject(busy)
    await store.dropUpload({ org, upload })
    expect(readdirSync(dirname(pathOf(upload)))).toEqual([])
  })

  function hold(upload: string, sign: object | null, age: number): void {
    const path = `${pathOf(upload)}.held`
    writeFileSync(path, sign ? JSON.stringify(sign) : '')
    const at = Date.now() / 1000 - age
    utimesSync(path, at, at)
  }
})

test('a disk that is full is a clear no; whatever else a disk says is a fault', () => {
  for (const code of ['ENOSPC', 'EDQUOT'])
    expect(() => orFull(Object.assign(new Error(code), { code }))).toThrow(/no room left for files/)
  expect(() => orFull(Object.assign(new Error('EIO'), { code: 'EIO' }))).toThrow('EIO')
})
