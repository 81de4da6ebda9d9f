import { randomUUID } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { refuse, refuseField, say } from '@commonhall/kernel'
import type { Caller } from '../../caller.ts'
import type { Engine } from '../../engine.ts'
import { orgPath, reading } from '../../http/door.ts'
import type { DirectUpload } from '../stores/store.ts'
import { permitted } from './begin.ts'
import { personOf } from './intake.ts'
import { as, completed, idOf, type UploadHttp } from './routes.ts'
import { addressOf, dropUpload, findUpload, holding, holdUpload, keepHolding, letGo, type UploadRow } from './rows.ts'
import * as schemas from './schemas.ts'

/** For how long a file can be begun to be sent past us. */
const usualMinutes = 15

/**
 * Uploads whose bytes go to the service that keeps them, where the operator lets them (`S3_DIRECT=1`): begun as all
 * others, sent to an address that is asked for here, and then made a file as all others.
 */
export function registerDirect(http: UploadHttp): void {
  const { app, engine } = http
  app.post(`${orgPath}/uploads/:id/direct`, {
    schema: schemas.direct,
    handler: reading(http, 'foundation', async (caller, request, reply) =>
      reply.code(201).send(await offer(engine, caller, request)),
    ),
  })
  app.post(`${orgPath}/uploads/:id/complete`, {
    schema: schemas.complete,
    handler: (request, reply) => finish(http, request, reply),
  })
}

async function offer(engine: Engine, caller: Caller, request: FastifyRequest) {
  const row = await findUpload(engine, caller, idOf(request))
  if (row.done_as) refuse('conflict', say('uploads:done'))
  const direct = directOf(engine, row)
  await permitted(engine, caller, { ...row, file: row.file_id })
  const sha256 = sumFor(row, request.body)
  if (await engine.files.stores.of(row.store).received(addressOf(row))) refuse('conflict', say('uploads:begun_here'))
  if (!row.sha256)
    await engine.database.read(caller.access, {
      text: 'update foundation.file_upload set sha256 = $2 where id = $1 and sha256 is null',
      values: [row.id, sha256],
    })
  const left = Math.floor((Date.parse(row.expires_at) - Date.now()) / 60_000)
  const minutes = Math.max(1, Math.min(usualMinutes, left))
  const expiresAt = new Date(Date.now() + minutes * 60_000).toISOString()
  return { ...(await direct.offer(addressOf(row), { size: row.size, sha256, minutes })), expires_at: expiresAt }
}

function directOf({ files }: Engine, { store }: UploadRow): DirectUpload {
  return files.stores.of(store).direct ?? refuse('no_direct', say('uploads:no_direct'), { status: 409 })
}

/** Without a sum to sign, whoever has the address could send anything. */
function sumFor({ sha256: known }: UploadRow, body: unknown): string {
  const given = (body as { readonly sha256?: unknown } | null | undefined)?.sha256 ?? known
  if (typeof given !== 'string' || !/^[0-9a-f]{64}$/i.test(given))
    return refuseField('sha256', given === null ? 'required' : 'invalid', say('uploads:no_sum'))
  const sha256 = given.toLowerCase()
  return (known ?? sha256) === sha256 ? sha256 : refuseField('sha256', 'invalid', say('uploads:other_sum'))
}

/** Makes a file of what has come. Whoever asks again is answered the same. */
async function finish(http: UploadHttp, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { engine, intake } = http
  const { found, sender } = await as(http, request, async (caller) => ({
    found: await findUpload(engine, caller, idOf(request)),
    sender: personOf(caller),
  }))
  if (found.done_as) return told(request, reply, found, found.done_as)
  const direct = directOf(engine, found)
  return await intake.turn(sender, async () => {
    const holder = randomUUID()
    const { caller, row } = await as(http, request, async (caller) => {
      await permitted(engine, caller, { ...found, file: found.file_id })
      return { caller, row: await holdUpload(engine, caller, found.id, holder) }
    })
    // All of it is read once more, which takes longer than a sender is waited for.
    const hold = setInterval(
      () => void keepHolding(engine, caller, row.id, holder).catch(() => {}),
      (holding * 1000) / 3,
    )
    try {
      await take(engine, caller, row, direct)
      return told(request, reply, row, await completed(http, request, row))
    } finally {
      clearInterval(hold)
      await letGo(engine, caller, row.id, holder)
    }
  })
}

async function take(engine: Engine, caller: Caller, row: UploadRow, direct: DirectUpload): Promise<void> {
  const received = await direct.take(addressOf(row))
  if (received === row.size) return
  if (!received) refuse('conflict', say('uploads:nothing_came'))
  if (received < row.size) refuse('conflict', say('uploads:wrong_offset', { received }))
  await dropUpload(engine, caller, row)
  refuse('too_large', say('uploads:too_long'))
}

function told(request: FastifyRequest, reply: FastifyReply, row: UploadRow, file: string): FastifyReply {
  const { id, name, size, expires_at } = row
  const org = orgPath.replace(':slug', (request.params as { slug: string }).slug)
  return reply
    .header('content-location', `${org}/files/${file}`)
    .send({ id, name, size, received: size, expires_at, file })
}
