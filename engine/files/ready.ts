import { type Actor, say } from '@commonhall/kernel'
import type { Caller } from '../caller.ts'
import type { Engine } from '../engine.ts'
import { object } from '../http/shapes.ts'
import type { Can } from '../records/can.ts'
import type { Registry } from '../registry.ts'
import { becauseOf } from './checks/because.ts'
import { keptBecause } from './kept.ts'
import { mayAttach, parentsOf, type Place, type Read, type Row, spokenPlace } from './parents.ts'
import { mostPages } from './previews/kinds.ts'

/** A file's row, as far as it is made ready here. */
export interface FileRow extends Record<string, unknown>, Place {
  readonly id: string
  readonly version: number
  readonly archived_at: string | null
  readonly name: string
  readonly state: 'checking' | 'ready' | 'held'
  readonly reason: string | null
  readonly detail: string | null
  readonly sha256: string
  readonly uploaded_at: string
}

/** What there is to look at without opening the file. */
interface Previews {
  readonly thumbnail: boolean
  readonly view: boolean
  /** How many pages there are pictures of. */
  readonly pages: number
  readonly text: boolean
}

const none: Previews = { thumbnail: false, view: false, pages: 0, text: false }

/** What each row of a file has besides its fields. */
export const fileExtras = {
  because: {
    anyOf: [{ type: 'string', maxLength: 1000 }, { type: 'null' }],
    description: 'Why the file cannot be opened yet, or not at all',
  },
  previews: object({
    thumbnail: { type: 'boolean' },
    view: { type: 'boolean' },
    pages: { type: 'integer', minimum: 0, description: 'How many pages there are pictures of' },
    text: { type: 'boolean' },
  }),
} as const

/**
 * Makes rows of files ready for their reader: what may be done with each, why it cannot be opened, what there is to
 * look at, and what its record is called. One question for the previews, and one for each kind of record on the page.
 */
export async function readyFiles(
  { registry }: Pick<Engine, 'registry'>,
  { actor, org }: Caller,
  read: Read,
  rows: readonly Record<string, unknown>[],
): Promise<void> {
  const files = rows as readonly FileRow[]
  if (!files.length) return
  const parents = await parentsOf(registry, read, files)
  const previews = await previewsOf(read, files)
  for (const file of files) {
    const parent = file.record === null ? undefined : parents.get(file.record)
    const titles = { ...(file['titles'] as object | undefined), record: parent?.['file_title'] ?? null }
    const can = canOf(registry, actor, file, parent, org.timeZone)
    const seen = (file.state === 'ready' && previews.get(file.sha256)) || none
    Object.assign(file, { can, because: becauseOf(file), previews: seen, titles })
  }
}

function canOf(registry: Registry, actor: Actor, file: FileRow, parent: Row | undefined, timeZone: string): Can {
  const verdict = mayAttach(registry, actor, file, parent)
  const place = file.field === null ? null : spokenPlace(registry, file)
  if (file.archived_at) {
    const deleted = verdict === true ? say('files:deleted') : verdict
    return { update: deleted, replace: deleted, restore: place ? say('files:was_in_field', place) : verdict }
  }
  const stays = place ? say('files:in_field', place) : keptBecause(registry, file, timeZone)
  return { update: verdict, replace: verdict, archive: verdict === true ? (stays ?? true) : verdict }
}

async function previewsOf(read: Read, files: readonly FileRow[]): Promise<Map<string, Previews>> {
  const wanted = [...new Set(files.filter(({ state }) => state === 'ready').map(({ sha256 }) => sha256))]
  if (!wanted.length) return new Map()
  const rows = (await read({ text: previewsSql, values: [wanted] })) as unknown as (Previews & { sha256: string })[]
  return new Map(
    rows.map(({ sha256, pages, ...others }) => [sha256, { ...others, pages: Math.min(pages ?? 0, mostPages) }]),
  )
}

const previewsSql = `
  select c.sha256, bool_or(p.kind = 'thumbnail') as thumbnail, bool_or(p.kind = 'view') as view,
    bool_or(p.kind = 'text') as text, case when bool_or(p.kind = 'page-1') then c.pages else 0 end as pages
  from foundation.file_content c join foundation.file_preview p on p.org_id = c.org_id and p.sha256 = c.sha256
  where c.sha256 = any($1::text[]) group by c.org_id, c.sha256`
