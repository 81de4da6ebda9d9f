import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { eventually, freePort, openHouse, type TestHouse, type Voice } from '@commonhall/engine/testing'
import { deriveSecret } from '../settings.ts'
import { testSettings } from '../testing/settings.ts'

/** Debian's package `pgbouncer`; where it is not installed, these tests are skipped and say so. */
const program = (() => {
  try {
    return execFileSync('sh', ['-c', 'PATH=$PATH:/usr/sbin command -v pgbouncer'], { encoding: 'utf8' }).trim()
  } catch {
    return null
  }
})()

let folder: string
let pooler: ChildProcess
let house: TestHouse
let union: Voice
let coop: Voice

const answers = (port: number) =>
  new Promise<boolean>((resolve) => {
    const probe = connect(port, '127.0.0.1', () => (probe.destroy(), resolve(true))).once('error', () => resolve(false))
  })

/** One server connection for everybody: whatever somebody leaves behind on it, the next one finds. */
async function startPooler(port: number): Promise<void> {
  const server = new URL(inject('postgres'))
  folder = mkdtempSync(join(tmpdir(), 'commonhall-pooler-'))
  chmodSync(folder, 0o755)
  const password = deriveSecret(testSettings, 'database role of the server').toString('base64url')
  writeFileSync(join(folder, 'users.txt'), `"commonhall_app" "${password}"\n`)
  const lines = [
    '[databases]',
    `* = host=${server.hostname} port=${server.port}`,
    '[pgbouncer]',
    `listen_addr = 127.0.0.1\nlisten_port = ${port}\nunix_socket_dir =`,
    `auth_type = scram-sha-256\nauth_file = ${folder}/users.txt`,
    'pool_mode = transaction\ndefault_pool_size = 1\nmax_client_conn = 100',
  ]
  writeFileSync(join(folder, 'pooler.ini'), lines.join('\n'))
  const asNobody = process.getuid?.() === 0 ? ['-u', 'nobody'] : []
  pooler = spawn(program ?? '', [...asNobody, join(folder, 'pooler.ini')], { stdio: 'ignore' })
  await eventually(async () => expect(await answers(port), 'whether the pooler answers').toBe(true))
}

describe.skipIf(!program)('behind a pooler that hands connections on after each transaction', () => {
  beforeAll(async () => {
    const port = await freePort()
    await startPooler(port)
    house = await openHouse({ settings: { databasePooler: `127.0.0.1:${port}` } })
    union = await house.as('officer@local-100.example')
    coop = await house.as('officer@riverside.example')
  })
  afterAll(async () => {
    await house.close()
    pooler.kill()
    rmSync(folder, { recursive: true })
  })

  test('reads and writes of two orgs side by side stay apart', async () => {
    const own = async (voice: Voice) => {
      const { data } = (await voice.get('/members?limit=200')).json() as { data: { id: string }[] }
      return new Set(data.map(({ id }) => id))
    }
    const [ofUnion, ofCoop] = [await own(union), await own(coop)]
    expect([ofUnion.size, ofCoop.size, ofUnion.intersection(ofCoop).size]).toEqual([200, 60, 0])
    const rounds = Array.from({ length: 30 }, async (_, n) => {
      const [voice, mine] = n % 2 ? [union, ofUnion] : [coop, ofCoop]
      expect((await voice.post('/households', { name: `Household ${n}` })).statusCode).toBe(201)
      expect((await own(voice)).difference(mine).size).toBe(0)
      expect((await voice.post('/households', { name: '' })).statusCode).toBe(422)
    })
    await Promise.all(rounds)
    const names = async (voice: Voice) =>
      ((await voice.get('/households?limit=200')).json().data as { name: string }[]).map(({ name }) =>
        Number(name.split(' ')[1]),
      )
    expect((await names(union)).every((n) => n % 2 === 1)).toBe(true)
    expect((await names(coop)).every((n) => n % 2 === 0)).toBe(true)
  })

  test('a connection that an org has used knows nothing of it afterwards', async () => {
    await union.get('/members')
    const [left] = await house.engine.database.bare<{ org: string; rows: string; zone: string }>(
      `select coalesce(current_setting('app.org', true), '') as org,
        (select count(*) from members.member)::text as rows, current_setting('timezone') as zone`,
    )
    expect(left).toEqual({ org: '', rows: '0', zone: 'UTC' })
  })

  test('an export streams, and a session that has ended opens nothing more', async () => {
    expect((await union.get('/members/export')).body.split('\n').length).toBeGreaterThan(240)
    await house.app.inject({
      method: 'POST',
      url: '/api/v1/auth/logout',
      headers: { authorization: `Bearer ${union.token}` },
    })
    expect((await union.get('/members')).statusCode).toBe(401)
  })
})
