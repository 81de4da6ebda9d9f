import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { asOwner, notebook, openHouse, type TestHouse } from '@commonhall/engine/testing'
import { withClient } from '../database/provision.ts'
import { restore } from '../sheets/index.ts'
import { unpack, zipEntries } from '../sheets/zip.ts'
import { tableWords } from './describe.ts'
import { exportOrg } from './export-org.ts'
import type { Manifest } from './manifest.ts'
import { orgTables } from './org-tables.ts'

type Cells = Record<string, string>

let house: TestHouse
let folder: string
let manifest: Manifest

const ada = { name: 'Ada at the machine' }

const exported = (slug: string, out: string) =>
  exportOrg({
    ownerUrl: house.ground.ownerUrl,
    registry: house.engine.registry,
    stores: house.engine.files.stores,
    slug,
    out: join(folder, out),
    by: ada,
  })

const read = (name: string, out = 'riverside') => readFileSync(join(folder, out, name), 'utf8')
const cells = (name: string, out?: string) => parse(read(name, out), { columns: true }) as Cells[]
const rowsOf = async (sql: string) => await asOwner<Record<string, string>>(house, sql)

const risky = ['=1+1', '+49 1', '-x', '@SUM(A1)', "'quoted", "'=x", '＝1', 'two\nlines, "quoted"', 'Ærøskøbing']

beforeAll(async () => {
  house = await openHouse({ modules: [notebook] })
  folder = mkdtempSync(join(tmpdir(), 'commonhall-transfer-'))
  const admin = await house.as('admin@riverside.example')
  await admin.post('/households', { name: 'Ortiz family' })
  for (const [index, notes] of risky.entries())
    await admin.post('/members', { card_number: `X-${index}`, last_name: 'Doe', first_name: 'Jo', notes })
  await house.engine.watch.flush()
  manifest = await exported('riverside', 'riverside')
})
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true })
  await house.close()
})

