import { Skeleton } from '@mantine/core'
import { labelOf } from '@commonhall/kernel'
import {
  ActDialog,
  Empty,
  FilterChip,
  formatCount,
  type KnownResource,
  KeyCaps,
  links,
  ListNews,
  listQuery,
  LoadMore,
  Missing,
  PageHead,
  resourceByPath,
  type Row,
  Trail,
  Trouble,
  useCatalog,
  useIsPhone,
  useListNews,
  useListSearch,
  useOrg,
} from '@commonhall/ui'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { t } from '../t.ts'
import classes from './approvals.module.css'
import { Detail } from './Detail.tsx'
import { PickedWeeks } from './PickedWeeks.tsx'
import { QueueCards } from './QueueCards.tsx'
import { QueueTable } from './QueueTable.tsx'
import { useApprovalKeys } from './use-approval-keys.tsx'
import { type Deciding, useDeciding } from './use-deciding.tsx'
import { useQueue } from './use-queue.tsx'

const always = { 'filter[state]': 'submitted', sort: 'submitted_at' }

/** Narrowing the queue to one contractor or program. */
function Filters({ resource }: { resource: KnownResource }) {
  const list = useListSearch()
  return (
    <div className={classes['filters']}>
      {['contractor', 'program', 'week_ending'].map((name) => {
        const field = resource.fields[name]
        if (!field) return null
        const label = labelOf(resource.fields, name)
        return <FilterChip key={name} name={name} field={field} label={label} module={resource.module} list={list} />
      })}
      <span className={classes['keys']} aria-hidden>
        {(['j', 'a', 'r', 'x'] as const).map((key) => (
          <span key={key}>
            <KeyCaps keys={key === 'j' ? 'j k' : key} /> {t(`approvals.keys.${key}`)}
          </span>
        ))}
      </span>
    </div>
  )
}

/** Why it is sent back. */
function Rejecting({ resource, deciding }: { resource: KnownResource; deciding: Deciding }) {
  const reject = resource.acts.find(({ name }) => name === 'reject')
  if (!deciding.rejecting || !reject) return null
  return (
    <ActDialog
      act={reject}
      module={resource.module}
      onClose={() => deciding.ask(undefined)}
      onAct={(values) => deciding.reject(String(values['reason']))}
    />
  )
}

function Queue({ resource }: { resource: KnownResource }) {
  const org = useOrg()
  const isPhone = useIsPhone()
  const { query: asked } = useListSearch()
  const query = { ...always, ...asked }
  const options = listQuery(org, 'hours', query)
  const answer = useInfiniteQuery({ ...options, placeholderData: (before) => before })
  const news = useListNews(org, 'hours', query, options.queryKey)
  const gone = useMemo(() => new Set(news.waiting.gone), [news.waiting.gone])
  const rows = useMemo<readonly Row[]>(() => answer.data?.pages.flatMap((page) => page.data) ?? [], [answer.data])
  const queue = useQueue(rows, gone)
  const deciding = useDeciding(org, queue)
  useApprovalKeys(queue, deciding)
  const total = answer.data?.pages[0]?.total
  const picked = rows.filter(({ id }) => queue.picked.has(id))
  const isEmpty = answer.isSuccess && !rows.length
  const shown = { rows, gone, queue, deciding }
  return (
    <>
      <PageHead
        title={t('approvals.title')}
        trail={<Trail to={links.page(org, 'market-recovery')} label={t('title')} />}
        note={
          <span className={classes['note']}>
            {total === undefined ? null : formatCount(total)}
            <ListNews news={news} plural={t('approvals.newWeeks')} />
          </span>
        }
      />
      <Filters resource={resource} />
      {answer.error ? <Trouble failure={answer.error} onRetry={() => void answer.refetch()} /> : null}
      {answer.isPending ? <Skeleton height={240} /> : null}
      {isEmpty ? <Empty icon="check" title={t('approvals.empty')} text={t('approvals.emptyText')} /> : null}
      {rows.length ? (
        <div className={classes['split']}>
          <section className={classes['queue']} aria-label={isPhone ? t('approvals.queue') : undefined}>
            {isPhone ? <QueueCards {...shown} /> : <QueueTable {...shown} />}
            <LoadMore answer={answer} shown={rows.length} total={total} plural={t('approvals.newWeeks')} />
          </section>
          {isPhone ? null : (
            <aside className={classes['detail']} aria-label={t('approvals.details')}>
              {queue.current ? (
                <Detail key={queue.current.id} row={queue.current} isGone={gone.has(queue.current.id)} {...deciding} />
              ) : (
                <p data-quiet>{t('approvals.choose')}</p>
              )}
            </aside>
          )}
        </div>
      ) : null}
      <PickedWeeks rows={picked} deciding={deciding} onClear={() => queue.pickAll(false)} />
      <Rejecting resource={resource} deciding={deciding} />
    </>
  )
}

/** What awaits approval, oldest first: each week with every factor, decided with one key. */
export default function ApprovalsPage() {
  const resource = resourceByPath(useCatalog(), 'hours')
  return resource ? <Queue resource={resource} /> : <Missing />
}
