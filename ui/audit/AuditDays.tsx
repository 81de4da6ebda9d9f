import { runsOf } from '../record/ChangeList.tsx'
import type { Change } from '../wire/records.ts'
import { AuditEntry } from './AuditEntry.tsx'
import classes from './audit.module.css'

const days = new Intl.DateTimeFormat('en-US', { weekday: 'long', year: 'numeric', month: 'long', day: 'numeric' })

/** Lines by the day on which they were written, newest first. */
export function AuditDays({ lines }: { lines: readonly Change[] }) {
  const byDay = Map.groupBy(lines, ({ at }) => days.format(new Date(at)))
  return [...byDay].map(([day, ofDay]) => (
    <section key={day} className={classes['day']} aria-label={day}>
      <h2>{day}</h2>
      <ol>
        {runsOf(ofDay).map((run) => (
          <AuditEntry key={run[0]?.id} run={run} />
        ))}
      </ol>
    </section>
  ))
}
