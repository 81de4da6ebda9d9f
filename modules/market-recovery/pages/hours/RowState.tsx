import { State } from '@commonhall/ui'
import { money, rate } from '../amounts.ts'
import { t } from '../t.ts'
import { isBlank, subsidyOf } from './entry.ts'
import type { EntryRow } from './use-entry.tsx'

const tones = { draft: 'new', submitted: 'warn', approved: 'good', rejected: 'bad', paid: 'good' } as const

/** Where a row stands: as it is kept, or not kept yet. */
export function RowState({ row, isChanged }: EntryRow) {
  if (isChanged) return <State tone="warn">{t('grid.notSaved')}</State>
  if (!row.hours) return <span data-quiet>{row.problem === null ? t('grid.nothing') : ''}</span>
  return <State tone={tones[row.hours.state]}>{t(`grid.stateName.${row.hours.state}`)}</State>
}

/** What a row comes to as it stands. What is not known here is said once it is saved. */
export function RowSubsidy({ row, typed, isChanged }: EntryRow) {
  if (row.problem !== null && !row.hours) return null
  const amount = isChanged || !row.hours ? subsidyOf(row, typed) : row.hours.subsidy
  if (amount === undefined) return <span data-quiet>{t('grid.later')}</span>
  return (
    <>
      {isBlank(typed) ? <span data-quiet>{money(amount)}</span> : <b>{money(amount)}</b>}
      {row.per_hour === null ? null : <small>{t('grid.perHour', { rate: rate(row.per_hour) })}</small>}
    </>
  )
}
