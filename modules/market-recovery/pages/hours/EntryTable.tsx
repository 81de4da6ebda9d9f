import { hours, money } from '../amounts.ts'
import { t } from '../t.ts'
import days from './days.module.css'
import { DayCells } from './DayCells.tsx'
import { hoursOf, totalsOf } from './entry.ts'
import { HoursCell } from './HoursCell.tsx'
import classes from './hours.module.css'
import { RowState, RowSubsidy } from './RowState.tsx'
import { RowTold, tellsOf, toldId } from './RowTold.tsx'
import type { CellKeys } from './use-cell-keys.tsx'
import type { Entry, EntryRow } from './use-entry.tsx'
import type { Grid } from './wire.ts'

export interface EntryProps {
  readonly grid: Grid
  readonly entry: Entry
  readonly label: string
  readonly keys: CellKeys
}

interface RowProps extends Pick<EntryProps, 'entry'> {
  readonly one: EntryRow
  readonly step: string
}

/** Opens and closes the hours per day; where they must be told they stay open. */
export function DaysButton({ one, entry }: Omit<RowProps, 'step'>) {
  const { row, typed, isOpen } = one
  if (!isOpen || (row.needs_days && typed.days)) return null
  const isDays = typed.days !== null
  const params = { member: row.member_name }
  return (
    <button
      type="button"
      data-days
      className={days['daysButton']}
      aria-expanded={isDays}
      aria-label={t(isDays ? 'grid.wholeWeekOf' : 'grid.byDayOf', params)}
      onClick={() => (isDays ? entry.closeDays(row.assignment) : entry.openDays(row.assignment))}
    >
      {t(isDays ? 'grid.wholeWeek' : 'grid.days')}
    </button>
  )
}

/** Under a member's name: which assignment it is. */
export const About = ({ row }: Pick<EntryRow, 'row'>) => (
  <small>{[row.number, row.classification, row.project_name ?? row.program_name].filter(Boolean).join(' · ')}</small>
)

function Row({ one, entry, step }: RowProps) {
  const { row, typed, isOpen } = one
  const { isTold } = tellsOf(one, step)
  const told = isTold ? toldId(one) : undefined
  return (
    <tbody data-closed={!isOpen || undefined} data-changed={one.isChanged || undefined}>
      <tr>
        <th scope="row">
          {row.member_name}
          <About row={row} />
        </th>
        {(['regular', 'overtime'] as const).map((column) => (
          <td key={column} data-align="end">
            {isOpen && !typed.days ? (
              <HoursCell
                cell={{ assignment: row.assignment, column }}
                one={one}
                entry={entry}
                step={step}
                told={told}
              />
            ) : row.hours || typed.days ? (
              hours(hoursOf(typed, column) ?? '0')
            ) : null}
          </td>
        ))}
        <td data-align="end">
          <RowSubsidy {...one} />
        </td>
        <td>
          <RowState {...one} />
        </td>
        <td data-align="end">
          <DaysButton one={one} entry={entry} />
        </td>
      </tr>
      {isOpen && typed.days ? (
        <tr data-more>
          <td colSpan={6}>
            <DayCells one={one} entry={entry} step={step} />
          </td>
        </tr>
      ) : null}
      {isTold ? (
        <tr data-more>
          <td colSpan={6}>
            <RowTold one={one} entry={entry} step={step} />
          </td>
        </tr>
      ) : null}
    </tbody>
  )
}

/** The week as a table of plain inputs, in which keys move as in a spreadsheet. */
export function EntryTable({ grid, entry, label, keys }: EntryProps) {
  const totals = totalsOf(entry.rows)
  return (
    <table className={classes['table']} {...keys}>
      <caption className="mantine-visually-hidden">{label}</caption>
      <thead>
        <tr>
          <th scope="col">{t('grid.member')}</th>
          <th scope="col" data-align="end">
            {t('grid.regular')}
          </th>
          <th scope="col" data-align="end">
            {t('grid.overtime')}
          </th>
          <th scope="col" data-align="end">
            {t('grid.subsidy')}
          </th>
          <th scope="col">{t('grid.state')}</th>
          <th scope="col">
            <span className="mantine-visually-hidden">{t('grid.days')}</span>
          </th>
        </tr>
      </thead>
      {entry.rows.map((one) => (
        <Row key={one.row.assignment} one={one} entry={entry} step={grid.hour_step} />
      ))}
      <tfoot>
        <tr>
          <th scope="row">{t('total')}</th>
          <td data-align="end">{hours(totals.regular)}</td>
          <td data-align="end">{hours(totals.overtime)}</td>
          <td data-align="end">{money(totals.subsidy)}</td>
        </tr>
      </tfoot>
    </table>
  )
}
