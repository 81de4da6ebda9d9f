import { mediaTypeOf, Refusal, refuse, say } from '@commonhall/kernel'
import type { Caller } from '../../caller.ts'
import type { Transaction } from '../../database/pool.ts'
import type { Engine } from '../../engine.ts'
import { addFile, addVersion, type KeptBytes } from '../add.ts'
import { lockContent, removeUnlessKept } from './content-lock.ts'
import type { Intake } from './intake.ts'
import { refuseChecksum, spoken } from './protocol.ts'
import { permitSum } from './quota.ts'
import { addressOf, dropUpload, houseIn, type UploadRow } from './rows.ts'

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

/** The job that looks whether bytes are harmless, and for each file whether they are what its name says. */
const checking = 'files.content-is-checked'

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
  try {
    if (upload.sha256 !== null && upload.sha256 !== sha256) refuseChecksum()
    const { file, moved } = await intake.ends.pass(() =>
      keepAndWrite({ engine, intake, caller }, { ...upload, sha256 }, completing),
    )
    intake.meters.completed.inc()
    // Where the same bytes were kept already, those that came now are still there.
    if (!moved) await dropBytes(engine, upload)
    return file
  } catch (error) {
    if (error instanceof Refusal && isForGood(error)) await giveUp(engine, caller, { upload, sha256 })
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

async function giveUp(engine: Engine, caller: Caller, { upload, sha256 }: Arrived): Promise<void> {
  await dropUpload(engine, caller, upload)
  const store = engine.files.stores.of(upload.store)
  await removeUnlessKept(engine, houseIn(caller), store, sha256)
}

type Summed = UploadRow & { readonly sha256: string }

async function keepAndWrite(
  { engine, intake, caller }: Parts,
  upload: Summed,
  completing: Completing,
): Promise<{ readonly file: string; readonly moved: boolean }> {
  const { org_id: org, sha256, size } = upload
  const store = engine.files.stores.of(upload.store)
  const address = { org, kind: 'content', sha256 } as const
  let missing = !(await isKept(engine, caller, sha256)) && (await store.size(address)) !== size
  for (let tries = 0; tries < 3; tries++) {
    if (missing) await store.keep(addressOf(upload), address)
    const file = await engine.database.transaction(caller.access, async (transaction) => {
      await lockContent(transaction, org, sha256)
      const { done, known } = await lockUpload(transaction, upload)
      if (done) return done
      if (!known) {
        // A sweep may have taken them away between the look and the lock; nobody can any more.
        if ((await store.size(address)) !== size) return null
        await addContent(transaction, upload)
      }
      const made = await completing(transaction, () => write(engine, transaction, caller, upload))
      await transaction.query('update foundation.file_upload set done_as = $2 where id = $1', [upload.id, made])
      const options = { key: `${org} ${sha256}`, ...(intake.rush ? { startAfter: inSeconds(intake.rush) } : {}) }
      await engine.jobs.send(checking, { org, sha256 }, options, transaction)
      if (!known) await permitSum(engine, transaction, size)
      return made
    })
    if (file) return { file, moved: missing }
    missing = true
  }
  return refuse('unavailable', say('uploads:checksum'), { headers: { ...spoken, 'retry-after': '1' } })
}

const inSeconds = (seconds: number) => Temporal.Now.instant().add({ seconds }).toString()

async function isKept({ database }: Engine, { access }: Caller, sha256: string): Promise<boolean> {
  const text = 'select from foundation.file_content where sha256 = $1'
  return (await database.read(access, { text, values: [sha256] })).length > 0
}

/** Nobody else completes the same upload. Answers what it has become, if anything, and whether its bytes are known. */
async function lockUpload(
  transaction: Transaction,
  { id, sha256 }: Summed,
): Promise<{ readonly done: string | null; readonly known: boolean }> {
  const { rows } = await transaction.query<{ done: string | null; known: boolean }>(
    `select done_as as done, exists (select from foundation.file_content where sha256 = $2) as known
    from foundation.file_upload where id = $1 for update`,
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
