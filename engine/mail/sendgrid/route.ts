import type { FastifyRequest } from 'fastify'
import { refuse, say } from '@commonhall/kernel'
import type { Http } from '../../http/door.ts'
import { refusals } from '../../http/schemas.ts'
import { isSigned, readWebhookKey } from './signature.ts'
import { type Told, toldBy } from './events.ts'

/** SendGrid gathers events for some seconds; it sends no more than a few hundred at once. */
const mostEvents = 5000
const mostBytes = 1024 * 1024

/**
 * Where SendGrid tells what has become of mails that it took. Open to everybody, as it cannot sign in: only what it has
 * signed is read. Without its key there is no such place.
 */
export async function sendgridRoute({ app, engine }: Http): Promise<void> {
  const { SENDGRID_WEBHOOK_KEY: text } = engine.settings.environment
  const key = text ? readWebhookKey(text) : undefined
  await app.register(async (scope) => {
    scope.removeContentTypeParser('application/json')
    // The signature is over the bytes as they came.
    scope.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
    scope.post('/api/v1/mail/sendgrid-events', {
      bodyLimit: mostBytes,
      schema: {
        tags: ['Mail'],
        operationId: 'receiveSendgridEvents',
        summary: 'What became of mails, told by SendGrid',
        security: [],
        body: {
          type: 'array',
          maxItems: mostEvents,
          items: { type: 'object', properties: { event: { type: 'string', maxLength: 60 } } },
        },
        response: { 204: { type: 'null', description: 'Written down' }, ...refusals(413) },
      },
      async handler(request, reply) {
        if (!key) return refuse('not_found', say('engine:http.no_route'))
        const { headers } = request
        const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
        const signature = headers['x-twilio-email-event-webhook-signature']
        const timestamp = headers['x-twilio-email-event-webhook-timestamp']
        if (!isSigned(key, { signature, timestamp, body })) refuse('forbidden', say('engine:mail.not_signed'))
        for (const one of eventsIn(body, request)) await engine.post.hear(one)
        return reply.code(204).send()
      },
    })
  })
}

/** What the events tell of mails of ours. What is no list of events was signed, yet not understood. */
function eventsIn(body: Buffer, { log }: FastifyRequest): Told[] {
  const events = parsed(body)
  if (!Array.isArray(events) || events.length > mostEvents)
    return refuse('malformed', say('engine:mail.no_events', { most: mostEvents }))
  const told = events.flatMap((event) => toldBy(event) ?? [])
  log.info({ events: events.length, told: told.length }, 'events of mails')
  return told
}

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'))
  } catch {
    return undefined
  }
}
