import { mediaTypeOf } from '@commonhall/kernel'
import { houseCaller, type OrgRow } from '../../caller.ts'
import type { Transaction } from '../../database/pool.ts'
import type { Engine } from '../../engine.ts'
import { previewsAreMade } from '../previews/job.ts'
import { fileHeld } from './file-held.ts'
import { fits } from './recognize.ts'
import type { HoldReason } from './verdict.ts'

/** What was found about a content. */
export interface Ruling {
  /** Null where it is held before anybody can tell. */
  readonly mediaType: string | null
  readonly reason: HoldReason | null
  readonly detail: string | null
  /** The scanner that has seen it; null for none. */
  readonly checkedBy: string | null
}

interface Content extends Record<string, unknown> {
  readonly media_type: string
  readonly verdict: 'waiting' | 'clean' | 'held'
  readonly reason: string | null
  readonly detail: string | null
  readonly previews: string
}

/** A file that has this content as its newest version. */
interface FileOf extends Record<string, unknown> {
  readonly id: string
  readonly name: string
  readonly state: string
  readonly reason: string | null
  readonly detail: string | null
  readonly resource: string
  readonly record: string | null
  readonly uploaded_by: string | null
  readonly archived: boolean
}

/**
 * Writes the verdict on a content and tells each file of it that is new to it: whoever attached one that is held is
 * told. A ruling of null leaves the verdict as it is.
 */
export async function settle(engine: Engine, org: OrgRow, sha256: string, ruling: Ruling | null): Promise<void> {
  await engine.act(houseCaller(org, 'job'), async (context, transaction) => {
    const content = await rule(transaction, sha256, ruling)
    if (!content || content.verdict === 'waiting') return
    const { rows: files } = await transaction.query<FileOf>(filesOf, [sha256, ruling !== null])
    for (const file of files) {
      const standing = standingOf(content, file.name)
      const isNews = await write(transaction, file, standing)
      if (!isNews || standing.state !== 'held' || !file.uploaded_by || file.archived) continue
      const { name, resource, record } = file
      const path = `/${engine.registry.resource(resource).path}${record ? `/${record}` : ''}`
      await context.notify(
        fileHeld,
        { name, reason: standing.reason ?? '', detail: standing.detail, path },
        {
          to: { user: file.uploaded_by },
          ...(record ? { about: { resource, id: record } } : {}),
          key: `${file.id} ${sha256} ${standing.reason}`,
        },
      )
    }
    if (content.verdict === 'clean' && content.previews === 'waiting')
      await engine.jobs.send(previewsAreMade, { org: org.id, sha256 }, { key: `${org.id} ${sha256}` }, transaction)
  })
}

const filesOf = `select id, name, state, reason, detail, resource, record, uploaded_by,
    archived_at is not null as archived
  from foundation.file where sha256 = $1 and ($2 or state = 'checking') order by id for update`

async function rule({ query }: Transaction, sha256: string, ruling: Ruling | null): Promise<Content | undefined> {
  const told = 'media_type, verdict, reason, detail, previews'
  const { rows } = ruling
    ? await query<Content>(
        `update foundation.file_content set verdict = $2, reason = $3, detail = $4, checked_by = $5, checked_at = now(),
          media_type = coalesce($6, media_type) where sha256 = $1 returning ${told}`,
        [sha256, ruling.reason ? 'held' : 'clean', ruling.reason, ruling.detail, ruling.checkedBy, ruling.mediaType],
      )
    : await query<Content>(`select ${told} from foundation.file_content where sha256 = $1 for share`, [sha256])
  return rows[0]
}

interface Standing {
  readonly state: 'ready' | 'held'
  readonly reason: string | null
  readonly detail: string | null
}

/** The verdict is of the bytes; whether a name fits them is a question of each file. */
function standingOf({ verdict, reason, detail, media_type: bytes }: Content, name: string): Standing {
  if (verdict === 'held') return { state: 'held', reason, detail }
  if (!fits(bytes, mediaTypeOf(name))) return { state: 'held', reason: 'type', detail: bytes }
  return { state: 'ready', reason: null, detail: null }
}

/** Answers whether anything has changed. */
async function write({ query }: Transaction, file: FileOf, { state, reason, detail }: Standing): Promise<boolean> {
  if (file.state === state && file.reason === reason && file.detail === detail) return false
  await query(
    `update foundation.file set state = $2, reason = $3, detail = $4, version = version + 1, updated_at = now()
    where id = $1`,
    [file.id, state, reason, detail],
  )
  return true
}
