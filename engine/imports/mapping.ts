import { createHash } from 'node:crypto'
import { foldName, kindOf, refuse, refuseField, type Resource, say } from '@commonhall/kernel'
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
  const changed = {
    columns: changeColumns(targets, mapping, change.columns ?? {}),
    constants: { ...mapping.constants },
  }
  for (const [name, value] of Object.entries(change.constants ?? {})) {
    if (value !== null) refuseClosed(targets, name, name)
    if (value === null) delete changed.constants[name]
    else changed.constants[name] = checkedConstant(resource, targets, name, value)
  }
  // A column speaks for each record by itself: the same value for all of them then gives way.
  for (const name of filledBy(targets, changed.columns)) delete changed.constants[name]
  refuseClashes(targets, changed)
  return changed
}

/** A list names every column in order, as it was read; an object names some of them by heading. */
function changeColumns(
  targets: readonly Target[],
  { columns }: Mapping,
  change: NonNullable<MappingChange['columns']>,
): Mapping['columns'] {
  const isList = (one: typeof change): one is readonly { heading: string; to: string | null }[] => Array.isArray(one)
  const checked = (to: string | null, heading: string) => {
    if (to === null) return to
    if (!targets.some((target) => target.to === to)) refuse('invalid', say('imports:mapping.no_target', { to }))
    refuseClosed(targets, to, heading)
    return to
  }
  if (isList(change)) {
    const stray = change.find(({ heading }, index) => heading !== columns[index]?.heading)
    if (stray) refuse('invalid', say('imports:mapping.no_heading', { heading: stray.heading }))
    return columns.map((column, index) => ({ ...column, to: checked(change[index]?.to ?? null, column.heading) }))
  }
  const wanted = new Map(Object.entries(change).map(([heading, to]) => [foldName(heading), checked(to, heading)]))
  for (const heading of Object.keys(change)) {
    if (!columns.some((column) => foldName(column.heading) === foldName(heading)))
      refuse('invalid', say('imports:mapping.no_heading', { heading }))
  }
  const taken = new Set(
    filledBy(
      targets,
      [...wanted.values()].map((to) => ({ to })),
    ),
  )
  return columns.map(({ heading, to }) => {
    const asked = wanted.get(foldName(heading))
    if (asked !== undefined) return { heading, to: asked }
    // What is asked for by name takes a field away from the column that only a guess had given it to.
    return { heading, to: filledBy(targets, [{ to }]).some((name) => taken.has(name)) ? null : to }
  })
}

/** What the person may not fill is told at once, with the column's name: nothing of the file is lost by it. */
function refuseClosed(targets: readonly Target[], to: string, heading: string): void {
  const reason = targets.find((target) => target.to === to)?.closed
  if (!reason) return
  refuseField(to, 'field_not_settable', say('imports:mapping.closed', { reason, heading }), 'forbidden')
}

/** Refuses to go on with a mapping, of somebody else or of another day, that fills what the person may not. */
export function permitMapping(targets: readonly Target[], { columns, constants }: Mapping): void {
  for (const { heading, to } of columns) if (to !== null) refuseClosed(targets, to, heading)
  for (const name of Object.keys(constants)) refuseClosed(targets, name, name)
}

/** A mapping that was guessed or remembered, without what the person may not fill, or values that they may not read. */
export function openMapping(
  targets: readonly Target[],
  { columns, constants }: Mapping,
  unread: readonly string[],
): Mapping {
  const closed = new Set(targets.flatMap(({ to, closed: reason }) => (reason ? [to] : [])))
  return {
    columns: columns.map((column) => (column.to !== null && closed.has(column.to) ? { ...column, to: null } : column)),
    constants: Object.fromEntries(
      Object.entries(constants).filter(([name]) => !closed.has(name) && !unread.includes(name)),
    ),
  }
}

const filledBy = (targets: readonly Target[], columns: readonly { readonly to: string | null }[]): string[] =>
  columns.flatMap(({ to }) => [...(targets.find((target) => target.to === to)?.into ?? [])])

/** What is looked up, a reference or what helps to find one, is looked up with the rows. */
function checkedConstant(resource: Resource, targets: readonly Target[], name: string, value: string): string {
  const declared = Object.hasOwn(resource.fields, name) ? resource.fields[name] : undefined
  const isOpen = targets.some(({ to, finds }) => to === name && (finds !== undefined || declared !== undefined))
  if (!isOpen) refuse('invalid', say('imports:mapping.no_target', { to: name }))
  if (!declared || declared.kind === 'ref') return value
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
  const filled = new Set([...filledBy(targets, mapping.columns), ...Object.keys(mapping.constants)])
  const tellingOf = (field: string) => targets.filter(({ finds, telling }) => finds === field && telling)
  return targets
    .filter(
      ({ to, required }) =>
        required &&
        !filled.has(to) &&
        !tellingOf(to).some((column) => filled.has(column.to)) &&
        resource.fields[to]?.default === undefined,
    )
    .map((target) => ({ ...target, label: orElse(target, tellingOf(target.to)) }))
}

/** A field, and the columns from which it could be found as well. */
function orElse({ label }: Target, [first]: readonly Target[]): string {
  return first ? say('imports:mapping.or', { label, column: first.label }) : label
}
