import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import type { OrgKind } from '@commonhall/kernel'
import type { Allowed } from './catalog.ts'
import { client } from './client.ts'
import { call } from './http.ts'

/** An org as a host sees it: what it is and how much it has, never what is in it. */
export interface HostedOrg {
  readonly slug: string
  readonly name: string
  readonly kind: OrgKind
  readonly accent: string
  readonly time_zone: string
  readonly state: 'active' | 'suspended'
  readonly suspended_at: string | null
  readonly suspended_because: string | null
  readonly created_at: string
  readonly modules: readonly { readonly name: string; readonly label: string }[]
  readonly has_admin: boolean
  readonly people: number
  readonly records: readonly { readonly name: string; readonly label: string; readonly count: number }[]
  readonly changes: number
  readonly bytes: number
  readonly counted_at: string | null
  readonly last_act_at: string | null
}

export interface ModuleSwitch {
  readonly name: string
  readonly label: string
  readonly purpose: string
  readonly is_on: boolean
  readonly can: Allowed
}

export interface CountedDay {
  readonly on: string
  readonly people: number
  readonly records: number
  readonly changes: number
  readonly bytes: number
  readonly file_bytes: number
}

export interface WholeOrg extends HostedOrg {
  /** What its files come to, and what they may. */
  readonly files: {
    readonly bytes: number
    readonly quota: number
    readonly usual_quota: number
    readonly is_own: boolean
  }
  readonly switches: readonly ModuleSwitch[]
  readonly days: readonly CountedDay[]
}

export interface HostAct {
  readonly id: string
  readonly at: string
  readonly host_name: string
  readonly act: string
  /** Null: it was about work of the house itself. */
  readonly org: string | null
  readonly old: Readonly<Record<string, unknown>>
  readonly new: Readonly<Record<string, unknown>>
}

export interface Presets {
  readonly data: readonly {
    readonly kind: OrgKind
    readonly label: string
    readonly accent: string
    readonly time_zone: string
    readonly roles: readonly string[]
    readonly modules: readonly string[]
  }[]
  readonly modules: readonly {
    readonly name: string
    readonly label: string
    readonly purpose: string
    readonly needs: readonly string[]
  }[]
  readonly accents: readonly string[]
}

export interface Health {
  readonly version: string
  readonly node: string
  readonly started_at: string
  readonly memory_bytes: number
  readonly orgs: { readonly all: number; readonly suspended: number }
  readonly people: number
  readonly sessions: number
  readonly database: {
    readonly version: string
    readonly bytes: number
    readonly connections: number
    readonly most_connections: number
    readonly ms: number
  }
  readonly queue: {
    readonly waiting: number
    readonly running: number
    readonly failed: number
    readonly oldest_waiting_at: string | null
    readonly jobs: readonly {
      readonly name: string
      readonly label: string
      readonly waiting: number
      readonly failed: number
    }[]
  }
  readonly mails: {
    readonly waiting: number
    readonly oldest_seconds: number | null
    readonly failed_last_hour: number
  }
  readonly webhooks: { readonly waiting: number; readonly disabled: number }
  readonly mail: string
  readonly files: {
    readonly bytes: number
    readonly store: string
    readonly store_state: 'ready' | 'away'
    readonly scanner: 'ready' | 'away' | 'none'
    readonly without_scanner: 'hold' | 'allow'
  }
  readonly storage: { readonly free_bytes: number; readonly bytes: number } | null
  readonly migrations: { readonly count: number; readonly last_at: string | null }
}

interface PageOf<Item> {
  readonly data: readonly Item[]
  readonly page: { readonly next: string | null }
}

const next = { initialPageParam: '', getNextPageParam: (last: PageOf<unknown>) => last.page.next ?? undefined }

export const hostedOrgsQuery = (q: string, state: string) =>
  infiniteQueryOptions({
    queryKey: ['host', 'orgs', q, state],
    queryFn: ({ pageParam, signal }) =>
      call<PageOf<HostedOrg>>('GET', '/host/orgs', { query: { q, state, limit: 50, after: pageParam }, signal }),
    ...next,
  })

export const hostedOrgQuery = (slug: string) =>
  queryOptions({
    queryKey: ['host', 'org', slug],
    queryFn: ({ signal }) => call<WholeOrg>('GET', `/host/orgs/${slug}`, { signal }),
  })

/** What hosts did, to one org or to all. */
export const hostActsQuery = (org: string) =>
  infiniteQueryOptions({
    queryKey: ['host', 'acts', org],
    queryFn: ({ pageParam, signal }) =>
      call<PageOf<HostAct>>('GET', '/host/acts', { query: { org, limit: org ? 12 : 50, after: pageParam }, signal }),
    ...next,
  })

export const presetsQuery = queryOptions({
  queryKey: ['host', 'presets'],
  queryFn: ({ signal }) => call<Presets>('GET', '/host/presets', { signal }),
  staleTime: Infinity,
})

export const healthQuery = queryOptions({
  queryKey: ['host', 'health'],
  queryFn: ({ signal }) => call<Health>('GET', '/host/health', { signal }),
  refetchInterval: 15_000,
})

type Body = Readonly<Record<string, unknown>>

/** What came back is the org as it is now; lists and the journal are asked for again. */
async function kept(org: WholeOrg): Promise<WholeOrg> {
  client.setQueryData(hostedOrgQuery(org.slug).queryKey, org)
  await Promise.all(['orgs', 'acts'].map((part) => client.invalidateQueries({ queryKey: ['host', part] })))
  return org
}

export const foundOrg = async (body: Body) => kept(await call<WholeOrg>('POST', '/host/orgs', { body }))

export const changeOrg = async (slug: string, body: Body) =>
  kept(await call<WholeOrg>('PATCH', `/host/orgs/${slug}`, { body }))

export type HostActName = 'switch-on' | 'switch-off' | 'suspend' | 'resume' | 'count' | 'invite-admin' | 'file-quota'

export const actOnOrg = async (slug: string, act: HostActName, body: Body = {}) =>
  kept(await call<WholeOrg>('POST', `/host/orgs/${slug}/${act}`, { body }))
