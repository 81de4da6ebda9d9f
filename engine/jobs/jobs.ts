import { type Db, PgBoss } from 'pg-boss'
import type { Logger } from 'pino'
import type { Registry as Meters } from 'prom-client'
import type { EnqueueOptions, Job } from '@commonhall/kernel'
import type { Database, Transaction } from '../database/pool.ts'
import { queueSchema } from '../database/queues.ts'
import type { Registry } from '../registry.ts'
import type { Signals } from '../signals/index.ts'
import { type Asks, complete, takeUp } from './claims.ts'
import type { HouseJob } from './house-job.ts'
import type { Lane } from './lane.ts'
import { JobMeters } from './meters.ts'
import { orgLane, type OrgPayload, type RunOrgJob, WorkedOrgs } from './org-work.ts'
import { type DeadLetters, type DeadLettersAsked, deadLetters, discard, type QueueState } from './overview.ts'
import { queueStates, retryAgain } from './overview.ts'
import { nextRuns, type Schedule, scheduleForOrgs, scheduleHouseJob } from './schedules.ts'
import { queueOf, type QueueWanted, usualTerms } from './terms.ts'
import { within } from './within.ts'
import { Worker } from './worker.ts'

export interface SendOptions extends EnqueueOptions {
  /** How often a failed run is tried again, when not as often as the job says. */
  readonly retries?: number
}

/** A job, and what it keeps. */
export interface LatestJob {
  readonly id: string
  /** `created`, `retry`, `active`, `completed`, `failed`, `cancelled`. */
  readonly state: string
  readonly data: Readonly<Record<string, unknown>>
}

interface JobParts {
  readonly appUrl: string
  readonly log: Logger
  readonly registry: Registry
  readonly meters: Meters
  readonly signals: Signals
}

/** The topic of what workers are told of. */
const queued = 'queued'

/** The transaction that a job is queued in. */
type Within = Pick<Transaction, 'client' | 'afterCommit'>

/** How long running jobs may go on once the process is told to stop, in milliseconds. */
const patience = 6_000

/** So many jobs of the house at a time; they wait for the network, most of them. */
const houseHands = 10

/** The persistent queue: what is sent in a transaction runs if and only if that transaction commits. */
export class Jobs {
  readonly #boss: PgBoss
  readonly #log: Logger
  readonly #registry: Registry
  readonly #house = new Map<string, HouseJob>()
  readonly #meters: JobMeters
  readonly #signals: Signals
  readonly #asks: Asks = { query: async (text, values) => await this.#boss.getDb().executeSql(text, values) }
  #keeper: PgBoss | undefined
  #worker: Worker | undefined
  #ended: Promise<void> | undefined

  constructor({ appUrl, log, registry, meters, signals }: JobParts) {
    this.#log = log
    this.#signals = signals
    this.#registry = registry
    this.#boss = this.#open({ connectionString: appUrl, max: 4, application_name: 'commonhall jobs' })
    this.#meters = new JobMeters(meters)
  }

  /** Adds work of the house. Before `start`. */
  addHouseJob<Payload extends object>(job: HouseJob<Payload>): void {
    this.#house.set(job.name, job)
  }

