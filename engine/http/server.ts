import { randomUUID } from 'node:crypto'
import compress from '@fastify/compress'
import fastify, { type FastifyInstance, LogController } from 'fastify'
import type { Engine } from '../engine.ts'
import { registerBudgets } from '../keys/budget.ts'
import { registerReport } from '../reports/routes.ts'
import { registerBodies } from './bodies.ts'
import { registerAnonymousRoute } from './anonymous-routes.ts'
import { registerHistory } from '../audit/history.ts'
import { answerBrokenRequest } from './broken-requests.ts'
import { registerCatalog } from './catalog.ts'
import { registerRecords } from './crud.ts'
import type { Http } from './door.ts'
import { registerExport } from './exports.ts'
import { bareHeaders, registerHeaders } from './headers.ts'
import { registerHealth } from './health.ts'
import { registerDescription } from './openapi.ts'
import { registerOverview } from './overview.ts'
import { answerError, registerProblems } from './problems.ts'
import { registerRefusalsOutside } from './refusals-outside.ts'
import { lazyChild, registerRequestLog } from './request-log.ts'
import { registerFileRoute } from './file-routes.ts'
import { registerRoute } from './routes.ts'
import type { Authenticate } from './caller.ts'
import { registerTransitions } from './transitions.ts'
import { registerWeb } from './web.ts'

/** What stands beside the records, and adds its own routes. */
export interface Part {
  (http: Http): void | Promise<void>
}

export interface Parts {
  readonly authenticate: Authenticate
  /** Bodies are judged by their schemas here, and by the kernel's fields everywhere else. */
  readonly signIn: Part
  readonly beside: readonly Part[]
}

/** The largest body of a request that is not a file. */
const bodyLimit = 1024 * 1024

/** Builds the HTTP server over an engine; it does not listen yet. */
export async function buildServer(
  engine: Engine,
  { authenticate, signIn, beside }: Parts,
  webFolder: string | null,
): Promise<FastifyInstance> {
  const app = fastify({
    loggerInstance: engine.log,
    // Our own line stands in for the library's two: theirs carry the address, and so what people searched for.
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'request_id' }),
    childLoggerFactory: (_logger, bindings) => lazyChild(engine.log, bindings),
    genReqId: () => randomUUID(),
    clientErrorHandler: answerBrokenRequest,
    bodyLimit,
    routerOptions: { maxParamLength: 400, ignoreTrailingSlash: true },
    // Defaults coerce types and drop unknown fields: both would turn a mistake into a silent loss.
    ajv: { customOptions: { coerceTypes: false, removeAdditional: false, strict: false } },
    trustProxy: engine.settings.trustProxy,
    frameworkErrors: (error, request, reply) => answerError(error, request, reply.headers(bareHeaders(request.id))),
  }) as unknown as FastifyInstance
  // Replies go out as they are: the schemas describe them, and the tests hold them against it.
  app.setSerializerCompiler(() => (value) => JSON.stringify(value))
  registerProblems(app)
  registerBodies(app)
  registerRequestLog(app, engine.log)
  registerHeaders(app, engine)
  registerBudgets(app)
  registerSignInWatch(app, engine)
  await app.register(compress, {
    threshold: 2048,
    encodings: ['br', 'gzip'],
    brotliOptions: { params: { 0: 0, 1: 4 } },
  })
  await registerDescription(app, engine)
  registerRefusalsOutside(app, engine, authenticate)
  const http: Http = { app, engine, authenticate }
  registerHealth(app, engine)
  await app.register(async (scope) => await signIn({ ...http, app: scope }))
  await app.register(async (scope) => {
    // Here the kernel's fields judge, with sentences for people; the schemas only describe.
    scope.setValidatorCompiler(() => () => true)
    for (const part of beside) await part({ ...http, app: scope })
    registerModules({ ...http, app: scope })
  })
  await registerWeb(app, webFolder)
  await app.ready()
  return app
}

/** What happens at sign-in is told to the person's orgs after the answer, in which it must not take time. */
function registerSignInWatch(app: FastifyInstance, { watch }: Engine): void {
  app.addHook('onResponse', ({ method, routeOptions: { url = '' } }, _reply, done) => {
    if (method !== 'GET' && url.startsWith('/api/v1/auth/')) watch.signIn()
    done()
  })
}

function registerModules(http: Http): void {
  const { registry } = http.engine
  registerCatalog(http)
  registerOverview(http)
  for (const resource of registry.resources.values()) {
    registerRecords(http, resource)
    registerHistory(http, resource)
    registerExport(http, resource)
    registerTransitions(http, resource)
  }
  for (const { module, route } of registry.routes) {
    if ('anonymous' in route) registerAnonymousRoute(http, module, route)
    else if ('sends' in route) registerFileRoute(http, module, route)
    else registerRoute(http, module, route)
  }
  for (const report of registry.reports.values()) registerReport(http, report)
}
