import { endingOf, longestFileName, mediaTypeOf, parseRecord, refuse, refuseField, say } from '@commonhall/kernel'
import type { Caller } from '../caller.ts'
import type { Transaction } from '../database/pool.ts'
import type { Engine } from '../engine.ts'
import { accepted } from '../records/accepted.ts'
import type { Row as Shown } from '../records/records.ts'
import { readIn } from '../roles/store.ts'
import { becauseOf, standingSql } from './checks/because.ts'
import { checkSoon } from './checks/check-content.ts'
import { addVersion, lockRoom, permitRoom } from './add.ts'
import { file } from './file.ts'
import { keptBecause } from './kept.ts'
import { type Locked, lockFile } from './lock.ts'
import { permitAttach, spokenPlace } from './parents.ts'
import { type FileRow, readyFiles } from './ready.ts'
import { cleanName } from './file-name.ts'

type Change = (engine: Engine, transaction: Transaction, caller: Caller, locked: Locked) => Promise<void>

/** Carries a change out, if the caller may change the files there, and answers the file as it is then. */
export async function changeFile(
  engine: Engine,
  transaction: Transaction,
  caller: Caller,
  { id, expected }: { readonly id: string; readonly expected: number | null },
  change: Change,
): Promise<Shown> {
  const locked = await lockFile(engine, transaction, caller, id, expected)
  permitAttach(engine.registry, caller.actor, locked.place, locked.record)
  await change(engine, transaction, caller, locked)
  return await fileNow(engine, transaction, caller, id)
}

/** A file as its reader gets it, inside a transaction. */
export async function fileNow(engine: Engine, transaction: Transaction, caller: Caller, id: string): Promise<Shown> {
  const row = await engine.records.look(transaction, caller, file, id)
  await readyFiles(engine, caller, readIn(transaction), [row])
  return row
}

const { name, caption, tags } = file.fields

/** Other words for it: name, caption, tags. */
export const describe =
  (input: unknown): Change =>
  async ({ records }, transaction, _caller, { row }) => {
    if (row.archived_at) refuse('conflict', say('files:deleted'))
    const values = accepted(parseRecord({ name, caption, tags }, input, { partial: true }))
    if (typeof values['name'] === 'string') values['name'] = renamed(row.name, values['name'])
    if (Object.keys(values).length) await records.set(transaction, file, row.id, values)
  }

/** A new name that still says what the file is: its ending decides what opens it. */
function renamed(known: string, given: string): string {
  const clean = cleanName(given)
  const next = mediaTypeOf(clean) === mediaTypeOf(known) ? clean : `${clean}.${endingOf(known)}`
  return next.length > longestFileName ? refuseField('name', 'too_long', say('files:long_name')) : next
}

/** Puts a file away, to be brought back until its time is up. */
export const archive: Change = async ({ records, registry }, transaction, { org }, { row, place }) => {
  if (place.field !== null && place.record !== null)
    refuse('conflict', say('files:in_field', spokenPlace(registry, place)))
  if (row.archived_at) return
  const stays = keptBecause(registry, row, org.timeZone)
  if (stays) refuse('conflict', stays)
  await records.set(transaction, file, row.id, { archived_at: new Date().toISOString() })
}

export const restore: Change = async ({ records, registry }, transaction, _caller, { row, place }) => {
  if (!row.archived_at) refuse('conflict', say('files:not_deleted'))
  if (place.field !== null) refuse('conflict', say('files:was_in_field', spokenPlace(registry, place)))
  await lockRoom(transaction, place)
  await permitRoom(readIn(transaction), registry.resource(place.resource), place)
  await records.set(transaction, file, row.id, { archived_at: null })
}

/** Makes an earlier version the newest again: nothing that came after it is lost. */
export const restoreVersion =
  (number: number): Change =>
  async (engine, transaction, caller, { row }) => {
    const { rows } = await transaction.query<Pick<FileRow, 'name' | 'sha256' | 'state' | 'reason' | 'detail'>>(
      `select v.name, v.sha256, ${standingSql}
      from foundation.file_version v join foundation.file_content c on c.sha256 = v.sha256 and c.org_id = v.org_id
      where v.file_id = $1 and v.number = $2`,
      [row.id, number],
    )
    const [version] = rows
    if (!version) return refuse('not_found', say('files:version_gone'))
    if (number === row['versions']) refuse('conflict', say('files:newest'))
    if (version.state === 'held') refuse('conflict', say('files:version_held', { because: becauseOf(version) }))
    const mediaType = mediaTypeOf(version.name) ?? String(row['media_type'])
    await addVersion(engine, transaction, caller, row.id, { ...version, mediaType })
    await checkSoon(engine, { org: caller.org.id, sha256: version.sha256 }, { transaction })
  }
