import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { unpack, zipEntries } from '../sheets/zip.ts'
import { safeName, unusedName } from './safe-name.ts'
import { directoryLine, endOf, packZip } from './zip.ts'

const folder = mkdtempSync(join(tmpdir(), 'commonhall-zip-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('what people attached goes in as it is, tables are packed', async () => {
  const inside = join(folder, 'in')
  mkdirSync(join(inside, 'files'), { recursive: true })
  const text = 'a,b\n'.repeat(1000)
  writeFileSync(join(inside, 'table.csv'), text)
  writeFileSync(join(inside, 'files/Leak – ø.txt'), text)
  const out = join(folder, 'org.zip')
  await packZip(inside, out, ['table.csv', 'files/Leak – ø.txt'])
  const archive = readFileSync(out)
  const entries = zipEntries(archive)
  expect([...entries.values()].map(({ name, method }) => [name, method])).toEqual([
    ['org/table.csv', 8],
    ['org/files/Leak – ø.txt', 0],
  ])
  for (const entry of entries.values()) expect(unpack(archive, entry, 10_000).toString()).toBe(text)
  if (existsSync('/usr/bin/unzip')) expect(`${execFileSync('/usr/bin/unzip', ['-t', out])}`).toContain('No errors')
})

test('what lies beyond 4 GB, and more files than two bytes count, are told in eight bytes', () => {
  const entry = { name: 'org/far', method: 0, crc: 1, packed: 5, unpacked: 5 } as const
  const near = directoryLine({ ...entry, at: 7 })
  const far = directoryLine({ ...entry, at: 5_000_000_000 })
  expect([near.readUInt32LE(42), near.length]).toEqual([7, 46 + 7])
  expect([far.readUInt32LE(42), far.readUInt16LE(30), far.length]).toEqual([0xffff_ffff, 12, 46 + 7 + 12])
  expect(far.readBigUInt64LE(46 + 7 + 4)).toBe(5_000_000_000n)
  expect(endOf(3, 100, 200).length).toBe(22)
  const end = endOf(70_000, 100, 5_000_000_000)
  expect([end.length, end.readBigUInt64LE(32), end.readBigUInt64LE(48)]).toEqual([98, 70_000n, 5_000_000_000n])
  // The locator names the place of the wide end; the old end says to look there.
  expect([end.readBigUInt64LE(64), end.readUInt16LE(76 + 10)]).toEqual([5_000_000_100n, 0xffff])
})

test('names are such that every computer takes them, and keep their ending', () => {
  const names = [
    '../../etc/passwd',
    'a\u202efdp.exe',
    'CON.txt',
    ' .hidden. ',
    'a:b?.pdf',
    '',
    'x'.repeat(300) + '.pdf',
  ]
  expect(names.map(safeName)).toEqual([
    'passwd',
    'afdp.exe',
    '_CON.txt',
    'hidden',
    'a-b-.pdf',
    'file',
    `${'x'.repeat(196)}.pdf`,
  ])
  expect(Buffer.byteLength(safeName(`${'ø'.repeat(255)}.pdf`))).toBeLessThanOrEqual(200)
})

test('two files of one name are told apart, also where letter case is not', () => {
  const used = new Set<string>()
  expect(['Leak.jpg', 'leak.JPG', 'Leak.jpg'].map((name) => unusedName(name, used))).toEqual([
    'Leak.jpg',
    'leak (2).JPG',
    'Leak (3).jpg',
  ])
})
