import { Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { formatAgo, formatExactInstant } from '../fields/format.ts'
import { ScrollRegion } from '../parts/ScrollRegion.tsx'
import { Trouble } from '../parts/Trouble.tsx'
import { useIsPhone } from '../parts/use-is-phone.ts'
import { t } from '../say.ts'
import { type Schedule, schedulesQuery } from '../wire/host-jobs.ts'
import classes from './host.module.css'
import jobs from './jobs.module.css'
import { rhythmOf } from './rhythm.ts'

const whereOf = ({ orgs }: Schedule) => (orgs === null ? t('hostJobs.house') : t('hostJobs.inOrgs', { count: orgs }))

const whenOf = (at: string) => (Date.parse(at) - Date.now() < 45_000 ? t('hostJobs.soon') : formatAgo(at))

const Next = ({ at }: { at: string }) => (
  <time dateTime={at} title={formatExactInstant(at)}>
    {whenOf(at)}
  </time>
)

const columns = ['job', 'rhythm', 'where', 'next'] as const

const RunsTable = ({ rows }: { rows: readonly Schedule[] }) => (
  <ScrollRegion className={classes['scroll']} labelledBy="runs">
    <table className={classes['table']} aria-labelledby="runs">
      <thead>
        <tr>
          {columns.map((name) => (
            <th key={name} scope="col">
              {t(`hostJobs.${name}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((run) => (
          <tr key={run.queue}>
            <th scope="row" title={run.queue}>
              {run.label}
            </th>
            <td title={run.cron}>{rhythmOf(run.cron)}</td>
            <td>{whereOf(run)}</td>
            <td data-whole>
              <Next at={run.next_at} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  </ScrollRegion>
)

const RunCards = ({ rows }: { rows: readonly Schedule[] }) => (
  <ul className={jobs['queues']} aria-labelledby="runs">
    {rows.map((run) => (
      <li key={run.queue}>
        <p>
          <strong>{run.label}</strong>
          <Next at={run.next_at} />
        </p>
        <p>{`${rhythmOf(run.cron)} · ${whereOf(run)}`}</p>
      </li>
    ))}
  </ul>
)

/** What is done by the clock, the next first. */
export function Runs() {
  const isPhone = useIsPhone()
  const { data: rows, error, refetch } = useQuery(schedulesQuery)
  return (
    <section className={classes['section']}>
      <header>
        <h2 id="runs">{t('hostJobs.runs')}</h2>
      </header>
      <p>{t('hostJobs.runsText')}</p>
      {rows ? (
        isPhone ? (
          <RunCards rows={rows} />
        ) : (
          <RunsTable rows={rows} />
        )
      ) : error ? (
        <Trouble failure={error} onRetry={() => void refetch()} />
      ) : (
        <Skeleton height={160} aria-busy />
      )}
    </section>
  )
}
