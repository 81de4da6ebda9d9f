import multipart from '@fastify/multipart'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { isUuid, refuse, say } from '@commonhall/kernel'
import type { Caller } from '../caller.ts'
import type { Transaction } from '../database/pool.ts'
import { type Http, orgPath, reading, writing } from '../http/crud.ts'
import { jsonReply, orgParameters, recordParameters, refusals } from '../http/schemas.ts'
import { judge } from '../rules.ts'
import { changeImport } from './change.ts'
import { importQueue, type ImportWork, onBehalfOf, scopeOf } from './jobs.ts'
import { presentImport, presentWhole } from './present.ts'
import { errorsOf, refusedFile, refusedRows } from './refusals.ts'
import { startRun, startTrial } from './run.ts'
import { importChange, importPage, importSchema, paging, refusalPage, upload } from './schemas.ts'
import { findImport, type ImportRow, listImports, lockImport, needState } from './store.ts'
import { startUndo } from './undo.ts'
import { receiveUpload, uploadLimit } from './upload.ts'

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
    registerWrites(scope)
    registerRefusals(scope)
  })
}

/** The import, if the caller may import into its resource; otherwise it is not there. */
async function visible({ engine }: Http, caller: Caller, id: string): Promise<ImportRow> {
  const row = await findImport(scopeOf(engine, caller.access), id)
  if (!importables(engine, caller).includes(row.resource)) refuse('not_found', say('imports:not_found'))
  return row
}

/** Full names of the resources into which the caller may import. */
function importables({ registry }: Http['engine'], { actor, org }: Caller): string[] {
  return [...registry.resources.values()]
    .filter((resource) => {
      const found = registry.ruleFor(resource, 'import')
      return found && org.modules.has(resource.module) && judge(found.rule, found.permission, actor) === true
    })
    .map(({ name }) => name)
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
      presentWhole(engine.registry, await visible(http, caller, idOf(request))),
    ),
  })
}

type Act = (transaction: Transaction, caller: Caller, id: string, request: FastifyRequest) => Promise<void>

/** A write on one import: the right is asked for its resource, and the answer is the import as it then is. */
function changing(http: Http, status: number, act: Act) {
  return writing(http, 'foundation', async (caller, transaction, request) => {
    const { engine } = http
    const id = (await visible(http, caller, idOf(request))).id
    await act(transaction, caller, id, request)
    return { status, body: presentWhole(engine.registry, await lockImport(transaction, id)) }
  })
}

function registerWrites(http: Http): void {
  const { app, engine } = http
  const send = (transaction: Transaction, caller: Caller, id: string, act: ImportWork['act']) =>
    engine.jobs.send(
      importQueue,
      { import: id, act, access: onBehalfOf(caller) } satisfies ImportWork,
      {},
      transaction.client,
    )
  app.patch(`${base}/:id`, {
    schema: {
      tags,
      summary: 'Change how a file is read',
      params: recordParameters,
      body: importChange,
      response: { 200: one, ...refusals(409) },
    },
    handler: changing(http, 200, (transaction, _caller, id, request) =>
      changeImport(engine.registry, transaction, id, request.body),
    ),
  })
  const acts = {
    'dry-run': [
      'Run an import without keeping anything',
      async (transaction, caller, id) => {
        await startTrial(scopeOf(engine, caller.access), transaction, id)
        await send(transaction, caller, id, 'try')
      },
    ],
    run: [
      'Bring the rows in',
      async (transaction, caller, id) => {
        await startRun(scopeOf(engine, caller.access), transaction, id)
        await send(transaction, caller, id, 'run')
      },
    ],
    undo: [
      'Take a whole import back',
      async (transaction, caller, id) => {
        await startUndo(transaction, id)
        await send(transaction, caller, id, 'undo')
      },
    ],
  } satisfies Record<string, [string, Act]>
  for (const [act, [summary, work]] of Object.entries(acts))
    app.post(`${base}/:id/${act}`, {
      schema: { tags, summary, params: recordParameters, response: { 202: one, ...refusals(409) } },
      handler: changing(http, 202, work),
    })
  app.delete(`${base}/:id`, {
    schema: {
      tags,
      summary: 'Forget an import that is not in',
      params: recordParameters,
      response: { 204: { type: 'null', description: 'Done' }, ...refusals(409) },
    },
    handler: writing(http, 'foundation', async (caller, transaction, request) => {
      needState(await visible(http, caller, idOf(request)), 'ready', 'failed', 'undone', 'reading')
      await transaction.query('delete from foundation.import where id = $1', [idOf(request)])
      return { status: 204 }
    }),
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
      const { id } = await visible(http, caller, idOf(request))
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
      const row = await visible(http, caller, idOf(request))
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
