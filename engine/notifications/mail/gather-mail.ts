import { findWorkedOrg, houseCaller, type OrgRow } from '../../caller.ts'
import type { Engine } from '../../engine.ts'
import type { HouseJob } from '../../jobs/index.ts'
import { gatherJob, mailJob } from './mail-names.ts'

export interface GatherWanted {
  /** One org; all that have mail that is due, when left out. */
  readonly org?: string
  /** For tests: as if it was then. */
  readonly now?: string
}

export interface MailWanted {
  readonly org: string
  readonly mail: string
}

/** So many mails begin in one transaction. */
const batch = 200

/**
 * Everything that is due for a person becomes one mail; what was to go out at once has one of its own. Whoever takes a
 * notification gives it the id of its mail, so that it is in no other, whoever else is at it.
 */
const take = `with due as (
    select recipient, case when mail_due_at = created_at then id end as alone
    from foundation.notification where mail_due_at <= coalesce($1::timestamptz, now()) and mail_id is null
    group by 1, 2 order by 1, 2 limit $2
  ), mail as (select recipient, alone, uuidv7() as id from due),
  taken as (
    update foundation.notification n set mail_id = m.id from mail m
    where n.recipient = m.recipient and n.mail_id is null and n.mail_due_at <= coalesce($1::timestamptz, now())
      and case when n.mail_due_at = n.created_at then n.id end is not distinct from m.alone
    returning n.mail_id
  ) select distinct mail_id as id from taken`

/** Gathers what is due into mails, and queues each: at once, at people's hours, at the end of quiet hours. */
export const gatherMail = ({ database, jobs }: Engine): HouseJob<GatherWanted> => ({
  name: gatherJob,
  schedule: '*/5 * * * *',
  async run({ org: only, now = null }) {
    for (const id of only ? [only] : await orgsWithMail()) {
      const org = await findWorkedOrg(database, id)
      if (org) await beginAll(org)
    }

    async function orgsWithMail(): Promise<string[]> {
      const text = 'select org_id from foundation.orgs_with_mail(coalesce($1::timestamptz, now()))'
      const rows = await database.bare<{ org_id: string }>(text, [now])
      return rows.map(({ org_id: id }) => id)
    }

    async function beginAll(org: OrgRow): Promise<void> {
      while ((await begin(org)) === batch);
    }

    /** One batch: the mails and their jobs are there together, or not at all. */
    function begin(org: OrgRow): Promise<number> {
      return database.transaction(houseCaller(org, 'job').access, async (transaction) => {
        const { rows } = await transaction.query<{ id: string }>(take, [now, batch])
        for (const { id } of rows)
          await jobs.send(mailJob, { org: org.id, mail: id } satisfies MailWanted, {}, transaction)
        return rows.length
      })
    }
  },
})
