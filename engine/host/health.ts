import { statfs } from 'node:fs/promises'
import type { FastifyRequest } from 'fastify'
import pins from '../../package.json' with { type: 'json' }
import type { Engine } from '../engine.ts'
import type { Http } from '../http/door.ts'
import { jsonReply, refusals } from '../http/schemas.ts'
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

interface QueueRow extends Record<string, unknown> {
  readonly name: string
  readonly waiting: number
  readonly running: number
  readonly failed: number
  readonly oldest: string | null
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
    queue: await queueOf(http.engine),
    mail,
    storage: await storageOf(http.engine.settings.dataDir),
    migrations: { count: migrations, last_at: migrated_at && new Date(migrated_at).toISOString() },
  }
}

/** What waits, runs and was given up within a day, by the job's name: how many, and nothing of what is in them. */
async function queueOf({ database }: Engine) {
  const rows = await database.bare<QueueRow>(
    `select name, count(*) filter (where state in ('created', 'retry') and start_after <= now()) as waiting,
      count(*) filter (where state = 'active') as running,
      count(*) filter (where state = 'failed' and completed_on > now() - interval '1 day') as failed,
      min(start_after) filter (where state in ('created', 'retry') and start_after <= now()) as oldest
    from queue.job where state in ('created', 'retry', 'active', 'failed') group by name order by name`,
  )
  const sum = (count: 'waiting' | 'running' | 'failed') => rows.reduce((all, row) => all + row[count], 0)
  const oldest = rows.flatMap((row) => row.oldest ?? []).toSorted()
  return {
    waiting: sum('waiting'),
    running: sum('running'),
    failed: sum('failed'),
    oldest_waiting_at: oldest[0] ?? null,
    jobs: rows
      .filter(({ waiting, failed }) => waiting || failed)
      .map(({ name, waiting, failed }) => ({ name, waiting, failed })),
  }
}

/** Room on the disk of the data folder; nothing where there is no such folder. */
const storageOf = (folder: string) =>
  statfs(folder).then(
    ({ bavail, blocks, bsize }) => ({ free_bytes: bavail * bsize, bytes: blocks * bsize }),
    () => null,
  )
