import { Skeleton } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { type MouseEvent, memo } from 'react'
import { RecordLink } from '../fields/RecordLink.tsx'
import { Blank, Value } from '../fields/Value.tsx'
import { links } from '../links.ts'
import { useIsFresh } from '../live/marks.ts'
import { Icon } from '../parts/Icon.tsx'
import { Tick } from '../parts/Tick.tsx'
import { t } from '../say.ts'
import { type KnownResource, useOrg } from '../wire/catalog.ts'
import { type Row, titleOf } from '../wire/records.ts'
import type { Column } from './columns.ts'
import classes from './list.module.css'
import { isSortable, type ListSearch, orderOf } from './search.ts'

export interface Picked {
  readonly ids: ReadonlySet<string>
  readonly toggle: (id: string) => void
  readonly all: (isOn: boolean) => void
}

interface RowsTableProps {
  resource: KnownResource
  columns: readonly Column[]
  rows: readonly Row[]
  list: ListSearch
  /** Left out where nothing can be done to many records at once. */
  picked?: Picked | undefined
  /** Rows that still stand there and do not belong to the list any more. */
  gone?: ReadonlySet<string> | undefined
}

function Heading({ column, resource, list }: { column: Column; resource: KnownResource; list: ListSearch }) {
  const { field, isDown } = orderOf(resource, list.search)
  const isSorted = field === column.name
  const direction = isDown ? 'descending' : 'ascending'
  if (!isSortable(resource, column.name)) {
    return (
      <th scope="col" data-align={column.align}>
        {column.label}
      </th>
    )
  }
  return (
    <th scope="col" data-align={column.align} aria-sort={isSorted ? direction : 'none'}>
      <button type="button" onClick={() => list.sort(isSorted && !isDown ? `-${column.name}` : column.name)}>
        {column.label}
        <span data-arrow data-on={isSorted ? true : undefined}>
          <Icon name={isSorted && isDown ? 'down' : 'up'} size={12} />
        </span>
      </button>
    </th>
  )
}

interface LineProps {
  resource: KnownResource
  columns: readonly Column[]
  row: Row
  isPicked: boolean
  isGone: boolean
  onPick?: ((id: string) => void) | undefined
}

const isInteractive = (event: MouseEvent) =>
  (event.target as HTMLElement).closest('a, button, input, label') !== null || `${getSelection()}` !== ''

/** One record. Its first cell is the link; a click anywhere in the row follows it, for the mouse's sake. */
const Line = memo(function Line({ resource, columns, row, isPicked, isGone, onPick }: LineProps) {
  const org = useOrg()
  const navigate = useNavigate()
  const title = titleOf(resource, row)
  const to = links.record(org, resource.path, row.id)
  const isFresh = useIsFresh(row.id)
  return (
    <tr
      data-picked={isPicked || undefined}
      data-fresh={isFresh || undefined}
      data-gone={isGone || undefined}
      onClick={(event) => !isInteractive(event) && void navigate(to)}
    >
      {onPick ? (
        <td data-pick>
          <Tick aria-label={t('list.pick', { title })} checked={isPicked} onChange={() => onPick(row.id)} />
        </td>
      ) : null}
      {columns.map(({ name, field, align }, index) => (
        <td key={name} data-align={align}>
          {index === 0 ? (
            <RecordLink resource={resource} row={row} name={name} className={classes['rowLink']} />
          ) : (
            <Value field={field} name={name} row={row} module={resource.module} plain={field.kind !== 'ref'} />
          )}
        </td>
      ))}
      {columns.length === 0 ? (
        <td>
          <Blank />
        </td>
      ) : null}
    </tr>
  )
})

/** The list as a table. */
export function RowsTable({ resource, columns, rows, list, picked, gone }: RowsTableProps) {
  const count = rows.filter((row) => picked?.ids.has(row.id)).length
  return (
    <table className={classes['table']}>
      <caption className={classes['hidden']}>{resource.plural}</caption>
      <thead>
        <tr>
          {picked ? (
            <th scope="col" data-pick>
              <Tick
                aria-label={t('list.pickAll')}
                checked={count > 0 && count === rows.length}
                isPartly={count > 0 && count < rows.length}
                onChange={(event) => picked.all(event.currentTarget.checked)}
              />
            </th>
          ) : null}
          {columns.map((column) => (
            <Heading key={column.name} column={column} resource={resource} list={list} />
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Line
            key={row.id}
            resource={resource}
            columns={columns}
            row={row}
            isPicked={picked?.ids.has(row.id) ?? false}
            isGone={gone?.has(row.id) ?? false}
            onPick={picked?.toggle}
          />
        ))}
      </tbody>
    </table>
  )
}

const widths = ['70%', '45%', '60%', '35%', '55%']

/** The shape of the table while its rows are on their way. */
export const TableSkeleton = ({ columns }: { columns: number }) => (
  <div className={classes['skeleton']} aria-hidden>
    {Array.from({ length: 12 }, (_, line) => (
      <div key={line}>
        {Array.from({ length: columns }, (__, cell) => (
          <Skeleton key={cell} height={10} width={widths[(line + cell) % widths.length] ?? '50%'} />
        ))}
      </div>
    ))}
  </div>
)
