import type { Fields } from '@commonhall/kernel'
import type { KnownResource } from '../wire/catalog.ts'

/**
 * Fields that a person fills in: not what the house works out, and not the state of a record that is there already
 * when a workflow moves it. A new record may start in any state, as people joined before Commonhall did.
 */
export const formFieldsOf = (resource: KnownResource, isNew: boolean): Fields =>
  Object.fromEntries(
    Object.entries(resource.fields).filter(
      ([name, field]) => !field.computed && (isNew || name !== 'state' || !resource.acts.length),
    ),
  )

/** The form's groups in the resource's order; fields in no group come last. */
export function formGroups(resource: KnownResource, fields: Fields): { label: string; names: readonly string[] }[] {
  const grouped = new Set(resource.views.groups.flatMap((group) => group.fields))
  const rest = Object.keys(fields).filter((name) => !grouped.has(name))
  const groups = resource.views.groups.map((group) => ({
    label: group.label,
    names: group.fields.filter((name) => name in fields),
  }))
  return [...groups, { label: resource.label, names: rest }].filter(({ names }) => names.length)
}
