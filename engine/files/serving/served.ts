import { isUuid, mediaTypeOf, refuse, say } from '@commonhall/kernel'
import type { Caller } from '../../caller.ts'
import type { Transaction } from '../../database/pool.ts'
import type { Engine } from '../../engine.ts'
import { becauseOf } from '../checks/because.ts'
import { fits } from '../checks/recognize.ts'
import { file as fileResource } from '../file.ts'
import { mayAttach, parentsOf, type Read } from '../parents.ts'
import { type Content, contentSql } from '../previews/content.ts'
import type { FileRow } from '../ready.ts'

/** One version of a file, with what there is of it to give out. */
export interface Served {
  readonly file: FileRow
  readonly number: number
  readonly name: string
  readonly content: Content
  /** Whether whoever asks may change the files of the record, and so gets pictures with all that they hold. */
  readonly attaches: boolean
}

interface VersionRow extends Content {
  readonly number: number
  readonly name: string
}

/**
 * What somebody asks for, if they may see it: the newest version, or the one with that number. In a transaction all is
 * asked on its connection: who holds one must not wait for another.
 * @throws {Refusal} `not_found`, `forbidden`; `file_not_ready` or `file_held` (409) with the reason
 */
export async function findServed(
  engine: Engine,
  caller: Caller,
  id: string,
  version: unknown,
  transaction?: Transaction,
): Promise<Served> {
  const { records, database } = engine
  const number = readVersion(version)
  const read: Read = async ({ text, values }) =>
    transaction ? (await transaction.query(text, values)).rows : await database.read(caller.access, { text, values })
  const file = (await (transaction
    ? records.look(transaction, caller, fileResource, id)
    : records.find(caller, fileResource, id))) as FileRow
  const [found] = (await read({ text: versionSql, values: [id, number] })) as unknown as VersionRow[]
  if (!found) return refuse('not_found', say('serving:no_version', { number }))
  const attaches = await isAttacher(engine, caller, read, file)
  // Who may bring a deleted file back may look at it before; to others it is gone.
  if (file.archived_at && !attaches) refuse('not_found', say('serving:deleted'))
  // What it is called now; an earlier version as it was called then.
  const name = found.number === file['versions'] ? file.name : found.name
  const served = { file, number: found.number, name, content: found, attaches }
  refuseUnlessClean(served)
  return served
}

const versionSql = `
  select v.number, v.name, ${contentSql}
  from foundation.file_version v join foundation.file_content c on c.org_id = v.org_id and c.sha256 = v.sha256
  where v.file_id = $1 and v.number = coalesce($2::integer, (
    select max(number) from foundation.file_version where file_id = $1))`

function readVersion(version: unknown): number | null {
  if (version === undefined) return null
  if (typeof version !== 'string' || !/^[1-9]\d{0,5}$/.test(version)) refuse('invalid', say('serving:bad_version'))
  return Number(version)
}

async function isAttacher({ registry }: Engine, { actor }: Caller, read: Read, file: FileRow): Promise<boolean> {
  const parents = await parentsOf(registry, read, [file])
  const parent = isUuid(file.record) ? parents.get(file.record) : undefined
  return mayAttach(registry, actor, file, parent) === true
}

function refuseUnlessClean({ content: { verdict, reason, detail, media_type: bytes }, name }: Served): void {
  // The verdict is of the bytes; the name under which they go out must fit them too.
  const isMisnamed = verdict === 'clean' && !fits(bytes, mediaTypeOf(name))
  if (verdict === 'clean' && !isMisnamed) return
  const state = verdict === 'waiting' ? 'checking' : 'held'
  const because = becauseOf(isMisnamed ? { state, reason: 'type', detail: null } : { state, reason, detail }) ?? ''
  if (state === 'held') refuse('file_held', because, { status: 409 })
  refuse('file_not_ready', because, { status: 409, headers: { 'retry-after': '5' } })
}
