import { Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { formatInstant } from '../fields/format.ts'
import { ActButton } from '../parts/ActButton.tsx'
import { ScrollRegion } from '../parts/ScrollRegion.tsx'
import { toast, toastFailure } from '../parts/toast.tsx'
import { Trouble } from '../parts/Trouble.tsx'
import { t } from '../say.ts'
import { type Allowed, useOrg } from '../wire/catalog.ts'
import { client } from '../wire/client.ts'
import { type Attempt, deliveryQuery, replayOne, type Webhook, type WholeDelivery } from '../wire/webhooks.ts'
import classes from './deliveries.module.css'
import { duration } from './standing.ts'

/** The text as it went out, made easy to read. */
function pretty(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2)
  } catch {
    return body
  }
}

function Sent({ delivery, webhook }: { delivery: WholeDelivery; webhook: Webhook }) {
  const isMade = delivery.attempt_count > 0
  const name = webhook.titles?.['owner'] ?? ''
  return (
    <section>
      <h3>{t('deliveries.whatWasSent')}</h3>
      {delivery.body ? (
        <ScrollRegion className={classes['code']} label={t('deliveries.whatWasSent')}>
          <pre>{pretty(delivery.body)}</pre>
        </ScrollRegion>
      ) : (
        <p data-quiet>{isMade ? t('deliveries.notShown', { name }) : t('deliveries.notMade')}</p>
      )}
      <p data-quiet>{t('deliveries.messageId', { id: delivery.message_id })}</p>
    </section>
  )
}

const AttemptLine = ({ attempt: { n, at, said, latency_ms: ms, answer, outcome, status } }: { attempt: Attempt }) => (
  <li data-good={outcome === 'delivered' || undefined}>
    <p>
      <b>{status && outcome === 'delivered' ? `${said} (${status})` : said}</b>{' '}
      <span data-quiet>
        {formatInstant(at)}, {t('deliveries.took', { time: duration(ms) })}
      </span>
    </p>
    {answer ? (
      <ScrollRegion className={classes['code']} label={t('deliveries.answer', { n })}>
        <pre>{answer}</pre>
      </ScrollRegion>
    ) : status ? (
      <p data-quiet>{t('deliveries.noAnswer')}</p>
    ) : null}
  </li>
)

interface DeliveryDetailProps {
  webhook: Webhook
  id: string
  allowed: Allowed
}

/** One message: what was sent, what came of each try, and sending it again. */
export function DeliveryDetail({ webhook, id, allowed }: DeliveryDetailProps) {
  const org = useOrg()
  const [isBusy, setBusy] = useState(false)
  const { data, error, refetch } = useQuery(deliveryQuery(org, webhook.id, id))
  if (error && !data) return <Trouble failure={error} onRetry={() => void refetch()} />
  if (!data) return <Skeleton height={120} aria-busy />
  const again = async () => {
    setBusy(true)
    try {
      await replayOne(org, webhook.id, id)
      toast(t('deliveries.againToast'))
      await client.invalidateQueries({ queryKey: ['org', org, 'deliveries', webhook.id] })
    } catch (failure) {
      toastFailure(failure)
    }
    setBusy(false)
  }
  return (
    <div className={classes['detail']}>
      {data.attempts.length ? (
        <section aria-label={t('deliveries.attempts')}>
          <h3>{t('deliveries.attempts')}</h3>
          <ol>
            {data.attempts.map((attempt) => (
              <AttemptLine key={attempt.n} attempt={attempt} />
            ))}
          </ol>
        </section>
      ) : null}
      <Sent delivery={data} webhook={webhook} />
      <ActButton variant="default" size="compact-sm" allowed={allowed} loading={isBusy} onClick={() => void again()}>
        {t('deliveries.again')}
      </ActButton>
    </div>
  )
}
