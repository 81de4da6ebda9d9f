import {
  attachedFile,
  type Event,
  Refusal,
  type Resource,
  say,
  sentenceCase,
  spellTitle,
  targetOf,
} from '@commonhall/kernel'
import { type Caller, hasModule } from '../../caller.ts'
import type { Transaction } from '../../database/pool.ts'
import type { Engine } from '../../engine.ts'
import { maskChanges, permittedFields } from '../../records/field-rules.ts'
import { judge, looksAtRecord } from '../../rules.ts'
import { fileActs, spokenAct } from './event-types.ts'
import type { DeliveryRow } from '../webhook.ts'

type Row = Readonly<Record<string, unknown>>

/** What a message tells, as far as its owner may know it. */
export interface Told {
  readonly type: string
  readonly at: string
  /** The record that it is about. */
  readonly about: { readonly resource: Resource; readonly id: string; readonly version: number | null } | null
  readonly title: string
  /** What was done, in words. */
  readonly did: string
  /** Names of the fields that were changed. */
  readonly changed?: readonly string[]
  /** What a module announced. */
  readonly fields?: Row
}

interface Where {
  readonly engine: Engine
  readonly transaction: Transaction
  /** With the rights of the webhook's owner. */
  readonly owner: Caller
}

/** Null where there is nothing that the owner may be told. */
export async function toldBy(where: Where, delivery: DeliveryRow): Promise<Told | null> {
  const { origin, type, source } = delivery
  if (origin === 'entry') return await toldByEntry(where, type, source)
  if (origin === 'event') return await toldByEvent(where, type, source)
  return { type, at: delivery.created_at, about: null, title: '', did: '' }
}

async function toldByEntry(where: Where, type: string, source: string | null): Promise<Told | null> {
  const { rows } = await where.transaction.query<{ at: string; resource: string; record: string; old: Row; new: Row }>(
    `select at, resource, record, coalesce(old, '{}') as old, coalesce(new, '{}') as new
    from foundation.audit_entry where id = $1`,
    [source],
  )
  const [entry] = rows
  const { registry } = where.engine
  const resource = registry.resources.get(entry?.resource ?? '')
  if (!entry || !resource || !hasModule(where.owner.org, resource.module)) return null
  const { record: id } = entry
  const act = type.slice(resource.name.length + 1)
  const seen = await look(where, resource, id, act === 'deleted' ? { ...entry.old, id } : null)
  if (!seen) return null
  const changes = maskChanges(registry, where.owner.actor, resource.name, id, { ...entry.old, ...entry.new })
  const changed = Object.keys(resource.fields).filter((name) => name in changes)
  if (fileActs.includes(act) && !(attachedFile in changes)) return null
  const attached = (entry.new[attachedFile] ?? entry.old[attachedFile]) as { readonly id: string } | undefined
  return {
    type,
    at: entry.at,
    about: { resource, id, version: seen.version },
    title: seen.title,
    did: spokenAct(registry, resource, act, changed),
    changed,
    ...(attached ? { fields: { file: attached.id } } : {}),
  }
}

/** All that the event points to must be for the owner's eyes; the first of it is what the message is about. */
async function toldByEvent(where: Where, type: string, source: string | null): Promise<Told | null> {
  const { rows } = await where.transaction.query<{ created_at: string; payload: Row }>(
    'select created_at, payload from foundation.event where id = $1',
    [source],
  )
  const [row] = rows
  const { registry } = where.engine
  const event = registry.events.get(type)
  if (!row || !event || !hasModule(where.owner.org, type.split('.')[0] ?? '')) return null
  const abouts: (NonNullable<Told['about']> & { title: string })[] = []
  for (const [resource, id] of pointers(where, event, row.payload)) {
    const seen = await look(where, resource, id, null)
    if (!seen) return null
    abouts.push({ resource, id, ...seen })
  }
  const open = permittedFields(registry, where.owner.actor, event.fields)
  const [about = null] = abouts
  return {
    type,
    at: row.created_at,
    about,
    title: about?.title ?? '',
    did: sentenceCase(type.slice(type.indexOf('.') + 1)).toLowerCase(),
    fields: Object.fromEntries(Object.entries(row.payload).filter(([name]) => name in open)),
  }
}

function pointers({ engine: { registry } }: Where, { fields }: Event, payload: Row): [Resource, string][] {
  return Object.entries(fields).flatMap(([name, declared]): [Resource, string][] => {
    const resource = registry.resources.get(targetOf(declared) ?? '')
    const id = payload[name]
    return resource && registry.ruleFor(resource, 'read') && typeof id === 'string' ? [[resource, id]] : []
  })
}

/**
 * The record as the owner sees it. One that is gone by now is told of only where the rule does not look at records, or
 * says yes to the one that was deleted, of which the trail has the whole.
 */
async function look({ engine, transaction, owner }: Where, resource: Resource, id: string, deleted: Row | null) {
  const found = engine.registry.ruleFor(resource, 'read')
  if (!found || judge(found.rule, found.permission, owner.actor) !== true) return null
  try {
    const row = await engine.records.look(transaction, owner, resource, id)
    return { version: row.version, title: titleOf(resource, row) }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
  }
  if (!looksAtRecord(found.rule, found.permission, owner.actor)) return { version: null, title: '' }
  const isTheirs = deleted !== null && judge(found.rule, found.permission, owner.actor, deleted) === true
  return isTheirs ? { version: null, title: '' } : null
}

function titleOf(resource: Resource, row: Row): string {
  const titles = (row['titles'] ?? {}) as Row
  return spellTitle(resource.title, (field) => String(titles[field] ?? row[field] ?? '')).trim()
}

/** The line that says it all. */
export const lineOf = ({ about, title, did }: Told): string =>
  say('webhooks:told.record', { label: about?.resource.label ?? '', title, did })
    .replace(/ +/g, ' ')
    .trim()
