import { randomInt } from 'node:crypto'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { say } from '@commonhall/kernel'
import { deriveSecret, type Settings } from '../settings.ts'
import { launchPostgres } from './embedded.ts'
import { serverSettings } from './access.ts'

/** Where the house's database is: for migrations as its owner, for the server as the role that owns nothing. */
export interface Ground {
  readonly ownerUrl: string
  readonly appUrl: string
  stop(): Promise<void>
}

const appRole = 'commonhall_app'
const searchRole = 'commonhall_search'
const ownerRole = 'commonhall_owner'

/** Starts the embedded server, or takes the one of DATABASE_URL, and sees to it that the roles exist. */
export async function provision(settings: Settings): Promise<Ground> {
  if (settings.databaseUrl) return await ensureServer(settings, settings.databaseUrl, () => Promise.resolve())
  const postgres = await launchPostgres({ dir: join(settings.dataDir, 'postgres') })
  const ownerUrl = await ensureOwned(settings, postgres.url, 'commonhall')
  return await ensureServer(settings, ownerUrl, () => postgres.stop())
}

/** Sees to it that there is a database with an owner who is no superuser; answers the owner's address. */
export async function ensureOwned(settings: Settings, superuserUrl: string, name: string): Promise<string> {
  const password = deriveSecret(settings, 'database role of the owner').toString('base64url')
  await withClient(superuserUrl, async (client) => {
    await ensureLogin(client, ownerRole, password, 'createrole createdb')
    const { rowCount } = await client.query('select from pg_database where datname = $1', [name])
    if (rowCount) return
    await client.query(`create database ${client.escapeIdentifier(name)} owner ${ownerRole}`)
    await withClient(withDatabase(superuserUrl, name), (own) => own.query(findByKey))
  })
  return withUser(withDatabase(superuserUrl, name), ownerRole, password)
}

/**
 * Under row-level security a comparison may use an index only if it is known to tell nothing of what it compares. That
 * of citext, in which all natural keys are, tells nothing, but only a superuser can say so. A card number among half a
 * million is then found in 0.3 ms; on a server where nobody has said so, in the time that it takes to read the org.
 */
const findByKey = `create extension if not exists citext; alter function citext_eq(citext, citext) leakproof`

/** The ground on a database whose owner can be reached at `ownerUrl`. */
export async function ensureServer(settings: Settings, ownerUrl: string, stop: Ground['stop']): Promise<Ground> {
  const appPassword = deriveSecret(settings, 'database role of the server').toString('base64url')
  await withClient(ownerUrl, async (client) => {
    await refuseOldServer(client)
    await besideOthers(() => ensureServerRoles(client, appPassword))
    // Through a pooler a connection cannot bring its settings along.
    if (settings.databasePooler)
      for (const [name, value] of Object.entries(serverSettings))
        await client.query(`alter role ${appRole} set ${name} = '${value}'`)
  })
  return { ownerUrl, appUrl: withUser(ownerUrl, appRole, appPassword), stop }
}

/** Temporal keys and uuidv7() came with PostgreSQL 18. */
async function refuseOldServer(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ server_version: string }>('show server_version')
  const version = rows[0]?.server_version ?? '0'
  if (Number.parseInt(version, 10) < 18) throw new Error(say('engine:boot.old_server', { version }))
}

/** What PostgreSQL says when somebody else has just made or changed the same role: internal_error, duplicates. */
const overtaken = new Set(['XX000', '23505', '42710'])

/** Tries again where another process, started at the same moment, is doing the same to the same roles. */
async function besideOthers(work: () => Promise<void>): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await work()
    } catch (error) {
      if (tries === 20 || !overtaken.has((error as { code?: string }).code ?? '')) throw error
      await sleep(randomInt(5, 50))
    }
  }
}

/** The server's login, and the role whose functions search across the trigram index. Neither can log in as an owner. */
async function ensureServerRoles(client: pg.Client, appPassword: string): Promise<void> {
  await ensureLogin(client, appRole, appPassword, '')
  const { rowCount } = await client.query('select from pg_roles where rolname = $1', [searchRole])
  if (!rowCount) await client.query(`create role ${searchRole} nologin`)
  // The owner must be able to hand the search functions over; creating a role does not by itself allow that.
  await client.query(`grant ${searchRole} to current_user with set true`)
}

async function ensureLogin(client: pg.Client, role: string, password: string, attributes: string): Promise<void> {
  const { rowCount } = await client.query('select from pg_roles where rolname = $1', [role])
  const verb = rowCount ? 'alter' : 'create'
  await client.query(`${verb} role ${role} login ${attributes} password ${client.escapeLiteral(password)}`)
}

/** Runs some work on one connection and closes it whatever happens. */
export async function withClient<Value>(url: string, work: (client: pg.Client) => Promise<Value>): Promise<Value> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

export function withDatabase(url: string, name: string): string {
  const changed = new URL(url)
  changed.pathname = `/${name}`
  return changed.href
}

export function withHost(url: string, host: string): string {
  const changed = new URL(url)
  changed.host = host
  return changed.href
}

export function withUser(url: string, user: string, password: string): string {
  const changed = new URL(url)
  changed.username = user
  changed.password = password
  return changed.href
}
