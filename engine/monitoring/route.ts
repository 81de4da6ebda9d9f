import type { FastifyInstance } from 'fastify'
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import pins from '../../package.json' with { type: 'json' }
import type { Engine } from '../engine.ts'

/** `/metrics`: what the process, its requests and each part of the engine measure. No label names org or person. */
export function registerMetrics(app: FastifyInstance, engine: Engine): void {
  // Of its own: one engine may have several servers, one after the other or side by side.
  const registry = new Registry()
  collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: 20 })
  measureRequests(app, registry)
  const build = new Gauge({
    name: 'commonhall_build_info',
    help: 'Always 1; the labels tell what runs',
    labelNames: ['version', 'node'],
    registers: [registry],
  })
  build.set({ version: pins.version, node: process.versions.node }, 1)
  app.get(
    '/metrics',
    {
      schema: {
        tags: ['Health'],
        summary: 'Prometheus metrics',
        security: [],
        response: { 200: { description: 'Metrics', content: { 'text/plain': { schema: { type: 'string' } } } } },
      },
    },
    async (_request, reply) =>
      reply.type(registry.contentType).send(await Registry.merge([registry, engine.meters]).metrics()),
  )
}

function measureRequests(app: FastifyInstance, registry: Registry): void {
  const durations = new Histogram({
    name: 'commonhall_http_request_seconds',
    help: 'Time from request to reply, by route and status',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers: [registry],
  })
  app.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'none'
    durations.observe({ method: request.method, route, status: reply.statusCode }, reply.elapsedTime / 1000)
    done()
  })
}
