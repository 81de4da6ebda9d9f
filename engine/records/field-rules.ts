import {
  type Actor,
  attachedFile,
  type Field,
  type Fields,
  fileFieldsOf,
  labelOf,
  type Owner,
  refuse,
  refuseField,
  fieldsIn,
  type Resource,
  say,
} from '@commonhall/kernel'
import { auditLine } from '../foundation/resources.ts'
import type { Registry } from '../registry.ts'
import { isOpenTo, judge, looksAtRecord } from '../rules.ts'

type Row = Readonly<Record<string, unknown>>

/** `true` in every record, `'own'` in those that the rule tells by the record itself, or why in none. */
export type Reach = true | string

/** What one actor may read of a resource. */
export interface FieldRules {
  /** Fields that no row shows: they are not even selected. */
  readonly hidden: ReadonlySet<string>
  /** In which of the rows that the actor may see at all the field is shown. */
  readonly reads: (name: string) => Reach
  /** Takes out of a row what is not to be shown; null when there is nothing to take out. */
  readonly blind: ((row: Row) => void) | null
}

const known = new WeakMap<Actor, Map<Resource, FieldRules>>()

/** Kept for as long as the actor is, as lists ask for each page: a change of their rights makes another actor. */
export function fieldRules(registry: Registry, resource: Resource, actor: Actor): FieldRules {
  let ofActor = known.get(actor)
  if (!ofActor) known.set(actor, (ofActor = new Map()))
  let rules = ofActor.get(resource)
  if (!rules) ofActor.set(resource, (rules = prepare(registry, resource, actor)))
  return rules
}

function prepare(registry: Registry, resource: Resource, actor: Actor): FieldRules {
  const reach = new Map<string, Reach>()
  for (const name of guardedNames(registry, resource)) {
    const wide = reachOf(registry, resource, actor, name, 'read')
    reach.set(name, wide === 'own' && seesOwnRowsAlone(registry, resource, actor, name) ? true : wide)
  }
  const hidden = new Set([...reach].flatMap(([name, verdict]) => (verdict === true || verdict === 'own' ? [] : [name])))
  const partly = [...reach].flatMap(([name, verdict]) => (verdict === 'own' ? [name] : []))
  const blinds = [...hidden, ...partly].length > 0
  const blind = (row: Row) => {
    for (const name of hidden) takeOut(row, name)
    for (const name of partly) if (!reads(registry, resource, actor, name, row)) takeOut(row, name)
  }
  const masks = resource.name === auditLine.name && actor.kind !== 'system'
  return {
    hidden,
    reads: (name) => reach.get(name) ?? true,
    blind: masks ? (line) => maskLine(registry, actor, line) : blinds ? blind : null,
  }
}

/** Fields with rules of their own, and what the trail tells of attached files, if that has one. */
export const guardedNames = (registry: Registry, resource: Resource): readonly string[] =>
  registry.hidesFiles(resource) ? [...registry.guarded(resource), attachedFile] : registry.guarded(resource)

/**
 * How far the actor's right to read or set a field goes. Setting falls back on reading: who may not see what stands
 * there should not write over it, unless a rule says so.
 */
export function reachOf(
  registry: Registry,
  resource: Resource,
  actor: Actor,
  name: string,
  act: 'read' | 'write',
): Reach {
  const found = registry.fieldRule(resource, name, act)
  if (!found || actor.kind === 'system') return true
  const { rule, permission } = found
  const label = labelOf(resource.fields, name)
  if (judge(rule, permission, actor) !== true)
    return say(act === 'read' ? 'engine:field.not_shown' : 'engine:field.not_settable', { label })
  return looksAtRecord(rule, permission, actor) ? 'own' : true
}

/** Whether the actor may read the field of this record. */
function reads(registry: Registry, resource: Resource, actor: Actor, name: string, row: Row): boolean {
  const found = registry.fieldRule(resource, name, 'read')
  return !found || judge(found.rule, found.permission, actor, row) === true
}

/** Whoever sees only records of their own, and this field in all records of their own, sees it wherever they look. */
function seesOwnRowsAlone(registry: Registry, resource: Resource, actor: Actor, name: string): boolean {
  const ofField = registry.fieldRule(resource, name, 'read')
  const ofRecord = registry.ruleFor(resource, 'read')
  if (!ofField || !ofRecord || ofField.rule.vetoes.length) return false
  if (isOpenTo(ofRecord.rule, ofRecord.permission, actor)) return false
  const { owners } = ofRecord.rule
  const isIn = ({ field, party }: Owner) =>
    ofField.rule.owners.some((one) => one.field === field && one.party === party)
  return owners.length > 0 && owners.every(isIn)
}

/** A reference is known by its title too. */
function takeOut(row: Row, name: string): void {
  Reflect.deleteProperty(row, name)
  const titles = row['titles'] as object | undefined
  if (titles) Reflect.deleteProperty(titles, name)
}

