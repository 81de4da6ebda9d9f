import { createHmac, randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { say } from '@commonhall/kernel'
import { readTrustProxy, type TrustProxy } from './trust-proxy.ts'

/** What the environment decides, read once. Every variable is described in docs/environment.md. */
export interface Settings {
  readonly host: string
  readonly port: number
  /** Address under which people reach the server; goes into mails. */
  readonly publicUrl: string
  /** Another PostgreSQL server; null means the embedded one in `dataDir`. */
  readonly databaseUrl: string | null
  /** A pooler in front of it that requests go through, `host:port`; migrations and jobs do not. */
  readonly databasePooler: string | null
  readonly dataDir: string
  readonly production: boolean
  /** Signs tokens and cursors, and the password of the server's database role is derived from it. */
  readonly secret: string
  readonly demoPassword: string | null
  readonly smtpUrl: string | null
  /** Carries signals between server processes; null means that PostgreSQL does. */
  readonly redisUrl: string | null
  readonly connections: number
  /** Whether a server works through the queue too, beside answering. */
  readonly works: boolean
  /** Whose word about where a request comes from counts. */
  readonly trustProxy: TrustProxy
  readonly environment: Readonly<Record<string, string | undefined>>
}

const shortestSecret = 32

export function readSettings(environment: Readonly<Record<string, string | undefined>>): Settings {
  const dataDir = resolve(environment['DATA_DIR'] || './data')
  const production = environment['NODE_ENV'] === 'production'
  const port = wholeNumber('PORT', environment['PORT'] || '3000', 0, 65_535)
  const host = environment['HOST'] || '127.0.0.1'
  return {
    host,
    port,
    publicUrl: (environment['PUBLIC_URL'] || `http://${host}:${port}`).replace(/\/+$/, ''),
    databaseUrl: environment['DATABASE_URL'] || null,
    databasePooler: environment['DATABASE_POOLER'] || null,
    dataDir,
    production,
    secret: secretOf(environment['JWT_SECRET'] || '', production, dataDir),
    demoPassword: environment['DEMO_PASSWORD'] || null,
    smtpUrl: environment['SMTP_URL'] || null,
    redisUrl: environment['REDIS_URL'] || null,
    // A dry run of an import takes one for itself and works on another.
    connections: wholeNumber('DATABASE_CONNECTIONS', environment['DATABASE_CONNECTIONS'] || '10', 2, 200),
    works: environment['WORK'] !== '0',
    trustProxy: readTrustProxy(environment['TRUST_PROXY'] || '0'),
    environment,
  }
}

function wholeNumber(name: string, text: string, least: number, most: number): number {
  const number = /^\d{1,9}$/.test(text) ? Number(text) : NaN
  if (number >= least && number <= most) return number
  throw new Error(say('engine:settings.not_whole', { name, least, most }))
}

/** A secret of its own for one purpose: knowing one tells nothing about another. */
export const deriveSecret = (settings: Pick<Settings, 'secret'>, purpose: string) =>
  createHmac('sha256', settings.secret).update(purpose).digest()

function secretOf(given: string, production: boolean, dataDir: string): string {
  if (!production) return given || keptSecret(dataDir)
  if (given.length < shortestSecret) throw new Error(say('engine:settings.short_secret', { least: shortestSecret }))
  return given
}

function keptSecret(dataDir: string): string {
  const file = join(dataDir, 'secret')
  if (!existsSync(file)) {
    mkdirSync(dataDir, { recursive: true, mode: 0o755 })
    writeFileSync(file, randomBytes(32).toString('base64url'), { mode: 0o600 })
  }
  return readFileSync(file, 'utf8')
}
