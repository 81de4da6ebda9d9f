import { type Actor, type Resource, say, targetOf } from '@commonhall/kernel'
import { tableOf } from '../database/draft.ts'
import type { Transaction } from '../database/pool.ts'
import { Values } from '../records/list-sql.ts'
import type { Registry } from '../registry.ts'
import { isOpenTo, judge, judgeOpen, rowFilter } from '../rules.ts'

/**
 * May the actor bring files into this list? `true`, or the reason why not. A file makes records for anybody; where a
 * module has a rule of its own for importing, those whose records it lets them make may bring in just these.
 */
export function judgeImport(registry: Registry, resource: Resource, actor: Actor): true | string {
  const found = registry.ruleFor(resource, 'import')
  if (!found) return say('engine:rule.not_allowed')
  const isForOwn = registry.rules.has(`${resource.name}.import`)
  return (isForOwn ? judge : judgeOpen)(found.rule, found.permission, actor)
}

/** Whether the actor brings in only what is their own. */
export function bringsOwnAlone(registry: Registry, resource: Resource, actor: Actor): boolean {
  const found = registry.ruleFor(resource, 'import')
  return !found || !isOpenTo(found.rule, found.permission, actor)
}

/** What of a list somebody who brings in only their own may name in a file, as SQL over `t`; null for all of it. */
export function nameable(
  registry: Registry,
  target: Resource,
  actor: Actor,
  bind: (value: unknown) => string,
): string | null {
  const found = registry.ruleFor(target, 'read')
  return found ? rowFilter(found.rule, found.permission, actor, bind) : 'false'
}

/** Thrown for rows that made what is somebody else's: they go back, and are told one by one. */
export class NotTheirs extends Error {}

/** @throws {NotTheirs} unless all that these rows have made is the actor's own. */
export async function checkOwn(
  transaction: Transaction,
  registry: Registry,
  resource: Resource,
  actor: Actor,
  importId: string,
  rows: readonly number[],
): Promise<void> {
  const found = registry.ruleFor(resource, 'import')
  const values = new Values()
  const own = found ? rowFilter(found.rule, found.permission, actor, values.bind) : 'false'
  if (own === null) return
  const { rows: others } = await transaction.query(
    `select from foundation.import_record r join ${tableOf(resource)} t on t.id = r.record
    where r.import_id = ${values.bind(importId)} and r.row = any(${values.bind(rows)}) and (${own}) is not true
    limit 1`,
    values.list,
  )
  if (others.length) throw new NotTheirs()
}

/** Of ids of a list, those that the actor may name. */
export async function nameableAmong(
  transaction: Transaction,
  registry: Registry,
  resource: Resource,
  field: string,
  actor: Actor,
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  const target = registry.resources.get(targetOf(resource.fields[field]) ?? '')
  if (!target || !ids.length) return new Set(ids)
  const values = new Values()
  const list = values.bind(ids)
  const seen = nameable(registry, target, actor, values.bind)
  const { rows } = await transaction.query<{ id: string }>(
    `select t.id from ${tableOf(target)} t where t.id = any(${list}::uuid[])${seen ? ` and ${seen}` : ''}`,
    values.list,
  )
  return new Set(rows.map(({ id }) => id))
}
