import { Link } from '@tanstack/react-router'
import { titleParts } from '@commonhall/kernel'
import { Value } from '../fields/Value.tsx'
import { links } from '../links.ts'
import { useIsFresh } from '../live/marks.ts'
import { type KnownResource, useOrg } from '../wire/catalog.ts'
import { type Row, titleOf } from '../wire/records.ts'
import type { Column } from './columns.ts'
import classes from './cards.module.css'

const isFilled = (row: Row, name: string) => String(row[name] ?? '') !== ''

interface CardsProps {
  resource: KnownResource
  columns: readonly Column[]
  rows: readonly Row[]
  /** Rows that still stand there and do not belong to the list any more. */
  gone?: ReadonlySet<string> | undefined
}

interface CardProps extends Pick<CardsProps, 'resource'> {
  row: Row
  state: Column | undefined
  rest: readonly Column[]
  isGone: boolean
}

function Card({ resource, row, state, rest, isGone }: CardProps) {
  const org = useOrg()
  const isFresh = useIsFresh(row.id)
  return (
    <li data-fresh={isFresh || undefined} data-gone={isGone || undefined}>
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
  )
}

/** The list on a phone: each record a card that leads to it, its name and state first. */
export function RowCards({ resource, columns, rows, gone }: CardsProps) {
  const inTitle = new Set(titleParts(resource.title).map((part) => part.field))
  const state = columns.find(({ name, field }) => name === 'state' && field.kind === 'choice')
  const rest = columns.filter(({ name }) => !inTitle.has(name) && name !== state?.name)
  return (
    <ul className={classes['cards']} aria-label={resource.plural}>
      {rows.map((row) => (
        <Card
          key={row.id}
          resource={resource}
          row={row}
          state={state}
          rest={rest}
          isGone={gone?.has(row.id) ?? false}
        />
      ))}
    </ul>
  )
}
