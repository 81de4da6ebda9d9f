import { spellTitle } from '@commonhall/kernel'
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { formatValue } from '../fields/format.ts'
import type { Allowed, KnownResource } from './catalog.ts'
import { call, type Query } from './http.ts'

/** A record as the API answers it. */
export interface Row {
  readonly id: string
  readonly version: number
  readonly created_at: string
  readonly updated_at: string
  readonly archived_at?: string | null
  /** What the records are called to which this one points, by field. */
  readonly titles?: Readonly<Record<string, string>>
  /** Which acts are open on it, or why not. */
  readonly can?: Readonly<Record<string, Allowed>>
  readonly [field: string]: unknown
}

export interface RowPage {
  readonly data: readonly Row[]
  readonly page: { readonly next: string | null }
  readonly total?: number
}

/** One line of the trail, or of a record's history, which tells less. */
export interface Change {
  readonly id: string
  readonly at: string
  readonly kind?: 'change' | 'sign-in' | 'denied' | 'read'
  readonly actor_name: string | null
  readonly act: string
  readonly resource: string
  readonly record: string | null
  readonly title?: string | null
  readonly changes: Readonly<Record<string, readonly [unknown, unknown]>> | null
  /** What the line tells where it is about no change. */
  readonly detail?: Readonly<Record<string, unknown>> | null
  /** What the records are called to which it points, by id. */
  readonly titles?: Readonly<Record<string, string | null>>
  readonly via?: string | null
  readonly address?: string | null
  readonly cause?: string | null
  readonly request_id?: string | null
  readonly sealed_in?: number | null
}

export interface ChangePage {
  readonly data: readonly Change[]
  readonly page: { readonly next: string | null }
}

const at = (org: string, path: string) => `/orgs/${org}/${path}`

/** One list, page by page, as the search of the address asks for it. */
export const listQuery = (org: string, path: string, query: Query, limit = 50) =>
  infiniteQueryOptions({
    queryKey: ['org', org, 'list', path, query, limit],
    queryFn: ({ pageParam, signal }) =>
      call<RowPage>('GET', at(org, path), {
        query: { ...query, limit, ...(pageParam ? { after: pageParam } : { count: 'exact' }) },
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: (last) => last.page.next ?? undefined,
  })

export const recordQuery = (org: string, path: string, id: string) =>
  queryOptions({
    queryKey: ['org', org, 'record', path, id],
    queryFn: ({ signal }) => call<Row>('GET', `${at(org, path)}/${id}`, { signal }),
  })

/** What has happened to one record, for everybody who may read it, newest first. */
export const historyQuery = (org: string, path: string, id: string, limit = 10) =>
  infiniteQueryOptions({
    queryKey: ['org', org, 'changes', path, id],
    queryFn: ({ pageParam, signal }) =>
      call<ChangePage>('GET', `${at(org, path)}/${id}/history`, { query: { limit, after: pageParam }, signal }),
    initialPageParam: '',
    getNextPageParam: (last) => last.page.next ?? undefined,
  })

/** What has happened in the whole org, newest first. */
export const changesQuery = (org: string, query: Query) =>
  infiniteQueryOptions({
    queryKey: ['org', org, 'changes', query],
    queryFn: ({ pageParam, signal }) =>
      call<ChangePage>('GET', at(org, 'audit'), {
        query: { sort: '-at', limit: 20, ...query, after: pageParam },
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: (last) => last.page.next ?? undefined,
  })

type Values = Readonly<Record<string, unknown>>

export const createRecord = (org: string, path: string, body: Values) => call<Row>('POST', at(org, path), { body })

export const updateRecord = (org: string, path: string, row: Pick<Row, 'id' | 'version'>, body: Values) =>
  call<Row>('PATCH', `${at(org, path)}/${row.id}`, { body, version: row.version })

export const archiveRecord = (org: string, path: string, row: Pick<Row, 'id' | 'version'>) =>
  call<Row | undefined>('DELETE', `${at(org, path)}/${row.id}`, { version: row.version })

export const restoreRecord = (org: string, path: string, id: string) =>
  call<Row>('POST', `${at(org, path)}/${id}/restore`, { body: {} })

export const actOn = (org: string, path: string, id: string, act: string, body: Values) =>
  call<Row>('POST', `${at(org, path)}/${id}/${act}`, { body })

export interface ManyDone {
  readonly done: readonly string[]
  readonly refused: readonly { readonly id: string; readonly reason: string }[]
}

export const actOnMany = (org: string, path: string, act: string, ids: readonly string[], asked: Values = {}) =>
  call<ManyDone>('POST', `${at(org, path)}/${act}`, { body: { ids, ...asked } })

/** How a record is called, from its own fields. */
export function titleOf(
  resource: Pick<KnownResource, 'title' | 'label' | 'fields' | 'module'>,
  row: Row | undefined,
): string {
  if (!row) return resource.label
  const said = (name: string) => formatValue(resource.fields[name], row[name], row.titles?.[name], resource.module)
  return spellTitle(resource.title, said).trim() || resource.label
}
