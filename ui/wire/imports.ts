import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { client } from './client.ts'
import { call } from './http.ts'

export type ImportState = 'reading' | 'ready' | 'trying' | 'running' | 'done' | 'undoing' | 'undone' | 'failed'

/** An import in a list: what it is and how far it is. */
export interface ImportLine {
  readonly id: string
  readonly created_at: string
  readonly created_by_name: string | null
  readonly resource: string
  readonly file_name: string
  readonly state: ImportState
  readonly error: string | null
  readonly format: 'csv' | 'xlsx' | null
  readonly encoding: string | null
  readonly delimiter: string | null
  readonly header_row: number | null
  readonly date_order: DateOrder | null
  readonly date_order_certain: boolean
  readonly rows: number
  readonly done: number
  readonly imported: number
  readonly refused: number
  readonly removed: number
  readonly kept_count: number
  readonly tried_at: string | null
  readonly finished_at: string | null
}

export type DateOrder = 'mdy' | 'dmy' | 'ymd'

export interface ImportColumn {
  readonly heading: string
  readonly to: string | null
}

/** An import by itself, with what is needed to map its columns and to judge what became of it. */
export interface Import extends ImportLine {
  readonly sample: readonly (readonly string[])[]
  readonly mapping: { readonly columns: readonly ImportColumn[] }
  readonly constants: readonly { readonly field: string; readonly label: string; readonly value: string }[]
  readonly missing: readonly string[]
  readonly targets: readonly {
    readonly to: string
    readonly label: string
    readonly required: boolean
    readonly closed: string | null
  }[]
  readonly kept: readonly { readonly record: string; readonly title: string; readonly reason: string }[]
}

export interface Fault {
  readonly row: number
  readonly column: string | null
  readonly value: string | null
  readonly message: string
}

interface PageOf<Item> {
  readonly data: readonly Item[]
  readonly page: { readonly next: string | null }
}

const at = (org: string, id = '') => `/orgs/${org}/imports${id && `/${id}`}`

export const isBusy = ({ state }: Pick<ImportLine, 'state'>) =>
  ['reading', 'trying', 'running', 'undoing'].includes(state)

/** One import, looked at again and again while the server works on it. */
export const importQuery = (org: string, id: string) =>
  queryOptions({
    queryKey: ['org', org, 'import', id],
    queryFn: ({ signal }) => call<Import>('GET', at(org, id), { signal }),
    refetchInterval: ({ state: { data } }) => (data && isBusy(data) ? 600 : false),
  })

export const importsQuery = (org: string) =>
  infiniteQueryOptions({
    queryKey: ['org', org, 'imports'],
    queryFn: ({ pageParam, signal }) =>
      call<PageOf<ImportLine>>('GET', at(org), { query: { limit: 50, after: pageParam }, signal }),
    initialPageParam: '',
    getNextPageParam: (last) => last.page.next ?? undefined,
  })

/** What was refused; read anew after each try, which is what `stamp` tells apart. */
export const faultsQuery = (org: string, id: string, stamp: string) =>
  infiniteQueryOptions({
    queryKey: ['org', org, 'faults', id, stamp],
    queryFn: ({ pageParam, signal }) =>
      call<PageOf<Fault>>('GET', `${at(org, id)}/refusals`, { query: { limit: 50, after: pageParam }, signal }),
    initialPageParam: '',
    getNextPageParam: (last) => last.page.next ?? undefined,
  })

/** Sends a file. The list it is for goes first, so that the server can judge before it reads. */
export function sendFile(org: string, resource: string, file: File) {
  const body = new FormData()
  body.append('resource', resource)
  body.append('file', file)
  return call<Import>('POST', at(org), { body })
}

export type ImportChange =
  | { mapping: { columns: readonly ImportColumn[] } }
  | { mapping: { constants: Readonly<Record<string, string | null>> } }
  | { date_order: DateOrder }

const keep = (org: string, row: Import) => {
  client.setQueryData(importQuery(org, row.id).queryKey, row)
  return row
}

export const changeImport = async (org: string, id: string, body: ImportChange) =>
  keep(org, await call<Import>('PATCH', at(org, id), { body }))

/** Starts what takes a while; how far it is shows up in the import itself. */
export const startImport = async (org: string, id: string, act: 'dry-run' | 'run' | 'undo') =>
  keep(org, await call<Import>('POST', `${at(org, id)}/${act}`))

/** A record that an import made, with the row that it came from. */
export interface Brought {
  readonly row: number
  readonly record: string
  readonly title: string
  readonly state: string | null
}

/** What an import has brought in, a page at a time: as many as can be acted on at once. */
export const broughtPage = (org: string, id: string, after: string) =>
  call<PageOf<Brought>>('GET', `${at(org, id)}/records`, { query: { limit: 200, after } })

export const refusedFile = (org: string, id: string) => `/api/v1${at(org, id)}/refused.csv`
