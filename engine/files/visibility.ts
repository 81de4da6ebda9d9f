import { type Actor, carriesFiles, fileFieldsOf, type Resource, type Rule } from '@commonhall/kernel'
import { hasModule } from '../caller.ts'
import { tableOf } from '../database/draft.ts'
import type { Visibility } from '../records/reading.ts'
import type { Registry } from '../registry.ts'
import { judge, looksAtRecord, rowFilter } from '../rules.ts'

type Bind = (value: unknown) => string

/** A rule under the permission that it is asked by. */
interface Asked {
  readonly permission: string
  readonly rule: Rule
}

/**
 * A file is seen by whoever sees its record, may read the files of such records, and the field that it is in. What was
 * uploaded for a record that is not saved yet is seen by its uploader alone. One condition says so of all kinds of
 * record, so that files are one list.
 */
export const fileVisibility =
  (registry: Registry): Visibility =>
  ({ actor, org }, bind) => {
    if (actor.kind === 'system') return null
    const carriers = [...registry.resources.values()].filter((one) => carriesFiles(one) && hasModule(org, one.module))
    const open: string[] = []
    const some: string[] = []
    for (const resource of carriers) {
      const rules = [registry.ruleFor(resource, 'read'), registry.ruleFor(resource, 'read-files')]
      if (!rules.every((one) => may(one, actor))) continue
      const seen = [
        ...recordsSeen(resource, rules as Asked[], actor, bind),
        ...fieldsSeen(registry, resource, actor, bind),
      ]
      if (seen.length) some.push(`t.resource = ${bind(resource.name)} and ${seen.join(' and ')}`)
      else open.push(resource.name)
    }
    const saved = [...(open.length ? [`t.resource = any(${bind(open)}::text[])`] : []), ...some]
    // For as long as they may save such records: neither a key of theirs nor a right that was taken opens the rest.
    const fills = carriers.filter((one) => ['create', 'update'].some((act) => may(registry.ruleFor(one, act), actor)))
    const filled = bind(fills.map(({ name }) => name))
    const own = `t.record is null and t.uploaded_by = ${bind(actor.userId)} and t.resource = any(${filled}::text[])`
    return `((${own})${saved.map((one) => ` or (t.record is not null and ${one})`).join('')})`
  }

const may = (asked: Asked | undefined, actor: Actor) =>
  asked !== undefined && judge(asked.rule, asked.permission, actor) === true

/** Which records must be among: none where all are seen. */
function recordsSeen(resource: Resource, rules: readonly Asked[], actor: Actor, bind: Bind): string[] {
  const asked = rules.filter(({ rule, permission }, index) => {
    const isFirst = rules.findIndex((one) => one.permission === permission) === index
    return isFirst && looksAtRecord(rule, permission, actor)
  })
  return asked.length ? [amongSql(resource, asked, actor, bind)] : []
}

/** What is in a field is seen by whoever may read the field, in the records of which they may read it. */
function fieldsSeen(registry: Registry, resource: Resource, actor: Actor, bind: Bind): string[] {
  return fileFieldsOf(resource).flatMap((name) => {
    const found = registry.fieldRule(resource, name, 'read')
    if (!found) return []
    const mayRead = judge(found.rule, found.permission, actor) === true
    if (mayRead && !looksAtRecord(found.rule, found.permission, actor)) return []
    // What is bound must be asked: the database wants to know of what type it is.
    const elsewhere = `t.field is distinct from ${bind(name)}`
    if (!mayRead) return [elsewhere]
    return [`(${elsewhere} or ${amongSql(resource, [found], actor, bind)})`]
  })
}

/**
 * That the file's record is one of those that rules let through. People's own records are few: they are found first,
 * and their files by index. Where nearly all are let through, each file asks for its record; `offset 0` keeps the
 * planner from reading all records for that.
 */
function amongSql(resource: Resource, rules: readonly Asked[], actor: Actor, bind: Bind): string {
  const seen = rules.map(({ rule, permission }) => rowFilter(rule, permission, actor, bind, 'p')).filter(Boolean)
  const from = `${tableOf(resource)} p where ${seen.join(' and ')}`
  if (rules.some(({ permission }) => !actor.permissions.has(permission)))
    return `t.record = any(array(select p.id from ${from}))`
  return `exists (select from ${from} and p.org_id = t.org_id and p.id = t.record offset 0)`
}
