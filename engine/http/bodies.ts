import type { FastifyInstance } from 'fastify'
import { isDeeperThan, refuse, say } from '@commonhall/kernel'

/** No record is nested deeper; what is, was made to exhaust a stack. */
const deepest = 60

/** Bodies are JSON, and of a depth that everything behind can walk through. */
export function registerBodies(app: FastifyInstance): void {
  app.removeContentTypeParser('text/plain')
  app.addHook('preValidation', (request, _reply, done) => {
    if (isDeeperThan(deepest, request.body)) refuse('malformed', say('engine:http.too_deep', { most: deepest }))
    done()
  })
}
