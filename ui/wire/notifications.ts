import { queryOptions } from '@tanstack/react-query'
import { call } from './http.ts'

export const paces = ['now', 'daily', 'weekly', 'off'] as const

export type Pace = (typeof paces)[number]

/** A kind of news, and how it reaches the person. */
export interface NewsKind {
  readonly kind: string
  readonly label: string
  readonly module: string
  readonly inbox: boolean
  readonly mail: Pace
  /** Nobody can switch it off. */
  readonly always: boolean
}

export interface Quiet {
  /** `21:00`. */
  readonly from: string
  readonly until: string
}

export interface NotificationSettings {
  readonly kinds: readonly NewsKind[]
  readonly digest: { readonly hour: number; readonly weekday: number }
  readonly quiet: Quiet | null
  readonly time_zone: string
  readonly time_zones: readonly string[]
  /** Nothing by mail but what everybody gets. */
  readonly no_mail: boolean
}

export interface SettingsChange {
  readonly kinds?: readonly (Pick<NewsKind, 'kind'> & Partial<NewsKind>)[]
  readonly digest?: Partial<NotificationSettings['digest']>
  readonly quiet?: Quiet | null
  readonly time_zone?: string
  readonly no_mail?: boolean
}

export const settingsQuery = (org: string) =>
  queryOptions({
    queryKey: ['org', org, 'notification-settings'],
    queryFn: ({ signal }) => call<NotificationSettings>('GET', `/orgs/${org}/notification-settings`, { signal }),
  })

export const changeSettings = (org: string, body: SettingsChange) =>
  call<NotificationSettings>('PATCH', `/orgs/${org}/notification-settings`, { body })

/** What the link of a mail would stop, and whether it is stopped. */
export interface Unsubscription {
  readonly org: string
  readonly label: string
  readonly email: string
  readonly unsubscribed: boolean
  /** All mail of the organization is off. */
  readonly all: boolean
  readonly still: readonly string[]
}

const at = (token: string) => `/unsubscribe/${encodeURIComponent(token)}`

export const unsubscriptionQuery = (token: string) =>
  queryOptions({
    queryKey: ['unsubscribe', token],
    queryFn: ({ signal }) => call<Unsubscription>('GET', at(token), { signal }),
    refetchOnWindowFocus: false,
  })

export const unsubscribe = (token: string) => call<Unsubscription>('POST', at(token), { body: {} })

export const unsubscribeFromAll = (token: string) => call<Unsubscription>('POST', at(token), { body: { all: true } })

export const subscribeAgain = (token: string) => call<Unsubscription>('DELETE', at(token))
