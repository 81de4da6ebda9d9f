import { labelOf } from '@commonhall/kernel'
import { Value } from '../fields/Value.tsx'
import { useChanged } from '../live/use-changed.ts'
import type { KnownResource } from '../wire/catalog.ts'
import type { Row } from '../wire/records.ts'
import classes from './record.module.css'

interface FactsProps {
  resource: KnownResource
  row: Row
  /** Fields that the page tells of in its own way. */
  hides?: readonly string[] | undefined
}

/** The record's fields, grouped as people think of them. What the title and the badge already say may be left out. */
export function Facts({ resource, row, hides = [] }: FactsProps) {
  const changed = useChanged(row)
  const grouped = new Set(resource.views.groups.flatMap(({ fields }) => fields))
  const rest = Object.keys(resource.fields).filter((name) => !grouped.has(name))
  const groups = [...resource.views.groups, ...(rest.length ? [{ label: '', fields: rest }] : [])]
  // What this person may not read of this record is not in it.
  const shown = groups
    .map(({ label, fields }) => ({
      label,
      fields: fields.filter((name) => row[name] !== undefined && !hides.includes(name)),
    }))
    .filter(({ fields }) => fields.length > 0)
  return shown.map(({ label, fields }) => (
    <section key={label || 'rest'} className={classes['facts']}>
      {label && shown.length > 1 ? <h2>{label}</h2> : null}
      <dl>
        {fields.map((name) => {
          // A group of one field that is called the same says its name once.
          const isAlone = fields.length === 1 && labelOf(resource.fields, name) === label
          const field = resource.fields[name]
          if (!field) return null
          return (
            <div
              key={name}
              data-fresh={changed.has(name) || undefined}
              data-wide={field.kind === 'long_text' || field.kind === 'json' || undefined}
            >
              <dt className={isAlone ? 'mantine-visually-hidden' : undefined}>{labelOf(resource.fields, name)}</dt>
              <dd>
                <Value field={field} name={name} row={row} module={resource.module} />
              </dd>
            </div>
          )
        })}
      </dl>
    </section>
  ))
}
