import { randomUUID } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { refuse, say } from '@commonhall/kernel'
import type { Caller } from '../../caller.ts'
import type { Transaction } from '../../database/pool.ts'
import { asCaller, type Authenticate } from '../../http/caller.ts'
import { type Http, orgPath, reading } from '../../http/door.ts'
import { once } from '../../http/idempotency.ts'
import { sumOf } from '../stores/sum.ts'
import { type Arrived, complete } from './complete.ts'
import { beginning, permitted } from './begin.ts'
import { type Delivery, type Intake, personOf } from './intake.ts'
import * as protocol from './protocol.ts'
import {
  addressOf,
  addUpload,
  dropUpload,
  findUpload,
  holdUpload,
  letGo,
  type NewUpload,
  type UploadRow,
} from './rows.ts'
import * as schemas from './schemas.ts'

/** What the routes of uploads work with. */
export interface UploadHttp extends Http {
  readonly intake: Intake
}

const uploads = `${orgPath}/uploads`
const upload = `${uploads}/:id`

export const idOf = (request: FastifyRequest) => (request.params as { id: string }).id

/** Resumable uploads: the tus protocol, version 1.0.0, with the core and what `abilities` names. */
export function registerUploads(http: UploadHttp): void {
  const { app, engine } = http
  // The bytes are taken from the request as they come.
  app.addContentTypeParser(protocol.bytesType, (_request, _body, done) => done(null))
  const able = reading(http, 'foundation', async (_caller, _request, reply) =>
    reply.code(204).headers(protocol.abilities(engine.files.settings.largest)).send(),
  )
  app.options(uploads, { schema: schemas.abilities, handler: able })
  app.options(upload, { schema: schemas.abilitiesOfOne, handler: able })
  app.post(uploads, { schema: schemas.begin, handler: (request, reply) => begin(http, request, reply) })
  app.get(upload, { schema: schemas.look, handler: (request, reply) => look(http, request, reply) })
  app.patch(upload, { schema: schemas.send, handler: (request, reply) => send(http, request, reply) })
  app.delete(upload, {
    schema: schemas.drop,
    handler: reading(http, 'foundation', async (caller, request, reply) => {
      protocol.permitVersion(request)
      await http.intake.makeWay((await findUpload(engine, caller, idOf(request))).id)
      const found = await holdUpload(engine, caller, idOf(request), randomUUID())
      http.intake.sums.forget(found.id)
      await dropUpload(engine, caller, found)
      return reply.code(204).headers(protocol.spoken).send()
    }),
  })
}

/** A request that asks several times who it is from is one request still: of a key's budget, it spends one. */
export function rememberingSenders(authenticate: Authenticate): Authenticate {
  const known = new WeakMap<FastifyRequest, ReturnType<Authenticate>>()
  return (request) => {
    const found = known.get(request) ?? authenticate(request)
    known.set(request, found)
    return found
  }
}

export const as = <Value>(
  { engine, authenticate }: Http,
  request: FastifyRequest,
  work: (caller: Caller) => Promise<Value>,
) => asCaller(engine, authenticate, request, work)

/** Who asks, and whether the org is theirs, comes before whatever is wrong with what they ask. */
const admitted = (http: Http, request: FastifyRequest) => as(http, request, (caller) => Promise.resolve(caller))

async function begin(http: UploadHttp, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const sender = personOf(await admitted(http, request))
  protocol.permitVersion(request)
  const brings = protocol.bringsBytes(request)
  if (!brings && protocol.lengthOfBody(request)) refuseBody()
  const size = protocol.numberIn(request, 'Upload-Length')
  const checksum = protocol.readChecksum(request)
  const told = protocol.readMetadata(request)
  if (brings && (protocol.lengthOfBody(request) ?? 0) > size) refuseTooLong()
  const holder = brings ? randomUUID() : null
  const add = () =>
    as(http, request, async (caller) => {
      const wanted = await beginning(http.engine, caller, told, size)
      return { ...(await beginOnce(http, request, caller, wanted, { told: [...told], holder })), caller }
    })
  if (!holder) return await answerWhere(http, request, reply.code(201), (await add()).row.id)
  return await http.intake.turn(sender, async () => {
    const { row, fresh, caller } = await add()
    if (!fresh) return await answerWhere(http, request, reply.code(201), row.id)
    const source = request.raw
    return await take(http, request, reply.code(201), { caller, upload: row, offset: 0, source, holder, checksum })
  })
}

/** Takes bytes, makes a file of the upload if they were the last, and says where it stands. */
async function take(
  http: UploadHttp,
  request: FastifyRequest,
  reply: FastifyReply,
  { caller, ...delivery }: Delivery & { readonly caller: Caller },
): Promise<FastifyReply> {
  const { engine, intake } = http
  const { upload: row, holder } = delivery
  let [received, file]: [number, string | null] = [delivery.offset, null]
  try {
    received = await intake.receive(engine, caller, delivery)
    if (received === row.size) file = await completed(http, request, row)
  } finally {
    // Before the answer: whoever hears it goes on at once. What is a file has nothing left to hold.
    if (!file) await letGo(engine, caller, row.id, holder)
  }
  return answer(request, reply, row, { received, file }).send()
}

