import { findWorkedOrg, houseCaller, type OrgRow } from '../../caller.ts'
import type { Engine } from '../../engine.ts'
import type { HouseJob } from '../../jobs/index.ts'
import { dueJob, mailJob, type MailWanted } from './job-names.ts'
import { nextAt, type Rhythm } from './next-at.ts'

export interface DueWanted {
  /** For tests: as if it was then. */
  readonly now?: string
}

interface Due extends Rhythm, Record<string, unknown> {
  readonly id: string
  readonly next_at: string
  readonly recipients: readonly string[]
}

/** So many schedules are taken in one transaction. */
const batch = 100

const take = `select id, every, day, hour, next_at, recipients from foundation.report_schedule
  where state = 'active' and next_at <= $1 order by id limit ${batch} for update skip locked`

/**
 * Takes what is due: in one transaction its mails are queued and its next time is set, so that each goes out once,
 * whatever dies in between. What was missed while the house was down goes out once, not once for each time.
 */
export const queueDueReports = (engine: Engine): HouseJob<DueWanted> => ({
  name: dueJob,
  schedule: '*/5 * * * *',
  async run({ now = Temporal.Now.instant().toString() }) {
    const text = 'select org_id from foundation.orgs_with_due_reports($1)'
    for (const { org_id: id } of await engine.database.bare<{ org_id: string }>(text, [now])) {
      const org = await findWorkedOrg(engine.database, id)
      if (org) while ((await queueIn(engine, org, now)) === batch);
    }
  },
})

function queueIn({ database, jobs }: Engine, org: OrgRow, now: string): Promise<number> {
  return database.transaction(houseCaller(org, 'job').access, async (transaction) => {
    const { rows } = await transaction.query<Due>(take, [now])
    for (const one of rows) {
      const day = Temporal.Instant.from(one.next_at).toZonedDateTimeISO(org.time_zone).toPlainDate().toString()
      for (const recipient of one.recipients)
        await jobs.send(
          mailJob,
          { org: org.id, schedule: one.id, recipient, day } satisfies MailWanted,
          {},
          transaction,
        )
      const next = nextAt(one, org.time_zone, Temporal.Instant.from(now)).toString()
      const settle = 'update foundation.report_schedule set last_at = next_at, next_at = $2 where id = $1'
      await transaction.query(settle, [one.id, next])
    }
    return rows.length
  })
}
