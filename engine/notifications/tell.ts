import type { Notice, Recipient } from '@commonhall/kernel'
import type { Caller } from '../caller.ts'
import type { ContextParts } from '../context.ts'
import type { Transaction } from '../database/pool.ts'
import { judge } from '../rules.ts'
import { waysOf } from './settings/choice.ts'
import { isFor, isSentIn } from './kinds.ts'
import { gatherJob } from './mail/mail-names.ts'
import { countTold } from './meters.ts'
import { actorOf } from './reading.ts'
import { type Person, recipientsOf } from './recipients.ts'
import { rhythmOf, wishesOf } from './settings/settings.ts'
import { tellUnread } from './inbox/tell-unread.ts'
import { whenMailed } from './mail/when-mailed.ts'

export interface Telling {
  readonly to: Recipient | readonly Recipient[]
  readonly about?: { readonly resource: string; readonly id: string }
  readonly key?: string
}

/** One row of what is written. */
interface Told {
  readonly user_id: string | null
  readonly member_id: string | null
  readonly in_inbox: boolean
  readonly pace: string | null
  /** Null for what goes out at once, or not at all. */
  readonly mail_due_at: string | null
}

/** Payloads are ids and a few facts; whatever is longer belongs into a record that the notice leads to. */
const longestPayload = 4000
const longestText = 1000

/** Long texts are cut: who wants all of one opens what the notice leads to. */
const cut = (_name: string, value: unknown) =>
  typeof value === 'string' && value.length > longestText ? `${value.slice(0, longestText - 1).toWellFormed()}…` : value

/** What is mailed at once is known by being due when it was made: each has a letter of its own. */
const write = `insert into foundation.notification
    (notice, key, resource, record, payload, user_id, member_id, in_inbox, pace, mail_due_at)
  select $1, $2, $3, $4, $5, t.user_id, t.member_id, t.in_inbox, t.pace,
    case when t.pace is not null then coalesce(t.mail_due_at, now()) end
  from jsonb_to_recordset($6) t
    (user_id uuid, member_id uuid, in_inbox boolean, pace text, mail_due_at timestamptz)
  on conflict do nothing`

/** Writes down in the transaction of the change who is told what, and when it is mailed to each. */
export async function tell(
  parts: ContextParts,
  transaction: Transaction,
  caller: Caller,
  notice: Notice,
  payload: object,
  { to, about, key }: Telling,
): Promise<void> {
  const { registry, jobs } = parts
  if (registry.notices.get(notice.name)?.notice !== notice) throw new Error(`No module declares "${notice.name}".`)
  const facts = JSON.stringify(payload, cut)
  if (facts.length > longestPayload) throw new Error(`What "${notice.name}" carries is too long.`)
  if (!isSentIn(registry, caller.org, notice.name)) return
  const meant = withoutActor(caller, await recipientsOf(registry, transaction, to))
  const now = Temporal.Now.instant()
  const told = meant
    .filter((person) => reaches(parts, notice, about, person))
    .flatMap((person) => toldTo(notice, caller.org.timeZone, person, now))
  if (!told.length) return
  const values = [notice.name, key ?? null, about?.resource ?? null, about?.id ?? null, facts, JSON.stringify(told)]
  const { rowCount } = await transaction.query(write, values)
  if (!rowCount) return
  if (told.some(({ pace, mail_due_at: at }) => pace && !at))
    await jobs.send(gatherJob, { org: caller.org.id }, {}, transaction)
  transaction.afterCommit(() => {
    countTold(parts.meters, notice.name, told)
    tellUnread(
      parts,
      caller.org.id,
      told.flatMap(({ user_id: id, in_inbox: isIn }) => (id && isIn ? [id] : [])),
    )
  })
}

/** Nobody is told of what they have just done, unless it was meant for them alone. */
function withoutActor({ actor }: Caller, people: readonly Person[]): readonly Person[] {
  const others = people.filter(({ user_id: id }) => id === null || id !== actor.userId)
  return others.length ? others : people
}

/**
 * Whether the kind is for this person, and what it is about is of a kind that they may read at all. Whether they may
 * read this very record is asked when it is shown to them, since that may change.
 */
function reaches({ registry }: ContextParts, notice: Notice, about: Telling['about'], person: Person): boolean {
  const actor = actorOf(registry, person)
  if (!isFor(notice, actor.permissions)) return false
  const found = about && registry.ruleFor(registry.resource(about.resource), 'read')
  if (!found) return true
  return judge(found.rule, found.permission, actor) === true
}

/** What is written of one person; nothing where they want to hear nothing of it. */
function toldTo(notice: Notice, orgZone: string, person: Person, now: Temporal.Instant): Told[] {
  const { inbox, mail } = waysOf(notice, wishesOf(person))
  const due = whenMailed(mail, notice.always ?? false, rhythmOf(person, orgZone), now)
  const isIn = inbox && person.user_id !== null
  if (!isIn && !due) return []
  return [
    {
      user_id: person.user_id,
      member_id: person.user_id ? null : person.member_id,
      in_inbox: isIn,
      pace: due ? mail : null,
      mail_due_at: due && !due.equals(now) ? due.toString() : null,
    },
  ]
}
