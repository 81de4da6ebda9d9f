import type { FastifyReply, FastifyRequest } from 'fastify'
import { addWords } from '@commonhall/kernel'
import type { Caller } from '../../caller.ts'
import { type Http, orgPath, reading } from '../../http/door.ts'
import { jsonReply, recordParameters, refusals } from '../../http/schemas.ts'
import { object } from '../../http/shapes.ts'
import { mostPages, mostText } from '../previews/kinds.ts'
import { Previews } from '../previews/previews.ts'
import { linkRoutes } from './link-routes.ts'
import { Notes } from './notes.ts'
import { contentParcel, pageParcel, previewParcel, type Serving } from './parcels.ts'
import { type Parcel, sendParcel } from './send.ts'
import { findServed, type Served } from './served.ts'
import { bytesReply, picture, versionAsked } from './schemas.ts'
import { textAt } from './text.ts'
import { words } from './words/en.ts'

addWords('serving', words)

const base = `${orgPath}/files/:id`
const tags = ['Files']

type Wanted = (caller: Caller, served: Served, request: FastifyRequest) => Promise<Omit<Parcel, 'prove' | 'note'>>
type Note = 'taken' | 'looked' | 'nothing'

/** Looking at files without opening them, and giving them out. */
export function servingRoutes(http: Http): void {
  const { app, engine } = http
  const serving: Serving = { engine, previews: new Previews(engine) }
  const notes = new Notes()
  const noting = {
    taken: (caller: Caller, served: Served, part: boolean) => notes.taken(engine, caller, served, part),
    looked: (caller: Caller, served: Served) => notes.looked(engine, caller, served),
    nothing: () => Promise.resolve(),
  }
  const answer = (wanted: Wanted, note: Note) =>
    reading(http, 'foundation', async (caller, request, reply: FastifyReply) => {
      const { id } = request.params as { id: string }
      const served = await findServed(engine, caller, id, (request.query as { version?: unknown }).version)
      return await sendParcel(engine, request, reply, {
        ...(await wanted(caller, served, request)),
        prove: () => engine.database.prove(caller.access),
        note: (part) => noting[note](caller, served, part),
      })
    })
  const described = (operationId: string, summary: string) => ({
    tags,
    operationId,
    summary,
    params: recordParameters,
    querystring: versionAsked,
  })
  app.get(`${base}/content`, {
    compress: false,
    schema: {
      ...described('downloadFile', 'Download a file'),
      description:
        'Always as an attachment. Pictures go as they are to those who may change the files of the record, and ' +
        'without what the camera wrote into them to others. Takes `Range` (one part) and `If-None-Match`.',
      response: { ...bytesReply, ...refusals(409, 416, 503) },
    },
    handler: answer((caller, served) => contentParcel(serving, caller, served), 'taken'),
  })
  for (const [kind, operationId, summary, note] of pictures) {
    app.get(`${base}/${kind}`, {
      compress: false,
      schema: { ...described(operationId, summary), response: { ...picture, ...refusals(409, 416, 503) } },
      handler: answer((caller, served) => previewParcel(serving, caller, served, kind), note),
    })
  }
  const { properties } = recordParameters
  const number = { type: 'string', pattern: '^[0-9]{1,3}$', maxLength: 3, description: `From 1 to ${mostPages}` }
  app.get(`${base}/pages/:number`, {
    compress: false,
    schema: {
      ...described('viewPageOfFile', 'Look at a page of a PDF, as a picture'),
      params: { type: 'object', required: ['slug', 'id', 'number'], properties: { ...properties, number } },
      response: { ...picture, ...refusals(409, 416, 503) },
    },
    handler: answer(
      (caller, served, request) => pageParcel(serving, caller, served, (request.params as { number: string }).number),
      'looked',
    ),
  })
  app.get(`${base}/text`, {
    schema: {
      ...described('readTextOfFile', 'Read the beginning of a text'),
      response: { 200: jsonReply('The text', textSchema), ...refusals(409, 503) },
    },
    handler: reading(http, 'foundation', async (caller, request, reply) => {
      const { id } = request.params as { id: string }
      const served = await findServed(engine, caller, id, (request.query as { version?: unknown }).version)
      const { store, address } = await previewParcel(serving, caller, served, 'text')
      await notes.looked(engine, caller, served)
      reply.header('cache-control', 'private, no-cache')
      return { text: await textAt(engine, store, address), truncated: served.content.size > mostText }
    }),
  })
  linkRoutes(http, serving)
}

const pictures = [
  ['thumbnail', 'viewThumbnailOfFile', 'See a file small', 'nothing'],
  ['view', 'viewFile', 'Look at a picture, turned upright and in a size for screens', 'looked'],
] as const

const textSchema = object({
  text: { type: 'string', maxLength: 4 * mostText },
  truncated: { type: 'boolean', description: 'Whether the file goes on after that' },
})
