import { formatAgo } from '../fields/format.ts'
import type { Tone } from '../parts/State.tsx'
import { t } from '../say.ts'
import type { Delivery, DeliveryState, EventType, Webhook } from '../wire/webhooks.ts'

/** How a webhook stands, in two words. */
export function standing({ state, failing_since: since }: Webhook): { tone: Tone; word: string } {
  if (state === 'active' && since) return { tone: 'bad', word: t('webhooks.failing') }
  const tones = { active: 'good', paused: 'idle', disabled: 'bad' } as const
  return { tone: tones[state], word: t(`webhooks.state.${state}`) }
}

const testType = 'webhook.test'

const tones: Readonly<Record<DeliveryState, Tone>> = { waiting: 'warn', delivered: 'good', failed: 'bad' }

/** A test is sent once; nothing was given up with it. */
export const deliveryStanding = ({ state, type }: Delivery) => ({
  tone: tones[state],
  word: t(type === testType && state === 'failed' ? 'deliveries.notArrived' : `deliveries.${state}`),
})

/** What an event is called; one whose module is off is known by its type alone. */
export const eventLabel = (events: readonly EventType[] | undefined, type: string): string =>
  type === testType ? t('deliveries.test') : (events?.find((one) => one.type === type)?.label ?? type)

/** When a message that waits is tried next. */
export function nextTry({ next_at: at }: Delivery, webhook: Webhook, now = Date.now()): string {
  if (webhook.state !== 'active') return t('deliveries.whenResumed')
  // Below that "in 0 minutes" would be read, and it is done before one has read it.
  if (!at || Date.parse(at) - now < 50_000) return t('deliveries.nextSoon')
  return t('deliveries.nextTry', { when: formatAgo(at, now) })
}

/** "35 ms", "1.4 s". */
export const duration = (ms: number): string =>
  ms < 1000
    ? t('deliveries.milliseconds', { count: ms })
    : t('deliveries.seconds', { count: Math.round(ms / 100) / 10 })

/** The place that an address leads to, without the part of it that is secret. */
export const hostOf = (url: string): string => URL.parse(url)?.host ?? url
