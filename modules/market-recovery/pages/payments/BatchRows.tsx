import {
  act,
  ActButton,
  ActDialog,
  formatCount,
  formatDate,
  type KnownResource,
  links,
  type Row,
  ScrollRegion,
  titleOf,
  toastFailure,
  useOrg,
  Value,
} from '@commonhall/ui'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { hours, money } from '../amounts.ts'
import shared from '../pages.module.css'
import { t } from '../t.ts'
import classes from './payments.module.css'
import { TakeFile } from './TakeFile.tsx'

interface RowsProps {
  readonly resource: KnownResource
  readonly rows: readonly Row[]
}

const period = (row: Row) =>
  `${formatDate(String(row['period_from_on']))} – ${formatDate(String(row['period_until_on']))}`

/** The usual next step of a batch, greyed with its reason where somebody else must take it. */
export function NextStep({ resource, row }: { resource: KnownResource; row: Row }) {
  const org = useOrg()
  const [isAsking, setAsking] = useState(false)
  const next = resource.acts.find(({ from, tone }) => tone === 'primary' && from.includes(String(row['state'])))
  if (!next || row.can?.[next.name] === undefined) return null
  const asks = next.asks && Object.keys(next.asks).length > 0
  return (
    <>
      <ActButton
        size="compact-md"
        variant="default"
        allowed={row.can[next.name]}
        aria-label={`${next.label}: ${titleOf(resource, row)}`}
        onClick={() => (asks ? setAsking(true) : void act(org, resource, row, next.name, {}).catch(toastFailure))}
      >
        {next.label}
      </ActButton>
      {isAsking ? (
        <ActDialog
          act={next}
          module={resource.module}
          onClose={() => setAsking(false)}
          onAct={(asked) => act(org, resource, row, next.name, asked)}
        />
      ) : null}
    </>
  )
}

const StateOf = ({ resource, row }: { resource: KnownResource; row: Row }) =>
  resource.fields['state'] ? (
    <Value field={resource.fields['state']} name="state" row={row} module={resource.module} />
  ) : null

/** Batches, each with its next step. */
export function BatchTable({ resource, rows }: RowsProps) {
  const org = useOrg()
  const columns = ['number', 'weeks', 'state'] as const
  const numbers = ['payments', 'hours', 'subsidy'] as const
  return (
    <ScrollRegion className={shared['scroll']} labelledBy="batches">
      <table className={shared['table']} data-two>
        <thead>
          <tr>
            {columns.map((name) => (
              <th key={name} scope="col">
                {t(`payments.column.${name}`)}
              </th>
            ))}
            {numbers.map((name) => (
              <th key={name} scope="col" data-align="end">
                {t(`payments.column.${name}`)}
              </th>
            ))}
            <th scope="col">
              <span className="mantine-visually-hidden">{t('payments.column.next')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id}>
              <th scope="row">
                <Link {...links.record(org, resource.path, row.id)}>{titleOf(resource, row)}</Link>
              </th>
              <td>
                {period(row)}
                <small>
                  {row.titles?.['program'] ?? t('payments.allPrograms')}
                  {row.titles?.['prepared_by'] ? ` · ${t('payments.by', { name: row.titles['prepared_by'] })}` : ''}
                </small>
              </td>
              <td>
                <StateOf resource={resource} row={row} />
              </td>
              <td data-align="end">{formatCount(Number(row['payments']))}</td>
              <td data-align="end">{hours(String(row['hours']))}</td>
              <td data-align="end">{money(String(row['subsidy']))}</td>
              <td data-align="end">
                <span className={classes['next']}>
                  <TakeFile row={row} />
                  <NextStep resource={resource} row={row} />
                </span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  )
}

/** The same on a phone. */
export function BatchCards({ resource, rows }: RowsProps) {
  const org = useOrg()
  return (
    <ul className={classes['cards']}>
      {rows.map((row) => (
        <li key={row.id}>
          <Link {...links.record(org, resource.path, row.id)}>
            <span data-line>
              <strong>{titleOf(resource, row)}</strong>
              <b>{money(String(row['subsidy']))}</b>
            </span>
            <span data-line data-quiet>
              <span>{period(row)}</span>
              <StateOf resource={resource} row={row} />
            </span>
            <span data-quiet>
              {formatCount(Number(row['payments']))} {t('payments.column.payments').toLowerCase()} ·{' '}
              {hours(String(row['hours']))} {t('payments.column.hours').toLowerCase()}
            </span>
          </Link>
          <span className={classes['next']}>
            <TakeFile row={row} />
            <NextStep resource={resource} row={row} />
          </span>
        </li>
      ))}
    </ul>
  )
}
