import { Button, CloseButton } from '@mantine/core'
import { decimal, sumOf } from '@commonhall/kernel'
import type { Row } from '@commonhall/ui'
import { hours, money } from '../amounts.ts'
import { t } from '../t.ts'
import classes from './approvals.module.css'
import type { Deciding } from './use-deciding.tsx'

interface PickedBarProps {
  readonly rows: readonly Row[]
  readonly deciding: Deciding
  readonly onClear: () => void
}

/** What is picked comes to, and what is decided about all of it. */
export function PickedBar({ rows, deciding, onClear }: PickedBarProps) {
  if (!rows.length) return null
  const sum = (...names: readonly string[]) =>
    sumOf(rows.flatMap((row) => names.map((name) => decimal(String(row[name]))))).toFixed(2)
  const said = t('approvals.picked', { hours: hours(sum('regular', 'overtime')), subsidy: money(sum('subsidy')) })
  return (
    <div className={classes['picked']} role="region" aria-label={said}>
      <span role="status">
        <b>{rows.length}</b> {said}
      </span>
      <Button onClick={() => deciding.approve(rows)}>{t('approvals.approve')}</Button>
      <Button variant="default" onClick={() => deciding.ask(rows)}>
        {t('approvals.reject')}
      </Button>
      <CloseButton aria-label={t('approvals.clear')} onClick={onClear} />
    </div>
  )
}
