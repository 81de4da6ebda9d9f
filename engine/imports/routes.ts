import multipart from '@fastify/multipart'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { isUuid, refuse, say } from '@commonhall/kernel'
import { type Http, orgPath, reading } from '../http/door.ts'
import { jsonReply, orgParameters, recordParameters, refusals } from '../http/schemas.ts'
import { registerActs } from './acts.ts'
import { onBehalfOf, scopeOf } from './jobs.ts'
import { presentImport, presentWhole } from './present.ts'
import { errorsOf, refusedFile, refusedRows } from './refusals.ts'
import { importPage, importSchema, paging, refusalPage, upload } from './schemas.ts'
import { listImports } from './store.ts'
import { receiveUpload, uploadLimit } from './upload.ts'
import { importables, visibleImport } from './visible.ts'

const base = `${orgPath}/imports`
const tags = ['Imports']
const idOf = (request: FastifyRequest) => (request.params as { id: string }).id
const one = jsonReply('The import', importSchema)

/** Imports over HTTP: upload, map, try, run, undo, and what was refused. */
export async function importRoutes(http: Http): Promise<void> {
  await http.app.register(async (app) => {
    // The schemas describe; what is judged is judged below, with sentences for people.
    app.setValidatorCompiler(() => () => true)
    await app.register(multipart)
    const scope = { ...http, app }
    registerUpload(scope)
    registerReads(scope)
    registerActs(scope)
    registerRefusals(scope)
  })
}

function registerUpload(http: Http): void {
  const { app, engine } = http
  app.post(base, {
    bodyLimit: uploadLimit,
    schema: {
      tags,
      summary: 'Upload a file and see how it is read',
      params: orgParameters,
      consumes: ['multipart/form-data'],
      querystring: { type: 'object', properties: { resource: { type: 'string', maxLength: 100 } } },
      body: upload,
      response: { 201: one, ...refusals(413, 415) },
    },
    handler: reading(http, 'foundation', async (caller, request, reply) => {
      const row = await receiveUpload(engine, caller, request)
      return reply
        .code(201)
        .header('location', `/api/v1/orgs/${caller.org.slug}/imports/${row.id}`)
        .send(presentWhole(engine.registry, row))
    }),
  })
}

function registerReads(http: Http): void {
  const { app, engine } = http
  app.get(base, {
    schema: {
      tags,
      summary: 'List imports, newest first',
      params: orgParameters,
      querystring: paging,
      response: { 200: jsonReply('One page', importPage), ...refusals() },
    },
    handler: reading(http, 'foundation', async (caller, request) => {
      const { limit, after } = readPaging(request)
      if (after !== null && !isUuid(after)) refuse('bad_cursor', say('engine:list.bad_cursor'), { status: 400 })
      const allowed = importables(engine, caller)
      if (!allowed.length) refuse('forbidden', say('engine:rule.not_allowed'))
      const rows = await listImports(scopeOf(engine, caller.access), allowed, limit + 1, after)
      const shown = rows.slice(0, limit)
      return { data: shown.map(presentImport), page: { next: rows.length > limit ? (shown.at(-1)?.id ?? null) : null } }
    }),
  })
  app.get(`${base}/:id`, {
    schema: { tags, summary: 'Read one import', params: recordParameters, response: { 200: one, ...refusals() } },
    handler: reading(http, 'foundation', async (caller, request) =>
      presentWhole(engine.registry, await visibleImport(engine, caller, idOf(request))),
    ),
  })
}

function registerRefusals(http: Http): void {
  const { app, engine } = http
  app.get(`${base}/:id/refusals`, {
    schema: {
      tags,
      summary: 'What was refused, and why',
      params: recordParameters,
      querystring: paging,
      response: { 200: jsonReply('One page of whole rows', refusalPage), ...refusals() },
    },
    handler: reading(http, 'foundation', async (caller, request) => {
      const { limit, after } = readPaging(request)
      if (after !== null && !/^\d{1,9}$/.test(after))
        refuse('bad_cursor', say('engine:list.bad_cursor'), { status: 400 })
      const { id } = await visibleImport(engine, caller, idOf(request))
      const rows = await refusedRows(scopeOf(engine, caller.access), id, Number(after ?? 0), limit + 1)
      const shown = rows.slice(0, limit)
      return { data: errorsOf(shown), page: { next: rows.length > limit ? String(shown.at(-1)?.row) : null } }
    }),
  })
  app.get(`${base}/:id/refused.csv`, {
    schema: {
      tags,
      summary: 'The refused rows as a file, to mend and bring in again',
      params: recordParameters,
      response: {
        200: {
          description: 'The file',
          content: { 'text/csv; charset=utf-8': { schema: { type: 'string', format: 'binary' } } },
        },
        ...refusals(),
      },
    },
    handler: reading(http, 'foundation', async (caller, request, reply: FastifyReply) => {
      const row = await visibleImport(engine, caller, idOf(request))
      const stream = refusedFile(scopeOf(engine, onBehalfOf(caller)), row)
      stream.on('error', (error) => request.log.error({ err: error }, 'export broke off'))
      return reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', 'attachment; filename="refused.csv"')
        .send(stream)
    }),
  })
}

function readPaging(request: FastifyRequest): { limit: number; after: string | null } {
  const { limit = '50', after = null } = request.query as { limit?: unknown; after?: unknown }
  const many = typeof limit === 'string' && /^\d{1,3}$/.test(limit) ? Number(limit) : 0
  if (many < 1 || many > 200) refuse('bad_limit', say('engine:list.bad_limit'), { status: 400 })
  if (after !== null && typeof after !== 'string') refuse('bad_cursor', say('engine:list.bad_cursor'), { status: 400 })
  return { limit: many, after }
}
