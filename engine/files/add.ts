import { isAttachable, longestFileName, refuse, type Resource, say, usualMostFiles } from '@commonhall/kernel'
import { type Caller, hasModule } from '../caller.ts'
import type { Transaction } from '../database/pool.ts'
import type { Engine } from '../engine.ts'
import { notHere } from '../records/reading.ts'
import type { Registry } from '../registry.ts'
import { readIn } from '../roles/store.ts'
import { file } from './file.ts'
import { lockFile } from './lock.ts'
import { permitAttach, type Place, placeOf, type Read } from './parents.ts'

/** What a file is to be part of. The record is null for a field of one that is not saved yet. */
export type FileTarget = Place

/** What somebody calls a file whose bytes are kept already, as a row of `file_content`. */
export interface KeptBytes {
  readonly name: string
  readonly sha256: string
  /** As name and bytes tell together. */
  readonly mediaType: string
}

export interface NewFile extends FileTarget, KeptBytes {
  readonly caption: string | null
  readonly tags: readonly string[]
}

/**
 * Refuses unless the caller may add a file there: the record is there and can be changed, the rules let them, and there
 * is room for one more. To ask before the first byte; `addFile` asks again.
 * @throws {Refusal} `not_found`, `forbidden`, `conflict` (archived, or too many files)
 */
export async function permitFile(engine: Engine, caller: Caller, target: FileTarget): Promise<void> {
  const resource = resourceFor(engine.registry, caller, target)
  const record = target.record === null ? undefined : await engine.records.find(caller, resource, target.record)
  permitAttach(engine.registry, caller.actor, target, record)
  await permitRoom((statement) => engine.database.read(caller.access, statement), resource, target)
}

/** The same for a new version of a file; answers what the file is part of. */
export async function permitVersion(engine: Engine, caller: Caller, id: string): Promise<FileTarget> {
  const { registry, records } = engine
  const row = await records.find(caller, file, id)
  const place = placeOf(row)
  if (row['archived_at']) refuse('conflict', say('files:deleted'))
  const resource = registry.resource(place.resource)
  permitAttach(
    registry,
    caller.actor,
    place,
    place.record ? await records.find(caller, resource, place.record) : undefined,
  )
  return place
}

/**
 * Makes kept bytes a file of a record. Answers its id. The record's trail tells of it. For a field it is nobody's file
 * but the uploader's, until a record is saved with it.
 */
export async function addFile(
  engine: Engine,
  transaction: Transaction,
  caller: Caller,
  added: NewFile,
): Promise<string> {
  const { registry, records } = engine
  const resource = resourceFor(registry, caller, added)
  const lock = 'for key share of t'
  const record = added.record ? await records.within(transaction, caller, resource, added.record, lock) : undefined
  if (added.record && !record) notHere(resource)
  permitAttach(registry, caller.actor, added, record)
  await lockRoom(transaction, added)
  await permitRoom(readIn(transaction), resource, added)
  const { rows } = await transaction.query<{ id: string }>(addSql, [
    added.resource,
    added.field === null ? added.record : null,
    added.field,
    added.name,
    added.caption,
    added.tags,
    added.mediaType,
    added.sha256,
    caller.actor.userId,
    caller.actor.name,
  ])
  if (!rows[0]) throw new Error('A file was added whose content is not kept.')
  return rows[0].id
}

/** What is known of the bytes already counts for no other name: each new file and version is checked. */
const addSql = `
  with added as (
    insert into foundation.file
      (resource, record, field, name, caption, tags, media_type, sha256, size, uploaded_by, uploaded_by_name)
    select $1, $2, $3, $4, $5, $6, $7, c.sha256, c.size, $9, $10 from foundation.file_content c where c.sha256 = $8
    returning id, name, sha256, uploaded_by, uploaded_by_name),
  version as (
    insert into foundation.file_version (file_id, number, name, sha256, uploaded_by, uploaded_by_name)
    select id, 1, name, sha256, uploaded_by, uploaded_by_name from added)
  select id from added`

/** Makes kept bytes the newest version of a file. Answers the file's id. */
export async function addVersion(
  engine: Engine,
  transaction: Transaction,
  caller: Caller,
  id: string,
  { name, sha256, mediaType }: KeptBytes,
): Promise<string> {
  const { row, place, record } = await lockFile(engine, transaction, caller, id, null)
  permitAttach(engine.registry, caller.actor, place, record)
  if (row.archived_at) refuse('conflict', say('files:deleted'))
  const { userId, name: by } = caller.actor
  const { rowCount } = await transaction.query(versionSql, [
    id,
    name,
    sha256,
    mediaType,
    userId,
    by,
    nameAs(row.name, name),
  ])
  if (!rowCount) throw new Error('A version was added whose content is not kept.')
  return id
}

const versionSql = `
  with content as (select c.sha256, c.size from foundation.file_content c where c.sha256 = $3),
  version as (
    insert into foundation.file_version (file_id, number, name, sha256, uploaded_by, uploaded_by_name)
    select f.id, f.versions + 1, $2, c.sha256, $5, $6 from content c join foundation.file f on f.id = $1
    returning number)
  update foundation.file f set name = $7, sha256 = c.sha256, size = c.size, media_type = $4, state = 'checking',
    reason = null, detail = null, versions = v.number, version = f.version + 1, updated_at = now(),
    uploaded_by = $5, uploaded_by_name = $6, uploaded_at = now()
  from content c, version v where f.id = $1`

/** The name that people know, with the ending of what it is now. */
function nameAs(known: string, uploaded: string): string {
  const ending = (name: string) => /\.[^. ]{1,8}$/u.exec(name)?.[0] ?? ''
  if (ending(known).toLowerCase() === ending(uploaded).toLowerCase()) return known
  const named = known.slice(0, known.length - ending(known).length) + ending(uploaded)
  return named.length > longestFileName ? uploaded : named
}

/** The kind of record that files can be added to there. */
function resourceFor(registry: Registry, caller: Caller, { resource: name, record, field }: FileTarget): Resource {
  const resource = registry.resources.get(name)
  const isThere =
    resource && (field === null ? isAttachable(resource) && record !== null : kindAt(resource, field) === 'file')
  if (!resource || !isThere || !hasModule(caller.org, resource.module)) refuse('not_found', say('files:no_place'))
  return resource
}

const kindAt = ({ fields }: Resource, name: string) => (Object.hasOwn(fields, name) ? fields[name]?.kind : undefined)

/** Refuses when a record has as many files as its kind carries. */
export async function permitRoom(
  read: Read,
  resource: Resource,
  { resource: name, record, field }: Place,
): Promise<void> {
  const most = resource.files?.most ?? usualMostFiles
  if (field !== null || record === null) return
  const [row] = await read({
    text: `select count(*)::integer as count from foundation.file
      where resource = $1 and record = $2 and field is null and archived_at is null`,
    values: [name, record],
  })
  if (Number(row?.['count']) >= most)
    refuse('conflict', say('files:too_many', { label: resource.label.toLowerCase(), most }))
}

/** Whoever counts the files of a record counts alone until the transaction ends. */
export async function lockRoom(transaction: Transaction, { record, field }: Place): Promise<void> {
  if (record !== null && field === null)
    await transaction.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`files of ${record}`])
}
