import { type Actor, labelOf } from '@commonhall/kernel'
import type { Registry } from '../registry.ts'
import { missingTargets } from './mapping.ts'
import type { ImportRow } from './store.ts'
import { targetsFor } from './targets.ts'

/** An import in a list: what it is and how far. */
export function presentImport(row: ImportRow) {
  const { ragged: _ragged, sample: _sample, mapping: _mapping, kept: _kept, ...rest } = row
  return { ...rest, kept_count: row.state === 'undone' ? row.imported - row.removed : 0 }
}

/** An import by itself, with all that a person needs to map its columns and to judge what became of it. */
export function presentWhole(registry: Registry, actor: Actor, row: ImportRow) {
  const resource = registry.resource(row.resource)
  const targets = targetsFor(registry, resource, actor)
  const labels = new Map(targets.map(({ to, label }) => [to, label]))
  return {
    ...presentImport(row),
    sample: row.sample,
    mapping: row.mapping,
    left_out: row.mapping.columns.filter(({ to }) => to === null).map(({ heading }) => heading),
    missing: missingTargets(resource, targets, row.mapping).map(({ label }) => label),
    targets: targets.map(({ to, label, required, closed }) => ({ to, label, required, closed })),
    constants: Object.entries(row.mapping.constants).map(([field, value]) => ({
      field,
      label: labels.get(field) ?? labelOf(resource.fields, field),
      value,
    })),
    kept: row.kept,
  }
}
