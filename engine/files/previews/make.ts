import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { asHouse } from '../../database/access.ts'
import type { Engine } from '../../engine.ts'
import { SandboxFailure } from '../sandbox/sandbox.ts'
import type { Address } from '../stores/store.ts'
import type { Content } from './content.ts'
import { type Made, mostText, type PreviewsAsked, type PreviewsMade } from './kinds.ts'

type Parts = Pick<Engine, 'database' | 'files'>

/** Whose content it is, and for which request or job something is done with it. */
export interface Work {
  readonly org: string
  readonly requestId: string
}

/** The bytes are not where their row says. */
export class BytesMissing extends Error {
  override readonly name = 'BytesMissing'
}

const task = new URL('./in-sandbox.ts', import.meta.url).href

/** Is there so much of a preview's file? What the sandbox says of it is not taken for true. */
interface Written extends Made {
  readonly size: number
}

/**
 * Makes previews of a content and keeps them: bytes first, then rows, and neither if the content has gone meanwhile.
 * @throws {SandboxFailure} when it cannot be decoded.
 */
export async function makePreviews(parts: Parts, work: Work, content: Content, asked: PreviewsAsked): Promise<void> {
  const { files } = parts
  const { sha256, size } = content
  // Of a text only the beginning is shown, so only that is fetched.
  const span = asked.source === 'text' && size > mostText ? { first: 0, last: mostText - 1 } : undefined
  const bytes = await files.stores.of(content.store).read({ org: work.org, kind: 'content', sha256 }, span)
  if (!bytes) throw new BytesMissing()
  await files.sandbox.run({ org: work.org, task, bytes, asked }, async ({ made, pages }: PreviewsMade, folder) => {
    const written: Written[] = []
    for (const one of made.filter(({ kind }) => /^(thumbnail|view|full|text|page-\d{1,3})$/.test(kind))) {
      const file = join(folder, one.kind)
      const { size: length } = await stat(file)
      if (length > mostKept(size)) throw new SandboxFailure('failed', 'too_large')
      await files.stores.current.write(addressOf(work, sha256, one.kind), createReadStream(file), length)
      written.push({ ...one, size: length })
    }
    if (!(await keep(parts, work, sha256, written, pages))) {
      for (const { kind } of written) await files.stores.current.remove(addressOf(work, sha256, kind))
    }
  })
}

/**
 * How large a preview may be, in bytes. Previews count for no quota, so what is small must not become large: 4 MB of
 * well packed pixels unpack to 200.
 */
const mostKept = (size: number) => 4 * size + 8_000_000

export const addressOf = ({ org }: Pick<Work, 'org'>, sha256: string, preview: string): Address => ({
  org,
  kind: 'preview',
  sha256,
  preview,
})

/** Whether the content is still there, and still clean. */
async function keep(
  { database, files }: Parts,
  { org, requestId }: Work,
  sha256: string,
  made: readonly Written[],
  pages: number | null,
): Promise<boolean> {
  return await database.transaction(asHouse(org, { requestId }), async ({ query }) => {
    const { rowCount } = await query(
      `update foundation.file_content set previews = 'made', pages = coalesce($2, pages)
      where sha256 = $1 and verdict = 'clean'`,
      [sha256, pages],
    )
    if (!rowCount) return false
    await query(
      `insert into foundation.file_preview (sha256, kind, media_type, size, width, height, store)
      select $1, p.kind, p."mediaType", p.size, p.width, p.height, $3 from jsonb_to_recordset($2)
        as p (kind text, "mediaType" text, size bigint, width integer, height integer)
      on conflict (org_id, sha256, kind) do update set media_type = excluded.media_type, size = excluded.size,
        width = excluded.width, height = excluded.height, store = excluded.store, created_at = now()`,
      [sha256, JSON.stringify(made), files.stores.current.name],
    )
    return true
  })
}

/** Notes that there is nothing to look at, and will not be. */
export async function noteNone(
  { database }: Parts,
  { org, requestId }: Work,
  sha256: string,
  previews: 'none' | 'failed',
): Promise<void> {
  const values = [sha256, previews]
  await database.transaction(asHouse(org, { requestId }), async ({ query }) => {
    await query(`update foundation.file_content set previews = $2 where sha256 = $1 and previews = 'waiting'`, values)
  })
}

export const isUndecodable = (error: unknown): error is SandboxFailure => error instanceof SandboxFailure
