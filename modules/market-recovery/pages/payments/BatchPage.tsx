import { Skeleton } from '@mantine/core'
import {
  formatDate,
  type KnownResource,
  links,
  listQuery,
  LoadMore,
  RecordPage,
  resourceByPath,
  type Row,
  Trouble,
  useCatalog,
  useOrg,
} from '@commonhall/ui'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { hours, money } from '../amounts.ts'
import shared from '../pages.module.css'
import { t } from '../t.ts'
import { PaymentRows } from './PaymentRows.tsx'
import classes from './payments.module.css'
import { TakeFile } from './TakeFile.tsx'

/** What the batch comes to, and what happens next. */
function Amount({ row }: { row: Row }) {
  const state = String(row['state']) as 'prepared' | 'released' | 'exported' | 'paid' | 'void'
  return (
    <section className={shared['section']} aria-label={t('payments.column.subsidy')}>
      <p className={classes['amount']}>
        <b>{money(String(row['subsidy']))}</b>{' '}
        {t('payments.of', { count: Number(row['payments']), hours: hours(String(row['hours'])) })}
      </p>
      <p className={shared['quiet']}>
        {t('payments.period', {
          from: formatDate(String(row['period_from_on'])),
          until: formatDate(String(row['period_until_on'])),
        })}{' '}
        {t(`payments.next.${state}`)} {row['reason'] ? String(row['reason']) : null}
      </p>
      {Number(row['carried']) ? (
        <p className={shared['quiet']}>{t('payments.carried', { count: Number(row['carried']) })}</p>
      ) : null}
    </section>
  )
}

/** Its payments, all of them, many of them marked at once. */
function Payments({ row }: { row: Row }) {
  const org = useOrg()
  const resource = resourceByPath(useCatalog(), 'payments')
  const query = { 'filter[batch]': row.id, sort: 'number' }
  const answer = useInfiniteQuery({ ...listQuery(org, 'payments', query, 100), enabled: !!resource })
  const rows = answer.data?.pages.flatMap((page) => page.data) ?? []
  if (!resource) return null
  return (
    <section className={shared['section']}>
      <header>
        <h2 id="payments">{resource.plural}</h2>
        <Link {...links.page(org, 'payments', query)}>{t('payments.asList')}</Link>
      </header>
      {answer.error ? <Trouble failure={answer.error} onRetry={() => void answer.refetch()} /> : null}
      {answer.isPending ? <Skeleton height={120} /> : null}
      {rows.length ? <PaymentRows resource={resource} rows={rows} /> : null}
      {rows.length ? (
        <LoadMore
          answer={answer}
          shown={rows.length}
          total={answer.data?.pages[0]?.total}
          plural={resource.plural.toLowerCase()}
        />
      ) : null}
    </section>
  )
}

const Money = ({ row }: { row: Row }) => (
  <>
    <Amount row={row} />
    <Payments row={row} />
  </>
)

const TakeIt = ({ row }: { row: Row }) => <TakeFile row={row} size="sm" />

const told = [
  'number',
  'state',
  'payments',
  'hours',
  'subsidy',
  'carried',
  'reason',
  'period_from_on',
  'period_until_on',
]

/** A batch: what it comes to first, then every payment in it. */
export default function BatchPage({ resource }: { resource: KnownResource }) {
  return (
    <RecordPage resource={resource} Above={Money} Acts={TakeIt} hides={told} without={['market-recovery.payment']} />
  )
}
