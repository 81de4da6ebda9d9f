import { ActButton, formatInstant, KeyCaps, links, type Row, useOrg } from '@commonhall/ui'
import { Link } from '@tanstack/react-router'
import type { Calculation as Figures, DayOfWork } from '../../week/calculation.ts'
import { Calculation } from '../Calculation.tsx'
import { Days } from '../hours/Days.tsx'
import { t } from '../t.ts'
import classes from './approvals.module.css'
import type { Deciding } from './use-deciding.tsx'
import { weekOf } from './use-deciding.tsx'

interface DetailProps extends Pick<Deciding, 'approve' | 'ask' | 'busy'> {
  readonly row: Row
  readonly isGone: boolean
}

function Facts({ row }: { row: Row }) {
  const figures = row['calculation'] as Figures | null
  const facts = [
    [t('approvals.program'), row.titles?.['program']],
    [t('approvals.project'), row.titles?.['project']],
    [t('approvals.classification'), figures?.classification],
    [t('approvals.note'), row['note']],
  ] as const
  return (
    <dl>
      {facts.map(([label, value]) =>
        value ? (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{String(value)}</dd>
          </div>
        ) : null,
      )}
    </dl>
  )
}

/** One week with every factor of its subsidy, and what is decided about it. */
export function Detail({ row, isGone, approve, ask, busy }: DetailProps) {
  const org = useOrg()
  const figures = row['calculation'] as Figures | null
  const days = row['days'] as readonly DayOfWork[] | null
  const isBusy = busy.has(row.id)
  const allowed = row.can?.['approve']
  return (
    <div className={classes['sheet']}>
      <h2>{weekOf(row)}</h2>
      <p data-quiet>
        {row.titles?.['contractor']}
        {row['submitted_at'] ? (
          <>
            <br />
            {t('approvals.submitted', { name: row.titles?.['submitted_by'] ?? '' })},{' '}
            {formatInstant(String(row['submitted_at']))}
          </>
        ) : null}
      </p>
      <Facts row={row} />
      {row['over_40_confirmed'] ? <p>{t('approvals.over40')}</p> : null}
      {row['adjusts'] ? <p>{t('approvals.adjusts')}</p> : null}
      {figures ? <Calculation figures={figures} subsidy={String(row['subsidy'])} /> : null}
      {days?.length ? <Days days={days} /> : null}
      {isGone ? <p role="status">{t('approvals.gone')}</p> : null}
      <div className={classes['acts']}>
        <ActButton allowed={allowed} loading={isBusy} disabled={isGone} onClick={() => approve([row])}>
          {t('approvals.approve')} <KeyCaps keys="a" />
        </ActButton>
        <ActButton
          variant="default"
          allowed={row.can?.['reject']}
          disabled={isBusy || isGone}
          onClick={() => ask([row])}
        >
          {t('approvals.reject')} <KeyCaps keys="r" />
        </ActButton>
        <Link {...links.record(org, 'hours', row.id)}>{t('approvals.open')}</Link>
      </div>
      {typeof allowed === 'string' ? <p data-quiet>{allowed}</p> : null}
    </div>
  )
}
