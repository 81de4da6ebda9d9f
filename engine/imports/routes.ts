import multipart from '@fastify/multipart'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { refuse, say } from '@commonhall/kernel'
import { type Http, orgPath, reading } from '../http/door.ts'
import { pageOf } from '../http/paging.ts'
import { jsonReply, orgParameters, recordParameters, refusals } from '../http/schemas.ts'
import { registerActs } from './acts.ts'
import { registerBrought } from './brought.ts'
import { onBehalfOf, scopeOf } from './jobs.ts'
import { noteShown } from './note-shown.ts'
import { presentImport, presentWhole } from './present.ts'
import { errorsOf, refusedFile, refusedRows } from './refusals.ts'
import { importPage, importSchema, paging, refusalPage, upload } from './schemas.ts'
import { listImports } from './store.ts'
import { receiveUpload, uploadLimit } from './upload.ts'
import { importables, visibleImport, wholly } from './visible.ts'

const base = `${orgPath}/imports`
const tags = ['Imports']
const idOf = (request: FastifyRequest) => (request.params as { id: string }).id
const one = jsonReply('The import', importSchema)

/** Imports over HTTP: upload, map, try, run, undo, and what was refused. */
export async function importRoutes(http: Http): Promise<void> {
  await http.app.register(async (app) => {
    await app.register(multipart)
    const scope = { ...http, app }
    registerUpload(scope)
    registerReads(scope)
    registerActs(scope)
    registerRefusals(scope)
    registerBrought(scope)
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
        .send(presentWhole(engine.registry, caller.actor, row))
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
      const allowed = importables(engine, caller)
      const whole = wholly(engine, caller, allowed)
      if (!allowed.length) refuse('forbidden', say('engine:rule.not_allowed'))
      const scope = scopeOf(engine, caller.access)
      const { rows, page } = await pageOf(engine, request, {
        scope: `${caller.org.id} imports`,
        read: (limit, [after]: [string?]) =>
          listImports(scope, { whole, own: allowed, actor: caller.actor.userId }, limit, after ?? null),
        mark: ({ id }) => [id],
      })
      return { data: rows.map(presentImport), page }
    }),
  })
  app.get(`${base}/:id`, {
    schema: { tags, summary: 'Read one import', params: recordParameters, response: { 200: one, ...refusals() } },
    handler: reading(http, 'foundation', async (caller, request) =>
      presentWhole(
        engine.registry,
        caller.actor,
        noteShown(engine, caller, await visibleImport(engine, caller, idOf(request))),
      ),
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
      const { id } = noteShown(engine, caller, await visibleImport(engine, caller, idOf(request)))
      const scope = scopeOf(engine, caller.access)
      const { rows, page } = await pageOf(engine, request, {
        scope: `${caller.org.id} refusals of ${id}`,
        read: (limit, [after = 0]: [number?]) => refusedRows(scope, id, after, limit),
        mark: ({ row }) => [row],
      })
      return { data: errorsOf(rows), page }
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
      const row = noteShown(engine, caller, await visibleImport(engine, caller, idOf(request)))
      const stream = refusedFile(scopeOf(engine, onBehalfOf(caller)), row)
      stream.on('error', (error) => request.log.error({ err: error }, 'export broke off'))
      return reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', 'attachment; filename="refused.csv"')
        .send(stream)
    }),
  })
}
