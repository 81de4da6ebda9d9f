import { createHmac, randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

/** What the environment decides, read once. Every variable is described in docs/environment.md. */
export interface Settings {
  readonly host: string
  readonly port: number
  /** Address under which people reach the server; goes into mails. */
  readonly publicUrl: string
  /** Another PostgreSQL server; null means the embedded one in `dataDir`. */
  readonly databaseUrl: string | null
  readonly dataDir: string
  readonly production: boolean
  /** Signs tokens and cursors, and the password of the server's database role is derived from it. */
  readonly secret: string
  readonly demoPassword: string | null
  readonly smtpUrl: string | null
  readonly connections: number
  readonly environment: Readonly<Record<string, string | undefined>>
}

export function readSettings(environment: Readonly<Record<string, string | undefined>>): Settings {
  const dataDir = resolve(environment['DATA_DIR'] || './data')
  const production = environment['NODE_ENV'] === 'production'
  const port = Number(environment['PORT'] || 3000)
  const host = environment['HOST'] || '127.0.0.1'
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new Error('PORT must be a number from 0 to 65535.')
  return {
    host,
    port,
    publicUrl: (environment['PUBLIC_URL'] || `http://${host}:${port}`).replace(/\/+$/, ''),
    databaseUrl: environment['DATABASE_URL'] || null,
    dataDir,
    production,
    secret: environment['JWT_SECRET'] || keptSecret(dataDir, production),
    demoPassword: environment['DEMO_PASSWORD'] || null,
    smtpUrl: environment['SMTP_URL'] || null,
    connections: Number(environment['DATABASE_CONNECTIONS'] || 10),
    environment,
  }
}

/** A secret of its own for one purpose: knowing one tells nothing about another. */
export const deriveSecret = (settings: Pick<Settings, 'secret'>, purpose: string) =>
  createHmac('sha256', settings.secret).update(purpose).digest()

function keptSecret(dataDir: string, production: boolean): string {
  if (production) throw new Error('JWT_SECRET must be set when NODE_ENV is production: 32 or more random characters.')
  const file = join(dataDir, 'secret')
  if (!existsSync(file)) {
    mkdirSync(dataDir, { recursive: true, mode: 0o755 })
    writeFileSync(file, randomBytes(32).toString('base64url'), { mode: 0o600 })
  }
  return readFileSync(file, 'utf8')
}
