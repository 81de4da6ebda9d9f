import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import { catalog } from '@commonhall/modules/catalog'
import { openOn, registryOf } from '../engine/boot.ts'
import { findOrg, houseCaller } from '../engine/caller.ts'
import type { Ground } from '../engine/database/provision.ts'
import type { Engine } from '../engine/engine.ts'
import { countUsage } from '../engine/foundation/count-usage.ts'
import { tallyUsage } from '../engine/jobs/testing/tally.ts'
import { makeLog } from '../engine/log.ts'
import { type BareJobs, queueBare } from './bare-jobs.ts'
import { atLeast, type Line, median } from './line.ts'
import { asSuperuser, onGround, type Stage } from './stage.ts'

const root = join(import.meta.dirname, '..')
const rounds = 3
const perRound = 5_000
const killed = 10_000

/** As many jobs at a time on both sides: all connections of a worker but two. */
const connections = 10

/** Jobs through the queue beside the library alone, and ten thousand under workers that are killed at random. */
export const measureJobs = (stage: Stage): Promise<Line[]> =>
  onGround(stage, (ground) =>
    asSuperuser(stage, ground, async (superuser) => {
      await superuser.query(tallyUsage)
      await superuser.query('alter table tally add column at timestamptz not null default clock_timestamp()')
      await superuser.query(`grant create on database ${superuser.database ?? ''} to commonhall_owner`)
      const house = await openOn(
        stage.settings,
        registryOf(catalog),
        { ...ground, stop: async () => {} },
        makeLog('fatal'),
      )
      try {
        const site = { stage, ground, superuser, engine: house.engine }
        return [await throughput(site), ...(await underKills(site))]
      } finally {
        await house.close()
      }
    }),
  )

interface Site {
  readonly stage: Stage
  readonly ground: Ground
  readonly superuser: pg.Client
  readonly engine: Engine
}

async function throughput(site: Site): Promise<Line> {
  const [ours, bare]: [number[], number[]] = [[], []]
  for (let round = 0; round < rounds; round++) {
    bare.push(
      await worked(
        site,
        () => queueBare(bareTask(site), perRound),
        () => startBare(site),
      ),
    )
    ours.push(
      await worked(
        site,
        () => queueOurs(site, perRound),
        () => startWorker(site),
      ),
    )
  }
  return {
    name: 'jobs through the queue',
    unit: 'jobs/s',
    ours: median(ours),
    limit: { name: 'by the library alone', value: median(bare) },
    judged: median(ours.map((figure, index) => figure / (bare[index] ?? 0))),
    bar: atLeast(0.6),
  }
}

/** Queues, then starts a worker; how many it did in a second, the first tenth and the last left out. */
async function worked({ superuser }: Site, queue: () => Promise<void>, start: () => ChildProcess): Promise<number> {
  await superuser.query('truncate tally')
  await queue()
  await superuser.query('vacuum analyze queue.job_common')
  const worker = start()
  await tallied(superuser, perRound)
  const gone = once(worker, 'exit')
  worker.kill('SIGTERM')
  await gone
  const { rows } = await superuser.query<{ seconds: number }>(
    `select extract(epoch from percentile_disc(0.9) within group (order by at)
      - percentile_disc(0.1) within group (order by at))::float8 as seconds from tally`,
  )
  return (perRound * 0.8) / (rows[0]?.seconds ?? Infinity)
}

/** Kills one of two workers at random points and starts another, until all is done; then counts what is missing. */
async function underKills(site: Site): Promise<Line[]> {
  await site.superuser.query('truncate tally')
  await queueOurs(site, killed)
  const workers = [startWorker(site), startWorker(site)]
  let kills = 0
  // Each has had time to do something before one is killed; the last ones are left to finish.
  for (let next = chance(); next < killed * 0.97; next += chance()) {
    await tallied(site.superuser, next)
    const turn = kills++ % workers.length
    workers[turn]?.kill('SIGKILL')
    workers[turn] = startWorker(site)
  }
  await tallied(site.superuser, killed)
  await sleep(1_000)
  for (const worker of workers) worker.kill('SIGTERM')
  await Promise.all(workers.map((worker) => once(worker, 'exit')))
  const { rows } = await site.superuser.query<{ lines: string; jobs: string }>(
    'select count(*) as lines, count(distinct job) as jobs from tally',
  )
  const [lines, jobs] = [Number(rows[0]?.lines), Number(rows[0]?.jobs)]
  const bar = { sign: '≤', value: 0, of: 'figure' } as const
  return [
    { name: `10,000 jobs, ${kills} workers killed: lost`, unit: 'jobs', ours: killed - jobs, bar },
    { name: '… done more than once', unit: 'jobs', ours: lines - jobs, bar },
  ]
}

/** After so many more jobs. */
const chance = () => 100 + Math.random() * 900

async function queueOurs({ engine, stage }: Site, count: number): Promise<void> {
  const org = await findOrg(engine.database, stage.large)
  if (!org) throw new Error('There is no such organization.')
  const { access } = houseCaller(org, 'command')
  for (let begun = 0; begun < count; begun += 1_000)
    await engine.database.transaction(access, async (transaction) => {
      for (let n = begun; n < begun + 1_000; n++)
        await engine.jobs.sendForOrg(transaction, org.id, `job ${n}`, countUsage, {})
    })
}

function startWorker({ stage, ground }: Site): ChildProcess {
  const { secret, dataDir } = stage.settings
  const env = { DATABASE_URL: ground.ownerUrl, JWT_SECRET: secret, DATA_DIR: dataDir }
  return startNode(['cli.ts', 'work'], { ...env, DATABASE_CONNECTIONS: String(connections), LOG_LEVEL: 'warn' })
}

const bareTask = ({ ground }: Site): BareJobs => ({ databaseUrl: ground.ownerUrl, atOnce: connections - 2 })

const startBare = (site: Site) => startNode(['bench/bare-jobs.ts'], { BARE_JOBS: JSON.stringify(bareTask(site)) })

const startNode = ([script = '', ...args]: string[], env: Record<string, string>) =>
  spawn(process.execPath, [join(root, script), ...args], {
    env: { PATH: process.env['PATH'] ?? '', ...env },
    stdio: ['ignore', 'ignore', 'inherit'],
  })

async function count(superuser: pg.Client): Promise<number> {
  const { rows } = await superuser.query<{ n: string }>('select count(distinct job) as n from tally')
  return Number(rows[0]?.n)
}

async function tallied(superuser: pg.Client, wanted: number): Promise<void> {
  for (let tries = 0; (await count(superuser)) < wanted; tries++) {
    if (tries > 3_000) throw new Error('The jobs are not done in time.')
    await sleep(50)
  }
}
