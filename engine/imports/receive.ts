import { type Actor, Refusal, refuse, type Resource, say } from '@commonhall/kernel'
import { readsWhole } from '../records/field-rules.ts'
import type { SheetLimits, SheetRow } from '../sheets/index.ts'
import { fileHash } from './file-hash.ts'
import { guessMapping } from './guess.ts'
import { type Mapping, openMapping, signatureOf } from './mapping.ts'
import { isBlankRow, openFile, type OpenedFile } from './reader.ts'
import { cutSocialSecurity } from './social-security.ts'
import { findImport, type ImportRow, type ImportScope, setImport } from './store.ts'
import { targetsFor } from './targets.ts'
import { bringsOwnAlone } from './theirs.ts'
import { tidily } from './tidily.ts'

/**
 * Rows per chunk: what one transaction of a run works off, and what progress moves by. Few enough that a chunk is gone
 * before the garbage collector takes it for something that stays.
 */
const chunkRows = 500

/** Characters per chunk, so that long cells do not make it large. */
const chunkCharacters = 500_000

/** First records that the page shows while columns are mapped. */
const shownRows = 20

interface Receiving {
  /** Who brings it: what they may not set is not filled by guess or memory either. */
  readonly actor: Actor
  /** The Idempotency-Key under which the file was sent. */
  readonly key?: string | null
  readonly limits?: SheetLimits
}

/**
 * Takes a file in: it is read once, as it arrives, and its rows are stored in chunks. Nothing is imported yet. A file
 * that cannot be read leaves nothing behind.
 */
export async function receiveFile(
  scope: ImportScope,
  resource: Resource,
  file: { readonly name: string; readonly bytes: AsyncIterable<Uint8Array> },
  { actor, key = null, limits }: Receiving,
): Promise<ImportRow> {
  const { database, registry, access } = scope
  // Opened first: most wrong files are refused before anything is written.
  const print = fileHash(resource, file.name)
  const opened = await openFile(print.over(file.bytes), resource, registry.splits, limits, registry.finders)
  const id = await database.transaction(access, async (transaction) => {
    const name = cutSocialSecurity(file.name.replaceAll('\u0000', '').toWellFormed(), false).slice(0, 200)
    const { rows } = await transaction.query<{ id: string }>(
      `insert into foundation.import (resource, file_name, upload_key) values ($1, $2, $3)
      on conflict (org_id, created_by, upload_key) where upload_key is not null do nothing returning id`,
      [resource.name, name, key],
    )
    return rows[0]?.id ?? refuse('conflict', say('imports:still_reading'))
  })
  try {
    const counts = await tidily(() => storeRows(scope, id, opened.rows()))
    if (!counts.rows) throw new Refusal('unreadable', say('imports:no_records'))
    await describe(scope, { id, resource, actor }, opened, {
      ...counts,
      upload_hash: key === null ? null : print.digest(),
    })
  } catch (error) {
    await database.transaction(access, (transaction) =>
      transaction.query('delete from foundation.import where id = $1', [id]),
    )
    throw error
  }
  return await findImport(scope, id)
}

async function storeRows({ database, access }: ImportScope, id: string, rows: AsyncIterable<SheetRow>) {
  const counts = { rows: 0, blank: 0 }
  let chunk: string[] = []
  let size = 0
  let n = 0
  const flush = async () => {
    const json = `[${chunk.join(',')}]`
    n += 1
    await database.transaction(access, (transaction) =>
      transaction.query('insert into foundation.import_chunk (import_id, n, rows) values ($1, $2, $3)', [id, n, json]),
    )
    chunk = []
    size = 0
  }
  for await (const { row, cells } of rows) {
    if (isBlankRow(cells)) {
      counts.blank += 1
      continue
    }
    counts.rows += 1
    const text = JSON.stringify([row, ...cells])
    chunk.push(text)
    size += text.length
    if (chunk.length >= chunkRows || size >= chunkCharacters) await flush()
  }
  if (chunk.length) await flush()
  return counts
}

/** Writes down what was recognized, and how columns are mapped: as the last time, or else by guess. */
async function describe(
  scope: ImportScope,
  { id, resource, actor }: { id: string; resource: Resource; actor: Actor },
  opened: OpenedFile,
  counts: { rows: number; blank: number; upload_hash: string | null },
) {
  const { database, registry, access } = scope
  const { headings, sample, evidence, format, delimiter, ragged, headerRow } = opened
  const targets = targetsFor(registry, resource, actor)
  const unread = readsWhole(registry, resource, actor) ? [] : registry.guarded(resource)
  const guess = guessMapping(resource, targets, headings, sample)
  await database.transaction(access, async (transaction) => {
    const { rows } = await transaction.query<{ mapping: Mapping }>(
      'select mapping from foundation.import_memory where resource = $1 and signature = $2',
      [resource.name, signatureOf(headings)],
    )
    // What others have said for all their rows is not for those who bring in only their own.
    const own = bringsOwnAlone(registry, resource, actor)
    const remembered = rows[0] && (own ? { ...rows[0].mapping, constants: guess.constants } : rows[0].mapping)
    await setImport(transaction, id, {
      ...counts,
      state: 'ready',
      format,
      delimiter,
      ragged,
      headings,
      encoding: opened.encoding(),
      header_row: headerRow,
      sample: sample.slice(0, shownRows),
      date_order: evidence.dateOrder,
      date_order_certain: evidence.dateOrderCertain,
      decimal_mark: evidence.decimalMark,
      mapping: openMapping(targets, remembered ?? guess, unread),
    })
  })
}
