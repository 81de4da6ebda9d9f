import { useState } from 'react'
import { t } from '../t.ts'
import { type Cell, nameOf } from './cells.ts'
import { cellFault } from './entry.ts'
import classes from './hours.module.css'
import type { Entry, EntryRow } from './use-entry.tsx'

interface HoursCellProps {
  readonly cell: Cell
  readonly one: EntryRow
  readonly entry: Entry
  readonly step: string
  /** Ids of what is said about the row. */
  readonly told?: string | undefined
  readonly id?: string | undefined
}

const named = new Intl.DateTimeFormat('en-US', { weekday: 'long', month: 'long', day: 'numeric', timeZone: 'UTC' })

export const dayNamed = (day: string) => named.format(Date.parse(`${day}T00:00:00Z`))

/** One cell. What it holds is text until it is sent: nothing typed is dropped or changed under the hand. */
export function HoursCell({ cell, one, entry, step, told, id }: HoursCellProps) {
  const { column, day } = cell
  const [isHere, setHere] = useState(false)
  const { typed, row, isOpen, errors } = one
  const value = day && typed.days ? (typed.days[day]?.[column] ?? '') : typed[column]
  const fault = isHere ? undefined : cellFault(typed, column, step, day)
  const params = { column: t(`grid.${column}`), member: row.member_name }
  return (
    <input
      id={id}
      className={classes['cell']}
      data-cell={nameOf(cell)}
      type="text"
      inputMode="decimal"
      autoComplete="off"
      maxLength={10}
      value={value}
      readOnly={!isOpen}
      aria-label={day ? t('grid.dayCell', { ...params, day: dayNamed(day) }) : t('grid.cell', params)}
      aria-invalid={fault !== undefined || errors.some(({ path }) => path === column) || undefined}
      aria-describedby={told}
      onFocus={() => setHere(true)}
      onBlur={() => setHere(false)}
      onChange={(event) => entry.type([{ ...cell, text: event.currentTarget.value }])}
    />
  )
}
