import { type JobResult, PgBoss } from 'pg-boss'
import type { Logger } from 'pino'
import type pg from 'pg'
import type { Job } from '@commonhall/kernel'
import { houseCaller, type OrgRow, findOrg } from './caller.ts'
import type { Database, Transaction } from './database/pool.ts'
import { queueSchema } from './database/queues.ts'
import type { Registry } from './registry.ts'

/** Work of the house itself, outside any org: mail, cleaning up. */
export interface HouseJob<Payload extends object = object> {
  readonly name: string
  readonly schedule?: string
  readonly retries?: number
  run(payload: Payload): Promise<void>
}

interface OrgPayload {
  readonly org: string
  readonly requestId?: string
  readonly payload: Record<string, unknown>
}

export interface SendOptions {
  readonly startAfter?: string
  /** At most one waiting job per key. */
  readonly key?: string
  readonly retries?: number
}

/**
 * Notified at once; retries and delayed jobs are not announced, so both intervals look for them every two seconds. A
 * full batch means that more is waiting: the next one is taken without a pause.
 */
const taking = {
  pollingIntervalSeconds: 2,
  notifyPollingIntervalSeconds: 2,
  batchSize: 20,
  burstWhenBatchFull: true,
  perJobResults: true,
} as const

type RunOrgJob = (job: Job, caller: ReturnType<typeof houseCaller>, payload: Record<string, unknown>) => Promise<void>

/** The persistent queue: what is sent in a transaction runs if and only if that transaction commits. */
export class Jobs {
  readonly #boss: PgBoss
  readonly #log: Logger
  readonly #house = new Map<string, HouseJob>()
  #working = false

  constructor(appUrl: string, log: Logger) {
    this.#log = log
    this.#boss = new PgBoss({
      connectionString: appUrl,
      schema: queueSchema,
      migrate: false,
      max: 4,
      useListenNotify: true,
      application_name: 'commonhall jobs',
    })
    this.#boss.on('error', (error) => this.#log.error({ err: error }, 'job queue'))
  }

  /** Adds work of the house. Before `start`. */
  addHouseJob<Payload extends object>(job: HouseJob<Payload>): void {
    this.#house.set(job.name, job)
  }

  get houseJobNames(): string[] {
    return [...this.#house.keys()]
  }

  async start(): Promise<void> {
    await this.#boss.start()
  }

  /** Begins to take jobs from every queue. */
  async work(registry: Registry, database: Database, runOrgJob: RunOrgJob): Promise<void> {
    this.#working = true
    for (const job of this.#house.values()) {
      if (job.schedule) await this.#boss.schedule(job.name, job.schedule)
      await this.#take<object>(job.name, (payload) => job.run(payload))
    }
    await this.scheduleForOrgs(registry, database)
    for (const { module, job } of registry.jobs.values()) {
      await this.#take<OrgPayload>(job.name, async ({ org: id, requestId, payload }) => {
        const org = await findOrg(database, id)
        // What was queued before an org left, or switched the module off, is let go.
        if (org && isOn(org, module.name))
          await runOrgJob(job, houseCaller(org, 'job', requestId ? { requestId } : {}), payload)
      })
    }
  }

  /** Works through one queue, a batch at a time, each job standing for itself. */
  async #take<Payload>(name: string, run: (payload: Payload) => Promise<void>): Promise<void> {
    await this.#boss.work<Payload, void, typeof taking>(name, taking, async (jobs) => {
      const results: JobResult[] = []
      for (const { id, data } of jobs) results.push({ id, ...(await this.#logged(name, () => run(data))) })
      return results
    })
  }

  /** Queues a job of the house, in the given transaction or by itself. */
  async send(name: string, payload: object, options: SendOptions = {}, client?: pg.ClientBase): Promise<void> {
    await this.#boss.send(name, payload, {
      retryLimit: options.retries ?? 5,
      retryBackoff: true,
      retryDelay: 2,
      ...(options.startAfter ? { startAfter: options.startAfter } : {}),
      ...(options.key ? { singletonKey: options.key } : {}),
      ...(client ? { db: { executeSql: (text: string, values: unknown[]) => client.query(text, values) } } : {}),
    })
  }

  /** Queues a job of an org in the transaction of the change that caused it. */
  async sendForOrg(
    transaction: Transaction,
    orgId: string,
    requestId: string,
    job: Job,
    payload: object,
    options: SendOptions = {},
  ) {
    const retries = options.retries ?? job.retries
    await this.send(
      job.name,
      { org: orgId, requestId, payload },
      { ...options, ...(retries === undefined ? {} : { retries }) },
      transaction.client,
    )
  }

  /** Answers when the queue can be reached. */
  async ping(): Promise<void> {
    await this.#boss.getDb().executeSql('select 1')
  }

  /** Lets running jobs finish, then stops. */
  async stop(): Promise<void> {
    await this.#boss.stop({ graceful: this.#working, timeout: 10_000 })
  }

  /** Sees to it that what is done regularly is done in each org that has the module on now, and in no other. */
  async scheduleForOrgs(registry: Registry, database: Database): Promise<void> {
    for (const { module, job } of registry.jobs.values())
      if (job.schedule) await this.#scheduleForOrgs(job, module.name, database)
  }

  async #scheduleForOrgs(job: Job, module: string, database: Database): Promise<void> {
    const orgs = await database.bare<OrgRow>('select * from foundation.orgs_with($1)', [module])
    const stale = new Set((await this.#boss.getSchedules(job.name)).map(({ key }) => key))
    for (const { id } of orgs) stale.delete(id)
    for (const key of stale) await this.#boss.unschedule(job.name, key)
    for (const { id, time_zone: tz } of orgs) {
      await this.#boss.schedule(job.name, job.schedule ?? '', { org: id, payload: {} }, { tz, key: id })
    }
  }

  async #logged(name: string, run: () => Promise<void>): Promise<Omit<JobResult, 'id'>> {
    const started = performance.now()
    try {
      await run()
      this.#log.info({ job: name, ms: Math.round(performance.now() - started) }, 'job done')
      return { status: 'completed' }
    } catch (error) {
      this.#log.error({ job: name, err: error }, 'job failed; it will be tried again')
      const { name: type, code } = error as Error & { code?: string }
      // Kept with the job: what kind of failure, never its words, which may hold somebody's data.
      return { status: 'failed', output: { type, code } }
    }
  }
}

const isOn = (org: OrgRow, module: string) => module === 'foundation' || org.modules.includes(module)
