import type { EventType } from '../wire/webhooks.ts'

/** Events about one kind of record, or what a module announces itself. */
export interface Thing {
  readonly resource: string | null
  readonly events: readonly EventType[]
}

export interface Part {
  readonly module: string
  readonly things: readonly Thing[]
}

const isOfHouse = ({ type }: EventType) => type.startsWith('foundation.')

/** Events by module and thing, as far as they match what is looked for. The house's own come last. */
export function groupsOf(events: readonly EventType[], search: string): Part[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean)
  const fits = ({ label, type, module }: EventType) => {
    const text = `${label} ${type} ${module}`.toLowerCase()
    return words.every((word) => text.includes(word))
  }
  const found = events.filter(fits).toSorted((one, other) => Number(isOfHouse(one)) - Number(isOfHouse(other)))
  return [...Map.groupBy(found, ({ module }) => module)].map(([module, inside]) => ({
    module,
    things: [...Map.groupBy(inside, ({ resource }) => resource)].map(([resource, all]) => ({ resource, events: all })),
  }))
}

/** All events of a part, of which a search may show only some. */
export const typesOf = (events: readonly EventType[], module: string): string[] =>
  events.filter((one) => one.module === module).map(({ type }) => type)
