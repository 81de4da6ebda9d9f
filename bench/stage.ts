import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { catalog } from '@commonhall/modules/catalog'
import { raiseHouse } from '../engine/boot.ts'
import { type Ground, provision, withUser } from '../engine/database/provision.ts'
import { seedDemo } from '../engine/demo/seed.ts'
import { makeLog } from '../engine/log.ts'
import { readSettings, type Settings } from '../engine/settings.ts'
import { fillRoll } from './roll.ts'

/** What is measured on: a demo world of its own in a temporary folder, with one large roll in it. */
export interface Stage {
  readonly folder: string
  readonly settings: Settings
  readonly password: string
  /** The org with the large roll, and one with an empty one. */
  readonly large: string
  readonly empty: string
}

const members = 100_000

export const staffOf = (slug: string) => `staff@${slug}.example`

/** Makes the demo world, adds the large roll, and leaves PostgreSQL stopped. */
export async function setStage(): Promise<Stage> {
  const folder = mkdtempSync(join(tmpdir(), 'commonhall-bench-'))
  // Root hands PostgreSQL to another account, which must be able to pass through.
  chmodSync(folder, 0o755)
  const password = 'Benchmarks-are-not-the-territory-1'
  const settings = readSettings({ DATA_DIR: join(folder, 'home'), PORT: String(await freePort()) })
  const stage = { folder, settings, password, large: 'local-100', empty: 'local-200' }
  try {
    const house = await raiseHouse(settings, catalog, makeLog('fatal'))
    try {
      await seedDemo(house.engine, house.ground.ownerUrl, password)
      await asSuperuser(stage, house.ground, async (superuser) => {
        await fillRoll(superuser, await orgId(superuser, stage.large), 'B', members)
        await superuser.query('vacuum analyze')
        await superuser.query('checkpoint')
      })
    } finally {
      await house.close()
    }
  } catch (error) {
    strike(stage)
    throw error
  }
  return stage
}

export function strike({ folder }: Pick<Stage, 'folder'>): void {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
}

/** Works on the stage's database; starts it, or joins the one that the server has started. */
export async function onGround<Value>(stage: Stage, work: (ground: Ground) => Promise<Value>): Promise<Value> {
  const ground = await provision(stage.settings)
  try {
    return await work(ground)
  } finally {
    await ground.stop()
  }
}

/** The address of the database for its superuser. */
export function superuserUrl({ settings }: Pick<Stage, 'settings'>, { ownerUrl }: Ground): string {
  return withUser(ownerUrl, 'postgres', readFileSync(join(settings.dataDir, 'postgres/cluster/password'), 'utf8'))
}

export async function asSuperuser<Value>(
  stage: Pick<Stage, 'settings'>,
  ground: Ground,
  work: (superuser: pg.Client) => Promise<Value>,
): Promise<Value> {
  const client = new pg.Client({ connectionString: superuserUrl(stage, ground) })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

export async function orgId(client: pg.Client, slug: string): Promise<string> {
  const { rows } = await client.query<{ id: string }>('select id from foundation.org where slug = $1', [slug])
  return rows[0]?.id ?? ''
}

export function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const probe = createServer().on('error', fail)
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo
      probe.close(() => done(port))
    })
  })
}
