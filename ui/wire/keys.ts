import { queryOptions } from '@tanstack/react-query'
import { call } from './http.ts'
import type { Row, RowPage } from './records.ts'

export interface Key extends Row {
  readonly name: string
  readonly prefix: string
  readonly owner: string
  readonly owner_name: string
  readonly scopes: readonly string[]
  readonly per_minute: number
  readonly expires_at: string | null
  readonly made_by_name: string | null
  readonly last_used_at: string | null
  readonly last_used_from: string | null
  readonly state: 'active' | 'expired' | 'revoked'
}

const at = (org: string, path: string) => `/orgs/${org}/${path}`

/** Programs that have an account here. */
export const accountsQuery = (org: string) =>
  queryOptions({
    queryKey: ['org', org, 'list', 'users', 'service'],
    queryFn: ({ signal }) =>
      call<RowPage>('GET', at(org, 'users'), {
        query: { 'filter[kind]': 'service', sort: 'name', limit: 200 },
        signal,
      }),
  })

interface WantedKey {
  readonly name: string
  readonly owner: string | null
  readonly scopes: readonly string[]
  readonly expires_on: string | null
  readonly per_minute: number
}

/** The answer alone has the key itself. */
export const createKey = (org: string, body: WantedKey) =>
  call<Key & { readonly key: string }>('POST', at(org, 'api-keys'), { body })

export const revokeKey = (org: string, id: string) => call<void>('DELETE', at(org, `api-keys/${id}`))

export const createAccount = (org: string, body: { name: string; roles: readonly string[] }) =>
  call<Row>('POST', at(org, 'service-accounts'), { body })
