import { Button } from '@mantine/core'
import { decimal, sumOf } from '@commonhall/kernel'
import { PickedBar, type Row } from '@commonhall/ui'
import { hours, money } from '../amounts.ts'
import { t } from '../t.ts'
import type { Deciding } from './use-deciding.tsx'

interface PickedWeeksProps {
  readonly rows: readonly Row[]
  readonly deciding: Deciding
  readonly onClear: () => void
}

/** What is picked comes to, and what is decided about all of it. */
export function PickedWeeks({ rows, deciding, onClear }: PickedWeeksProps) {
  if (!rows.length) return null
  const sum = (...names: readonly string[]) =>
    sumOf(rows.flatMap((row) => names.map((name) => decimal(String(row[name]))))).toFixed(2)
  const said = t('approvals.picked', { hours: hours(sum('regular', 'overtime')), subsidy: money(sum('subsidy')) })
  return (
    <PickedBar label={said} onClear={onClear}>
      <span role="status" style={{ whiteSpace: 'nowrap' }}>
        <b>{rows.length}</b> {said}
      </span>
      <Button onClick={() => deciding.approve(rows)}>{t('approvals.approve')}</Button>
      <Button variant="default" onClick={() => deciding.ask(rows)}>
        {t('approvals.reject')}
      </Button>
    </PickedBar>
  )
}
