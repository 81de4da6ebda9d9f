import type { FastifyBaseLogger, FastifyInstance } from 'fastify'
import type { Bindings, Logger } from 'pino'

const levels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace'] as const

/**
 * A request's own logger, made when it first has something to say. Making one looks through what it is given for
 * secrets, which costs more than most requests; and most have nothing to say.
 */
export function lazyChild(parent: Logger, bindings: Bindings): FastifyBaseLogger {
  let made: Logger | undefined
  const child = () => (made ??= parent.child(bindings))
  const speak =
    (level: (typeof levels)[number]) =>
    (...said: [object, string?]) =>
      child()[level](...said)
  return {
    level: parent.level,
    silent() {},
    child: (more: Bindings) => child().child(more),
    ...Object.fromEntries(levels.map((level) => [level, speak(level)])),
  } as unknown as FastifyBaseLogger
}

/** One line a request: which route, how it ended, how long it took. Never an address with a person's words in it. */
export function registerRequestLog(app: FastifyInstance, log: Logger): void {
  // Nothing in these lines can be a secret, so nothing is looked for in them.
  const lines = log.child({}, { redact: [] })
  app.addHook('onRequest', (request, reply, done) => {
    reply.header('x-request-id', request.id)
    done()
  })
  app.addHook('onResponse', ({ id: request_id, method, routeOptions }, reply, done) => {
    const { url: route = 'none', config } = routeOptions
    const [status, ms] = [reply.statusCode, Math.round(reply.elapsedTime * 10) / 10]
    // Of what nobody's session is taken for, only that it was asked is written down.
    lines.info(config.anonymous ? { method, route, status } : { request_id, method, route, status, ms }, 'request')
    done()
  })
}