/** Begins an upload, or finds the one that the same request has begun before, by its Idempotency-Key. */
async function beginOnce(
  { engine, intake }: UploadHttp,
  request: FastifyRequest,
  caller: Caller,
  wanted: NewUpload,
  { told, holder }: { told: unknown; holder: string | null },
): Promise<{ row: UploadRow; fresh: boolean }> {
  let row: UploadRow | undefined
  const add = async (transaction: Transaction) => {
    row = await addUpload(transaction, wanted, holder)
    return { status: 201, body: { id: row.id } }
  }
  const { body } = await engine.database.transaction(caller.access, (transaction) =>
    once({ ...ofRequest(request), body: { size: wanted.size, told } }, caller.access, transaction, () =>
      add(transaction),
    ),
  )
  if (!row) return { row: await findUpload(engine, caller, (body as { id: string }).id), fresh: false }
  intake.meters.begun.inc()
  return { row, fresh: true }
}

const ofRequest = ({ method, url, headers }: FastifyRequest) => ({ method, url, headers })

async function send(http: UploadHttp, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { engine, intake } = http
  const sender = personOf(await admitted(http, request))
  protocol.permitVersion(request)
  if (!protocol.bringsBytes(request)) refuseBody()
  const offset = protocol.numberIn(request, 'Upload-Offset')
  const checksum = protocol.readChecksum(request)
  return await intake.turn(sender, async () => {
    const holder = randomUUID()
    const { upload: row, caller } = await as(http, request, async (caller) => {
      const found = await findUpload(engine, caller, idOf(request))
      await permitted(engine, caller, { ...found, file: found.file_id })
      await intake.makeWay(found.id)
      const received = await engine.files.stores.of(found.store).received(addressOf(found))
      if (received !== offset && !found.done_as) refuseOffset(received)
      if (offset + (protocol.lengthOfBody(request) ?? 0) > found.size) refuseTooLong()
      return { upload: await holdUpload(engine, caller, found.id, holder), caller }
    })
    const source = request.raw
    return await take(http, request, reply.code(204), { caller, upload: row, offset, source, holder, checksum })
  })
}

/**
 * Says where an upload stands. Whoever asks by HEAD is about to go on with it: if there is nothing left to send,
 * because its sender's session had ended or the server died before it became a file, it becomes one now.
 */
async function look(http: UploadHttp, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { engine, intake } = http
  const id = idOf(request)
  if (request.method !== 'HEAD') {
    const { found, received, file } = await standOf(http, request, id)
    const { name, size, expires_at } = found
    return answer(request, reply, found, { received, file }).send({ id, name, size, received, expires_at, file })
  }
  // Nobody else's line is broken by whoever has heard its name.
  await intake.makeWay((await as(http, request, (caller) => findUpload(engine, caller, id))).id)
  const { found, received, file } = await standOf(http, request, id)
  if (file || received < found.size) return answer(request, reply, found, { received, file }).send()
  const holder = randomUUID()
  const { caller, upload: row } = await as(http, request, async (caller) => {
    await permitted(engine, caller, { ...found, file: found.file_id })
    return { caller, upload: await holdUpload(engine, caller, id, holder) }
  })
  const made = await completed(http, request, row).finally(() => letGo(engine, caller, id, holder))
  return answer(request, reply, row, { received, file: made }).send()
}

async function answerWhere(http: Http, request: FastifyRequest, reply: FastifyReply, id: string) {
  const { found, received, file } = await standOf(http, request, id)
  return answer(request, reply, found, { received, file }).send()
}

async function standOf(http: Http, request: FastifyRequest, id: string) {
  const { engine } = http
  const found = await as(http, request, (caller) => findUpload(engine, caller, id))
  const { done_as: file, size, store } = found
  return { found, file, received: file ? size : await engine.files.stores.of(store).received(addressOf(found)) }
}

function answer(
  request: FastifyRequest,
  reply: FastifyReply,
  { id, size, expires_at: expiresAt }: UploadRow,
  { received, file }: { readonly received: number; readonly file: string | null },
): FastifyReply {
  const org = orgPath.replace(':slug', (request.params as { slug: string }).slug)
  return reply.headers({
    ...protocol.spoken,
    'upload-offset': String(received),
    'upload-length': String(size),
    'upload-expires': new Date(expiresAt).toUTCString(),
    ...(request.method === 'POST' ? { location: `${org}/uploads/${id}` } : {}),
    ...(file ? { 'content-location': `${org}/files/${file}` } : {}),
  })
}

/** Makes a file of an upload whose bytes have all come. */
export async function completed(http: UploadHttp, request: FastifyRequest, upload: UploadRow): Promise<string> {
  const arrived = await summed(http, upload)
  return await as(http, request, (caller) => complete({ ...http, caller }, arrived))
}

/** With the sum that was made while the bytes came, or one that is made by reading them back. */
export async function summed({ engine, intake }: UploadHttp, upload: UploadRow): Promise<Arrived> {
  const made = intake.sums.take(upload.id, upload.size)
  const { sha256 } = made ?? (await sumOf(await engine.files.stores.of(upload.store).readUpload(addressOf(upload))))
  return { upload, sha256 }
}

const refuseBody = (): never => refuse('bad_type', say('uploads:bad_body'), { status: 415, headers: protocol.spoken })

const refuseTooLong = (): never => refuse('too_large', say('uploads:too_long'), { headers: protocol.spoken })

const refuseOffset = (received: number): never =>
  refuse('conflict', say('uploads:wrong_offset', { received }), {
    headers: { ...protocol.spoken, 'upload-offset': String(received) },
  })
