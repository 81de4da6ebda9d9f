import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { isArchivable, type Resource, refuse, say } from '@commonhall/kernel'
import type { Caller } from '../caller.ts'
import type { Transaction } from '../database/pool.ts'
import type { Engine } from '../engine.ts'
import type { RawQuery } from '../records/list-query.ts'
import type { Row } from '../records/records.ts'
import { type Answer, asCaller, type Authenticate, etag, expectedVersion, sendAnswer } from './caller.ts'
import { once } from './idempotency.ts'
import {
  inputSchema,
  jsonReply,
  listParameters,
  operationId,
  orgParameters,
  pageSchema,
  recordParameters,
  refusals,
  rowSchema,
  versionHeader,
} from './schemas.ts'

export interface Http {
  readonly app: FastifyInstance
  readonly engine: Engine
  readonly authenticate: Authenticate
}

type Write = (caller: Caller, transaction: Transaction, request: FastifyRequest) => Promise<Answer>

export const orgPath = '/api/v1/orgs/:slug'

/** A handler that reads as the caller, where the module is on. */
export function reading(
  http: Http,
  module: string,
  read: (caller: Caller, request: FastifyRequest, reply: FastifyReply) => Promise<unknown>,
) {
  return (request: FastifyRequest, reply: FastifyReply) =>
    asCaller(http.engine, http.authenticate, request, (caller) => {
      moduleOn(caller, module)
      return read(caller, request, reply)
    })
}

/** A handler that writes as the caller: one transaction, once per Idempotency-Key. */
export function writing(http: Http, module: string, write: Write) {
  return async (request: FastifyRequest, reply: FastifyReply) => {
    const answer = await asCaller(http.engine, http.authenticate, request, (caller) => {
      moduleOn(caller, module)
      return http.engine.database.transaction(caller.access, (transaction) =>
        once(request, transaction, () => write(caller, transaction, request)),
      )
    })
    return sendAnswer(reply, answer)
  }
}

function moduleOn(caller: Caller, module: string): void {
  if (module !== 'foundation' && !caller.org.modules.has(module)) refuse('not_found', say('engine:http.module_off'))
}

const record = (row: Row, status = 200, headers: Record<string, string> = {}): Answer => ({
  status,
  headers: { etag: etag(row.version), ...headers },
  body: row,
})

const idOf = (request: FastifyRequest) => (request.params as { id: string }).id

/** List, read, create, update, archive or delete, and restore: from the declaration alone. */
export function registerRecords(http: Http, resource: Resource): void {
  const {
    app,
    engine: { records, registry },
  } = http
  const { module } = resource
  const base = `${orgPath}/${resource.path}`
  const tags = [resource.plural]
  const one = jsonReply(resource.label, rowSchema(resource), versionHeader)
  const may = (act: string) => registry.ruleFor(resource, act) !== undefined

  app.get(base, {
    schema: {
      tags,
      operationId: operationId('list', resource.plural),
      summary: `List ${resource.plural.toLowerCase()}`,
      params: orgParameters,
      querystring: listParameters(resource, true),
      response: { 200: jsonReply('One page', pageSchema(resource)), ...refusals() },
    },
    handler: reading(http, module, (caller, request) => records.list(caller, resource, request.query as RawQuery)),
  })
  app.get(`${base}/:id`, {
    schema: {
      tags,
      operationId: operationId('read', resource.label),
      summary: `Read one ${resource.label.toLowerCase()}`,
      params: recordParameters,
      response: { 200: one, ...refusals() },
    },
    handler: reading(http, module, async (caller, request, reply) => {
      const row = await records.get(caller, resource, idOf(request))
      return reply.header('etag', etag(row.version)).send(row)
    }),
  })
  if (may('create'))
    app.post(base, {
      schema: {
        tags,
        operationId: operationId('create', resource.label),
        summary: `Create a ${resource.label.toLowerCase()}`,
        params: orgParameters,
        body: inputSchema(resource.fields, false),
        response: { 201: one, ...refusals(409, 413, 415) },
      },
      handler: writing(http, module, async (caller, transaction, request) => {
        const row = await records.create(transaction, caller, resource, request.body)
        return record(row, 201, { location: `/api/v1/orgs/${caller.org.slug}/${resource.path}/${row.id}` })
      }),
    })
  if (may('update'))
    app.patch(`${base}/:id`, {
      schema: {
        tags,
        operationId: operationId('change', resource.label),
        summary: `Change a ${resource.label.toLowerCase()}`,
        params: recordParameters,
        body: inputSchema(resource.fields, true),
        response: { 200: one, ...refusals(409, 412, 413, 415) },
      },
      handler: writing(http, module, async (caller, transaction, request) =>
        record(
          await records.update(transaction, caller, resource, idOf(request), request.body, expectedVersion(request)),
        ),
      ),
    })
  if (may('delete')) registerRemoval(http, resource)
}

function registerRemoval(http: Http, resource: Resource): void {
  const {
    app,
    engine: { records },
  } = http
  const { module } = resource
  const base = `${orgPath}/${resource.path}`
  const tags = [resource.plural]
  const archivable = isArchivable(resource)
  app.delete(`${base}/:id`, {
    schema: {
      tags,
      operationId: operationId(archivable ? 'archive' : 'delete', resource.label),
      summary: `${archivable ? 'Archive' : 'Delete'} a ${resource.label.toLowerCase()}`,
      params: recordParameters,
      response: { 204: { type: 'null', description: 'Done' }, ...refusals(409, 412) },
    },
    handler: writing(http, module, async (caller, transaction, request) => {
      const version = expectedVersion(request)
      if (archivable) await records.setArchived(transaction, caller, resource, idOf(request), true, version)
      else await records.remove(transaction, caller, resource, idOf(request), version)
      return { status: 204 }
    }),
  })
  if (archivable)
    app.post(`${base}/:id/restore`, {
      schema: {
        tags,
        operationId: operationId('restore', resource.label),
        summary: `Bring an archived ${resource.label.toLowerCase()} back`,
        params: recordParameters,
        response: { 200: jsonReply(resource.label, rowSchema(resource), versionHeader), ...refusals(409, 412) },
      },
      handler: writing(http, module, async (caller, transaction, request) =>
        record(
          await records.setArchived(transaction, caller, resource, idOf(request), false, expectedVersion(request)),
        ),
      ),
    })
}
