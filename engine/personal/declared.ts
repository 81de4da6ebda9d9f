import { type Personal, type Resource, targetOf, titleParts } from '@commonhall/kernel'
import type { Registry } from '../registry.ts'

/** Records of one kind that are about a person, the column that says so, and what becomes of them. */
export interface Part {
  readonly resource: Resource
  /** The reference of these records to the person. */
  readonly by: string
  readonly personal: Personal
}

/** What people of one kind leave in an org. */
export interface Traces {
  readonly own: Personal
  /** Records that point to the person. */
  readonly linked: readonly Part[]
  /** Records that the person's own points to by the field `by`, together with others perhaps. */
  readonly shared: readonly Part[]
}

/** Resources whose records are people's own. */
export const peopleOf = (registry: Registry): Resource[] =>
  [...registry.resources.values()].filter(({ about }) => about?.['id'])

/** Everything that is declared to be about people of this kind. */
export function tracesOf(registry: Registry, people: Resource): Traces {
  const all = [...registry.resources.values()].flatMap((resource) =>
    Object.entries(resource.about ?? {}).map(([by, personal]) => ({ resource, by, personal })),
  )
  const prefix = `${people.name}.`
  return {
    own: people.about?.['id'] ?? {},
    linked: all.filter(({ resource, by }) => targetOf(resource.fields[by]) === people.name),
    shared: all
      .filter(({ by }) => by.startsWith(prefix))
      .map((part) => ({ ...part, by: part.by.slice(prefix.length) })),
  }
}

type Row = Readonly<Record<string, unknown>>

/** By what a row of a file is known to be about somebody. */
export function marksOf({ fields, title, naturalKey }: Resource, record: Row) {
  const text = (name: string) => (typeof record[name] === 'string' ? record[name] : '')
  return {
    marks: Object.keys(fields)
      .filter((name) => (fields[name] as { format?: string }).format === 'email')
      .map(text)
      .filter(Boolean),
    key: naturalKey ? text(naturalKey) : '',
    names: titleParts(title).flatMap(({ field }) => (field && text(field) ? [text(field)] : [])),
  }
}

/** What erased people are told apart by: the end of their id, which says nothing about them. */
const codeOf = (id: unknown) => String(id).slice(-8).toUpperCase()

/** Whether nothing is left to erase. */
export function isErased({ erase = [], replace = {} }: Personal, record: Row): boolean {
  const code = codeOf(record['id'])
  return (
    erase.every((name) => record[name] === null) &&
    Object.entries(replace).every(([name, text]) => record[name] === text?.replaceAll('{code}', code))
  )
}
