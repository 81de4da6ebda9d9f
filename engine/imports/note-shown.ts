import { sensitiveFields } from '../audit/reads.ts'
import type { Caller } from '../caller.ts'
import type { Engine } from '../engine.ts'
import type { ImportRow } from './store.ts'

/**
 * Rows of a file hold what its columns are mapped to, so showing them is reading it. Whoever brought the file in knows
 * what is in it.
 */
export function noteShown({ registry, watch }: Engine, caller: Caller, row: ImportRow): ImportRow {
  const filled = new Set(row.mapping.columns.map(({ to }) => to))
  const shown = sensitiveFields(registry.resource(row.resource)).filter((name) => filled.has(name))
  if (row.created_by !== caller.actor.userId) watch.shownIn(caller, 'foundation.import', shown, row.id)
  return row
}
