import { Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { formatAgo, formatCount } from '../fields/format.ts'
import { ScrollRegion } from '../parts/ScrollRegion.tsx'
import { State } from '../parts/State.tsx'
import { Trouble } from '../parts/Trouble.tsx'
import { useIsPhone } from '../parts/use-is-phone.ts'
import { t } from '../say.ts'
import { queuesQuery, type QueueState } from '../wire/host-jobs.ts'
import classes from './host.module.css'
import jobs from './jobs.module.css'

/** Work that could be done and has waited for minutes: too few hands, or none. */
export const isLate = ({ oldest_seconds: oldest }: QueueState) => oldest !== null && oldest > 300

const urgency = (queue: QueueState) => (queue.failed ? 0 : isLate(queue) ? 1 : 2)

/** What needs somebody first; below that always the same order, so that nothing moves under a reader's eyes. */
const byUrgency = (one: QueueState, other: QueueState) =>
  urgency(one) - urgency(other) || one.label.localeCompare(other.label)

const Standing = ({ queue }: { queue: QueueState }) =>
  queue.failed ? (
    <State tone="bad">{t('hostJobs.needsYou')}</State>
  ) : isLate(queue) ? (
    <State tone="warn">{t('hostJobs.isLate')}</State>
  ) : (
    <State tone="idle">{t('hostJobs.fine')}</State>
  )

const oldestOf = ({ oldest_seconds: oldest }: QueueState) =>
  oldest === null ? '–' : formatAgo(new Date(Date.now() - oldest * 1000).toISOString())

const columns = ['waiting', 'delayed', 'running', 'dead', 'oldest', 'done'] as const

const cells: Readonly<Record<(typeof columns)[number], (queue: QueueState) => string>> = {
  waiting: ({ waiting }) => formatCount(waiting),
  delayed: ({ delayed }) => formatCount(delayed),
  running: ({ running }) => formatCount(running),
  dead: ({ failed }) => formatCount(failed),
  oldest: oldestOf,
  done: ({ done_last_hour: done }) => formatCount(done),
}

const QueuesTable = ({ rows }: { rows: readonly QueueState[] }) => (
  <ScrollRegion className={classes['scroll']} labelledBy="queues">
    <table className={classes['table']} aria-labelledby="queues">
      <thead>
        <tr>
          <th scope="col">{t('hostJobs.queue')}</th>
          <th scope="col">{t('hostJobs.state')}</th>
          {columns.map((name) => (
            <th key={name} scope="col" data-end>
              {t(`hostJobs.${name}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((queue) => (
          <tr key={queue.name}>
            <th scope="row" title={queue.name}>
              {queue.label}
            </th>
            <td>
              <Standing queue={queue} />
            </td>
            {columns.map((name) => (
              <td key={name} data-end data-none={cells[name](queue) === '0' || undefined}>
                {cells[name](queue)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  </ScrollRegion>
)

/** What there is, and nothing of what there is not: a phone has no room for zeros. */
function Numbers({ queue: { failed, waiting, delayed, running, done_last_hour: done } }: { queue: QueueState }) {
  const numbers = Object.entries({ failed, waiting, delayed, running, done } as const).filter(([, count]) => count)
  return numbers.length ? (
    <p>
      {numbers
        .map(([name, count]) => t(`hostJobs.number.${name as 'done'}`, { count, number: formatCount(count) }))
        .join(' · ')}
    </p>
  ) : null
}

const QueueCards = ({ rows }: { rows: readonly QueueState[] }) => (
  <ul className={jobs['queues']} aria-labelledby="queues">
    {rows.map((queue) => (
      <li key={queue.name}>
        <p>
          <strong>{queue.label}</strong>
          <Standing queue={queue} />
        </p>
        <Numbers queue={queue} />
      </li>
    ))}
  </ul>
)

/** Every queue with what goes on in it. */
export function Queues() {
  const isPhone = useIsPhone()
  const { data, error, refetch } = useQuery(queuesQuery)
  const rows = data?.toSorted(byUrgency)
  return (
    <section className={`${classes['section']} ${jobs['numbers']}`}>
      <header>
        <h2 id="queues">{t('hostJobs.queues')}</h2>
      </header>
      {rows ? (
        isPhone ? (
          <QueueCards rows={rows} />
        ) : (
          <QueuesTable rows={rows} />
        )
      ) : error ? (
        <Trouble failure={error} onRetry={() => void refetch()} />
      ) : (
        <Skeleton height={260} aria-busy />
      )}
    </section>
  )
}
