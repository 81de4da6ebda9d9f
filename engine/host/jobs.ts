import type { FastifyRequest } from 'fastify'
import { field, type JsonSchema, parseRecord, refuse, say } from '@commonhall/kernel'
import type { Http } from '../http/door.ts'
import { inputSchema, jsonReply, refusals } from '../http/schemas.ts'
import { id } from '../http/shapes.ts'
import { type RawQuery, readPaging } from '../records/list-query.ts'
import { accepted } from '../records/accepted.ts'
import { actAsHost, greetHost, hostPath, tags } from './door.ts'
import { wrong } from './fields.ts'
import { failurePage, failureQuery, queuesReply, schedulesReply, settledReply } from './jobs-schemas.ts'

const url = `${hostPath}/jobs`
const most = 200

/** Which dead letters: these, or all of the queue. */
const settling = { queue: field.text({ required: true, max: 200 }), ids: field.json(), all: field.yesNo() }

/**
 * What goes on in the queues, and what failed for good. The queues are the server's own to read, for it works through
 * them; so the question whether a host asks is one of its own here. What a host does is proved and done in one.
 */
export function registerHostJobs(http: Http): void {
  readable(http, '/queues', 'How the queues are doing', 'hostListQueues', queuesReply, async ({ jobs }) => ({
    data: await jobs.queues(),
  }))
  readable(
    http,
    '/schedules',
    'What is done by the clock, the next first',
    'hostListSchedules',
    schedulesReply,
    async ({ jobs }) => ({ data: await jobs.schedules() }),
  )
  http.app.get(`${url}/failures`, {
    schema: {
      tags,
      summary: 'List jobs that failed at their last try, the latest first',
      operationId: 'hostListFailures',
      querystring: failureQuery,
      response: { 200: jsonReply('One page', failurePage), ...refusals() },
    },
    handler: (request) => listFailures(http, request),
  })
  settles(http, 'retry', 'Try failed jobs again, with all their tries')
  settles(http, 'discard', 'Throw failed jobs away')
}

type Answer = (engine: Http['engine']) => Promise<object>

function readable(http: Http, path: string, summary: string, operationId: string, reply: JsonSchema, answer: Answer) {
  http.app.get(`${url}${path}`, {
    schema: { tags, summary, operationId, response: { 200: jsonReply('All of them', reply), ...refusals() } },
    async handler(request) {
      await greetHost(http, request)
      return await answer(http.engine)
    },
  })
}

async function listFailures(http: Http, request: FastifyRequest) {
  await greetHost(http, request)
  const { cursors, jobs } = http.engine
  const query = request.query as RawQuery
  const { limit, after } = readPaging(query)
  const { queue = '' } = query
  if (typeof queue !== 'string' || (queue && !knows(http, queue)))
    return refuse('bad_queue', say('host:no_queue', { queue }), { status: 400 })
  const [mark] = after === null ? [] : (cursors.open('host failures', after) as [string])
  const { data, next } = await jobs.failures({ limit, ...(queue ? { queue } : {}), ...(mark ? { after: mark } : {}) })
  return { data, page: { next: next && cursors.seal('host failures', [next]) } }
}

const knows = ({ engine }: Http, queue: string) => engine.jobs.wanted.some(({ name }) => name === queue)

function settles(http: Http, act: 'retry' | 'discard', summary: string): void {
  http.app.post(`${url}/failures/${act}`, {
    schema: {
      tags,
      summary,
      operationId: act === 'retry' ? 'hostRetryFailures' : 'hostDiscardFailures',
      body: bodySchema(),
      response: { 200: jsonReply('How many', settledReply), ...refusals() },
    },
    async handler(request) {
      await greetHost(http, request)
      const { queue, ids } = readBody(http, request.body)
      const count = Number(await actAsHost(http, request, 'host_settle_jobs', [act === 'discard', queue, ids]))
      // What waited behind a dead letter can go on, too.
      if (count) http.engine.jobs.wake(queue)
      return { count }
    },
  })
}

function bodySchema(): JsonSchema {
  const schema = inputSchema(settling, false) as { readonly properties: Record<string, JsonSchema> }
  const ids = { type: 'array', minItems: 1, maxItems: most, items: id, description: 'These; or `all` of the queue' }
  return { ...schema, properties: { ...schema.properties, ids } }
}

function readBody(http: Http, body: unknown): { queue: string; ids: readonly string[] | null } {
  const values = accepted(parseRecord(settling, body))
  const { queue, ids, all } = values as { queue: string; ids?: unknown; all?: boolean | null }
  if (!knows(http, queue)) wrong('queue', say('host:no_queue', { queue }))
  if (all && ids == null) return { queue, ids: null }
  if (all || !areIds(ids)) return wrong('ids', say('host:which_jobs'))
  return { queue, ids }
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

const areIds = (value: unknown): value is readonly string[] =>
  Array.isArray(value) &&
  value.length > 0 &&
  value.length <= most &&
  value.every((one) => typeof one === 'string' && uuid.test(one))
