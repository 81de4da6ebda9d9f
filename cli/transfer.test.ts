import { execFile } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type EmbeddedPostgres, launchPostgres } from '../engine/database/embedded.ts'

interface Ended {
  readonly code: number
  readonly out: string
  readonly err: string
}

let folder: string
let postgres: EmbeddedPostgres

const commonhall = (...args: readonly string[]): Promise<Ended> =>
  new Promise((done) => {
    const env = { PATH: process.env['PATH'] ?? '', DATA_DIR: join(folder, 'house') }
    execFile('bin/commonhall', [...args], { env }, (error, out, err) =>
      done({ code: error ? Number(error.code) : 0, out, err }),
    )
  })

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'commonhall-out-'))
  // PostgreSQL may run as another account than root, and must be able to pass.
  chmodSync(folder, 0o755)
  // Held here, so that each command joins it and need not start one of its own.
  postgres = await launchPostgres({ dir: join(folder, 'house/postgres') })
  await commonhall('seed', 'demo', '--password', 'Three-old-kettles-7')
}, 180_000)

afterAll(async () => {
  await postgres.stop()
  rmSync(folder, { recursive: true, force: true })
}, 60_000)

test('an organization is written as files, and once they are there nothing is overwritten', async () => {
  const out = join(folder, 'riverside')
  const { code, out: said } = await commonhall('export-org', 'riverside', out)
  expect([code, said]).toEqual([
    0,
    expect.stringMatching(/^riverside is in .* rows in \d+ files\.\nNo file was attached/),
  ])
  expect(readdirSync(out).toSorted()).toEqual([
    'README.md',
    'manifest.json',
    'organization.csv',
    'people.csv',
    'tables',
  ])
  expect(await commonhall('export-org', 'riverside', out)).toMatchObject({ code: 1, out: '' })
  expect(await commonhall('export-org', 'nowhere', join(folder, 'nowhere'))).toMatchObject({
    code: 1,
    err: expect.stringContaining('"nowhere"'),
  })
}, 180_000)

test('erasing wants the name twice, a word about the export, and an organization that is suspended', async () => {
  const tries = [
    [2, /--confirm riverside/, ['riverside']],
    [2, /--confirm riverside/, ['riverside', '--confirm', 'local-100', '--without-export']],
    [2, /--export OUT/, ['riverside', '--confirm', 'riverside']],
    [2, /--export OUT/, ['riverside', '--confirm', 'riverside', '--without-export', '--export', 'x']],
    [1, /not suspended/, ['riverside', '--confirm', 'riverside', '--without-export']],
    [1, /"nowhere"/, ['nowhere', '--confirm', 'nowhere', '--without-export']],
  ] as const
  for (const [code, says, args] of tries) {
    const ended = await commonhall('erase-org', ...args)
    expect([args, ended.code, ended.err]).toEqual([args, code, expect.stringMatching(says)])
  }
}, 180_000)

test('it is exported, erased, and certified', async () => {
  const archive = join(folder, 'out/riverside.zip')
  const erased = await commonhall('erase-org', 'riverside', '--confirm', 'riverside', '--export', archive, '--now')
  expect([erased.code, existsSync(archive)]).toEqual([0, true])
  expect(erased.out).toMatch(/Riverside Housing Cooperative \(riverside\) was erased on \d{4}-.* by Command line/)
  expect(erased.out).toMatch(/ {7}60 {2}members\.member\n/)
  const [file = ''] = readdirSync(join(folder, 'house/erased'))
  expect(JSON.parse(readFileSync(join(folder, 'house/erased', file), 'utf8'))).toMatchObject({
    organization: { slug: 'riverside' },
    people: { erased: 8, stay: 0, nameless: 0 },
  })
  expect((await commonhall('export-org', 'riverside', join(folder, 'again'))).code).toBe(1)
  expect((await commonhall('export-org', 'maple-court', join(folder, 'maple-court'), '--json')).code).toBe(0)
}, 180_000)
