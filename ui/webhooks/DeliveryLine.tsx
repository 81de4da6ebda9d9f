import { useId } from 'react'
import { Ago } from '../parts/Ago.tsx'
import { Icon } from '../parts/Icon.tsx'
import { State } from '../parts/State.tsx'
import { t } from '../say.ts'
import type { Allowed } from '../wire/catalog.ts'
import type { Delivery, EventType, Webhook } from '../wire/webhooks.ts'
import classes from './deliveries.module.css'
import { DeliveryDetail } from './DeliveryDetail.tsx'
import { deliveryStanding, eventLabel, nextTry } from './standing.ts'

interface DeliveryLineProps {
  webhook: Webhook
  delivery: Delivery
  events: readonly EventType[] | undefined
  allowed: Allowed
  isOpen: boolean
  onToggle: () => void
}

/** What came of it, in a line; the state beside it says already that it was delivered. */
function outcomeOf({ state, last, attempt_count: count }: Delivery): string {
  if (!last) return t('deliveries.notTried')
  const said = state === 'delivered' ? t('deliveries.answered', { status: last.status }) : last.said
  return count > 1 ? `${said} · ${t('deliveries.tries', { count })}` : said
}

/** One message in a line; the whole line opens it. */
export function DeliveryLine({ webhook, delivery, events, allowed, isOpen, onToggle }: DeliveryLineProps) {
  const id = useId()
  const { tone, word } = deliveryStanding(delivery)
  return (
    <li>
      <button type="button" className={classes['line']} aria-expanded={isOpen} aria-controls={id} onClick={onToggle}>
        <State tone={tone}>{word}</State>
        <span className={classes['event']}>{eventLabel(events, delivery.type)}</span>
        <span className={classes['when']}>
          <Ago at={delivery.created_at} />
        </span>
        <span className={classes['outcome']}>
          <span>{outcomeOf(delivery)}</span>
          {delivery.state === 'waiting' ? <span>{nextTry(delivery, webhook)}</span> : null}
        </span>
        <Icon name={isOpen ? 'down' : 'chevron'} size={14} />
      </button>
      <div id={id} hidden={!isOpen}>
        {isOpen ? <DeliveryDetail webhook={webhook} id={delivery.id} allowed={allowed} /> : null}
      </div>
    </li>
  )
}
