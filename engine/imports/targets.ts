import { type Actor, type Field, foldName, labelOf, type Resource, say, type Split } from '@commonhall/kernel'
import { closedToFiles } from '../records/field-rules.ts'
import type { Registry } from '../registry.ts'

/** What a column of a file can be brought into. */
export interface Target {
  /** A field, a split, or `+field`: a long text to which "Heading: value" is added. */
  readonly to: string
  readonly label: string
  readonly required: boolean
  /** The fields that it fills. */
  readonly into: readonly string[]
  /** Why the person may not fill it; null when they may. */
  readonly closed: string | null
  /** All that it is called, for comparing with headings. */
  readonly names: readonly string[]
}

/** A sheet cannot carry a file. */
const isOpen = (declared: Field) => !declared.computed && declared.kind !== 'file'

/** Everything that a file can fill in a resource, in the order in which people think of it. */
export function targetsOf(resource: Resource, splits: readonly Split[]): Target[] {
  const fields = Object.entries(resource.fields).filter(([, declared]) => isOpen(declared))
  return [
    ...fields.map(([name, declared]) => ({
      to: name,
      label: labelOf(resource.fields, name),
      required: Boolean(declared.required) && declared.default === undefined,
      into: [name],
      closed: null,
      names: [name, labelOf(resource.fields, name), ...(declared.aka ?? [])],
    })),
    ...splits
      .filter((split) => split.resource === resource.name)
      .map(({ name, label, into, aka }) => ({
        to: name,
        label,
        required: false,
        into,
        closed: null,
        names: [name, label, ...aka],
      })),
    ...fields
      .filter(([, declared]) => declared.kind === 'long_text')
      .map(([name]) => ({
        to: `+${name}`,
        label: say('imports:added_to', { label: labelOf(resource.fields, name) }),
        required: false,
        into: [],
        closed: null,
        names: [],
      })),
  ]
}

/** The same, as one person may fill it. What they may not is there too, with the reason. */
export function targetsFor(registry: Registry, resource: Resource, actor: Actor): Target[] {
  const closed = closedToFiles(registry, resource, actor)
  return targetsOf(resource, registry.splits).map((target) => {
    const names = [...target.into, target.to.replace(/^\+/, '')]
    return { ...target, closed: names.map((name) => closed.get(name)).find(Boolean) ?? null }
  })
}

/** Every heading that a target is known by, folded: what tells a row of headings from a row of values. */
export const knownHeadings = (targets: readonly Target[]): Set<string> =>
  new Set(targets.flatMap(({ names }) => names.map(foldName)))
