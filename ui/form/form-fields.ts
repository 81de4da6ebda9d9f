import type { Fields } from '@commonhall/kernel'
import type { KnownResource } from '../wire/catalog.ts'
import type { Row } from '../wire/records.ts'

/**
 * Fields that a form shows: not what the house works out, not what the person may not see of this record, and not the
 * state of a record that is there already when a workflow moves it. A new record may start in any state, as people
 * joined before Commonhall did.
 */
export function formFieldsOf(resource: KnownResource, row: Row | undefined): Fields {
  const isShown = (name: string) =>
    row
      ? row[name] !== undefined && (name !== 'state' || !resource.acts.length)
      : resource.field_rules?.[name]?.write !== 'own'
  const shown = Object.entries(resource.fields).filter(([name, field]) => !field.computed && isShown(name))
  return Object.fromEntries(
    shown.map(([name, field]) => {
      const reason = notSettable(resource, name)
      return [name, reason === undefined ? field : { ...field, help: reason, required: false }]
    }),
  )
}

/** Why the person may see a field and not set it. Where the record decides, the server is asked. */
function notSettable(resource: KnownResource, name: string): string | undefined {
  const write = resource.field_rules?.[name]?.write ?? true
  return write === true || write === 'own' ? undefined : write
}

/** Whether a field of a form is there to be read alone, and so is never sent. */
export const isFixed = (resource: KnownResource, row: Row | undefined, name: string) =>
  (row !== undefined && resource.fields[name]?.immutable === true) || notSettable(resource, name) !== undefined

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
