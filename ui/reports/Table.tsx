import { type Fields, kindOf, labelOf } from '@commonhall/kernel'
import { Link } from '@tanstack/react-router'
import { Fragment } from 'react'
import { formatValue } from '../fields/format.ts'
import { Blank } from '../fields/Value.tsx'
import type { Values } from '../form/draft.ts'
import { links } from '../links.ts'
import listClasses from '../list/list.module.css'
import { Icon } from '../parts/Icon.tsx'
import { ScrollRegion } from '../parts/ScrollRegion.tsx'
import { t } from '../say.ts'
import { type KnownReport, useCatalog } from '../wire/catalog.ts'
import type { Answer, Subtotal } from './answer.ts'
import { shownColumns, useAsked } from './asked.ts'
import classes from './reports.module.css'

const alignOf = (columns: Fields, name: string) => kindOf(columns[name] ?? { kind: 'text' }).align
const moduleOf = ({ name }: KnownReport) => name.split('.')[0] ?? ''

/** A value, and the way to its record where there is one that may be opened. */
function Cell({ report, columns, name, row }: { report: KnownReport; columns: Fields; name: string; row: Values }) {
  const { org, resources } = useCatalog()
  const field = columns[name]
  const text = formatValue(field, row[name], undefined, moduleOf(report))
  const resource = resources[field?.record?.resource ?? '']
  const id = row[field?.record?.by ?? '']
  if (!text) return <Blank />
  if (!resource || typeof id !== 'string') return text
  return <Link {...links.record(org.slug, resource.path, id)}>{text}</Link>
}

function Heading({ columns, name, sort }: { columns: Fields; name: string; sort: string }) {
  const { search, ask } = useAsked()
  const isUp = sort === name
  const isDown = sort === `-${name}`
  const label = labelOf(columns, name)
  const align = alignOf(columns, name)
  if (['json', 'tags'].includes(columns[name]?.kind ?? '')) {
    return (
      <th scope="col" data-align={align}>
        {label}
      </th>
    )
  }
  const { offset: _offset, ...rest } = search
  return (
    <th scope="col" data-align={align} aria-sort={isUp ? 'ascending' : isDown ? 'descending' : 'none'}>
      <button type="button" onClick={() => ask({ ...rest, sort: isUp ? `-${name}` : name })}>
        {label}
        <span data-arrow data-on={isUp || isDown || undefined}>
          <Icon name={isDown ? 'down' : 'up'} size={12} />
        </span>
      </button>
      {/* Paper has no buttons. */}
      <span className={classes['onPaper']} aria-hidden>
        {label}
      </span>
    </th>
  )
}

/** One line of sums; its name reaches up to the first of them. */
function Sums({ columns, names, totals, label }: { columns: Fields; names: string[]; totals: Values; label: string }) {
  const first = Math.max(
    1,
    names.findIndex((name) => name in totals),
  )
  return (
    <tr data-still data-sums>
      <th scope="row" colSpan={first}>
        {label}
      </th>
      {names.slice(first).map((name) => (
        <td key={name} data-align={alignOf(columns, name)}>
          {name in totals ? formatValue(columns[name], totals[name]) : null}
        </td>
      ))}
    </tr>
  )
}

/** The rows as they come, those of a group together. */
function groupsOf(rows: readonly Values[], groupBy: readonly string[]): Values[][] {
  const groups: Values[][] = []
  let last: string | undefined
  for (const row of rows) {
    const key = JSON.stringify(groupBy.map((name) => row[name]))
    if (key === last) groups.at(-1)?.push(row)
    else groups.push([row])
    last = key
  }
  return groups
}

interface GroupProps {
  report: KnownReport
  columns: Fields
  names: string[]
  groupBy: readonly string[]
  rows: readonly Values[]
  subtotal: Subtotal | undefined
  /** Its last row stands on this page. */
  ends: boolean
}

function Group({ report, columns, names, groupBy, rows, subtotal, ends }: GroupProps) {
  const [first = {}] = rows
  const said = groupBy.map(
    (name) =>
      formatValue(columns[name], first[name], undefined, moduleOf(report)) ||
      t('reports.without', { label: labelOf(columns, name).toLowerCase() }),
  )
  const adds = subtotal && Object.keys(subtotal.totals).length > 0
  return (
    <tbody>
      {groupBy.length ? (
        <tr data-still data-group>
          <th scope="rowgroup" colSpan={names.length}>
            {groupBy.map((name, at) => (
              <Fragment key={name}>
                {at ? ', ' : null}
                {first[name] === null ? said[at] : <Cell report={report} columns={columns} name={name} row={first} />}
              </Fragment>
            ))}
          </th>
        </tr>
      ) : null}
      {rows.map((row, line) => (
        <tr key={line} data-still>
          {names.map((name) => (
            <td key={name} data-align={alignOf(columns, name)}>
              <Cell report={report} columns={columns} name={name} row={row} />
            </td>
          ))}
        </tr>
      ))}
      {adds && ends ? (
        <Sums
          columns={columns}
          names={names}
          totals={subtotal.totals}
          label={t('reports.subtotal', { group: said.join(', '), count: subtotal.count })}
        />
      ) : null}
    </tbody>
  )
}

/** The rows of a report, its groups with their sums, and the sums of everything. */
export function Table({ report, answer, sort }: { report: KnownReport; answer: Answer; sort: string }) {
  const { columns, rows, totals, subtotals = [], more } = answer
  const groupBy = (report.groupBy ?? []).filter((name) => name in columns)
  const names = shownColumns(columns, groupBy)
  const groups = groupsOf(rows, groupBy)
  return (
    <ScrollRegion className={classes['scroll']} label={report.title}>
      <table className={`${listClasses['table']} ${classes['table']}`}>
        <caption className={listClasses['hidden']}>{report.title}</caption>
        <thead>
          <tr>
            {names.map((name) => (
              <Heading key={name} columns={columns} name={name} sort={sort} />
            ))}
          </tr>
        </thead>
        {groups.map((group, at) => (
          <Group
            key={at}
            report={report}
            columns={columns}
            names={names}
            groupBy={groupBy}
            rows={group}
            subtotal={subtotals[at]}
            ends={at < groups.length - 1 || !more}
          />
        ))}
        {Object.keys(totals).length ? (
          <tfoot>
            <Sums columns={columns} names={names} totals={totals} label={t('reports.total')} />
          </tfoot>
        ) : null}
      </table>
    </ScrollRegion>
  )
}
