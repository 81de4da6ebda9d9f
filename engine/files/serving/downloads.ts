import { refuse, say } from '@commonhall/kernel'
import type { Caller } from '../../caller.ts'
import type { Engine } from '../../engine.ts'
import { isPicture, mostPages } from '../previews/kinds.ts'
import { addressOf } from '../previews/make.ts'
import type { Previews } from '../previews/previews.ts'
import type { Download } from './send.ts'
import { sentAs } from './send.ts'
import type { Served } from './served.ts'

/** What serving works with. */
export interface Serving {
  readonly engine: Engine
  readonly previews: Previews
}

type Bytes = Omit<Download, 'prove' | 'note'>

const workOf = ({ access }: Caller) => ({ org: access.orgId, requestId: access.requestId })

/**
 * The contents of a file, for a download. A picture tells where it was taken, and more: as it is, it goes to those who
 * may change the files of the record, and a copy without that to all others.
 */
export async function contentDownload(
  { previews }: Serving,
  caller: Caller,
  { name, content, attaches }: Served,
): Promise<Bytes> {
  const { sha256, size, media_type: mediaType, store } = content
  if (!isPicture(mediaType) || attaches) {
    const address = { org: caller.org.id, kind: 'content', sha256 } as const
    return { address, store, size, sha256, mediaType: sentAs(mediaType, name), name, tag: sha256 }
  }
  const copy = await previews.find(workOf(caller), content, 'full')
  if (!copy) return refuse('no_clean_copy', say('serving:no_clean_copy'), { status: 409 })
  return { ...previewBytes(caller, sha256, copy), name }
}

/** A preview of a file: `thumbnail`, `view`, `page-1` …, `text`. */
export async function previewDownload(
  { previews }: Serving,
  caller: Caller,
  { content }: Served,
  kind: string,
): Promise<Bytes> {
  const kept = await previews.find(workOf(caller), content, kind)
  if (kept) return previewBytes(caller, content.sha256, kept)
  if (content.previews === 'waiting')
    refuse('file_not_ready', say('serving:preview_waiting'), { status: 409, headers: { 'retry-after': '2' } })
  return refuse('no_preview', say('serving:no_preview'), { status: 404 })
}

/** The picture of a page, counted from 1. */
export async function pageDownload(serving: Serving, caller: Caller, served: Served, number: string): Promise<Bytes> {
  const { previews, pages } = served.content
  const isThere = /^[1-9]\d{0,2}$/.test(number) && Number(number) <= Math.min(pages ?? 0, mostPages)
  if (previews === 'made' && !isThere)
    refuse('no_preview', say('serving:no_page', { number: number.slice(0, 10) }), { status: 404 })
  return await previewDownload(serving, caller, served, `page-${number}`)
}

function previewBytes(
  { org }: Caller,
  sha256: string,
  { kind, media_type: mediaType, size, store }: Served['content']['kept'][number],
): Bytes {
  const name = `${kind}.${mediaType.replace(/^image\//, '')}`
  // A copy that is made anew may be another one: its length tells most of them apart.
  return {
    address: addressOf({ org: org.id }, sha256, kind),
    store,
    size,
    sha256: null,
    mediaType,
    name,
    tag: `${sha256}-${kind}-${size}`,
  }
}
