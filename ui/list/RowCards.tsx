import { Link } from '@tanstack/react-router'
import { titleParts } from '@commonhall/kernel'
import { Value } from '../fields/Value.tsx'
import { links } from '../links.ts'
import { type KnownResource, useOrg } from '../wire/catalog.ts'
import { type Row, titleOf } from '../wire/records.ts'
import type { Column } from './columns.ts'
import classes from './cards.module.css'

const isFilled = (row: Row, name: string) => row[name] !== null && row[name] !== undefined && row[name] !== ''

/** The list on a phone: each record a card that leads to it, its name and state first. */
export function RowCards({
  resource,
  columns,
  rows,
}: {
  resource: KnownResource
  columns: readonly Column[]
  rows: readonly Row[]
}) {
  const org = useOrg()
  const inTitle = new Set(titleParts(resource.title).map((part) => part.field))
  const state = columns.find(({ name, field }) => name === 'state' && field.kind === 'choice')
  const rest = columns.filter(({ name }) => !inTitle.has(name) && name !== state?.name)
  return (
    <ul className={classes['cards']} aria-label={resource.plural}>
      {rows.map((row) => (
        <li key={row.id}>
          <Link {...links.record(org, resource.path, row.id)} className={classes['card'] ?? ''} data-row-link={row.id}>
            <span data-line>
              <strong>{titleOf(resource, row)}</strong>
              {state ? <Value field={state.field} name={state.name} row={row} module={resource.module} plain /> : null}
            </span>
            <span data-facts>
              {rest
                .filter(({ name }) => isFilled(row, name))
                .slice(0, 3)
                .map(({ name, label, field }) => (
                  <span key={name}>
                    <span data-label>{label}</span>{' '}
                    <Value field={field} name={name} row={row} module={resource.module} plain />
                  </span>
                ))}
            </span>
          </Link>
        </li>
      ))}
    </ul>
  )
}
