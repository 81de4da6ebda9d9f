import type pg from 'pg'
import { say } from '@commonhall/kernel'
import { spelled } from './org-tables.ts'

/** What became of the people of an org that is erased. */
export interface PeopleErased {
  /** Belong to another org, or are hosts, and stay. */
  readonly stay: number
  readonly erased: number
  /** Erased, and a nameless row stays where records of another org point to them. */
  readonly nameless: number
}

/** Erases those of some people who belong to no org any more, with all that is kept about them. */
export async function erasePeople(client: pg.Client, ids: readonly string[]): Promise<PeopleErased> {
  const { rows } = await client.query<{ id: string; email: string }>(
    `select u.id, u.email::text as email from foundation.user u where u.id = any($1) and not u.is_host
      and not exists (select from foundation.membership m where m.user_id = u.id)`,
    [ids],
  )
  await forgetSignIn(client, rows)
  const own = await ownTables(client)
  let nameless = 0
  for (const { id } of rows) if (!(await deleted(client, id))) nameless += await unname(client, id, own)
  return { stay: ids.length - rows.length, erased: rows.length - nameless, nameless }
}

/** The journal of sign-in keeps that something happened, and no longer to whom. */
async function forgetSignIn(
  client: pg.Client,
  people: readonly { readonly id: string; readonly email: string }[],
): Promise<void> {
  const ids = people.map(({ id }) => id)
  const emails = people.map(({ email }) => email.toLowerCase())
  await client.query("select set_config('app.erasing', $1, true), set_config('app.erasing_emails', $2, true)", [
    ids.join(' '),
    emails.join(' '),
  ])
  await client.query(
    `update foundation.sign_in_event set email = null, address = null
    where user_id = any($1) or user_id is null and lower(email) = any($2)`,
    [ids, emails],
  )
  await client.query(
    `delete from foundation.sign_in_attempt where subject = any(select 'email:' || one from unnest($1::text[]) one)
      or subject like any (select 'device:%:' || one from unnest($2::text[]) one)`,
    [emails, ids],
  )
  await client.query('delete from foundation.local_mail where lower(recipient) = any($1)', [emails])
}

/** Whether the person could go; not while records of another org point to them. */
async function deleted(client: pg.Client, id: string): Promise<boolean> {
  await client.query('savepoint one_person')
  try {
    await client.query('delete from foundation.user where id = $1', [id])
    return true
  } catch (error) {
    if ((error as { code?: string }).code !== '23503') throw error
    await client.query('rollback to savepoint one_person')
    return false
  } finally {
    await client.query('release savepoint one_person')
  }
}

async function unname(client: pg.Client, id: string, own: readonly OwnTable[]): Promise<1> {
  for (const { name, column } of own) {
    await client.query(`delete from ${spelled(name)} where ${spelled(column)} = $1`, [id])
  }
  await client.query(
    `update foundation.user set name = $2, email = 'erased-' || id || '@erased.invalid', password_hash = null,
      email_verified_at = null, disabled_at = now() where id = $1`,
    [id, say('transfer:nobody')],
  )
  return 1
}

interface OwnTable {
  readonly name: string
  readonly column: string
}

/** Tables of a person's own, outside any org, that go with them: sessions, factors, devices. */
async function ownTables(client: pg.Client): Promise<OwnTable[]> {
  const { rows } = await client.query<OwnTable>(
    `select n.nspname || '.' || c.relname as name, a.attname as column
    from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
    join pg_attribute a on a.attrelid = c.oid and a.attnum = k.conkey[1]
    where k.contype = 'f' and k.confrelid = 'foundation.user'::regclass and k.confdeltype = 'c'
      and not exists (select from pg_attribute o where o.attrelid = c.oid and o.attname = 'org_id')`,
  )
  return rows
}
