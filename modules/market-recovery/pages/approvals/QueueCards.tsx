import { Ago, formatDate, Icon } from '@commonhall/ui'
import { money } from '../amounts.ts'
import { t } from '../t.ts'
import classes from './approvals.module.css'
import { Detail } from './Detail.tsx'
import { hoursOf, type QueueProps, Refused } from './QueueTable.tsx'

/** The queue on a phone: a card opens in its place, with what is decided under it. */
export const QueueCards = ({ rows, gone, queue, deciding }: QueueProps) => (
  <ul className={classes['cards']}>
    {rows.map((row) => {
      const unit = t('approvals.column.hours').toLowerCase()
      const isOpen = queue.current?.id === row.id
      const reason = deciding.refused.get(row.id)
      return (
        <li
          key={row.id}
          data-open={isOpen || undefined}
          data-busy={deciding.busy.has(row.id) || undefined}
          data-gone={gone.has(row.id) || undefined}
        >
          <button
            type="button"
            data-row-link={row.id}
            aria-expanded={isOpen}
            onClick={() => queue.choose(isOpen ? undefined : row.id)}
          >
            <span data-line>
              <strong>{row.titles?.['member']}</strong>
              <b>{money(String(row['subsidy']))}</b>
            </span>
            <span data-line data-quiet>
              <span>{row.titles?.['contractor']}</span>
              <Icon name={isOpen ? 'up' : 'down'} size={14} />
            </span>
            <span data-quiet>
              {t('approvals.column.week')} {formatDate(String(row['week_ending']))} · {hoursOf(row)} {unit} ·{' '}
              {t('approvals.column.since').toLowerCase()}{' '}
              {row['submitted_at'] ? <Ago at={String(row['submitted_at'])} /> : null}
            </span>
          </button>
          {reason ? <Refused reason={reason} /> : null}
          {isOpen ? <Detail row={row} isGone={gone.has(row.id)} {...deciding} /> : null}
        </li>
      )
    })}
  </ul>
)
