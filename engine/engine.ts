import type { Logger } from 'pino'
import { Registry as Meters } from 'prom-client'
import { type Context, fileResource, type Job, say } from '@commonhall/kernel'
import { auditLens } from './audit/lines.ts'
import { Watch } from './audit/watch.ts'
import { type Caller, Callers } from './caller.ts'
import { contextOf } from './context.ts'
import { Database, type Transaction } from './database/pool.ts'
import { withHost } from './database/provision.ts'
import { Files } from './files/files.ts'
import { fileVisibility } from './files/visibility.ts'
import { auditLine } from './foundation/resources.ts'
import { Jobs, type RunOrgJob } from './jobs/index.ts'
import { Post } from './mail/post.ts'
import { Watchtower } from './monitoring/figures.ts'
import { addGauges } from './monitoring/gauges.ts'
import { remind, sendReminders } from './notifications/remind.ts'
import { deliver, deliverEvent } from './outbox/index.ts'
import { Live } from './live/index.ts'
import { Cursors } from './records/cursor.ts'
import { Records } from './records/records.ts'
import { Print } from './print/print.ts'
import type { Registry } from './registry.ts'
import { deriveSecret, type Settings } from './settings.ts'
import { openSignals, type Signals } from './signals/index.ts'

/** One transaction of an org, as a job is in it. */
interface Inside {
  readonly context: Context
  readonly transaction: Transaction
  readonly caller: Caller
}

/** The server machine, wired together: what routes, the command line and tests work with. */
export class Engine {
  readonly settings: Settings
  readonly registry: Registry
  readonly database: Database
  readonly callers: Callers
  readonly cursors: Cursors
  readonly watch: Watch
  readonly records: Records
  readonly jobs: Jobs
  readonly post: Post
  readonly files: Files
  readonly print = new Print()
  readonly log: Logger
  /** What `/metrics` tells; each part adds its own. */
  readonly meters = new Meters()
  /** Sees how much waits, over all orgs. */
  readonly tower: Watchtower
  readonly #ends: (() => Promise<void>)[] = []
  readonly signals: Signals
  readonly live: Live

  constructor(settings: Settings, registry: Registry, appUrl: string, log: Logger) {
    this.settings = settings
    this.registry = registry
    this.log = log
    const { connections, databasePooler: pooler } = settings
    this.database = new Database(pooler ? withHost(appUrl, pooler) : appUrl, connections, pooler !== null)
    this.callers = new Callers(this.database, registry)
    this.cursors = new Cursors(deriveSecret(settings, 'page markers'))
    this.watch = new Watch(this.database, log)
    this.records = new Records(this.database, registry, this.cursors, this.watch)
    this.records.meet = (transaction, caller) => this.context(transaction, caller)
    this.records.lenses.set(auditLine.name, auditLens(this))
    this.records.visibilities.set(fileResource, fileVisibility(registry))
    this.signals = openSignals(settings, this.database, appUrl, log, this.meters)
    this.jobs = new Jobs({ appUrl, log, registry, meters: this.meters, signals: this.signals })
    this.tower = new Watchtower(this.database, this.jobs)
    addGauges(this.meters, this.tower)
    this.live = new Live(this)
    const fittings = registry.modules.flatMap((module) => module.fittings ?? [])
    this.files = new Files(settings, this.meters, fittings)
    this.post = new Post({
      settings,
      database: this.database,
      fittings,
      meters: this.meters,
      told: () => this.watch.signIn(),
    })
  }

  /** Refuses to go on as a role that row-level security does not bind: every promise of isolation would be void. */
  async refuseToBypass(): Promise<void> {
    const [role] = await this.database.bare<{ name: string; free: boolean; owns: boolean }>(
      `select current_user as name, bool_or(r.rolsuper or r.rolbypassrls) as free,
        bool_or(exists (select from pg_class c where c.relowner = r.oid and c.relkind in ('r', 'p'))) as owns
      from pg_roles r where pg_has_role(current_user, r.oid, 'member')`,
    )
    if (!role || role.free || role.owns) throw new Error(say('engine:boot.bypass', { role: role?.name }))
  }

  /** One transaction of the caller's org, with the context that modules see. */
  async act<Value>(
    caller: Caller,
    work: (context: Context, transaction: Transaction) => Promise<Value>,
  ): Promise<Value> {
    return await this.database.transaction(caller.access, (transaction) =>
      work(this.context(transaction, caller), transaction),
    )
  }

  context(transaction: Transaction, caller: Caller): Context {
    return contextOf(this, transaction, caller)
  }

  /** Begins to work through the queue; `hands` jobs of orgs at a time, each of which holds a connection. */
  async startWork(hands = Math.ceil(this.settings.connections / 2)): Promise<void> {
    this.watch.signIn()
    await this.jobs.work(this.database, this.runJob, hands)
  }

  /** Runs one job of an org in one transaction, which also notes that it is done. */
  readonly runJob: RunOrgJob = async (job, caller, payload, settle) => {
    await this.act(caller, async (context, transaction) => {
      const work = this.#workOf(job, { context, transaction, caller }, payload)
      await (settle ? settle.within(work) : work)
      await settle?.done(transaction)
    })
  }

  /** A job's work; some the engine does itself. */
  #workOf(job: Job, { context, transaction, caller }: Inside, payload: Record<string, unknown>): Promise<void> {
    const { registry, log } = this
    if (job.name === deliverEvent.name) return deliver(registry, context, transaction, payload)
    if (job.name === sendReminders.name) return remind({ registry, context, transaction, caller, log }, payload)
    return job.run(context, payload)
  }

  /** Ends what a part has begun, before the database goes away. */
  onClose(end: () => Promise<void>): void {
    this.#ends.push(end)
  }

  async close(): Promise<void> {
    await this.jobs.stop()
    for (const end of this.#ends) await end()
    await this.post.close()
    await this.print.close()
    await this.files.close()
    await this.watch.close()
    this.live.stop()
    await this.signals.close()
    await this.database.close()
  }
}
