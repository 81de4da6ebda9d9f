import type { Job } from '@commonhall/kernel'
import { askWorkedOrg, type Caller, houseCaller, type OrgRow, type WorkedOrg } from '../caller.ts'
import type { Database, Transaction } from '../database/pool.ts'
import { type Asks, type Claim, complete, putOff } from './claims.ts'
import type { Ending, Lane } from './lane.ts'
import { usualTerms } from './terms.ts'
import { within } from './within.ts'

/** What is queued for an org. */
export interface OrgPayload extends Record<string, unknown> {
  readonly org: string
  readonly requestId?: string
  readonly payload: Record<string, unknown>
}

/** What the queue has to say to a run: how long it may take, and that it is done. */
interface Settle {
  within(work: Promise<void>): Promise<void>
  done(transaction: Transaction): Promise<void>
}

/** Runs a job in one transaction of the org. */
export type RunOrgJob = (job: Job, caller: Caller, payload: Record<string, unknown>, settle?: Settle) => Promise<void>

/** Jobs of a suspended org are looked at again after so many seconds. */
const untilResumed = 600

/** What is known of an org is good for so many milliseconds; a burst of jobs asks once. */
const remembered = 1_000

/** The orgs that work is done for. */
export class WorkedOrgs {
  readonly #database: Pick<Database, 'bare'>
  readonly #known = new Map<string, { readonly until: number; readonly org: Promise<WorkedOrg | undefined> }>()

  constructor(database: Pick<Database, 'bare'>) {
    this.#database = database
  }

  async find(id: string): Promise<WorkedOrg | undefined> {
    const known = this.#known.get(id)
    if (known && known.until > Date.now()) return await known.org
    if (this.#known.size > 1_000) this.#known.clear()
    const org = askWorkedOrg(this.#database, id)
    org.catch(() => this.#known.delete(id))
    this.#known.set(id, { until: Date.now() + remembered, org })
    return await org
  }
}

interface OrgWork {
  readonly asks: Asks
  readonly orgs: WorkedOrgs
  readonly run: RunOrgJob
}

/** The queue of a job that modules declare. */
export function orgLane({ asks, orgs, run }: OrgWork, module: string, job: Job, ordered: boolean): Lane {
  const timeLimit = job.timeLimit ?? usualTerms.timeLimit
  return {
    name: job.name,
    kind: 'org',
    limits: job.atOnce ?? {},
    ordered,
    async run(claim: Claim, halted: AbortSignal): Promise<Ending> {
      const { org: id, requestId, payload } = claim.data as OrgPayload
      const org = await orgs.find(id)
      // What was queued before an org left, or switched the module off, is let go.
      if (!org || !isOn(org, module)) {
        await complete(asks, claim)
        return 'left'
      }
      if (org.suspended) {
        await putOff(asks, claim, untilResumed)
        return 'left'
      }
      await run(job, houseCaller(org, 'job', requestId ? { requestId } : {}), payload, {
        within: (work) => within(timeLimit, halted, work),
        done: ({ client }) => complete(client, claim),
      })
      return 'done'
    },
  }
}

const isOn = (org: OrgRow, module: string) => module === 'foundation' || org.modules.includes(module)
