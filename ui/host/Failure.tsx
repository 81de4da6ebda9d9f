import { Button, Checkbox } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { formatAgo, formatDate, formatExactInstant } from '../fields/format.ts'
import { links } from '../links.ts'
import { State } from '../parts/State.tsx'
import { t } from '../say.ts'
import type { FailedJob, Settling } from '../wire/host-jobs.ts'
import { kindOf, meaningOf } from './failure-meaning.ts'
import classes from './jobs.module.css'

interface FailureProps {
  job: FailedJob
  isPicked: boolean
  onPick: (isPicked: boolean) => void
  onAct: (act: Settling) => void
}

const Places = ({ at }: { at: readonly string[] }) =>
  at.length ? (
    <details>
      <summary>{t('hostJobs.places')}</summary>
      <ol>
        {at.map((place) => (
          <li key={place}>
            <code>{place}</code>
          </li>
        ))}
      </ol>
    </details>
  ) : (
    <p data-quiet>{t('hostJobs.noPlaces')}</p>
  )

const Past = ({ job }: { job: FailedJob }) => (
  <p data-quiet>
    <time dateTime={job.failed_at} title={formatExactInstant(job.failed_at)}>
      {t('hostJobs.failed', { ago: formatAgo(job.failed_at) })}
    </time>
    {` · ${t('hostJobs.tries', { count: job.tries })} · `}
    {t('hostJobs.kept', { day: formatDate(job.kept_until.slice(0, 10)) })}
  </p>
)

/** One failed job: what it was to do for whom, what went wrong, and what hangs on it. */
export function Failure({ job, isPicked, onPick, onAct }: FailureProps) {
  const named = { label: job.label, org: job.org?.name ?? t('hostJobs.house') }
  return (
    <li>
      <Checkbox
        aria-label={t('hostJobs.pick', named)}
        checked={isPicked}
        onChange={(event) => onPick(event.currentTarget.checked)}
      />
      <div>
        <p>
          <strong>{job.label}</strong>
          {job.subscriber ? <span>{t('hostJobs.toSubscriber', { subscriber: job.subscriber })}</span> : null}
          {job.org ? <Link {...links.hostOrg(job.org.slug)}>{job.org.name}</Link> : <span>{named.org}</span>}
        </p>
        <p>
          <code>{kindOf(job)}</code>
        </p>
        <p>{meaningOf(job)}</p>
        {job.holds_up ? (
          <p>
            <State tone="warn">{t('hostJobs.holdsUp', { count: job.holds_up })}</State>
          </p>
        ) : null}
        <Past job={job} />
        <Places at={job.error.at} />
      </div>
      <div className={classes['acts']}>
        <Button
          size="compact-md"
          variant="default"
          aria-label={t('hostJobs.retryOne', named)}
          onClick={() => onAct('retry')}
        >
          {t('hostJobs.retry')}
        </Button>
        <Button
          size="compact-md"
          variant="subtle"
          color="gray"
          aria-label={t('hostJobs.discardOne', named)}
          onClick={() => onAct('discard')}
        >
          {t('hostJobs.discard')}
        </Button>
      </div>
    </li>
  )
}
