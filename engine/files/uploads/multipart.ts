import { randomUUID } from 'node:crypto'
import type { MultipartFile } from '@fastify/multipart'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { refuse, type Resource, say, spokenBytes } from '@commonhall/kernel'
import type { Caller } from '../../caller.ts'
import { type Answer, asCaller, etag, sendAnswer } from '../../http/caller.ts'
import { moduleOn, orgPath } from '../../http/door.ts'
import { keyOf, once } from '../../http/idempotency.ts'
import { jsonReply, operationId, recordParameters, refusals, rowSchema } from '../../http/schemas.ts'
import { file } from '../file.ts'
import { attachedTo, beginning, permitted } from './begin.ts'
import { complete } from './complete.ts'
import { fileUse } from './file-use.ts'
import { personOf } from './intake.ts'
import { lengthOfBody } from './protocol.ts'
import { addUpload, dropUpload, letGo, type UploadRow } from './rows.ts'
import { summed, type UploadHttp } from './routes.ts'
import { form } from './schemas.ts'

/** What a form says beside its file. */
const most = { files: 1, fields: 10, fieldSize: 4000 }

/** `POST /{plural}/{id}/files`: one file in one request, for scripts. What breaks off begins anew. */
export function registerForm(http: UploadHttp, resource: Resource): void {
  const { app, engine } = http
  app.post(`${orgPath}/${resource.path}/:id/files`, {
    bodyLimit: Number.MAX_SAFE_INTEGER,
    schema: {
      tags: [resource.plural],
      operationId: operationId('attach', `file to ${resource.label}`),
      summary: `Attach a file to a ${resource.label.toLowerCase()}`,
      params: recordParameters,
      consumes: ['multipart/form-data'],
      body: form,
      response: {
        201: jsonReply('The file', rowSchema(file, engine.registry.guarded(file)), {
          location: { schema: { type: 'string' } },
        }),
        ...refusals(408, 409, 413, 415, 503, 507),
      },
    },
    handler: (request, reply) => receiveForm(http, resource, request, reply),
  })
}

const as = <Value>(
  { engine, authenticate }: UploadHttp,
  request: FastifyRequest,
  work: (caller: Caller) => Promise<Value>,
) => asCaller(engine, authenticate, request, work)

async function receiveForm(
  http: UploadHttp,
  resource: Resource,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { engine, intake } = http
  const { id } = request.params as { id: string }
  const place = attachedTo(resource, id, null)
  // A right that was taken away must speak before the file is consumed: it cannot be read a second time.
  const caller = await as(http, request, async (caller) => {
    moduleOn(caller, resource.module)
    await permitted(engine, caller, place)
    if (!request.isMultipart()) refuse('bad_type', say('uploads:no_file'), { status: 415 })
    keyOf(request)
    return caller
  })
  const largest = fileUse(engine, place)?.largest ?? 0
  const told = new Map([
    ['resource', resource.path],
    ['record', id],
  ])
  return await intake.turn(personOf(caller), async () => {
    // Whoever says what comes, and then does not send it, has the place of somebody who would.
    const slow = setTimeout(() => request.raw.destroy(new Error('Too slow.')), engine.files.pace.stretch)
    request.raw.once('close', () => clearTimeout(slow))
    for await (const part of request.parts({ limits: { ...most, fileSize: largest + 1 } })) {
      if (part.type === 'field') {
        if (part.fieldname === 'caption' || part.fieldname === 'tags') told.set(part.fieldname, String(part.value))
        continue
      }
      clearTimeout(slow)
      try {
        return sendAnswer(reply, await receivePart(http, request, { part, told, largest }))
      } finally {
        // Whoever sends a file listens only once it is sent: what is left of a refused one goes nowhere.
        part.file.resume()
      }
    }
    clearTimeout(slow)
    return refuse('malformed', say('uploads:no_file'))
  })
}

interface Part {
  readonly part: MultipartFile
  readonly told: ReadonlyMap<string, string>
  readonly largest: number
}

async function receivePart(http: UploadHttp, request: FastifyRequest, { part, told, largest }: Part): Promise<Answer> {
  const { engine, intake } = http
  const holder = randomUUID()
  // Nobody has said how large the file is; it is smaller than what carries it.
  const bound = Math.min(lengthOfBody(request) ?? largest, largest)
  const { caller, upload } = await as(http, request, async (caller) => {
    const wanted = await beginning(engine, caller, new Map([...told, ['name', part.filename]]), bound)
    const begun = engine.database.transaction(caller.access, (transaction) => addUpload(transaction, wanted, holder))
    return { caller, upload: await begun }
  })
  intake.meters.begun.inc()
  const tooLong = say('uploads:too_large', { most: spokenBytes(largest) })
  try {
    const delivery = { upload, offset: 0, source: part.file, line: request.raw, holder, checksum: null, tooLong }
    const size = await intake.receive(engine, caller, delivery)
    if (size === 0) refuse('empty', say('uploads:empty'))
    return await completed(http, request, { ...upload, size })
  } catch (error) {
    await dropUpload(engine, caller, upload)
    throw error
  } finally {
    await letGo(engine, caller, upload.id, holder)
  }
}

/** The same key and the same file are answered as they were the first time. */
async function completed(http: UploadHttp, request: FastifyRequest, upload: UploadRow): Promise<Answer> {
  const { engine } = http
  const arrived = await summed(http, upload)
  const { name, caption, tags } = upload
  const { method, url, headers } = request
  const asked = { method, url, headers, body: { name, caption, tags, sha256: arrived.sha256 } }
  return await as(http, request, async (caller) => {
    let answer: Answer | undefined
    await complete({ ...http, caller }, arrived, async (transaction, add) => {
      answer = await once(asked, caller.access, transaction, async () => {
        const row = await engine.records.look(transaction, caller, file, await add())
        return {
          status: 201,
          headers: { location: `/api/v1/orgs/${caller.org.slug}/files/${row.id}`, etag: etag(row.version) },
          body: row,
        }
      })
      return (answer.body as { id: string }).id
    })
    return answer as Answer
  })
}
