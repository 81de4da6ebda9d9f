import type { FastifyReply, FastifyRequest } from 'fastify'
import { Refusal, refuse, refuseField, say } from '@commonhall/kernel'
import type { Caller } from '../../caller.ts'
import { AddressLimit } from '../../http/address-limit.ts'
import { type Http, orgPath, writing } from '../../http/door.ts'
import { jsonReply, recordParameters, refusals } from '../../http/schemas.ts'
import { instant, maybe, object } from '../../http/shapes.ts'
import { contentDownload, type Serving } from './downloads.ts'
import { type FileLink, FileLinks } from './links.ts'
import { makerOf } from './maker.ts'
import { bytesReply } from './schemas.ts'
import { sendDownload } from './send.ts'
import { findServed, type Served } from './served.ts'

const minutes = { least: 5, usual: 60, most: 7 * 24 * 60 } as const
const tags = ['Files']

/** So many are opened from one address in a minute: nobody guesses them, or has files sent without end. */
const mostOpened = 60

/** Links that open a file without sign-in for a while: making them, and what they lead to. */
export function linkRoutes(http: Http, serving: Serving): void {
  const links = new FileLinks(http.engine.settings)
  registerMaking(http, links)
  registerOpening(http, serving, links)
}

function registerMaking(http: Http, links: FileLinks): void {
  const { app, engine } = http
  app.post(`${orgPath}/files/:id/link`, {
    schema: {
      tags,
      operationId: 'linkToFile',
      summary: 'Make a link that opens a file without sign-in for a while',
      description:
        'It is good for the version that is the newest now, and for as long as you may read the file yourself. ' +
        'Pictures come without what the camera wrote into them.',
      params: recordParameters,
      body: maybe(object({ minutes: { type: 'integer', minimum: minutes.least, maximum: minutes.most } }, [])),
      response: { 201: jsonReply('The link', linkSchema), ...refusals(409) },
    },
    handler: writing(http, 'foundation', async (caller, transaction, request) => {
      const { id } = request.params as { id: string }
      const lasts = readMinutes(request.body)
      const { file, number } = await findServed(engine, caller, id, undefined, transaction)
      const { userId: maker } = caller.actor
      if (!maker || (caller.access.kind === 'user' && caller.access.via === 'key'))
        return refuse('forbidden', say('serving:link_by_key'))
      if (file.archived_at) refuse('not_found', say('serving:deleted'))
      if (!file.record) refuse('conflict', say('serving:link_unsaved'))
      const until = Date.now() + lasts * 60_000
      const expires = new Date(until).toISOString()
      await transaction.query(`select foundation.note_file('link-file', $1, $2, $3)`, [file.id, number, expires])
      const token = links.seal({ org: caller.org.id, file: file.id, version: number, maker, until })
      const url = `${engine.settings.publicUrl}/api/v1/file-links/${token}`
      return { status: 201, body: { expires_at: expires }, once: { url } }
    }),
  })
}

const linkSchema = object(
  {
    url: {
      type: 'string',
      maxLength: 2000,
      description: 'Left out when a request is repeated under its Idempotency-Key: the link is kept nowhere',
    },
    expires_at: instant,
  },
  ['expires_at'],
)

function readMinutes(body: unknown): number {
  const { minutes: given = minutes.usual, ...rest } = (body ?? {}) as Record<string, unknown>
  const isThere = Number.isInteger(given) && Number(given) >= minutes.least && Number(given) <= minutes.most
  if (!isThere) refuseField('minutes', 'invalid', say('serving:link_minutes', minutes))
  const [other] = Object.keys(rest)
  if (other !== undefined) refuseField(other, 'unknown', say('serving:link_minutes', minutes))
  return Number(given)
}

function registerOpening(http: Http, serving: Serving, links: FileLinks): void {
  const { app, engine } = http
  const limit = new AddressLimit(mostOpened, 'serving:too_many')
  app.get('/api/v1/file-links/:token', {
    compress: false,
    schema: {
      tags,
      operationId: 'openFileLink',
      summary: 'Download the file that a link leads to',
      security: [],
      params: {
        type: 'object',
        required: ['token'],
        properties: { token: { type: 'string', maxLength: 400, description: 'From the link' } },
      },
      response: { ...bytesReply, ...refusals(409, 416, 429, 503) },
    },
    handler: async (request: FastifyRequest, reply: FastifyReply) => {
      // Where the link leads must not learn it from whoever follows it.
      reply.header('referrer-policy', 'no-referrer')
      limit.enter(request.ip)
      const link = links.open((request.params as { token: string }).token) ?? over()
      const look = () => lookBehind(http, link, request.id)
      const { maker, served } = await look()
      return await sendDownload(engine, request, reply, {
        // Whoever has a link may not attach, whatever its maker may.
        ...(await contentDownload(serving, maker, { ...served, attaches: false })),
        prove: async () => void (await look()),
        note: () => noteOpened(http, maker, served, request.ip),
      })
    },
  })
}

const over = (): never => refuse('not_found', say('serving:link_over'))

/** What a link leads to, if it still does. It does not say why it does not. */
async function lookBehind({ engine }: Http, link: FileLink, requestId: string) {
  if (link.until <= Date.now()) return over()
  const maker = (await makerOf(engine, link, requestId)) ?? over()
  const served = await findServed(engine, maker, link.file, String(link.version)).catch((error: unknown) =>
    error instanceof Refusal ? over() : Promise.reject(error),
  )
  return served.file.archived_at ? over() : { maker, served }
}

const noteOpened = ({ engine }: Http, maker: Caller, { file, number }: Served, address: string) =>
  engine.database.transaction(maker.access, async ({ query }) => {
    await query(`select foundation.note_file('read', $1, $2, null, $3, $4)`, [
      file.id,
      number,
      maker.actor.name,
      address,
    ])
  })
