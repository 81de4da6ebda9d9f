import { isUuid, type Job, type JobState, type JobsOfOrg, type JobStatus } from '@commonhall/kernel'
import type { Transaction } from '../database/pool.ts'

/** The jobs of one org: whatever belongs to another is not there. */
export const jobsOfOrg = ({ query }: Transaction, orgId: string): JobsOfOrg => ({
  async status({ name }: Job, id: string) {
    if (!isUuid(id)) return null
    const { rows } = await query<Omit<JobStatus, 'state'> & { state: string }>(
      `select case when state < 'active' and start_after > now() then 'delayed' else state::text end as state,
        retry_count + (state in ('retry', 'failed') and started_on is not null)::integer as failures,
        created_on as "queuedAt", start_after as "startsAt", completed_on as "endedAt"
      from queue.job where name = $1 and id = $2 and data ->> 'org' = $3`,
      [name, id, orgId],
    )
    const [row] = rows
    return row ? { ...row, state: stateNames[row.state] ?? (row.state as JobState) } : null
  },
  async cancel({ name }: Job, id: string) {
    if (!isUuid(id)) return false
    // Of one that runs, its own note that it is done finds nothing: all that it has written is rolled back.
    const { rowCount } = await query(
      `update queue.job set state = 'cancelled', completed_on = now()
      where name = $1 and id = $2 and data ->> 'org' = $3 and state < 'completed'`,
      [name, id, orgId],
    )
    return rowCount === 1
  },
})

/** What the library's states are called here. */
const stateNames: Readonly<Record<string, JobState>> = {
  created: 'waiting',
  retry: 'waiting',
  active: 'running',
  completed: 'done',
  cancelled: 'canceled',
}
