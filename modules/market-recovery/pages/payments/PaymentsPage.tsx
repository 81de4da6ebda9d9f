import { Button, Skeleton } from '@mantine/core'
import {
  Empty,
  Icon,
  isNarrowed,
  type KnownResource,
  links,
  ListPage,
  listQuery,
  LoadMore,
  Missing,
  PageHead,
  resourceByPath,
  Trail,
  Trouble,
  useCatalog,
  useIsPhone,
  useListSearch,
  useOrg,
} from '@commonhall/ui'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import shared from '../pages.module.css'
import { t } from '../t.ts'
import { BatchCards, BatchTable } from './BatchRows.tsx'
import classes from './payments.module.css'
import { Prepare } from './Prepare.tsx'
import { Unpaid } from './Unpaid.tsx'

const shows = ['', 'prepared', 'released', 'exported', 'paid', 'void'] as const

/** Which batches are shown, by the step at which they are. */
function Steps({ org, shown }: { org: string; shown: string }) {
  return (
    <nav className={classes['steps']} aria-label={t('payments.steps')}>
      {shows.map((step) => (
        <Link
          key={step}
          {...links.page(org, 'payments', step ? { show: step } : {})}
          aria-current={shown === step ? 'page' : undefined}
          data-on={shown === step || undefined}
        >
          {t(`payments.show.${step || 'all'}`)}
        </Link>
      ))}
      <Link {...links.page(org, 'payments', { show: 'payments' })}>{t('payments.single')}</Link>
    </nav>
  )
}

function Batches({ resource }: { resource: KnownResource }) {
  const org = useOrg()
  const isPhone = useIsPhone()
  const { search } = useListSearch()
  const shown = shows.find((step) => step && step === search['show']) ?? ''
  const [isPreparing, setPreparing] = useState(false)
  const query = shown ? { 'filter[state]': shown } : {}
  const answer = useInfiniteQuery({ ...listQuery(org, resource.path, query), placeholderData: (before) => before })
  const rows = answer.data?.pages.flatMap((page) => page.data) ?? []
  const mayPrepare = resource.permissions.create === true
  const prepare = (
    <Button leftSection={<Icon name="plus" size={16} />} onClick={() => setPreparing(true)}>
      {t('payments.prepare')}
    </Button>
  )
  const Rows = isPhone ? BatchCards : BatchTable
  return (
    <>
      <PageHead
        title={t('payments.title')}
        trail={<Trail to={links.page(org, 'market-recovery')} label={t('title')} />}
      >
        {mayPrepare ? prepare : null}
      </PageHead>
      <Unpaid />
      <section className={shared['section']}>
        <h2 id="batches">{resource.plural}</h2>
        <Steps org={org} shown={shown} />
        {answer.error ? <Trouble failure={answer.error} onRetry={() => void answer.refetch()} /> : null}
        {answer.isPending ? <Skeleton height={160} /> : null}
        {answer.isSuccess && !rows.length ? (
          <Empty icon="money" title={t('payments.none')} text={t('payments.noneText')} isSmall />
        ) : null}
        {rows.length ? <Rows resource={resource} rows={rows} /> : null}
        {rows.length ? (
          <LoadMore
            answer={answer}
            shown={rows.length}
            total={answer.data?.pages[0]?.total}
            plural={resource.plural.toLowerCase()}
          />
        ) : null}
      </section>
      {isPreparing ? <Prepare resource={resource} onClose={() => setPreparing(false)} /> : null}
    </>
  )
}

/** What is paid: batches, from being prepared to being paid. Single payments are a list of their own beside it. */
export default function PaymentsPage() {
  const catalog = useCatalog()
  const org = catalog.org.slug
  const { search } = useListSearch()
  const [batches, payments] = [resourceByPath(catalog, 'payment-batches'), resourceByPath(catalog, 'payments')]
  const isSingle = !batches || search['show'] === 'payments' || isNarrowed(search)
  if (isSingle && payments) {
    const trail = batches ? <Trail to={links.page(org, 'payments')} label={batches.plural} /> : undefined
    return <ListPage resource={payments} trail={trail} />
  }
  return batches ? <Batches resource={batches} /> : <Missing />
}
