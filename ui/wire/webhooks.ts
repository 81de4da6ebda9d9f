import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { call } from './http.ts'
import type { Row } from './records.ts'

export type Format = 'standard' | 'slack' | 'mattermost'

export interface Webhook extends Row {
  readonly name: string
  readonly url: string
  readonly format: Format
  readonly events: readonly string[]
  readonly state: 'active' | 'paused' | 'disabled'
  /** Why it is not active. */
  readonly reason: string | null
  readonly owner: string
  readonly failing_since: string | null
}

/** With its secret, which only the answer to creating and to changing it has. */
export type WithSecret = Webhook & { readonly secret?: string }

export type DeliveryState = 'waiting' | 'delivered' | 'failed'

interface Outcome {
  readonly outcome: string
  readonly said: string
  readonly status: number | null
}

export interface Delivery {
  readonly id: string
  readonly message_id: string
  readonly type: string
  readonly state: DeliveryState
  readonly attempt_count: number
  readonly last: Outcome | null
  readonly created_at: string
  readonly next_at: string | null
}

export interface Attempt extends Outcome {
  readonly n: number
  readonly at: string
  readonly latency_ms: number
  readonly answer: string | null
}

export interface WholeDelivery extends Delivery {
  readonly body: string | null
  readonly attempts: readonly Attempt[]
}

interface DeliveryPage {
  readonly data: readonly Delivery[]
  readonly page: { readonly next: string | null }
  readonly waiting: number
}

export interface EventType {
  readonly type: string
  readonly label: string
  readonly module: string
  readonly resource: string | null
  readonly example: Readonly<Record<string, unknown>>
}

const at = (org: string, path = '') => `/orgs/${org}/webhooks${path}`

const secondsWhileWaiting = 2
const secondsElse = 4

/** What webhooks can be told of. */
export const eventsQuery = (org: string) =>
  queryOptions({
    queryKey: ['org', org, 'webhook-events'],
    queryFn: ({ signal }) =>
      call<{ data: readonly EventType[] }>('GET', `/orgs/${org}/webhook-events`, { signal }).then(({ data }) => data),
    staleTime: 5 * 60_000,
  })

/** The newest message alone. */
export const lastDeliveryQuery = (org: string, id: string) =>
  queryOptions({
    queryKey: ['org', org, 'deliveries', id, 'last'],
    queryFn: ({ signal }) => call<DeliveryPage>('GET', at(org, `/${id}/deliveries`), { query: { limit: 1 }, signal }),
  })

/** Messages of a webhook, newest first; read anew by itself while the page is in sight, sooner while some wait. */
export const deliveriesQuery = (org: string, id: string, state?: DeliveryState) =>
  infiniteQueryOptions({
    queryKey: ['org', org, 'deliveries', id, state ?? 'all'],
    queryFn: ({ pageParam, signal }) =>
      call<DeliveryPage>('GET', at(org, `/${id}/deliveries`), {
        query: { limit: 25, after: pageParam, state },
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: (last) => last.page.next ?? undefined,
    refetchInterval: ({ state: { data } }) => 1000 * (data?.pages[0]?.waiting ? secondsWhileWaiting : secondsElse),
  })

/** One message with its tries, looked at again while it waits. */
export const deliveryQuery = (org: string, id: string, delivery: string, seconds = secondsWhileWaiting) =>
  queryOptions({
    queryKey: ['org', org, 'deliveries', id, 'one', delivery],
    queryFn: ({ signal }) => call<WholeDelivery>('GET', at(org, `/${id}/deliveries/${delivery}`), { signal }),
    refetchInterval: ({ state: { data } }) => (data && data.state !== 'waiting' ? false : seconds * 1000),
  })

export interface WebhookChange {
  readonly name?: string
  readonly url?: string
  readonly format?: Format
  readonly events?: readonly string[]
}

export const createWebhook = (org: string, body: WebhookChange) => call<WithSecret>('POST', at(org), { body })

export const changeWebhook = (org: string, { id, version }: Webhook, body: WebhookChange) =>
  call<Webhook>('PATCH', at(org, `/${id}`), { body, version })

export const deleteWebhook = (org: string, id: string) => call<void>('DELETE', at(org, `/${id}`))

export const actOnWebhook = (org: string, id: string, act: 'pause' | 'resume') =>
  call<Webhook>('POST', at(org, `/${id}/${act}`), { body: {} })

export const rotateSecret = (org: string, id: string) =>
  call<WithSecret>('POST', at(org, `/${id}/rotate`), { body: {} })

export const sendTest = (org: string, id: string) =>
  call<{ delivery: string }>('POST', at(org, `/${id}/test`), { body: {} })

export const replayOne = (org: string, id: string, delivery: string) =>
  call<unknown>('POST', at(org, `/${id}/deliveries/${delivery}/replay`), { body: {} })

export const replaySince = (org: string, id: string, since: string) =>
  call<{ replayed: number }>('POST', at(org, `/${id}/replay`), { body: { since } })