describe('the files of an organization', () => {
  test('are every table that has rows of organizations, or are on the list of what is left out', async () => {
    const tables = await withClient(house.ground.ownerUrl, (client) => orgTables(client))
    expect(tables.length).toBeGreaterThan(20)
    for (const { name, columns } of tables) {
      const file = manifest.files.find(({ table }) => table === name)
      const left = manifest.withheld.filter(({ table }) => table === name).map(({ column }) => column)
      expect([name, Boolean(file)]).toEqual([name, !left.includes(null)])
      const told = new Set([...(file?.columns.map((column) => column.name) ?? []), ...left])
      if (file) expect([name, told]).toEqual([name, new Set(columns.map((column) => column.name))])
    }
  })

  test('hold every row of it, and no row of another', async () => {
    for (const { file, table, rows } of manifest.files.filter((one) => one.file.startsWith('tables/'))) {
      const [counted] = await asOwner<{ n: number }>(
        house,
        `select count(*)::integer as n from ${table} where org_id = '${manifest.organization.id}'`,
      )
      const found = cells(file)
      expect([table, rows, found.length]).toEqual([table, counted?.n, counted?.n])
      expect(found.filter((row) => row['org_id'] !== manifest.organization.id)).toEqual([])
    }
    expect(cells('tables/members.member.csv')).toHaveLength(60 + risky.length)
  })

  test('have the sums and sizes that the manifest says', () => {
    for (const { file, bytes, sha256 } of manifest.files) {
      const content = readFileSync(join(folder, 'riverside', file))
      expect([file, content.length, createHash('sha256').update(content).digest('hex')]).toEqual([file, bytes, sha256])
    }
    expect(JSON.parse(read('manifest.json'))).toEqual(manifest)
  })

  test('say what the database says, once an apostrophe is taken from what could be a formula', async () => {
    const members = await rowsOf(
      `select m.id::text, m.card_number::text, m.notes, m.address from members.member m
      join foundation.org o on o.id = m.org_id where o.slug = 'riverside' order by m.id`,
    )
    const found = new Map(cells('tables/members.member.csv').map((row) => [row['id'], row]))
    for (const member of members) {
      const row = found.get(member['id'])
      for (const name of ['card_number', 'notes', 'address'])
        expect(restore(row?.[name] ?? '')).toBe(member[name] ?? '')
    }
    const written = cells('tables/members.member.csv').map((row) => row['notes'])
    expect(written.filter((text) => /^[=+\-@＝]/.test(text ?? ''))).toEqual([])
  })

  test('tell who signs in, with their roles, and nothing that opens something', async () => {
    const people = cells('people.csv')
    expect(people).toHaveLength(8)
    expect(people.find(({ email }) => email === 'treasurer@riverside.example')).toMatchObject({
      name: 'Tess Lindgren',
      roles: 'treasurer',
      disabled: 'f',
    })
    const secrets = await rowsOf('select password_hash as secret from foundation.user where password_hash is not null')
    const all = manifest.files.map(({ file }) => read(file)).join('\n')
    for (const { secret } of secrets) expect(all).not.toContain(secret)
    const columns = manifest.files.flatMap(({ table, columns: list }) => list.map(({ name }) => `${table}.${name}`))
    expect(columns.filter((name) => /password|secret|token|hash/.test(name.split('.').at(-1) ?? ''))).toEqual([
      'foundation.audit_head.hash',
      'foundation.audit_seal.hash',
      // The public key of one ballot, as it is published with the box.
      'governance.ballot.token',
    ])
    for (const { why } of manifest.withheld) expect(why.length).toBeGreaterThan(20)
  })

  test('stand in the README with every column in words', () => {
    const readme = read('README.md')
    expect(readme).toMatch(/^# Riverside Housing Cooperative, as it was on \d{4}-/)
    for (const { file, columns, holds } of manifest.files) {
      expect(readme).toContain(`### ${file}`)
      expect([file, holds.length > 5]).toEqual([file, true])
      for (const { name } of columns) expect(readme).toContain(`| \`${name}\` |`)
    }
    expect(readme).toMatch(/\| `joined_on` \| date \| Joined/)
    expect(readme).toMatch(/\| `household` \| uuid \| .*Points to `members.household`/)
    expect(readme).not.toMatch(/readme\.|transfer:/)
  })

  test('every table that is no list has a sentence about it', async () => {
    const tables = await withClient(house.ground.ownerUrl, (client) => orgTables(client))
    const silent = tables.filter(({ name }) => !tableWords(house.engine.registry, name)).map(({ name }) => name)
    expect(silent.filter((name) => name !== 'foundation.idempotency_key')).toEqual([])
  })
})

test('the trail of the organization, and the journal of hosts, say that everything was taken', async () => {
  const told = cells('tables/foundation.audit_entry.csv').filter(({ act }) => act === 'export')
  expect(told).toMatchObject([{ actor_name: ada.name, resource: 'foundation.org', via: 'command' }])
  const [act] = await rowsOf("select act, slug, host_name from foundation.host_act where slug = 'riverside'")
  expect(act).toEqual({ act: 'export', slug: 'riverside', host_name: ada.name })
})

test('an archive holds the same files', async () => {
  const again = await exported('riverside', 'riverside.zip')
  const archive = readFileSync(join(folder, 'riverside.zip'))
  const entries = zipEntries(archive)
  expect([...entries.keys()]).toEqual([
    'riverside/README.md',
    'riverside/manifest.json',
    ...again.files.map(({ file }) => `riverside/${file}`),
  ])
  for (const { file, sha256 } of again.files) {
    const entry = entries.get(`riverside/${file}`)
    const content = entry ? unpack(archive, entry, 10_000_000) : Buffer.alloc(0)
    expect([file, createHash('sha256').update(content).digest('hex')]).toEqual([file, sha256])
  }
  expect(existsSync(join(folder, 'riverside.zip.partial'))).toBe(false)
})

test('only their owner can read the files', () => {
  expect(statSync(join(folder, 'riverside')).mode & 0o077).toBe(0)
  expect(statSync(join(folder, 'riverside/people.csv')).mode & 0o077).toBe(0)
  expect(statSync(join(folder, 'riverside.zip')).mode & 0o077).toBe(0)
})

test('nothing is overwritten, and nothing is left behind by what is refused', async () => {
  await expect(exported('riverside', 'riverside')).rejects.toThrow(/is there already/)
  await expect(exported('nowhere', 'nowhere')).rejects.toThrow(/no organization called "nowhere"/)
  expect([existsSync(join(folder, 'nowhere')), existsSync(join(folder, 'nowhere.partial'))]).toEqual([false, false])
})

test('an organization of the other kind comes out as well, with nothing of the first', async () => {
  const local = await exported('local-100', 'local')
  expect(local.files.find(({ table }) => table === 'members.member')?.rows).toBe(240)
  const all = local.files.map(({ file }) => read(file, 'local')).join('\n')
  expect(all).not.toContain(manifest.organization.id)
  expect(all).not.toMatch(/@riverside\.example/)
})
