import { Checkbox } from '@mantine/core'
import { formatDate, Icon } from '@commonhall/ui'
import { hours } from '../amounts.ts'
import { t } from '../t.ts'
import { hoursOf, isBlank, isOver40, rowFault } from './entry.ts'
import classes from './hours.module.css'
import type { Entry, EntryRow } from './use-entry.tsx'

/** The id of what is said about a row. */
export const toldId = ({ row }: EntryRow) => `told-${row.assignment}`

/** All that is to be said about a row: what is wrong with it, why it came back, why it cannot be typed into. */
export function tellsOf({ row, typed, isOpen, errors }: EntryRow, step: string) {
  if (row.problem !== null) return { sentences: [row.problem], isAsked: false, isTold: true }
  const fault = isOpen ? rowFault(typed, step) : undefined
  const asks = isOpen && isOver40(typed)
  const needsDays = isOpen && row.needs_days && isBlank(typed)
  const sentences = [
    ...(row.hours?.state === 'rejected' && row.hours.reason ? [t('grid.reason', { reason: row.hours.reason })] : []),
    ...(fault ? [t(`grid.fault.${fault}`, { step })] : []),
    ...(needsDays
      ? [t('grid.needsDays', { classification: row.classification, on: formatDate(row.changes_on ?? '') })]
      : []),
    // What is asked below is not said twice.
    ...errors.filter(({ code }) => !(asks && code === 'over_40')).map(({ message }) => message),
  ]
  return { sentences: [...new Set(sentences)], isAsked: asks, isTold: sentences.length > 0 || asks }
}

/** Beside a row, where one looks anyway. */
export function RowTold({ one, entry, step }: { one: EntryRow; entry: Entry; step: string }) {
  const { row, typed } = one
  const { sentences, isAsked } = tellsOf(one, step)
  return (
    <div className={classes['told']} id={toldId(one)}>
      {sentences.map((sentence) => (
        <p key={sentence} data-quiet={row.problem !== null || undefined}>
          <Icon name={row.problem === null ? 'warning' : 'lock'} size={14} /> {sentence}
        </p>
      ))}
      {isAsked ? (
        <p>
          <Icon name="warning" size={14} /> {t('grid.over40', { hours: hours(hoursOf(typed, 'regular') ?? '0') })}
          <Checkbox
            size="xs"
            label={t('grid.over40Right')}
            checked={typed.confirmed}
            onChange={(event) => entry.confirm(row.assignment, event.currentTarget.checked)}
          />
        </p>
      ) : null}
    </div>
  )
}
