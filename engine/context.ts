import type { Registry as Meters } from 'prom-client'
import { type Context, todayIn } from '@commonhall/kernel'
import type { Caller } from './caller.ts'
import type { Transaction } from './database/pool.ts'
import { type Jobs, jobsOfOrg } from './jobs/index.ts'
import { tell } from './notifications/tell.ts'
import { announce } from './outbox/index.ts'
import type { Records } from './records/records.ts'
import { secretsOf } from './org-secrets.ts'
import type { Registry } from './registry.ts'
import type { Settings } from './settings.ts'
import type { Signals } from './signals/index.ts'
import { carryOut } from './workflows.ts'

export interface ContextParts {
  readonly registry: Registry
  readonly records: Records
  readonly jobs: Jobs
  readonly signals: Signals
  readonly meters: Meters
  readonly settings: Settings
}

/** What a module meets the house as: one transaction of one org, as one actor. */
export function contextOf(parts: ContextParts, transaction: Transaction, caller: Caller): Context {
  const context: Context = {
    actor: caller.actor,
    org: caller.org,
    requestId: caller.access.requestId,
    today: todayIn(caller.org.timeZone),
    get db() {
      return transaction.db
    },
    get secrets() {
      return secretsOf(parts.settings, caller.org.id)
    },
    emit: (event, payload) => announce(transaction, caller, parts.registry, parts.jobs, event, payload),
    enqueue: (job, payload, options = {}) =>
      parts.jobs.sendForOrg(transaction, caller.org.id, caller.access.requestId, job, payload, options),
    jobs: jobsOfOrg(transaction, caller.org.id),
    notify: (notice, payload, telling) => tell(parts, transaction, caller, notice, payload, telling),
    async transition(workflow, id, act, input) {
      const what = { resource: workflow.resource, id, act, input }
      return (await carryOut(parts, { transaction, caller, context }, what)) as never
    },
  }
  return context
}
