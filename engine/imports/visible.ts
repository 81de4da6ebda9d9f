import { refuse, say } from '@commonhall/kernel'
import type { Caller } from '../caller.ts'
import type { Engine } from '../engine.ts'
import { judge } from '../rules.ts'
import { scopeOf } from './jobs.ts'
import { findImport, type ImportRow } from './store.ts'

/** Full names of the resources into which the caller may import. */
export function importables({ registry }: Engine, { actor, org }: Caller): string[] {
  return [...registry.resources.values()]
    .filter((resource) => {
      const found = registry.ruleFor(resource, 'import')
      return found && org.modules.has(resource.module) && judge(found.rule, found.permission, actor) === true
    })
    .map(({ name }) => name)
}

/** The import, if the caller may import into its resource; otherwise it is not there. */
export function seen(engine: Engine, caller: Caller, row: ImportRow): ImportRow {
  return importables(engine, caller).includes(row.resource) ? row : refuse('not_found', say('imports:not_found'))
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
  if (!found || judge(found.rule, found.permission, actor) !== true) refuse('forbidden', say('imports:not_yours'))
}
