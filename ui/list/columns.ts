import type { Field } from '@commonhall/kernel'
import { kindOf, labelOf } from '@commonhall/kernel'
import { usePreference } from '../preferences.ts'
import type { KnownResource } from '../wire/catalog.ts'

export interface Column {
  readonly name: string
  readonly label: string
  readonly field: Field
  readonly align: 'start' | 'end'
}

const column = (resource: KnownResource, name: string): Column[] => {
  const field = resource.fields[name]
  return field ? [{ name, field, label: labelOf(resource.fields, name), align: kindOf(field).align }] : []
}

/** The columns that this person wants to see of a list, and the way to choose others. */
export function useColumns(resource: KnownResource) {
  const [saved, save] = usePreference(`columns:${resource.name}`)
  const chosen = saved ?? resource.views.list
  return {
    columns: chosen.flatMap((name) => column(resource, name)),
    all: Object.keys(resource.fields).flatMap((name) => column(resource, name)),
    isOwn: saved !== undefined,
    /** Chosen columns keep the order of the declaration, with the usual ones first. */
    choose: (names: readonly string[]) => {
      const order = [...new Set([...resource.views.list, ...Object.keys(resource.fields)])]
      save(order.filter((name) => names.includes(name)))
    },
    reset: () => save(undefined),
  }
}
