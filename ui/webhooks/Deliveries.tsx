import { Button, SegmentedControl, Skeleton } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Trouble } from '../parts/Trouble.tsx'
import { t } from '../say.ts'
import { type Allowed, useOrg } from '../wire/catalog.ts'
import { deliveriesQuery, type DeliveryState, type EventType, type Webhook } from '../wire/webhooks.ts'
import { DeliveryLine } from './DeliveryLine.tsx'
import classes from './deliveries.module.css'
import { SendAgain } from './SendAgain.tsx'

const states = ['all', 'waiting', 'delivered', 'failed'] as const

interface DeliveriesProps {
  row: Webhook
  events: readonly EventType[] | undefined
  allowed: Allowed
}

/** What was sent, what waits, and what was given up; each opens to its text and its tries. */
export function Deliveries({ row, events, allowed }: DeliveriesProps) {
  const [state, setState] = useState<(typeof states)[number]>('all')
  const [open, setOpen] = useState('')
  const wanted: DeliveryState | undefined = state === 'all' ? undefined : state
  const answer = useInfiniteQuery(deliveriesQuery(useOrg(), row.id, wanted))
  const rows = answer.data?.pages.flatMap(({ data }) => data)
  return (
    <section className={classes['deliveries']} aria-labelledby="deliveries">
      <header>
        <div>
          <h2 id="deliveries">{t('deliveries.title')}</h2>
          <p data-quiet>{t('deliveries.text')}</p>
        </div>
        <SendAgain row={row} allowed={allowed} />
      </header>
      <SegmentedControl
        size="xs"
        aria-label={t('deliveries.filter')}
        value={state}
        data={states.map((value) => ({ value, label: t(`deliveries.${value}`) }))}
        onChange={(next) => setState(next)}
      />
      {rows?.length ? (
        <ul aria-label={t('deliveries.title')}>
          {rows.map((one) => (
            <DeliveryLine
              key={one.id}
              webhook={row}
              delivery={one}
              events={events}
              allowed={allowed}
              isOpen={open === one.id}
              onToggle={() => setOpen(open === one.id ? '' : one.id)}
            />
          ))}
        </ul>
      ) : rows ? (
        <p className={classes['none']}>{t(wanted ? 'deliveries.noneOf' : 'deliveries.none')}</p>
      ) : answer.error ? (
        <Trouble failure={answer.error} onRetry={() => void answer.refetch()} />
      ) : (
        <Skeleton height={160} aria-busy />
      )}
      {answer.hasNextPage ? (
        <Button
          variant="subtle"
          color="gray"
          size="compact-sm"
          loading={answer.isFetchingNextPage}
          onClick={() => void answer.fetchNextPage()}
        >
          {t('deliveries.older')}
        </Button>
      ) : null}
    </section>
  )
}
