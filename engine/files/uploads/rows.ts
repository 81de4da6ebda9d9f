import { isUuid, refuse, say } from '@commonhall/kernel'
import type { Caller } from '../../caller.ts'
import { asHouse } from '../../database/access.ts'
import type { Transaction } from '../../database/pool.ts'
import type { Engine } from '../../engine.ts'
import type { UploadAddress } from '../stores/store.ts'
import { spoken } from './protocol.ts'

/** An upload as its row has it. */
export interface UploadRow {
  readonly id: string
  readonly org_id: string
  readonly expires_at: string
  readonly resource: string
  readonly record: string | null
  readonly field: string | null
  readonly file_id: string | null
  readonly name: string
  readonly caption: string | null
  readonly tags: readonly string[]
  readonly size: number
  readonly sha256: string | null
  readonly store: string
  readonly done_as: string | null
}

/** What an upload is begun with; the database knows the rest. */
export type NewUpload = Omit<UploadRow, 'id' | 'org_id' | 'expires_at' | 'done_as'>

const columns = `id, org_id, expires_at, resource, record, field, file_id, name, caption, tags,
  size::double precision as size, sha256, store, done_as`

/**
 * How long one sender has an upload to themselves without sending anything, in seconds, whichever process they met.
 * Less than clients keep trying, so that whoever met a server that died goes on by themselves.
 */
export const holding = 8

/** Begins an upload; `holder` has it to themselves from the start. */
export async function addUpload(
  transaction: Transaction,
  upload: NewUpload,
  holder: string | null,
): Promise<UploadRow> {
  const { resource, record, field, file_id: file, name, caption, tags, size, sha256, store } = upload
  const { rows } = await transaction.query<UploadRow & Record<string, unknown>>(
    `insert into foundation.file_upload
      (uploaded_by, resource, record, field, file_id, name, caption, tags, size, sha256, store, held_by, held_until)
    values (foundation.current_actor(), $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11::uuid,
      case when $11::uuid is not null then now() + $12 * interval '1 second' end)
    returning ${columns}`,
    [resource, record, field, file, name, caption, tags, size, sha256, store, holder, holding],
  )
  return rows[0] as UploadRow
}

/** The upload, if it is the caller's own and not yet given up. Others are told that there is none. */
export async function findUpload({ database }: Engine, caller: Caller, id: string): Promise<UploadRow> {
  const [row] = await database.read<UploadRow & { expired: boolean }>(caller.access, {
    text: `select ${columns}, expires_at < now() as expired from foundation.file_upload
      where id = $1 and uploaded_by = foundation.current_actor()`,
    values: [known(id)],
  })
  return present(row)
}

/**
 * The same, and from now on nobody else may send to it: two tabs that send the same file would mix their bytes.
 * @throws {Refusal} `locked` (423) while somebody else sends to it
 */
export async function holdUpload({ database }: Engine, caller: Caller, id: string, holder: string): Promise<UploadRow> {
  const [row] = await database.read<UploadRow & { expired: boolean; held: boolean }>(caller.access, {
    text: `with found as (
        select * from foundation.file_upload where id = $1 and uploaded_by = foundation.current_actor()),
      taken as (
        update foundation.file_upload u set held_by = $2, held_until = now() + $3 * interval '1 second' from found f
        where u.org_id = f.org_id and u.id = f.id and u.expires_at >= now() and u.done_as is null
          and (u.held_until is null or u.held_until < now())
        returning u.id)
      select ${columns}, expires_at < now() as expired, not exists (select from taken) as held from found`,
    values: [known(id), holder, holding],
  })
  const upload = present(row)
  if (upload.done_as) refuse('conflict', say('uploads:done'), { headers: spoken })
  if (row?.held) refuse('locked', say('uploads:held'), { headers: spoken })
  return upload
}

const noUpload = (): never => refuse('not_found', say('uploads:not_found'), { headers: spoken })

const known = (id: string) => (isUuid(id) ? id : noUpload())

function present(row: (UploadRow & { expired: boolean }) | undefined): UploadRow {
  if (!row) return noUpload()
  if (row.expired && !row.done_as) refuse('gone', say('uploads:expired'), { status: 410, headers: spoken })
  return row
}

/** The house in an upload's org: what is done about an upload whatever becomes of its sender meanwhile. */
export const onBehalfOf = ({ access: { orgId, requestId, via, actorName }, actor: { userId } }: Caller) =>
  asHouse(orgId, { userId, requestId, via, actorName })

/** Holds on for longer. */
export async function keepHolding({ database }: Engine, caller: Caller, id: string, holder: string): Promise<void> {
  await database.read(onBehalfOf(caller), {
    text: `update foundation.file_upload set held_until = now() + $3 * interval '1 second'
      where id = $1 and held_by = $2`,
    values: [id, holder, holding],
  })
}

/**
 * Holds on, for whoever has it, until work is done that takes longer than a sender is waited for: a second one who
 * believes that nobody is at it any more would take the bytes from under the first.
 */
export async function holdingOn<Value>(
  { database }: Engine,
  caller: Caller,
  { id }: Pick<UploadRow, 'id'>,
  work: () => Promise<Value>,
): Promise<Value> {
  const holdOn = () =>
    database.read(onBehalfOf(caller), {
      text: `update foundation.file_upload set held_until = now() + $2 * interval '1 second'
        where id = $1 and held_by is not null`,
      values: [id, holding],
    })
  const clock = setInterval(() => void holdOn().catch(() => {}), (holding * 1000) / 3)
  try {
    return await work()
  } finally {
    clearInterval(clock)
  }
}

/** Lets others send to it. Should that fail, they wait a little longer. */
export async function letGo({ database, log }: Engine, caller: Caller, id: string, holder: string): Promise<void> {
  const text = 'update foundation.file_upload set held_by = null, held_until = null where id = $1 and held_by = $2'
  await database
    .read(onBehalfOf(caller), { text, values: [id, holder] })
    .catch((error: unknown) => log.warn({ err: error }, 'an upload is held for some seconds more'))
}

/** Forgets an upload: its row first, so that no row is left without bytes. */
export async function dropUpload({ database, files }: Engine, caller: Caller, upload: UploadRow): Promise<void> {
  await database.read(onBehalfOf(caller), {
    text: 'delete from foundation.file_upload where id = $1 and done_as is null',
    values: [upload.id],
  })
  await files.stores.of(upload.store).dropUpload(addressOf(upload))
}

export const addressOf = ({ org_id: org, id: upload }: Pick<UploadRow, 'org_id' | 'id'>): UploadAddress => ({
  org,
  upload,
})
