import { Button, Checkbox, NativeSelect, Skeleton } from '@mantine/core'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Empty } from '../parts/Empty.tsx'
import { Trouble } from '../parts/Trouble.tsx'
import { t } from '../say.ts'
import { type FailedJob, failuresQuery, queuesQuery, type QueueState, type Settling } from '../wire/host-jobs.ts'
import { Failure } from './Failure.tsx'
import classes from './host.module.css'
import jobs from './jobs.module.css'
import { useSettling } from './use-settling.tsx'

interface ToolsProps {
  queues: readonly QueueState[]
  queue: string
  onQueue: (queue: string) => void
  rows: readonly FailedJob[]
  picked: readonly FailedJob[]
  onPick: (rows: readonly FailedJob[]) => void
  act: ReturnType<typeof useSettling>['act']
}

/** Which kind is looked at, and what is to be done to several at once. */
function Tools({ queues, queue, onQueue, rows, picked, onPick, act }: ToolsProps) {
  const kinds = queues.filter(({ name, failed }) => failed || name === queue)
  const ofKind = kinds.find(({ name }) => name === queue)?.failed ?? 0
  const several = (one: Settling) => (picked.length ? act(one, picked, picked.length) : act(one, { queue }, ofKind))
  const canAct = picked.length || (queue && ofKind)
  const label = (one: Settling) => (picked.length ? t(`hostJobs.${one}`) : t(`hostJobs.${one}Kind`, { count: ofKind }))
  return (
    <div className={jobs['tools']}>
      <Checkbox
        label={t('hostJobs.pickShown')}
        checked={rows.length > 0 && picked.length === rows.length}
        indeterminate={picked.length > 0 && picked.length < rows.length}
        disabled={!rows.length}
        onChange={(event) => onPick(event.currentTarget.checked ? rows : [])}
      />
      <NativeSelect
        aria-label={t('hostJobs.kind')}
        value={queue}
        onChange={(event) => onQueue(event.currentTarget.value)}
        data={[
          { value: '', label: t('hostJobs.everyKind', { count: queues.reduce((sum, one) => sum + one.failed, 0) }) },
          ...kinds.map(({ name, label: kind, failed: count }) => ({
            value: name,
            label: t('hostJobs.kindOf', { label: kind, count }),
          })),
        ]}
      />
      <span role="status">{picked.length ? t('hostJobs.picked', { count: picked.length }) : ''}</span>
      {canAct ? (
        <>
          <Button variant="default" size="sm" onClick={() => several('retry')}>
            {label('retry')}
          </Button>
          <Button variant="default" size="sm" onClick={() => several('discard')}>
            {label('discard')}
          </Button>
        </>
      ) : null}
    </div>
  )
}

/** What failed at its last try and waits for somebody to decide. */
export function Failures() {
  const [queue, setQueue] = useState('')
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set())
  const { data: queues = [] } = useQuery(queuesQuery)
  const answer = useInfiniteQuery({ ...failuresQuery(queue), placeholderData: (before) => before })
  const rows = answer.data?.pages.flatMap(({ data }) => data)
  const picked = rows?.filter(({ id }) => ids.has(id)) ?? []
  const pick = (some: readonly FailedJob[]) => setIds(new Set(some.map(({ id }) => id)))
  const { act, dialog } = useSettling(() => pick([]))
  const isEmpty = rows?.length === 0
  return (
    <section className={classes['section']}>
      <header>
        <h2 id="failures">{t('hostJobs.failures')}</h2>
      </header>
      {isEmpty && !queue ? (
        <Empty icon="check" title={t('hostJobs.noneTitle')} text={t('hostJobs.noneText')} isSmall />
      ) : rows ? (
        <>
          <p>{t('hostJobs.failuresText')}</p>
          <Tools {...{ queues, queue, onQueue: setQueue, rows, picked, onPick: pick, act }} />
          {isEmpty ? <p className={classes['quiet']}>{t('hostJobs.noneOfKind')}</p> : null}
          <ul className={jobs['failures']} aria-labelledby="failures">
            {rows.map((job) => (
              <Failure
                key={job.id}
                job={job}
                isPicked={ids.has(job.id)}
                onPick={(isOn) => pick(isOn ? [...picked, job] : picked.filter(({ id }) => id !== job.id))}
                onAct={(one) => act(one, [job], 1)}
              />
            ))}
          </ul>
        </>
      ) : answer.error ? (
        <Trouble failure={answer.error} onRetry={() => void answer.refetch()} />
      ) : (
        <Skeleton height={120} aria-busy />
      )}
      {answer.hasNextPage ? (
        <Button
          variant="default"
          size="compact-sm"
          mt="md"
          loading={answer.isFetchingNextPage}
          onClick={() => void answer.fetchNextPage()}
        >
          {t('host.more')}
        </Button>
      ) : null}
      {dialog}
    </section>
  )
}
