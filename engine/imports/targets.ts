import {
  type Actor,
  type Field,
  type Finder,
  foldName,
  labelOf,
  type Resource,
  say,
  type Split,
} from '@commonhall/kernel'
import { closedToFiles } from '../records/field-rules.ts'
import type { Registry } from '../registry.ts'

/** What a column of a file can be brought into. */
export interface Target {
  /** A field, a split, `field.column` of a finder, or `+field`: a long text to which "Heading: value" is added. */
  readonly to: string
  readonly label: string
  readonly required: boolean
  /** The fields that it fills. */
  readonly into: readonly string[]
  /** Why the person may not fill it; null when they may. */
  readonly closed: string | null
  /** All that it is called, for comparing with headings. */
  readonly names: readonly string[]
  /** The field that it helps to find. */
  readonly finds?: string
  /** Without one of these nothing is found. */
  readonly telling?: boolean
  /** Headings that it is known by beside its names. */
  readonly isHeading?: (heading: string) => boolean
}

/** A sheet cannot carry a file. */
const isOpen = (declared: Field) => !declared.computed && declared.kind !== 'file'

/** Everything that a file can fill in a resource, in the order in which people think of it. */
export function targetsOf(resource: Resource, splits: readonly Split[], finders: readonly Finder[] = []): Target[] {
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
    ...finders.filter((finder) => finder.resource === resource.name).flatMap(columnsOf),
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

/** What stands for a column of a finder in a mapping. */
export const finderTarget = ({ into }: Finder, column: string): string => `${into}.${column}`

const columnsOf = (finder: Finder): Target[] =>
  Object.entries(finder.columns).map(([name, { label, aka = [], telling = false, isHeading }]) => ({
    to: finderTarget(finder, name),
    label,
    required: false,
    into: [finderTarget(finder, name)],
    closed: null,
    names: [finderTarget(finder, name), label, ...aka],
    finds: finder.into,
    telling,
    ...(isHeading ? { isHeading } : {}),
  }))

/** The same, as one person may fill it. What they may not is there too, with the reason. */
export function targetsFor(registry: Registry, resource: Resource, actor: Actor): Target[] {
  const closed = closedToFiles(registry, resource, actor)
  return targetsOf(resource, registry.splits, registry.finders).map((target) => {
    const names = [...target.into, target.to.replace(/^\+/, ''), target.finds ?? '']
    return { ...target, closed: names.map((name) => closed.get(name)).find(Boolean) ?? null }
  })
}

/** Every heading that a target is known by, folded: what tells a row of headings from a row of values. */
export const knownHeadings = (targets: readonly Target[]): Set<string> =>
  new Set(targets.flatMap(({ names }) => names.map(foldName)))
