import { statfs } from 'node:fs/promises'
import type { FastifyRequest } from 'fastify'
import pins from '../../package.json' with { type: 'json' }
import { refuse, say } from '@commonhall/kernel'
import type { Http } from '../http/door.ts'
import { jsonReply, refusals } from '../http/schemas.ts'
import type { Figures } from '../monitoring/figures.ts'
import { askHost, hostPath, tags } from './door.ts'
import { healthReply } from './schemas.ts'

interface Numbers {
  readonly version: string
  readonly bytes: number
  readonly connections: number
  readonly most_connections: number
  readonly migrations: number
  readonly migrated_at: string | null
  readonly orgs: number
  readonly suspended: number
  readonly people: number
  readonly sessions: number
}

/** How the whole installation is doing, for the people who keep it. */
export function registerHostHealth(http: Http, mail: string): void {
  http.app.get(`${hostPath}/health`, {
    schema: {
      tags,
      summary: 'How this installation is doing',
      operationId: 'hostReadHealth',
      response: { 200: jsonReply('Its state', healthReply), ...refusals() },
    },
    handler: (request) => health(http, request, mail),
  })
}

async function health(http: Http, request: FastifyRequest, mail: string) {
  const asked = performance.now()
  const [row] = await askHost<{ state: Numbers }>(http, request, 'select foundation.host_health($1) as state')
  const ms = Math.round((performance.now() - asked) * 10) / 10
  const figures =
    (await http.engine.tower.look()) ??
    refuse('unavailable', say('engine:http.busy'), { headers: { 'retry-after': '5' } })
  const { version, bytes, connections, most_connections, migrations, migrated_at, orgs, suspended, people, sessions } =
    (row as { state: Numbers }).state
  return {
    version: pins.version,
    node: process.versions.node,
    started_at: new Date(Date.now() - process.uptime() * 1000).toISOString(),
    memory_bytes: process.memoryUsage.rss(),
    orgs: { all: orgs, suspended },
    people,
    sessions,
    database: { version, bytes, connections, most_connections, ms },
    ...workOf(figures),
    mail,
    files: await filesOf(http, request),
    storage: await storageOf(http.engine.settings.dataDir),
    migrations: { count: migrations, last_at: migrated_at && new Date(migrated_at).toISOString() },
  }
}

/** What waits and what failed: how many, and nothing of what is in them. */
function workOf({ queues, ...figures }: Figures) {
  const sum = (count: 'waiting' | 'running' | 'failed') => queues.reduce((all, queue) => all + queue[count], 0)
  const oldest = Math.max(-1, ...queues.map(({ oldest_seconds: seconds }) => seconds ?? -1))
  const { bounced = 0, failed = 0 } = figures.mails_last_hour
  return {
    queue: {
      waiting: sum('waiting'),
      running: sum('running'),
      failed: sum('failed'),
      oldest_waiting_at: oldest < 0 ? null : new Date(Date.now() - oldest * 1000).toISOString(),
      jobs: queues
        .filter(({ waiting, failed: dead }) => waiting || dead)
        .map(({ name, label, waiting, failed: dead }) => ({ name, label, waiting, failed: dead })),
    },
    mails: {
      waiting: figures.mails_waiting,
      oldest_seconds: figures.mail_oldest_seconds,
      failed_last_hour: bounced + failed,
    },
    webhooks: { waiting: figures.webhook_messages_waiting, disabled: figures.webhooks_disabled },
  }
}

/** Where files go and whether that answers, and whether something looks for viruses. */
async function filesOf(http: Http, request: FastifyRequest) {
  const { stores, scanner } = http.engine.files
  const sql = 'select bytes from foundation.host_file_room($1, null)'
  const [room] = await askHost<{ bytes: number }>(http, request, sql)
  return {
    bytes: room?.bytes ?? 0,
    store: stores.current.name,
    store_state: await stores.current.check().then(
      () => 'ready',
      () => 'away',
    ),
    scanner: await scanner.state(),
    without_scanner: scanner.without,
  }
}

/** Room on the disk of the data folder; nothing where there is no such folder. */
const storageOf = (folder: string) =>
  statfs(folder).then(
    ({ bavail, blocks, bsize }) => ({ free_bytes: bavail * bsize, bytes: blocks * bsize }),
    () => null,
  )
