import { type Caller, findOrg } from '../../caller.ts'
import type { Access } from '../../database/access.ts'
import type { Engine } from '../../engine.ts'
import { kindsIn } from '../kinds.ts'
import { type Kept, messageFor, pathOf, recordsOf } from '../reading.ts'

export interface Line extends Kept {
  readonly created_at: string
  readonly read_at: string | null
}

/** A page of an inbox, the newest first, after the line with this id. */
export const linesOf = (
  { database, registry }: Engine,
  { access, actor, org }: Caller,
  wanted: { readonly limit: number; readonly after: string | null; readonly isUnread: boolean },
): Promise<Line[]> =>
  database.read<Line & Record<string, unknown>>(access, {
    text: `select id, notice, payload, resource, record, created_at, read_at from foundation.notification
      where user_id = $1 and in_inbox and notice = any($2) and ($3::uuid is null or id < $3)
        and (read_at is null or not $4) order by id desc limit $5`,
    values: [actor.userId, namesIn(registry, org), wanted.after, wanted.isUnread, wanted.limit],
  })

/** Lines as they are shown: worded for the reader, by what they may read now. */
export async function shownLines(engine: Engine, caller: Caller, lines: readonly Line[]) {
  const { registry, database } = engine
  const { actor, org, access } = caller
  const records = await recordsOf(registry, actor, lines, (statement) => database.read(access, statement))
  const reader = { actor, org: org.name, timeZone: org.timeZone }
  return lines.map((line) => {
    const message = messageFor(registry, line, reader, records)
    const isOpen = line.record !== null && records.has(`${line.resource} ${line.record}`)
    return {
      id: line.id,
      kind: line.notice,
      label: registry.notices.get(line.notice)?.notice.label ?? line.notice,
      title: message.title,
      paragraphs: message.paragraphs,
      facts: message.facts ?? [],
      act: message.act?.label ?? null,
      path: pathOf(registry, line, message, isOpen),
      resource: isOpen ? line.resource : null,
      record: isOpen ? line.record : null,
      created_at: line.created_at,
      read_at: line.read_at,
    }
  })
}

/** How much somebody has not read, as a statement over the open org. */
export const unreadStatement = (registry: Engine['registry'], { actor, org }: Pick<Caller, 'actor' | 'org'>) => ({
  text: `select count(*)::integer as unread from foundation.notification
    where user_id = $1 and in_inbox and read_at is null and notice = any($2)`,
  values: [actor.userId, namesIn(registry, org)],
})

/** Marks lines of the actor's own inbox; all of them without ids. Answers whether that changed anything. */
export const markStatement = (actor: Caller['actor'], isRead: boolean, ids: readonly string[] | null) => ({
  text: `update foundation.notification set read_at = ${isRead ? 'now()' : 'null'}
    where user_id = $1 and in_inbox and read_at is ${isRead ? '' : 'not '}null
      and ($2::uuid[] is null or id = any($2))`,
  values: [actor.userId, ids],
})

/** How much each of these people has not read, for the house, which looks at many inboxes at once. */
export async function countUnread(
  { database, registry }: Pick<Engine, 'database' | 'registry'>,
  access: Access,
  users: readonly string[],
): Promise<Map<string, number>> {
  const org = await findOrg(database, access.orgId)
  const rows = await database.read<{ user: string; unread: number }>(access, {
    text: `select user_id as user, count(*)::integer as unread from foundation.notification
      where user_id = any($1) and in_inbox and read_at is null and notice = any($2) group by 1`,
    values: [users, org ? namesIn(registry, { modules: new Set(org.modules) }) : []],
  })
  return new Map(rows.map(({ user, unread }) => [user, unread]))
}

const namesIn = (...[registry, org]: Parameters<typeof kindsIn>) =>
  kindsIn(registry, org).map(({ notice }) => notice.name)
