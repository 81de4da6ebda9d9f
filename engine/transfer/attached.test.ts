import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { asOwner, openHouse, type TestHouse } from '@commonhall/engine/testing'
import { unpack, zipEntries } from '../sheets/zip.ts'
import { exportOrg } from './export-org.ts'
import type { Manifest } from './manifest.ts'
import { put } from '../files/testing/put.ts'

let house: TestHouse
let folder: string
let member: string
let manifest: Manifest

const exported = (out: string) =>
  exportOrg({
    ownerUrl: house.ground.ownerUrl,
    registry: house.engine.registry,
    stores: house.engine.files.stores,
    slug: 'riverside',
    out: join(folder, out),
    by: { name: 'Ada at the machine' },
  })

const sum = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')

/** Puts other bytes in the place of a content, as a bad disk does. */
async function spoil(text: string): Promise<void> {
  const [org] = await asOwner<{ id: string }>(house, "select id from foundation.org where slug = 'riverside'")
  const address = { org: org?.id ?? '', kind: 'content', sha256: sum(Buffer.from(text)) } as const
  const { current } = house.engine.files.stores
  await current.remove(address)
  const other = (async function* () {
    yield Buffer.from('other')
  })()
  await current.write(address, other, 5).catch(() => {})
}

beforeAll(async () => {
  house = await openHouse()
  folder = mkdtempSync(join(tmpdir(), 'commonhall-attached-'))
  const admin = await house.as('admin@riverside.example')
  member = (await admin.get('/members?limit=1')).json().data[0].id
  const attach = (name: string, text: string, more = {}) =>
    put(house, { slug: 'riverside', name, bytes: text, record: member, ...more })
  const scan = await attach('Scan.txt', 'First scan')
  await attach('Scan of the roof.txt', 'Second scan', { file: scan })
  await attach('../../Leak | 2026?.txt', 'A leak')
  await attach('LEAK - 2026-.txt', 'Another leak')
  await attach('virus.txt', 'A virus', { verdict: 'held' })
  await attach('new.txt', 'Not looked at', { verdict: 'waiting' })
  await attach('lost.txt', 'Lost', { isLost: true })
  await attach('spoilt.txt', 'Spoilt')
  await spoil('Spoilt')
  await put(house, { slug: 'riverside', record: null, name: 'unsaved.txt', bytes: 'Unsaved' })
  await put(house, { slug: 'local-100', name: 'theirs.txt', bytes: 'Theirs' })
  manifest = await exported('riverside')
})
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true })
  await house.close()
})

test('each version of each file of a record is in its folder, by a name that every computer takes', () => {
  const at = `files/members.member/${member}`
  expect(manifest.attached.map(({ file, version }) => [file, version])).toEqual([
    [`${at}/Scan of the roof.txt`, 2],
    [`${at}/Scan (version 1).txt`, 1],
    [`${at}/Leak - 2026-.txt`, 1],
    [`${at}/LEAK - 2026- (2).txt`, 1],
    ['files/members.member/unsaved/unsaved.txt', 1],
  ])
  for (const { file, bytes, sha256 } of manifest.attached) {
    const content = readFileSync(join(folder, 'riverside', file))
    expect([file, content.length, sum(content)]).toEqual([file, bytes, sha256])
    expect(statSync(join(folder, 'riverside', file)).mode & 0o077).toBe(0)
  }
})

test('what is held, not looked at, lost or spoilt stays out, and the README names each with its reason', () => {
  expect(manifest.left_out.map(({ name, why }) => [name, why])).toEqual([
    ['virus.txt', 'held'],
    ['new.txt', 'waiting'],
    ['lost.txt', 'missing'],
    ['spoilt.txt', 'changed'],
  ])
  const readme = readFileSync(join(folder, 'riverside/README.md'), 'utf8')
  for (const { name, because } of manifest.left_out) {
    expect(readme).toContain(`"${name}" (version 1), \`members.member\` ${member}: ${because}`)
    expect(existsSync(join(folder, 'riverside', `files/members.member/${member}/${name}`))).toBe(false)
  }
  expect(readme).toContain('5 files, in `files`')
  expect(readme).not.toContain('theirs.txt')
})

test('an archive holds the same bytes', async () => {
  const { attached } = await exported('riverside.zip')
  const archive = readFileSync(join(folder, 'riverside.zip'))
  const entries = zipEntries(archive)
  expect(attached).toHaveLength(5)
  for (const { file, sha256 } of attached) {
    const entry = entries.get(`riverside/${file}`)
    expect([file, entry && sum(unpack(archive, entry, 10_000))]).toEqual([file, sha256])
  }
})
