import { Button, Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { formatCount } from '../fields/format.ts'
import { check } from '../form/draft.ts'
import { links } from '../links.ts'
import { Empty } from '../parts/Empty.tsx'
import { Missing } from '../parts/Fallbacks.tsx'
import { Icon } from '../parts/Icon.tsx'
import { PageHead } from '../parts/PageHead.tsx'
import { Trail } from '../parts/Trail.tsx'
import { Trouble } from '../parts/Trouble.tsx'
import { t } from '../say.ts'
import { type KnownReport, useCatalog } from '../wire/catalog.ts'
import { type Answer, reportPath, reportQuery } from './answer.ts'
import { isFiltered, useAsked, valuesOf } from './asked.ts'
import { Downloads } from './Downloads.tsx'
import { Filters } from './Filters.tsx'
import { MailButton } from './MailButton.tsx'
import classes from './reports.module.css'
import { Table } from './Table.tsx'

const Drawing = lazy(() => import('./Drawing.tsx'))

const pageLength = 500

/** Which rows these are, and the way to the others. */
function Part({ answer, offset }: { answer: Answer; offset: number }) {
  const { search, ask } = useAsked()
  if (!offset && !answer.more) return null
  const go = (to: number) => {
    const { offset: _offset, ...rest } = search
    ask(to > 0 ? { ...rest, offset: String(to) } : rest)
  }
  const params = {
    from: formatCount(offset + 1),
    until: formatCount(offset + answer.rows.length),
    count: formatCount(answer.count),
  }
  return (
    <div className={classes['part']}>
      <p>{t('reports.part', params)}</p>
      <Button variant="default" disabled={!offset} onClick={() => go(offset - pageLength)}>
        {t('reports.earlier')}
      </Button>
      <Button variant="default" disabled={!answer.more} onClick={() => go(offset + pageLength)}>
        {t('reports.further')}
      </Button>
    </div>
  )
}

function Shown({ report, answer, offset }: { report: KnownReport; answer: Answer; offset: number }) {
  const { search, ask } = useAsked()
  const sort = search['sort']?.split(',')[0] ?? report.sort[0] ?? ''
  if (!answer.count) {
    return (
      <Empty icon="chart" title={t('reports.empty')} text={t('reports.emptyText')}>
        {isFiltered(report, search) ? (
          <Button variant="default" onClick={() => ask({})}>
            {t('reports.clear')}
          </Button>
        ) : null}
      </Empty>
    )
  }
  return (
    <>
      {answer.chart && answer.chart.points.length > 1 ? (
        <Suspense fallback={<Skeleton height={220} />}>
          <Drawing chart={answer.chart} columns={answer.columns} module={report.name.split('.')[0] ?? ''} />
        </Suspense>
      ) : null}
      <Table report={report} answer={answer} sort={sort} />
      <Part answer={answer} offset={offset} />
    </>
  )
}

/** Any report: what it asks, its rows with their sums, and its files. */
export function ReportPage() {
  const { org, reports } = useCatalog()
  const { name = '' } = useParams({ strict: false })
  const report = reports.find((one) => one.name === name)
  return report ? <Known key={name} report={report} org={org.slug} zone={org.time_zone} /> : <Missing />
}

function Known({ report, org, zone }: { report: KnownReport; org: string; zone: string | undefined }) {
  const { search } = useAsked()
  const { offset: skipped = '0', sort: _sort, ...said } = search
  const isReady = !check(report.asks, valuesOf(report, search, zone)).errors.length
  const { data, error, isPending, isPlaceholderData, refetch } = useQuery({
    ...reportQuery(org, report.name, search),
    enabled: isReady,
  })
  const { offset: _offset, ...whole } = search
  const hasAsks = report.period || Object.keys(report.asks).length > 0
  return (
    <div className={classes['page']}>
      <PageHead
        title={report.title}
        trail={<Trail to={links.reports(org)} label={t('reports.title')} />}
        note={data && !error ? t('reports.rows', { count: data.count }) : undefined}
      >
        <Downloads path={reportPath(org, report.name)} title={report.title} asked={whole} />
        <MailButton report={report} asked={said} />
        <Button
          variant="default"
          aria-label={t('reports.print')}
          onClick={() => window.print()}
          px="xs"
          title={t('reports.print')}
        >
          <Icon name="print" size={16} />
        </Button>
      </PageHead>
      <p className={classes['purpose']}>{report.purpose}</p>
      {/* Begins anew when the address is another: by Back, by a preset, by clearing. */}
      {hasAsks ? <Filters key={JSON.stringify(search)} report={report} /> : null}
      {isPending && isReady ? <Skeleton height={200} /> : null}
      {error ? <Trouble failure={error} onRetry={() => void refetch()} /> : null}
      {data && !error ? (
        <div data-waiting={isPlaceholderData || undefined} className={classes['shown']}>
          <Shown report={report} answer={data} offset={Number(skipped) || 0} />
        </div>
      ) : null}
    </div>
  )
}
