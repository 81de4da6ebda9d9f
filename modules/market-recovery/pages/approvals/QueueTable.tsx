import { Ago, formatDate, Icon, type Row, ScrollRegion, Tick } from '@commonhall/ui'
import { decimal } from '@commonhall/kernel'
import { hours, money } from '../amounts.ts'
import shared from '../pages.module.css'
import { t } from '../t.ts'
import classes from './approvals.module.css'
import { type Deciding, weekOf } from './use-deciding.tsx'
import type { Queue } from './use-queue.tsx'

export interface QueueProps {
  readonly rows: readonly Row[]
  readonly gone: ReadonlySet<string>
  readonly queue: Queue
  readonly deciding: Deciding
}

export const hoursOf = (row: Row) =>
  hours(
    decimal(String(row['regular']))
      .plus(decimal(String(row['overtime'])))
      .toFixed(2),
  )

/** Why a week stays in the queue although somebody wanted it to go. */
export const Refused = ({ reason }: { reason: string }) => (
  <span className={shared['warning']} data-bad role="status">
    <Icon name="warning" size={14} /> {reason}
  </span>
)

function Line({ row, gone, queue, deciding }: Omit<QueueProps, 'rows'> & { row: Row }) {
  const reason = deciding.refused.get(row.id)
  const isCurrent = queue.current?.id === row.id
  return (
    <>
      <tr
        data-current={isCurrent || undefined}
        data-busy={deciding.busy.has(row.id) || undefined}
        data-gone={gone.has(row.id) || undefined}
        data-told={reason ? true : undefined}
        onClick={(event) => !(event.target as HTMLElement).closest('input, button') && queue.choose(row.id)}
      >
        <td data-pick>
          <Tick
            aria-label={t('approvals.pick', { week: weekOf(row) })}
            checked={queue.picked.has(row.id)}
            onChange={() => queue.pick(row.id)}
          />
        </td>
        <th scope="row">
          <button
            type="button"
            data-row-link={row.id}
            aria-current={isCurrent || undefined}
            aria-label={weekOf(row)}
            onClick={() => queue.choose(row.id)}
          >
            {row.titles?.['member']}
          </button>
          <small>{row.titles?.['contractor']}</small>
        </th>
        <td>{formatDate(String(row['week_ending']))}</td>
        <td data-align="end">{hoursOf(row)}</td>
        <td data-align="end">{money(String(row['subsidy']))}</td>
        <td data-align="end">{row['submitted_at'] ? <Ago at={String(row['submitted_at'])} /> : null}</td>
      </tr>
      {reason ? (
        <tr data-reason-row>
          <td colSpan={6}>
            <Refused reason={reason} />
          </td>
        </tr>
      ) : null}
    </>
  )
}

const numbers: readonly string[] = ['hours', 'subsidy', 'since']

/** The queue beside what is looked at. */
export function QueueTable({ rows, gone, queue, deciding }: QueueProps) {
  const count = rows.filter(({ id }) => queue.picked.has(id)).length
  const columns = ['member', 'week', 'hours', 'subsidy', 'since'] as const
  return (
    <ScrollRegion className={classes['scroll']} label={t('approvals.queue')}>
      <table className={classes['table']}>
        <caption className="mantine-visually-hidden">{t('approvals.queue')}</caption>
        <thead>
          <tr>
            <th scope="col" data-pick>
              <Tick
                aria-label={t('approvals.select')}
                checked={count > 0 && count === rows.length}
                isPartly={count > 0 && count < rows.length}
                onChange={(event) => queue.pickAll(event.currentTarget.checked)}
              />
            </th>
            {columns.map((name) => (
              <th key={name} scope="col" data-align={numbers.includes(name) ? 'end' : undefined}>
                {t(`approvals.column.${name}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Line key={row.id} row={row} gone={gone} queue={queue} deciding={deciding} />
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  )
}
