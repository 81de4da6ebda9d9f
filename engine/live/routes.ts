import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Caller } from '../caller.ts'
import type { Engine } from '../engine.ts'
import { type Http, orgPath, reading } from '../http/door.ts'
import { orgParameters, refusals } from '../http/schemas.ts'
import { type Asked, readAsked } from './asked.ts'
import { registerEditing } from './editing-route.ts'
import { listenerOf, type Start } from './listener.ts'
import { LongPoll, readNext } from './poll.ts'
import { openPosition } from './position.ts'
import { liveQuery, liveReply } from './schemas.ts'
import { EventStream } from './stream.ts'

/** What happens, told while it happens. */
export function liveRoutes(http: Http): void {
  const { app, engine } = http
  app.addHook('preClose', (done: () => void) => {
    engine.live.stop()
    done()
  })
  app.get(`${orgPath}/live`, {
    schema: {
      tags: ['Live'],
      operationId: 'listen',
      summary: 'What happens, as it happens',
      params: orgParameters,
      querystring: liveQuery,
      headers: {
        type: 'object',
        properties: {
          'last-event-id': { type: 'string', maxLength: 2000, description: 'The last `id` heard; browsers send it' },
        },
      },
      response: { 200: liveReply, ...refusals(429) },
    },
    handler: reading(http, 'foundation', async (caller, request, reply) => {
      const asked = readAsked(engine, caller, request)
      // What is remembered of the caller decides what they hear, so it must hold.
      await engine.database.prove(caller.access)
      if (request.method === 'HEAD') return streamHeaders(reply).send()
      return asked.wait === null
        ? await stream(engine, caller, asked, request, reply)
        : await poll(engine, caller, asked, asked.wait, reply)
    }),
  })
  registerEditing(http)
}

const streamHeaders = (reply: FastifyReply) =>
  reply
    .type('text/event-stream; charset=utf-8')
    // Proxies are to pass each event on at once, and as it is.
    .header('cache-control', 'no-store, no-transform')
    .header('x-accel-buffering', 'no')

async function stream(
  engine: Engine,
  caller: Caller,
  { topics, tab, after }: Asked,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { live } = engine
  const sink = new EventStream(
    () => live.leave(listener),
    () => {
      live.meters.dropped.inc()
      request.raw.destroy()
    },
  )
  const listener = listenerOf(caller, topics, tab, sink)
  live.admit(listener)
  try {
    await live.enter(listener, startOf(engine, caller, after === null ? null : readNext(after).position))
  } catch (error) {
    sink.body.destroy()
    throw error
  }
  if (reply.raw.destroyed) {
    sink.body.destroy()
    return reply.hijack()
  }
  return streamHeaders(reply).send(sink.body)
}

async function poll(engine: Engine, caller: Caller, { topics, tab, after }: Asked, wait: number, reply: FastifyReply) {
  const { live } = engine
  const next = after === null ? null : readNext(after)
  const sink = new LongPoll(next?.marks ?? null)
  const listener = listenerOf(caller, topics, tab, sink)
  live.admit(listener)
  const left = () => sink.end()
  reply.raw.once('close', left)
  let timer: NodeJS.Timeout | undefined
  try {
    await live.enter(listener, startOf(engine, caller, next?.position ?? null))
    timer = setTimeout(left, wait * 1000)
    const { events, next: following } = await sink.answer
    const told = events.map(({ id, event, data }) => ({ id, event, data: JSON.parse(data) as object }))
    return await reply.type('application/json').send(JSON.stringify({ events: told, next: following }))
  } finally {
    clearTimeout(timer)
    reply.raw.off('close', left)
    live.leave(listener)
  }
}

function startOf({ cursors }: Engine, { org }: Caller, position: string | null): Start {
  if (position === null) return 'now'
  return openPosition(cursors, org.id, position) ?? 'lost'
}
