import { hours } from '../amounts.ts'
import { t } from '../t.ts'
import { hoursOf } from './entry.ts'
import { About, DaysButton, type EntryProps } from './EntryTable.tsx'
import { dayNamed, HoursCell } from './HoursCell.tsx'
import days from './days.module.css'
import classes from './hours.module.css'
import { RowState, RowSubsidy } from './RowState.tsx'
import { RowTold, tellsOf, toldId } from './RowTold.tsx'
import type { EntryRow } from './use-entry.tsx'

interface CardProps extends Pick<EntryProps, 'entry'> {
  readonly one: EntryRow
  readonly step: string
}

const columns = ['regular', 'overtime'] as const

/** Seven days under each other: a thumb reaches each. */
const DayLines = ({ one, entry, step }: CardProps) => (
  <ul className={days['dayLines']} aria-label={t('grid.daysOf', { member: one.row.member_name })}>
    {entry.week.map((day) => (
      <li key={day} data-new={day === one.row.changes_on || undefined}>
        <span>{dayNamed(day)}</span>
        {columns.map((column) => (
          <HoursCell
            key={column}
            cell={{ assignment: one.row.assignment, column, day }}
            one={one}
            entry={entry}
            step={step}
          />
        ))}
      </li>
    ))}
  </ul>
)

function Pair({ one, entry, step, told }: CardProps & { told: string | undefined }) {
  const { row, typed, isOpen } = one
  return (
    <div className={classes['pair']}>
      {columns.map((column) => (
        <span key={column}>
          <span data-quiet aria-hidden>
            {t(`grid.${column}`)}
          </span>
          {isOpen && !typed.days ? (
            <HoursCell cell={{ assignment: row.assignment, column }} one={one} entry={entry} step={step} told={told} />
          ) : (
            <b>{row.hours || typed.days ? hours(hoursOf(typed, column) ?? '0') : '–'}</b>
          )}
        </span>
      ))}
      <span>
        <span data-quiet>{t('grid.subsidy')}</span>
        <span className={classes['cardSubsidy']}>
          <RowSubsidy {...one} />
        </span>
      </span>
    </div>
  )
}

/** The week on a phone: a card for each member, with keyboards of figures. */
export const EntryCards = ({ grid, entry, label, keys }: EntryProps) => (
  <ul className={classes['cards']} aria-label={label} {...keys}>
    {entry.rows.map((one) => {
      const { isTold } = tellsOf(one, grid.hour_step)
      const shared = { one, entry, step: grid.hour_step }
      return (
        <li key={one.row.assignment} data-closed={!one.isOpen || undefined}>
          <div className={classes['who']}>
            <strong>
              {one.row.member_name}
              <About row={one.row} />
            </strong>
            <RowState {...one} />
          </div>
          {one.isOpen || one.row.hours ? <Pair {...shared} told={isTold ? toldId(one) : undefined} /> : null}
          {one.isOpen && one.typed.days ? <DayLines {...shared} /> : null}
          {isTold ? <RowTold {...shared} /> : null}
          <DaysButton one={one} entry={entry} />
        </li>
      )
    })}
  </ul>
)
