import { queryOptions } from '@tanstack/react-query'
import { call } from './http.ts'
import type { Row } from './records.ts'

export interface FileRow extends Row {
  readonly name: string
  readonly caption: string | null
  readonly tags: readonly string[]
  /** Full name of the kind of record, `members.member`. */
  readonly resource: string
  readonly record: string | null
  readonly state: 'checking' | 'ready' | 'held'
  /** Why it cannot be opened, as a sentence. */
  readonly because?: string | null
  readonly media_type: string
  readonly size: number
  readonly versions: number
  readonly uploaded_by_name: string
  readonly uploaded_at: string
  readonly previews?: {
    readonly thumbnail: boolean
    readonly view: boolean
    /** How many pages there are pictures of. */
    readonly pages: number
    readonly text: boolean
  }
}

export interface FilePage {
  readonly data: readonly FileRow[]
  readonly page: { readonly next: string | null }
  readonly total?: number
}

export interface FileVersion {
  readonly number: number
  readonly name: string
  readonly size: number
  readonly uploaded_by_name: string
  readonly created_at: string
}

/** What can be kept, and what looks at it. */
export interface FileSettings {
  readonly quota: number
  readonly used: number
  readonly largest: number
  /** By kind of file, endings of names with their media types. */
  readonly types: Readonly<Record<string, { readonly endings: Readonly<Record<string, string>> }>>
  /** Where new files are kept: `disk`, `s3`. */
  readonly store: string
  /** Whether they may be sent there past the server. */
  readonly direct: boolean
  readonly scanner: { readonly state: 'ready' | 'away' | 'none'; readonly without: 'hold' | 'allow' }
}

/** An upload that is under way, as the server has it. */
export interface KnownUpload {
  readonly id: string
  readonly name: string
  readonly size: number
  readonly received: number
  readonly file: string | null
}

const at = (org: string, path = '') => `/orgs/${org}/files${path}`

/** What the files of a record are asked by. */
export interface FilesAsked {
  /** Full name of the kind of record. */
  readonly resource: string
  readonly path: string
  readonly record: string
}

export interface Narrowed {
  readonly sort: string
  readonly tag: string
  readonly limit: number
}

const soon = 1000
const later = 15_000

const isYoung = ({ updated_at }: FileRow) => Date.now() - Date.parse(updated_at) < 60_000

/** Its picture is on its way, as far as its format has one. */
const isUnseen = ({ state, media_type, previews }: FileRow) =>
  state === 'ready' && /^(image\/|text\/|application\/pdf)/.test(media_type) && !previews?.thumbnail && !previews?.text

/** Nobody is told of the end of a check that finds nothing: it is looked for, more seldom when it takes long. */
function untilChecked(rows: readonly FileRow[] = []): number | false {
  const waiting = rows.filter(({ state }) => state === 'checking')
  if (waiting.some(isYoung) || rows.some((row) => isUnseen(row) && isYoung(row))) return soon
  return waiting.length ? later : false
}

const listOf = ({ resource, record }: FilesAsked, query: Record<string, string | number>) => ({
  'filter[resource]': resource,
  'filter[record]': record,
  count: 'exact',
  ...query,
})

/** The files of one record. Read anew by the live channel, as its key tells of what it is about. */
export const filesQuery = (org: string, asked: FilesAsked, { sort, tag, limit }: Narrowed) =>
  queryOptions({
    queryKey: ['org', org, 'files', asked.path, asked.record, { sort, tag, limit }],
    queryFn: ({ signal }) =>
      call<FilePage>('GET', at(org), {
        query: listOf(asked, { sort, limit, ...(tag ? { 'filter[tags]': tag } : {}) }),
        signal,
      }),
    refetchInterval: ({ state }) => untilChecked(state.data?.data),
  })

/** Files that were deleted from a record, and can still be brought back. */
export const deletedFilesQuery = (org: string, asked: FilesAsked) =>
  queryOptions({
    queryKey: ['org', org, 'files', asked.path, asked.record, 'deleted'],
    queryFn: ({ signal }) =>
      call<FilePage>('GET', at(org), { query: listOf(asked, { 'filter[archived]': 'true', limit: 50 }), signal }),
  })

export const fileVersionsQuery = (org: string, { id, versions }: FileRow) =>
  queryOptions({
    queryKey: ['org', org, 'file-versions', id, versions],
    queryFn: ({ signal }) => call<{ data: readonly FileVersion[] }>('GET', at(org, `/${id}/versions`), { signal }),
  })

export const fileTextQuery = (org: string, { id, versions }: FileRow) =>
  queryOptions({
    queryKey: ['org', org, 'file-text', id, versions],
    queryFn: ({ signal }) => call<{ text: string; truncated: boolean }>('GET', at(org, `/${id}/text`), { signal }),
  })

export const fileSettingsQuery = (org: string) =>
  queryOptions({
    queryKey: ['org', org, 'file-settings'],
    queryFn: ({ signal }) => call<FileSettings>('GET', `/orgs/${org}/file-settings`, { signal }),
    staleTime: 60_000,
  })

export interface FileChange {
  readonly name?: string
  readonly caption?: string | null
  readonly tags?: readonly string[]
}

export const changeFile = (org: string, { id, version }: FileRow, body: FileChange) =>
  call<FileRow>('PATCH', at(org, `/${id}`), { body, version })

export const deleteFile = (org: string, { id, version }: FileRow) =>
  call<unknown>('DELETE', at(org, `/${id}`), { version })

export const restoreFile = (org: string, id: string) => call<FileRow>('POST', at(org, `/${id}/restore`), { body: {} })

export const restoreVersion = (org: string, id: string, number: number) =>
  call<FileRow>('POST', at(org, `/${id}/versions/${number}/restore`), { body: {} })

/** An address that downloads the file without signing in, for as long as it says. */
export const linkToFile = (org: string, id: string, minutes: number) =>
  call<{ readonly url: string; readonly expires_at: string }>('POST', at(org, `/${id}/link`), { body: { minutes } })

export const readUpload = (org: string, id: string, signal: AbortSignal) =>
  call<KnownUpload>('GET', `/orgs/${org}/uploads/${id}`, { signal })

/** Where a file is served from; `what` is `thumbnail`, `view`, `pages/2`, or `content`. */
export const filePath = (org: string, { id }: Pick<FileRow, 'id'>, what: string) => at(org, `/${id}/${what}`)

/** The same for a picture. A browser has shown ones in memory: what follows the ? has it ask for the new version. */
export const picture = (org: string, row: FileRow, what: string) =>
  `/api/v1${filePath(org, row, what)}?of=${row.versions}-${Date.parse(row.updated_at)}`
