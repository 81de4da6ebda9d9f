import type { MailPace } from '@commonhall/kernel'
import { type Caller, findOrg, houseCaller } from '../../caller.ts'
import type { Transaction } from '../../database/pool.ts'
import type { Engine } from '../../engine.ts'
import type { Unsubscribed as MailUnsubscribed } from '../../mail/ledger.ts'
import { type Choice, type Wishes, waysOf } from '../settings/choice.ts'
import { kindsFor } from '../kinds.ts'
import { sendAnew } from '../settings/own-settings.ts'
import { actorOf } from '../reading.ts'
import { membersWithout, peopleSql, type Person } from '../recipients.ts'
import { noSetting, wishesOf } from '../settings/settings.ts'
import { allMail, type Unsubscribed } from './links.ts'

/** What a link is about, as things are now. */
export interface Unsubscribing {
  readonly caller: Caller
  readonly transaction: Transaction
  readonly person: Person
  readonly notice: string
}

/** What is asked for: this kind off or on again, or all that the org mails. */
export type Wanted = 'this-off' | 'this-on' | 'all-off' | 'all-on'

/** Runs something for the person of a link; undefined when they or their org are not here any more. */
export async function asUnsubscriber<Value>(
  { database, registry }: Engine,
  { org: id, person, notice }: Unsubscribed,
  work: (one: Unsubscribing) => Promise<Value>,
): Promise<Value | undefined> {
  const org = await findOrg(database, id)
  if (!org || (notice !== allMail && !registry.notices.has(notice))) return undefined
  const caller = houseCaller(org, 'page')
  return await database.transaction(caller.access, async (transaction) => {
    // A member who has come to sign in since the mail went out is one with their account.
    const text = peopleSql('(m.user_id = $1 or m.member_id = $2)')
    const { rows } = await transaction.query<Person & Record<string, unknown>>(text, [person.user_id, person.member_id])
    const found =
      rows[0] ?? (await membersWithout(registry, transaction, person.member_id ? [person.member_id] : []))[0]
    return found?.email ? await work({ caller, transaction, person: found, notice }) : undefined
  })
}

/** Changes what is mailed to the person; twice is once. Answers how it is then. */
export async function unsubscribe(engine: Engine, one: Unsubscribing, wanted: Wanted): Promise<Person> {
  const { transaction, person, caller } = one
  const column = person.user_id ? 'user_id' : 'email'
  const value = person.user_id ?? person.email
  await transaction.query(
    `insert into foundation.notification_setting (${column}) values ($1) on conflict (org_id, ${column}) do nothing`,
    [value],
  )
  const { rows } = await transaction.query<{ choices: Record<string, Choice>; no_mail: boolean }>(
    `select choices, no_mail from foundation.notification_setting where ${column} = $1 for update`,
    [value],
  )
  const before: Wishes = { choices: rows[0]?.choices ?? {}, noMail: rows[0]?.no_mail ?? false }
  const after = wishedAfter(engine, one, before, wanted)
  await transaction.query(
    `update foundation.notification_setting set choices = $2, no_mail = $3, updated_at = now() where ${column} = $1`,
    [value, JSON.stringify(after.choices), after.noMail],
  )
  const changed: Person = { ...person, choices: after.choices, no_mail: after.noMail }
  if (person.user_id) {
    const { permissions } = actorOf(engine.registry, person)
    const kinds = kindsFor(engine.registry, caller.org, { permissions }).map(({ notice }) => notice)
    await sendAnew(transaction, person.user_id, kinds, changed, caller.org.timeZone)
  }
  return changed
}

function wishedAfter({ registry }: Engine, { notice }: Unsubscribing, before: Wishes, wanted: Wanted): Wishes {
  const { choices } = before
  if (notice === allMail || wanted.startsWith('all')) return { choices, noMail: wanted.endsWith('off') }
  const found = registry.notices.get(notice)?.notice
  if (!found || found.always) return before
  const { mail: now = found.mail, before: was, ...rest } = choices[notice] ?? {}
  const off: Choice =
    now === 'off' ? { ...rest, mail: now, ...(was ? { before: was } : {}) } : { ...rest, mail: 'off', before: now }
  const on: Choice = now === 'off' ? { ...rest, mail: was ?? onPace(found.mail) } : { ...rest, mail: now }
  return wanted === 'this-off'
    ? { ...before, choices: { ...choices, [notice]: off } }
    : { noMail: false, choices: { ...choices, [notice]: on } }
}

const onPace = (pace: MailPace): MailPace => (pace === 'off' ? 'daily' : pace)

/** Somebody told the provider of mail that they want no more of a kind. */
export async function unsubscribeByPost(engine: Engine, told: MailUnsubscribed): Promise<void> {
  const { org, user, email, kind } = told
  const notice = engine.registry.notices.has(kind) ? kind : allMail
  const work = (one: Unsubscribing) => unsubscribe(engine, one, 'this-off')
  if (user)
    return void (await asUnsubscriber(engine, { org, person: { user_id: user, member_id: null }, notice }, work))
  const found = await findOrg(engine.database, org)
  if (!found) return
  const caller = houseCaller(found, 'job')
  const person: Person = { ...noSetting, user_id: null, member_id: null, parties: {}, name: '', email, roles: [] }
  await engine.database.transaction(caller.access, (transaction) => work({ caller, transaction, person, notice }))
}

/** Whether mail of the link's kind is off, and how it comes if not. */
export function paceOf({ registry }: Pick<Engine, 'registry'>, notice: string, person: Person): MailPace {
  const wishes = wishesOf(person)
  const found = registry.notices.get(notice)?.notice
  if (found) return waysOf(found, wishes).mail
  return wishes.noMail ? 'off' : 'daily'
}

/** An address of which its owner knows enough: `a•••@union.example`. */
export const masked = (email: string): string => email.replace(/^(.)[^@]*/, '$1•••')