  get houseJobNames(): string[] {
    return [...this.#house.keys()]
  }

  /** The queues that there must be. */
  get wanted(): QueueWanted[] {
    const ofModules = [...this.#registry.jobs.values()].map(({ job }) => queueOf(job.name, job, isOrdered(job)))
    return [...ofModules, ...[...this.#house.values()].map((job) => queueOf(job.name, job))]
  }

  get #names(): string[] {
    return this.wanted.map(({ name }) => name)
  }

  async start(): Promise<void> {
    await this.#boss.start()
  }

  /** Begins to take jobs from every queue; `orgHands` of orgs at a time. */
  async work(database: Database, run: RunOrgJob, orgHands: number): Promise<void> {
    for (const job of this.#house.values()) await scheduleHouseJob(this.#boss, job)
    await this.scheduleForOrgs(database)
    // Looks at the clock and throws away what is old, on the same connections.
    const db: Db = { executeSql: (text, values) => this.#boss.getDb().executeSql(text, values) }
    this.#keeper = this.#open({ db, schedule: true, supervise: true, cronWorkerIntervalSeconds: 10 })
    await this.#keeper.start()
    const orgs = new WorkedOrgs(database)
    const lanes = [...this.#registry.jobs.values()].map(({ module, job }) =>
      orgLane({ asks: this.#asks, orgs, run }, module.name, job, isOrdered(job)),
    )
    const { log, meters } = { log: this.#log, meters: this.#meters }
    const hands = { org: orgHands, house: houseHands }
    const parts = { boss: this.#boss, asks: this.#asks, log, meters, hands }
    this.#worker = new Worker(parts, [...lanes, ...[...this.#house.values()].map((job) => this.#houseLane(job))])
    this.#signals.on(queued, ({ queue }) => this.#worker?.wake([String(queue)]))
    await this.#signals.attend()
    this.#worker.start()
  }

  /** Queues a job of the house, in the given transaction or by itself. Answers its id. */
  async send(name: string, payload: object, options: SendOptions = {}, within?: Within): Promise<string> {
    return await this.#queue(name, payload, 'house', options, within)
  }

  /** Queues a job of an org in the transaction of the change that caused it. Answers its id. */
  async sendForOrg(
    transaction: Within,
    orgId: string,
    requestId: string,
    job: Job,
    payload: object,
    options: SendOptions = {},
  ): Promise<string> {
    const key = options.key ?? job.unique?.(payload as never)
    const data: OrgPayload = { org: orgId, requestId, payload: payload as OrgPayload['payload'] }
    // The key is the org's own: what waits elsewhere under the same words is other work.
    const wanted = { ...options, ...(key === undefined ? {} : { key: `${orgId} ${key}` }) }
    return await this.#queue(job.name, data, orgId, wanted, transaction)
  }

  /** How each queue is doing. */
  async queues(): Promise<QueueState[]> {
    return await queueStates(this.#asks, this.#names)
  }

  /** What failed at its last try and waits for an operator, the latest first. */
  async failures(asked: DeadLettersAsked): Promise<DeadLetters> {
    return await deadLetters(this.#asks, this.#names, asked)
  }

  /** Tries dead letters again. Answers how many. */
  async retry(queue: string, ids: readonly string[]): Promise<number> {
    const tried = await retryAgain(this.#asks, queue, ids)
    if (tried) this.wake(queue)
    return tried
  }

  /** Throws dead letters away. Answers how many. */
  async discard(queue: string, ids: readonly string[]): Promise<number> {
    const thrown = await discard(this.#asks, queue, ids)
    if (thrown) this.wake(queue)
    return thrown
  }

  /** Keeps in a job how far its run has come: whoever takes it up again goes on from there. */
  async note(name: string, id: string, data: object): Promise<void> {
    await this.#asks.query("update queue.job set data = $3 where name = $1 and id = $2 and state = 'active'", [
      name,
      id,
      JSON.stringify(data),
    ])
  }

  /** What was queued last; null when that is forgotten, or never was. */
  async latest(name: string): Promise<LatestJob | null> {
    const { rows } = await this.#asks.query(
      'select id, state::text, data from queue.job where name = $1 order by created_on desc limit 1',
      [name],
    )
    return (rows[0] as unknown as LatestJob | undefined) ?? null
  }

  /** What is done by the clock, and when next. */
  async schedules(): Promise<Schedule[]> {
    return await nextRuns(this.#boss, new Set(this.#house.keys()))
  }

  /** Tells workers that a queue has work. Should a word be lost, they look by themselves every two seconds. */
  wake(name: string): void {
    this.#signals.tell({ topic: queued, queue: name })
  }

  /** Takes up what was put off while its org was suspended, as soon as it is not. */
  async takeUp(): Promise<void> {
    for (const queue of await takeUp(this.#asks)) this.wake(queue)
  }

  /** Gives back what workers had in hand that have said nothing for so many seconds; a worker does so by itself. */
  async sweep(seconds: number): Promise<void> {
    await this.#worker?.sweep(seconds)
  }

  /** Answers when the queue can be reached. */
  async ping(): Promise<void> {
    await this.#boss.getDb().executeSql('select 1')
  }

  /** Takes nothing more, lets running jobs finish for a while, and gives the others back. */
  endWork(wait = patience): Promise<void> {
    return (this.#ended ??= this.#endWork(wait))
  }

  /** Ends the work, then stops. */
  async stop(): Promise<void> {
    await this.endWork()
    await this.#boss.stop({ graceful: false })
  }

  async #endWork(wait: number): Promise<void> {
    await this.#worker?.stop(wait)
    await this.#keeper?.stop({ graceful: false, close: false })
  }

  /** Sees to it that what is done regularly is done in each org that has the module on now, and in no other. */
  async scheduleForOrgs(database: Database): Promise<void> {
    await scheduleForOrgs(this.#boss, this.#registry, database)
  }

  async #queue(name: string, data: object, group: string, options: SendOptions, within?: Within): Promise<string> {
    const { key, startAfter, retries } = options
    const wanted = {
      group: { id: group },
      ...(startAfter ? { startAfter } : {}),
      ...(key === undefined ? {} : { singletonKey: key }),
      ...(retries === undefined ? {} : { retryLimit: retries }),
      ...(within
        ? { db: { executeSql: (text: string, values?: unknown[]) => within.client.query(text, values) } }
        : {}),
    }
    // Null is for a key under which one waits. It may be taken just when it is looked for: then there is room.
    for (let tries = 0; tries < 5; tries++) {
      const id = (await this.#boss.send(name, data, wanted)) ?? (await this.#waiting(name, key, within))
      if (!id) continue
      if (!within) this.wake(name)
      else within.afterCommit(() => this.wake(name))
      return id
    }
    throw new Error(`The queue "${name}" takes no job.`)
  }

  /** Held until the transaction ends: taken sooner, it would not see what it is to be done for. */
  async #waiting(name: string, key = '', within?: Within): Promise<string | undefined> {
    const { rows } = await (within?.client ?? this.#asks).query(
      "select id from queue.job where name = $1 and singleton_key = $2 and state < 'active' for share",
      [name, key],
    )
    return (rows as { id: string }[])[0]?.id
  }

  #houseLane(job: HouseJob): Lane {
    const { retries, timeLimit } = { ...usualTerms, ...job }
    return {
      name: job.name,
      kind: 'house',
      limits: job.atOnce === undefined ? {} : { all: job.atOnce },
      ordered: false,
      run: async (claim, halted) => {
        const run = { id: claim.id, failures: claim.retryCount, last: claim.retryCount >= retries }
        await within(timeLimit, halted, job.run(claim.data, run))
        await complete(this.#asks, claim)
        return 'done'
      },
    }
  }

  #open(options: ConstructorParameters<typeof PgBoss>[0] & object): PgBoss {
    const boss = new PgBoss({ schema: queueSchema, migrate: false, schedule: false, supervise: false, ...options })
    boss.on('error', (error) => this.#log.error({ err: error }, 'job queue'))
    return boss
  }
}

/** Deliveries of events keep the order of their record. */
const isOrdered = ({ name }: Job) => name === 'foundation.deliver-event'
