import type { FastifyInstance } from 'fastify'
import type { Engine } from '../engine.ts'
import { inTime } from '../in-time.ts'
import { registerMetrics } from '../monitoring/route.ts'

const liveReply = { type: 'object', required: ['status'], properties: { status: { type: 'string' } } } as const

const parts = { type: 'array', maxItems: 10, items: { type: 'string', maxLength: 60 } } as const

/** Without what is down nothing goes; what is degraded waits, and all else goes on. */
const readyReply = {
  type: 'object',
  required: ['status', 'down'],
  properties: { status: { type: 'string' }, down: parts, degraded: parts },
} as const

/** Is the process alive, can it serve, and how is it doing: for the machine's keeper, not for people. */
export function registerHealth(app: FastifyInstance, engine: Engine): void {
  app.get(
    '/health',
    { schema: { tags: ['Health'], summary: 'The process is alive', security: [], response: { 200: liveReply } } },
    () => ({ status: 'ok' }),
  )
  app.get(
    '/health/ready',
    {
      schema: {
        tags: ['Health'],
        summary: 'Everything it needs answers',
        security: [],
        response: { 200: readyReply, 503: readyReply },
      },
    },
    async (_request, reply) => {
      const { files, post } = engine
      const [down, away] = await Promise.all([
        findDown({ database: () => engine.database.bare('select 1'), queue: () => engine.jobs.ping() }),
        findDown({ storage: () => files.stores.check() }),
      ])
      const waiting = [...(post.isStuck ? ['mail'] : []), ...(files.scanner.isAway ? ['scanner'] : []), ...away]
      const degraded = waiting.length ? { degraded: waiting } : {}
      return reply.code(down.length ? 503 : 200).send({ status: down.length ? 'unavailable' : 'ok', down, ...degraded })
    },
  )
  registerMetrics(app, engine)
}

/** How long a check may take, in milliseconds, before its part counts as down. */
const patience = 3000

/** The names of the parts that do not answer, in order. */
async function findDown(checks: Readonly<Record<string, () => Promise<unknown>>>): Promise<string[]> {
  const names = await Promise.all(
    Object.entries(checks).map(async ([name, check]) => {
      const answer = check().then(
        () => true,
        () => false,
      )
      return (await inTime(answer, patience, false)) ? [] : [name]
    }),
  )
  return names.flat()
}
