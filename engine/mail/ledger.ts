import { asHouse } from '../database/access.ts'
import type { Database } from '../database/pool.ts'
import type { Outgoing } from './post.ts'

/** Where a mail stands. */
export type MailState = 'queued' | 'sent' | 'bounced' | 'complained' | 'suppressed' | 'failed'

export interface Begun {
  readonly state: MailState
  /** When it was tried for the first time. */
  readonly first_at: string
}

type Row = Begun & Record<string, unknown>

/**
 * Notes that a mail is about to be tried, and answers whether it may: `queued`. It is suppressed where its address gets
 * no mail; another state says that this very mail was settled before, perhaps by a process that died right after.
 */
export async function beginMail(database: Database, mail: Outgoing & { readonly id: string }): Promise<Begun> {
  const { id, org, kind, user, to, always = false } = mail
  const rows = org
    ? await inOrg<Row>(database, org, 'select * from foundation.begin_mail($1, $2, $3, $4, $5, $6)', [
        id,
        kind,
        to.email,
        to.name,
        user,
        always,
      ])
    : await database.bare<Row>('select * from foundation.begin_account_mail($1, $2, $3, $4)', [
        id,
        kind,
        to.email,
        user,
      ])
  return rows[0] ?? { state: 'queued', first_at: new Date().toISOString() }
}

/** Writes down what became of a mail, once. False: that was known, or there is no such mail. */
export async function endMail(
  database: Database,
  { id, org }: { readonly id: string; readonly org: string | null },
  state: MailState,
  answer: string,
): Promise<boolean> {
  type Told = { news: boolean } & Record<string, unknown>
  const values = [id, state, answer]
  const rows = org
    ? await inOrg<Told>(database, org, 'select foundation.end_mail($1, $2, $3) as news', values)
    : await database.bare<Told>('select foundation.end_account_mail($1, $2, $3) as news', values)
  return rows[0]?.news ?? false
}

/** Of whom, and of which kind of mail, somebody unsubscribed. */
export interface Unsubscribed {
  readonly org: string
  readonly user: string | null
  readonly email: string
  readonly kind: string
}

interface OrgMail {
  readonly id: string
  readonly org: string
}

/** The mail whose reader wants no more of it. */
export async function unsubscribedMail(database: Database, { id, org }: OrgMail): Promise<Unsubscribed | undefined> {
  const text = 'select org_id as org, person as user, email, kind from foundation.mail_message where id = $1'
  const [row] = await inOrg<Unsubscribed & Record<string, unknown>>(database, org, text, [id])
  return row
}

/** Keeps all mail of the org from the address of one. */
export async function suppress(
  database: Database,
  { id, org }: OrgMail,
  reason: 'bounced' | 'complained' | 'unsubscribed',
  answer: string,
): Promise<void> {
  await inOrg(database, org, 'select foundation.suppress_address($1, $2, $3)', [id, reason, answer])
}

/** One statement in an org, by the house. */
export async function inOrg<One extends Record<string, unknown>>(
  database: Database,
  org: string,
  text: string,
  values: readonly unknown[],
): Promise<One[]> {
  return await database.transaction(asHouse(org), async ({ query }) => (await query<One>(text, values)).rows)
}
