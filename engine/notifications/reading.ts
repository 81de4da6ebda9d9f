import { type Actor, type Message, type Notice, type Resource, say } from '@commonhall/kernel'
import { actorInRoles } from '../caller.ts'
import { tableOf } from '../database/draft.ts'
import type { Statement } from '../database/pool.ts'
import { Values } from '../records/list-sql.ts'
import type { Registry } from '../registry.ts'
import { judge, rowFilter } from '../rules.ts'
import { isFor } from './kinds.ts'
import type { Person } from './recipients.ts'

type Row = Readonly<Record<string, unknown>>

/** A notification as it is kept. */
export interface Kept {
  readonly id: string
  readonly notice: string
  readonly payload: Row
  readonly resource: string | null
  readonly record: string | null
}

/** Who reads, with what they may do now, and how the message is to be worded for them. */
export interface For {
  readonly actor: Actor
  readonly org: string
  readonly timeZone: string
}

export type Read = (statement: Statement) => Promise<Row[]>

/** Somebody as rules judge them when it is not themselves who asks. */
export const actorOf = (
  registry: Registry,
  { user_id: userId, member_id: memberId, parties, name, ...person }: Person,
): Actor => actorInRoles(registry, person.roles, { userId, memberId, parties, name, email: person.email })

/** The records that news lead to, of those that the reader may read now: one statement for each kind of record. */
export async function recordsOf(
  registry: Registry,
  actor: Actor,
  kept: readonly Kept[],
  read: Read,
): Promise<ReadonlyMap<string, Row>> {
  const found = new Map<string, Row>()
  for (const name of new Set(kept.flatMap(({ resource }) => resource ?? []))) {
    const resource = registry.resources.get(name)
    const ids = kept.flatMap((one) => (one.resource === name && one.record ? [one.record] : []))
    if (!resource) continue
    for (const row of await read(recordsStatement(registry, actor, resource, ids)))
      found.set(`${name} ${String(row['id'])}`, row)
  }
  return found
}

function recordsStatement(registry: Registry, actor: Actor, resource: Resource, ids: readonly string[]): Statement {
  const values = new Values()
  const bind = values.bind.bind(values)
  const rule = registry.ruleFor(resource, 'read')
  const visible = rule ? rowFilter(rule.rule, rule.permission, actor, bind) : 'false'
  const text = `select t.* from ${tableOf(resource)} t where t.id = any(${bind([...new Set(ids)])})`
  return { text: visible ? `${text} and ${visible}` : text, values: values.list }
}

/**
 * What a notification says to this reader. Of a record that they may not read, or that is gone, they are told that
 * there was something of this kind, and nothing else.
 */
export function messageFor(registry: Registry, kept: Kept, reader: For, records: ReadonlyMap<string, Row>): Message {
  const notice = registry.notices.get(kept.notice)?.notice
  if (!notice) return { title: kept.notice, paragraphs: [say('notifications:outdated')] }
  const record = kept.resource && kept.record ? records.get(`${kept.resource} ${kept.record}`) : undefined
  const isTheirs = isFor(notice, reader.actor.permissions) && (record || !kept.record)
  if (!isTheirs) return { title: notice.label, paragraphs: [say('notifications:veiled')] }
  const { actor, org, timeZone } = reader
  const payload = readable(registry, notice, kept, actor, record)
  try {
    return notice.message(payload, { name: actor.name, org, timeZone })
  } catch {
    // Its module has changed since, and no longer knows what to make of it.
    return { title: notice.label, paragraphs: [say('notifications:outdated')] }
  }
}

/** The facts without those that come from fields which the reader may not read of this record. */
function readable(registry: Registry, { fields }: Notice, kept: Kept, actor: Actor, record: Row | undefined): Row {
  const closed = Object.entries(fields).flatMap(([name, { from }]) => {
    const [module, singular, field = ''] = from?.split('.') ?? []
    const resource = registry.resources.get(`${module}.${singular}`)
    const found = resource && registry.fieldRule(resource, field, 'read')
    if (!found) return []
    const about = kept.resource === resource.name ? record : {}
    return judge(found.rule, found.permission, actor, about) === true ? [] : [name]
  })
  return closed.length ? { ...kept.payload, ...Object.fromEntries(closed.map((name) => [name, null])) } : kept.payload
}

/** Where a message leads: what it says itself, or the record. */
export function pathOf(registry: Registry, kept: Kept, message: Message, isOpen: boolean): string | null {
  if (message.act) return message.act.path
  const resource = registry.resources.get(kept.resource ?? '')
  return resource && kept.record && isOpen ? `/${resource.path}/${kept.record}` : null
}
