import { refuse, type Resource, say } from '@commonhall/kernel'
import type { Caller } from '../caller.ts'
import type { Engine } from '../engine.ts'
import { readsWhole } from '../records/field-rules.ts'
import { isOpenTo, permitFresh } from '../rules.ts'
import { scopeOf } from './jobs.ts'
import { findImport, type ImportRow } from './store.ts'
import { bringsOwnAlone, judgeImport } from './theirs.ts'

/** Full names of the resources into which the caller may import. */
export function importables({ registry }: Engine, { actor, org }: Caller): string[] {
  return [...registry.resources.values()]
    .filter((resource) => org.modules.has(resource.module) && judgeImport(registry, resource, actor) === true)
    .map(({ name }) => name)
}

/** @throws {Refusal} */
export function permitImport({ registry }: Engine, { actor }: Caller, resource: Resource): void {
  const found = registry.ruleFor(resource, 'import')
  const verdict = judgeImport(registry, resource, actor)
  if (verdict !== true) refuse('forbidden', verdict, { about: { permission: found?.permission } })
  if (found?.rule.fresh) permitFresh(actor, found.permission)
}

/** Those of some resources of which nothing is hidden from the caller: neither fields nor what others bring in. */
export const wholly = ({ registry }: Engine, { actor }: Caller, names: readonly string[]): string[] =>
  names.filter((name) => {
    const resource = registry.resource(name)
    return readsWhole(registry, resource, actor) && !bringsOwnAlone(registry, resource, actor)
  })

/**
 * The import, if the caller may import into its resource; otherwise it is not there. A file may hold whatever its
 * records can, in columns that nobody has named yet: what somebody else brought is for those who may read all of it.
 */
export function seen(engine: Engine, caller: Caller, row: ImportRow): ImportRow {
  const isOwn = row.created_by !== null && row.created_by === caller.actor.userId
  const open = importables(engine, caller)
  const isSeen = (isOwn ? open : wholly(engine, caller, open)).includes(row.resource)
  return isSeen ? row : refuse('not_found', say('imports:not_found'))
}

export const visibleImport = async (engine: Engine, caller: Caller, id: string): Promise<ImportRow> =>
  seen(engine, caller, await findImport(scopeOf(engine, caller.access), id))

/**
 * To take an import back is to remove records. Whoever brought it in may mend their own slip; of what others brought
 * in, only those who may remove such records.
 */
export function permitUndo({ registry }: Engine, { actor }: Caller, row: ImportRow): void {
  if (actor.userId !== null && row.created_by === actor.userId) return
  const found = registry.ruleFor(registry.resource(row.resource), 'delete')
  if (!found || !isOpenTo(found.rule, found.permission, actor)) refuse('forbidden', say('imports:not_yours'))
}
