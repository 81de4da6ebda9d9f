import { mediaTypeOf, Refusal, refuse, say } from '@commonhall/kernel'
import type { Caller } from '../../caller.ts'
import type { Transaction } from '../../database/pool.ts'
import type { Engine } from '../../engine.ts'
import { addFile, addVersion, type KeptBytes } from '../add.ts'
import { checkSoon } from '../checks/check-content.ts'
import type { Address, FileStore } from '../stores/store.ts'
import { removeUnlessKept } from './content-lock.ts'
import type { Intake } from './intake.ts'
import { refuseChecksum, spoken } from './protocol.ts'
import { permitSum } from './quota.ts'
import { addressOf, dropUpload, holdingOn, onBehalfOf, type UploadRow } from './rows.ts'

/** An upload whose bytes have all come. */
export interface Arrived {
  readonly upload: UploadRow
  readonly sha256: string
}

interface Parts {
  readonly engine: Engine
  readonly intake: Intake
  readonly caller: Caller
}

/** What is done about the upload in the transaction that makes it a file; answers the id of the file. */
export type Completing = (transaction: Transaction, add: () => Promise<string>) => Promise<string>

/**
 * Makes an upload a file: its bytes are safe first, then one transaction writes all rows. Whoever dies in between
 * leaves bytes without a row, which the sweep finds, and never a row without bytes. Answers the id of the file.
 */
export async function complete(
  { engine, intake, caller }: Parts,
  { upload, sha256 }: Arrived,
  completing: Completing = (_transaction, add) => add(),
): Promise<string> {
  if (upload.done_as) return upload.done_as
  const kept = { moved: false }
  try {
    if (upload.sha256 !== null && upload.sha256 !== sha256) refuseChecksum()
    const file = await holdingOn(engine, caller, upload, () =>
      keepAndWrite({ engine, intake, caller }, { ...upload, sha256 }, { completing, kept }),
    )
    intake.meters.completed.inc()
    // Where the same bytes were kept already, those that came now are still there.
    if (!kept.moved) await dropBytes(engine, upload)
    return file
  } catch (error) {
    if (error instanceof Refusal && isForGood(error)) await giveUp(engine, caller, { upload, sha256 }, kept.moved)
    throw error
  }
}

/** Whoever is to prove themselves, or to come back later, goes on where they stood. */
const isForGood = ({ status, code }: Refusal) => status < 500 && code !== 'proof_needed'

/** What fails here the sweep does later. */
const dropBytes = (engine: Engine, upload: UploadRow) =>
  engine.files.stores
    .of(upload.store)
    .dropUpload(addressOf(upload))
    .catch((error: unknown) => engine.log.warn({ err: error }, 'bytes of an upload are left for the sweep'))

/** Takes away what this upload has brought, and nothing that another with the same bytes is about to have. */
async function giveUp(engine: Engine, caller: Caller, { upload, sha256 }: Arrived, moved: boolean): Promise<void> {
  await dropUpload(engine, caller, upload)
  if (!moved) return
  const store = engine.files.stores.of(upload.store)
  await removeUnlessKept(engine, onBehalfOf(caller), store, sha256)
}

type Summed = UploadRow & { readonly sha256: string }

interface Writing {
  readonly completing: Completing
  /** Whether the bytes of this upload have become those of the content. */
  readonly kept: { moved: boolean }
}

async function keepAndWrite(
  { engine, intake, caller }: Parts,
  upload: Summed,
  { completing, kept }: Writing,
): Promise<string> {
  const { org_id: org, sha256, size } = upload
  const { stores } = engine.files
  const store = stores.of(upload.store)
  const address = { org, kind: 'content', sha256 } as const
  // Bytes that a row tells of and a disk has lost come back with whoever brings them again.
  const keptIn = stores.of((await storeOf(engine, caller, sha256)) ?? upload.store)
  let missing = (await keptIn.size(address)) !== size
  for (let tries = 0; tries < 3; tries++) {
    if (missing) await keepBytes(store, upload, address)
    kept.moved ||= missing
    const writeAll = async (transaction: Transaction) => {
      const { done, known } = await lockUpload(transaction, upload)
      if (done) return done
      if (!known) {
        // A sweep may have taken them away between the look and the lock; nobody can any more.
        if ((await store.size(address)) !== size) return null
        await addContent(transaction, upload)
      } else if (kept.moved) await tellStore(transaction, upload)
      const made = await completing(transaction, () => write(engine, transaction, caller, upload))
      await checkSoon(engine, { org, sha256 }, { seconds: intake.rush, transaction })
      await transaction.query('update foundation.file_upload set done_as = $2 where id = $1', [upload.id, made])
      if (!known) await permitSum(engine, transaction, size)
      return made
    }
    const file = await intake.ends.pass(() => engine.database.transaction(caller.access, writeAll))
    if (file) return file
    missing = true
  }
  return refuseNow()
}

const refuseNow = (): never =>
  refuse('unavailable', say('uploads:checksum'), { headers: { ...spoken, 'retry-after': '1' } })

/** What a store refuses says nothing of the file: another process may be about to complete the same upload. */
async function keepBytes(store: FileStore, upload: Summed, address: Address): Promise<void> {
  await store.keep(addressOf(upload), address).catch((error: unknown) => {
    if (error instanceof Refusal && error.status < 500) refuseNow()
    throw error
  })
}

/** Where a row says that the content is, if there is one. */
async function storeOf({ database }: Engine, { access }: Caller, sha256: string): Promise<string | undefined> {
  const text = 'select store from foundation.file_content where sha256 = $1'
  return (await database.read<{ store: string }>(access, { text, values: [sha256] }))[0]?.store
}

async function tellStore({ query }: Transaction, { sha256, store }: Summed): Promise<void> {
  await query('update foundation.file_content set store = $2 where sha256 = $1', [sha256, store])
}

/** Nobody else completes the same upload. Answers what it has become, if anything, and whether its bytes are known. */
async function lockUpload(
  transaction: Transaction,
  { id, sha256 }: Summed,
): Promise<{ readonly done: string | null; readonly known: boolean }> {
  const { rows } = await transaction.query<{ done: string | null; known: boolean }>(
    'select done, known from foundation.lock_upload($1, $2)',
    [id, sha256],
  )
  return rows[0] ?? refuse('not_found', say('uploads:not_found'), { headers: spoken })
}

async function addContent(transaction: Transaction, upload: Summed): Promise<void> {
  const { sha256, size, store } = upload
  await transaction.query(
    'insert into foundation.file_content (sha256, size, media_type, store) values ($1, $2, $3, $4)',
    [sha256, size, mediaTypeFor(upload), store],
  )
}

const mediaTypeFor = ({ name }: UploadRow) => mediaTypeOf(name) ?? 'application/octet-stream'

async function write(engine: Engine, transaction: Transaction, caller: Caller, upload: Summed): Promise<string> {
  const { name, sha256, resource, record, field, caption, tags, file_id: versionOf } = upload
  const bytes: KeptBytes = { name, sha256, mediaType: mediaTypeFor(upload) }
  if (versionOf) return await addVersion(engine, transaction, caller, versionOf, bytes)
  return await addFile(engine, transaction, caller, { ...bytes, resource, record, field, caption, tags })
}
