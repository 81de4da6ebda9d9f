import { createHash } from 'node:crypto'
import { foldName, kindOf, refuse, type Resource, say } from '@commonhall/kernel'
import type { Target } from './targets.ts'

/** Which column goes where. Columns that go nowhere are left out, and are shown as such. */
export interface Mapping {
  readonly columns: readonly { readonly heading: string; readonly to: string | null }[]
  /** The same value in every record, for fields that no column fills. */
  readonly constants: Readonly<Record<string, string>>
}

/** What a person asks for: targets by heading or by position, and constants. What is left out stays as it is. */
export interface MappingChange {
  readonly columns?: Readonly<Record<string, string | null>> | readonly { heading: string; to: string | null }[]
  readonly constants?: Readonly<Record<string, string | null>>
}

/** Tells files of the same make apart from others: the headings, folded, in their order. */
export const signatureOf = (headings: readonly string[]): string =>
  createHash('sha256').update(headings.map(foldName).join('\n')).digest('hex').slice(0, 32)

/** Applies what a person changed. Refuses a heading that is not in the file, and two columns for one field. */
export function changeMapping(
  resource: Resource,
  targets: readonly Target[],
  mapping: Mapping,
  change: MappingChange,
): Mapping {
  const columns = mapping.columns.map((column) => ({ ...column }))
  for (const [position, heading, to] of changedColumns(change.columns)) {
    const found = columns.filter((column, index) =>
      position === undefined || columns.length !== (change.columns as readonly unknown[]).length
        ? foldName(column.heading) === foldName(heading)
        : index === position)
    if (!found.length) refuse('invalid', say('imports:mapping.no_heading', { heading }))
    if (to !== null && !targets.some((target) => target.to === to)) refuse('invalid', say('imports:mapping.no_target', { to }))
    for (const column of found) column.to = to
  }
  const constants: Record<string, string> = { ...mapping.constants }
  for (const [name, value] of Object.entries(change.constants ?? {})) {
    if (value === null) delete constants[name]
    else constants[name] = checkedConstant(resource, name, value)
  }
  const changed = { columns, constants }
  refuseClashes(targets, changed)
  return changed
}

function changedColumns(columns: MappingChange['columns'] = []): [number | undefined, string, string | null][] {
  if (!Array.isArray(columns)) return Object.entries(columns).map(([heading, to]) => [undefined, heading, to])
  return columns.map(({ heading, to }, index) => [index, heading, to])
}

function checkedConstant(resource: Resource, name: string, value: string): string {
  const declared = Object.hasOwn(resource.fields, name) ? resource.fields[name] : undefined
  if (!declared || declared.computed || declared.kind === 'ref') refuse('invalid', say('imports:mapping.no_target', { to: name }))
  const parsed = kindOf(declared).read(value, declared, {})
  if (!parsed.ok) refuse('invalid', say(`kernel:invalid.${parsed.code}`, { ...parsed.params, label: name }))
  return value
}

function refuseClashes(targets: readonly Target[], { columns }: Mapping): void {
  const filled = new Map<string, string>()
  for (const { heading, to } of columns) {
    for (const name of targets.find((target) => target.to === to)?.into ?? []) {
      const other = filled.get(name)
      if (other !== undefined) refuse('invalid', say('imports:mapping.twice', { heading, other, name }))
      filled.set(name, heading)
    }
  }
}

/** Required fields that nothing would fill, so that every row would be refused. */
export function missingTargets(resource: Resource, targets: readonly Target[], mapping: Mapping): Target[] {
  const filled = new Set(mapping.columns.flatMap(({ to }) => targets.find((target) => target.to === to)?.into ?? []))
  return targets.filter(({ to, required }) => required && !filled.has(to) && !(to in mapping.constants)
    && resource.fields[to]?.default === undefined)
}
