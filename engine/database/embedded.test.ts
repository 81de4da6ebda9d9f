import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type EmbeddedPostgres, launchPostgres } from './embedded.ts'

const dir = mkdtempSync(join(tmpdir(), 'commonhall-embedded-'))
let first: EmbeddedPostgres

beforeAll(async () => {
  first = await launchPostgres({ dir })
})

afterAll(async () => {
  await first.stop()
  rmSync(dir, { recursive: true, force: true })
})

async function ask<Row>(url: string, sql: string): Promise<Row[]> {
  const client = new pg.Client(url)
  await client.connect()
  try {
    return (await client.query(sql)).rows as Row[]
  } finally {
    await client.end()
  }
}

test('a new folder becomes a PostgreSQL 18 that answers on loopback only', async () => {
  const [row] = await ask<Record<string, string>>(
    first.url,
    `select current_setting('server_version') as version, current_setting('listen_addresses') as listens`,
  )
  expect(row?.['version']).toMatch(/^18\./)
  expect(row?.['listens']).toBe('127.0.0.1')
})

test('the extensions that modules build on are there', async () => {
  const names = ['btree_gin', 'btree_gist', 'citext', 'pg_trgm', 'unaccent']
  for (const name of names) await ask(first.url, `create extension if not exists ${name}`)
  const rows = await ask<{ extname: string }>(first.url, 'select extname from pg_extension')
  expect(rows.map((row) => row.extname)).toEqual(expect.arrayContaining(names))
})

test('the password lies in the data folder, for the owner alone', () => {
  expect(statSync(join(dir, 'cluster', 'password')).mode & 0o777).toBe(0o600)
  expect(statSync(dir).mode & 0o777).toBe(0o700)
})

test('a second process joins, and leaving does not stop the first', async () => {
  const second = await launchPostgres({ dir })
  expect(second.pid).toBe(first.pid)
  await second.stop()
  expect(await ask(first.url, 'select 1 as one')).toEqual([{ one: 1 }])
})

test('stopped and started again it keeps its rows and its port', async () => {
  await ask(first.url, 'create table kept as select 42 as answer')
  await first.stop()
  const again = await launchPostgres({ dir })
  expect(again.port).toBe(first.port)
  expect(again.pid).not.toBe(first.pid)
  first = again
  expect(await ask(first.url, 'select answer from kept')).toEqual([{ answer: 42 }])
})

test('a PostgreSQL whose starter was killed is replaced, and loses nothing', async () => {
  const orphaned = mkdtempSync(join(tmpdir(), 'commonhall-orphan-'))
  try {
    const starter = startElsewhere(orphaned)
    const [chunk] = (await once(starter.stdout!, 'data')) as [Buffer]
    const { url, pid } = JSON.parse(String(chunk)) as EmbeddedPostgres
    await ask(url, 'create table kept as select 42 as answer')
    starter.kill('SIGKILL')
    await once(starter, 'exit')
    const heir = await launchPostgres({ dir: orphaned })
    expect(heir.pid).not.toBe(pid)
    expect(await ask(heir.url, 'select answer from kept')).toEqual([{ answer: 42 }])
    await killAndReplace(heir, orphaned)
  } finally {
    rmSync(orphaned, { recursive: true, force: true })
  }
})

async function killAndReplace(heir: EmbeddedPostgres, folder: string): Promise<void> {
  process.kill(heir.pid, 'SIGKILL')
  const next = await launchPostgres({ dir: folder })
  expect(await ask(next.url, 'select answer from kept')).toEqual([{ answer: 42 }])
  await next.stop()
  await heir.stop()
}

function startElsewhere(folder: string): ChildProcess {
  const script = `
    import { launchPostgres } from '${new URL('./embedded.ts', import.meta.url).href}'
    const { url, pid } = await launchPostgres({ dir: process.argv[1] })
    console.log(JSON.stringify({ url, pid }))
    setInterval(() => {}, 1000)`
  return spawn(process.execPath, ['--input-type=module', '-e', script, folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
}

test.runIf(process.getuid?.() === 0)(
  'when root starts it under a private home (only root can try), the data goes where PostgreSQL can go',
  async () => {
    const home = mkdtempSync(join(tmpdir(), 'commonhall-private-'))
    chmodSync(home, 0o700)
    const asked = join(home, 'data', 'postgres')
    const server = await launchPostgres({ dir: asked })
    const [row] = await ask<{ data_directory: string }>(server.url, 'show data_directory')
    await server.stop()
    expect(row?.data_directory.startsWith(home)).toBe(false)
    expect((await launchPostgres({ dir: asked }).then(async (next) => (await next.stop(), next))).port).toBe(
      server.port,
    )
    rmSync(join(row!.data_directory, '..'), { recursive: true })
    rmSync(home, { recursive: true })
  },
)

test('a fresh temporary folder is opened just enough for PostgreSQL to pass', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'commonhall-fresh-'))
  const server = await launchPostgres({ dir: join(folder, 'postgres') })
  const [row] = await ask<{ data_directory: string }>(server.url, 'show data_directory')
  await server.stop()
  expect(row?.data_directory.startsWith(folder)).toBe(true)
  rmSync(folder, { recursive: true })
})