/** Refuses to filter or sort by a field that not every row shows: the order alone would tell what it holds. */
export function permitAsking(rules: FieldRules, resource: Resource, name: string, path: string): void {
  const reach = rules.reads(name)
  if (reach === true) return
  const params = { label: labelOf(resource.fields, name) }
  const message = say(reach === 'own' ? 'engine:field.only_own' : 'engine:field.not_asked', params)
  refuseField(path, 'field_not_shown', message, 'forbidden')
}

/** Refuses an input that sets what the actor may not set, field by field. `record` is the one that it is meant for. */
export function permitSetting(registry: Registry, resource: Resource, actor: Actor, input: unknown, record: Row): void {
  if (actor.kind === 'system' || typeof input !== 'object' || input === null) return
  const errors = registry.guarded(resource).flatMap((name) => {
    const found = Object.hasOwn(input, name) ? registry.fieldRule(resource, name, 'write') : undefined
    if (!found || judge(found.rule, found.permission, actor, record) === true) return []
    const message = say('engine:field.not_set', { label: labelOf(resource.fields, name) })
    return [{ path: name, code: 'field_not_settable', message }]
  })
  const [first] = errors
  if (first) refuse('forbidden', first.message, { errors })
}

/** Why a file may not fill a field, by name; what is not in it may be filled. */
export function closedToFiles(registry: Registry, resource: Resource, actor: Actor): ReadonlyMap<string, string> {
  const closed = new Map<string, string>()
  for (const name of registry.guarded(resource)) {
    const reach = reachOf(registry, resource, actor, name, 'write')
    const label = labelOf(resource.fields, name)
    if (reach !== true) closed.set(name, reach === 'own' ? say('engine:field.only_own_settable', { label }) : reach)
  }
  return closed
}

/** Whether nothing of any record would be hidden from the actor, whoever's it is. */
export const readsWhole = (registry: Registry, resource: Resource, actor: Actor): boolean =>
  registry.guarded(resource).every((name) => reachOf(registry, resource, actor, name, 'read') === true)

/** What the house made for programs: nobody reads it in a cell of a sheet, and no file brings it back. */
export const isStructure = ({ kind, computed }: Fields[string]) => kind === 'json' && computed === true

/** A resource's fields as far as the actor may see any of them. */
export const shownFields = ({ fields }: Resource, { hidden }: FieldRules): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([name]) => !hidden.has(name)))

/** Columns or questions of a report without those that come `from` a field that the actor may not read everywhere. */
export const permittedFields = (registry: Registry, actor: Actor, fields: Fields): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([, declared]) => readsSource(registry, actor, declared)))

function readsSource(registry: Registry, actor: Actor, { from = '' }: Field): boolean {
  const [module, singular, name] = from.split('.')
  const resource = registry.resources.get(`${module}.${singular}`)
  return !resource || !name || reachOf(registry, resource, actor, name, 'read') === true
}

/**
 * The changes of a record, as audit trail, history and live streams tell them, without the fields that the actor may
 * not read of that record.
 */
export function maskChanges<Values extends Row>(
  registry: Registry,
  actor: Actor,
  resourceName: string,
  record: unknown,
  changes: Values,
): Values {
  if (actor.kind === 'system') return changes
  // How a file was mapped can hold a value for every record of it.
  if (resourceName === 'foundation.import' && 'mapping' in changes && !readsEverything(registry, actor))
    return Object.fromEntries(Object.entries(changes).filter(([name]) => name !== 'mapping')) as Values
  const resource = registry.resources.get(resourceName)
  const masked = resource ? maskedOf(registry, actor, resource, { id: record }) : []
  if (!masked.some((name) => name in changes)) return changes
  return Object.fromEntries(Object.entries(changes).filter(([name]) => !masked.includes(name))) as Values
}

/** What the actor may not read of a record in its trail. Whoever may not read its files, none in a field either. */
function maskedOf(registry: Registry, actor: Actor, resource: Resource, record: Row): string[] {
  const masked = guardedNames(registry, resource).filter((name) => {
    // The trail knows records by their ids alone: what a rule excepts by anything else may be this one.
    const vetoes = registry.fieldRule(resource, name, 'read')?.rule.vetoes ?? []
    return (
      vetoes.some(({ when }) => fieldsIn(when).some((one) => !(one in record))) ||
      !reads(registry, resource, actor, name, record)
    )
  })
  return masked.includes(attachedFile) ? [...masked, ...fileFieldsOf(resource)] : masked
}

const readsEverything = (registry: Registry, actor: Actor) =>
  [...registry.resources.values()].every((resource) => readsWhole(registry, resource, actor))

function maskLine(registry: Registry, actor: Actor, line: Row): void {
  const { resource: name, record, changes, detail } = line
  if (isObject(changes)) Object.assign(line, { changes: maskChanges(registry, actor, String(name), record, changes) })
  // Who took a file out asked for it by values: how many rows came of them would tell.
  const resource = registry.resources.get(String(name))
  if (!isObject(detail) || !('asked' in detail) || !resource || readsWhole(registry, resource, actor)) return
  const { asked: _asked, ...rest } = detail
  Object.assign(line, { detail: rest })
}

const isObject = (value: unknown): value is Row => typeof value === 'object' && value !== null
