import { useQuery } from '@tanstack/react-query'
import { PageHead } from '../parts/PageHead.tsx'
import { State } from '../parts/State.tsx'
import { t } from '../say.ts'
import { queuesQuery } from '../wire/host-jobs.ts'
import { Failures } from './Failures.tsx'
import classes from './host.module.css'
import { isLate, Queues } from './Queues.tsx'
import { Runs } from './Runs.tsx'

function Standing() {
  const { data: queues } = useQuery(queuesQuery)
  if (!queues) return null
  const failed = queues.reduce((sum, queue) => sum + queue.failed, 0)
  const late = queues.filter(isLate).length
  return (
    <span role="status">
      {failed ? (
        <State tone="bad">{t('hostJobs.waitsForYou', { count: failed })}</State>
      ) : late ? (
        <State tone="warn">{t('hostJobs.late', { count: late })}</State>
      ) : (
        <State tone="good">{t('hostJobs.well')}</State>
      )}
    </span>
  )
}

/** What is done without anybody at the screen: what failed, what waits, and what comes next. */
export const JobsPage = () => (
  <>
    <PageHead title={t('hostJobs.title')} note={<Standing />} />
    <p className={classes['lead']}>{t('hostJobs.lead')}</p>
    <Failures />
    <Queues />
    <Runs />
  </>
)
