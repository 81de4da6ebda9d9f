import { hours } from '../amounts.ts'
import { t } from '../t.ts'
import { hoursOf } from './entry.ts'
import { HoursCell } from './HoursCell.tsx'
import classes from './days.module.css'
import { toldId } from './RowTold.tsx'
import type { Entry, EntryRow } from './use-entry.tsx'

const short = new Intl.DateTimeFormat('en-US', { weekday: 'short', month: 'numeric', day: 'numeric', timeZone: 'UTC' })

interface DayCellsProps {
  readonly one: EntryRow
  readonly entry: Entry
  readonly step: string
}

/** The hours of a row, day by day: where the scale changes inside the week, or where somebody wants it so. */
export function DayCells({ one, entry, step }: DayCellsProps) {
  const { row, typed } = one
  const { assignment } = row
  return (
    <table className={classes['days']}>
      <caption className="mantine-visually-hidden">{t('grid.daysOf', { member: row.member_name })}</caption>
      <thead>
        <tr>
          <th scope="col">
            <span className="mantine-visually-hidden">{row.member_name}</span>
          </th>
          {entry.week.map((day) => (
            <th key={day} scope="col" data-new={day === row.changes_on || undefined}>
              {short.format(Date.parse(`${day}T00:00:00Z`))}
            </th>
          ))}
          <th scope="col">{t('total')}</th>
        </tr>
      </thead>
      <tbody>
        {(['regular', 'overtime'] as const).map((column) => (
          <tr key={column}>
            <th scope="row">{t(`grid.${column}`)}</th>
            {entry.week.map((day) => (
              <td key={day}>
                <HoursCell cell={{ assignment, column, day }} one={one} entry={entry} step={step} told={toldId(one)} />
              </td>
            ))}
            <td>{hours(hoursOf(typed, column) ?? '0')}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
