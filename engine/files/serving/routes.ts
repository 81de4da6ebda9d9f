import type { FastifyReply, FastifyRequest } from 'fastify'
import { addWords } from '@commonhall/kernel'
import type { Caller } from '../../caller.ts'
import type { Engine } from '../../engine.ts'
import { asCaller } from '../../http/caller.ts'
import { type Http, orgPath, reading } from '../../http/door.ts'
import { jsonReply, recordParameters, refusals } from '../../http/schemas.ts'
import { object } from '../../http/shapes.ts'
import { mostPages, mostText } from '../previews/kinds.ts'
import { Previews } from '../previews/previews.ts'
import { contentDownload, pageDownload, previewDownload, type Serving } from './downloads.ts'
import { linkRoutes } from './link-routes.ts'
import { ReadTrail } from './read-trail.ts'
import { type Download, sendDownload } from './send.ts'
import { findServed, type Served } from './served.ts'
import { bytesReply, picture, versionAsked } from './schemas.ts'
import { textAt } from './text.ts'
import { words } from './words/en.ts'

addWords('serving', words)

const base = `${orgPath}/files/:id`

type Wanted = (caller: Caller, served: Served, request: FastifyRequest) => Promise<Omit<Download, 'prove' | 'note'>>

/** What every route here works with. */
interface Giving extends Serving {
  readonly http: Http
  readonly trail: ReadTrail
}

/** Looking at files without opening them, and giving them out. */
export function servingRoutes(http: Http): void {
  const { engine } = http
  const giving: Giving = { http, engine, previews: new Previews(engine), trail: new ReadTrail() }
  registerContent(giving)
  registerPictures(giving)
  registerText(giving)
  linkRoutes(http, giving)
}

/** Answers bytes, and notes it before the first goes out. */
const answer = ({ http, engine, trail }: Giving, note: 'taken' | 'looked' | null, wanted: Wanted) =>
  reading(http, 'foundation', async (caller, request, reply: FastifyReply) => {
    const served = await servedBy(engine, caller, request)
    return await sendDownload(engine, request, reply, {
      ...(await wanted(caller, served, request)),
      prove: () => proveStill(engine, caller, request, served),
      note: async (part) => void (note && (await trail[note](engine, caller, served, part))),
    })
  })

/**
 * What goes out is this version, whatever has become the newest since. Rights that have changed may still be enough;
 * and the session is what counts, as the token that a long download began with has ended before it.
 */
async function proveStill(engine: Engine, { access }: Caller, request: FastifyRequest, { file, number }: Served) {
  if (access.kind !== 'user') return
  const sender = () => Promise.resolve(access)
  await asCaller(engine, sender, request, (now) => findServed(engine, now, file.id, String(number)))
}

function servedBy(engine: Engine, caller: Caller, { params, query }: FastifyRequest): Promise<Served> {
  return findServed(engine, caller, (params as { id: string }).id, (query as { version?: unknown }).version)
}

const described = (operationId: string, summary: string) => ({
  tags: ['Files'],
  operationId,
  summary,
  params: recordParameters,
  querystring: versionAsked,
})

function registerContent(giving: Giving): void {
  giving.http.app.get(`${base}/content`, {
    compress: false,
    schema: {
      ...described('downloadFile', 'Download a file'),
      description:
        'Always as an attachment. Pictures go as they are to those who may change the files of the record, and ' +
        'without what the camera wrote into them to others. Takes `Range` (one part) and `If-None-Match`.',
      response: { ...bytesReply, ...refusals(409, 416, 503) },
    },
    handler: answer(giving, 'taken', (caller, served) => contentDownload(giving, caller, served)),
  })
}

const pictures = [
  ['thumbnail', 'viewThumbnailOfFile', 'See a file small', null],
  ['view', 'viewFile', 'Look at a picture, turned upright and in a size for screens', 'looked'],
] as const

function registerPictures(giving: Giving): void {
  const { app } = giving.http
  const response = { ...picture, ...refusals(409, 416, 503) }
  for (const [kind, operationId, summary, note] of pictures) {
    app.get(`${base}/${kind}`, {
      compress: false,
      schema: { ...described(operationId, summary), response },
      handler: answer(giving, note, (caller, served) => previewDownload(giving, caller, served, kind)),
    })
  }
  const number = { type: 'string', pattern: '^[0-9]{1,3}$', maxLength: 3, description: `From 1 to ${mostPages}` }
  app.get(`${base}/pages/:number`, {
    compress: false,
    schema: {
      ...described('viewPageOfFile', 'Look at a page of a PDF, as a picture'),
      params: {
        type: 'object',
        required: ['slug', 'id', 'number'],
        properties: { ...recordParameters.properties, number },
      },
      response,
    },
    handler: answer(giving, 'looked', (caller, served, { params }) =>
      pageDownload(giving, caller, served, (params as { number: string }).number),
    ),
  })
}

function registerText(giving: Giving): void {
  const { http, engine, trail } = giving
  http.app.get(`${base}/text`, {
    schema: {
      ...described('readTextOfFile', 'Read the beginning of a text'),
      response: { 200: jsonReply('The text', textSchema), ...refusals(409, 503) },
    },
    handler: reading(http, 'foundation', async (caller, request, reply) => {
      const served = await servedBy(engine, caller, request)
      const { store, address } = await previewDownload(giving, caller, served, 'text')
      await trail.looked(engine, caller, served)
      reply.header('cache-control', 'private, no-cache')
      return { text: await textAt(engine, store, address), truncated: served.content.size > mostText }
    }),
  })
}

const textSchema = object({
  text: { type: 'string', maxLength: 4 * mostText },
  truncated: { type: 'boolean', description: 'Whether the file goes on after that' },
})
