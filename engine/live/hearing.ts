import type { Actor, Resource } from '@commonhall/kernel'
import { type FieldRules, fieldRules } from '../records/field-rules.ts'
import type { Registry } from '../registry.ts'
import { judge, looksAtRecord } from '../rules.ts'
import type { Entry } from './changes.ts'

type Row = Readonly<Record<string, unknown>>

/** What became of one record, in order. */
export interface Change {
  readonly resource: Resource
  readonly id: string
  /** As it is now; undefined when it is gone. */
  row?: Row | undefined
  readonly entries: Entry[]
}

/** What one actor may be told of a resource. */
interface Ear {
  /** Everything, without looking at any record. */
  readonly hearsAll: boolean
  readonly maySee: (record: Row) => boolean
  readonly rules: FieldRules
}

const known = new WeakMap<Actor, Map<Resource, Ear>>()

function earOf(registry: Registry, resource: Resource, actor: Actor): Ear {
  let ofActor = known.get(actor)
  if (!ofActor) known.set(actor, (ofActor = new Map()))
  let ear = ofActor.get(resource)
  if (!ear) ofActor.set(resource, (ear = prepare(registry, resource, actor)))
  return ear
}

function prepare(registry: Registry, resource: Resource, actor: Actor): Ear {
  const rules = fieldRules(registry, resource, actor)
  const found = registry.ruleFor(resource, 'read')
  if (!found || judge(found.rule, found.permission, actor) !== true)
    return { hearsAll: false, maySee: () => false, rules }
  const { rule, permission } = found
  if (!looksAtRecord(rule, permission, actor)) return { hearsAll: !rules.blind, maySee: () => true, rules }
  return { hearsAll: false, maySee: (record) => judge(rule, permission, actor, record) === true, rules }
}

/** Whether the actor may be told all that happens to a resource, so that no record need be looked at. */
export const hearsAll = (registry: Registry, resource: Resource, actor: Actor) =>
  earOf(registry, resource, actor).hearsAll

/** Whether the actor may know of this record as it is now. */
export const maySee = (registry: Registry, resource: Resource, actor: Actor, record: Row) =>
  earOf(registry, resource, actor).maySee(record)

/**
 * The last act on a record that the actor may hear of; undefined when there is none. One may hear of a record that one
 * may read, or could read until it was changed or deleted: else a screen would go on showing it. A change in nothing
 * but fields that one may not read is none.
 */
export function actHeard(registry: Registry, actor: Actor, { resource, id, row, entries }: Change): string | undefined {
  const { hearsAll: all, maySee: sees, rules } = earOf(registry, resource, actor)
  if (all) return entries.at(-1)?.act
  const heard = entries.findLast((entry) => {
    const before = entry.before && { ...row, ...entry.before, id }
    const seen = [row, before].filter((one) => one !== undefined && one !== null).find(sees)
    return seen !== undefined && (!entry.fields.length || entry.fields.some((name) => shows(rules, name, seen)))
  })
  return heard?.act
}

/** Whether a field of this record is shown. */
function shows(rules: FieldRules, name: string, record: Row): boolean {
  const reach = rules.reads(name)
  if (reach !== 'own') return reach === true
  const row = { ...record, [name]: true }
  rules.blind?.(row)
  return name in row
}
