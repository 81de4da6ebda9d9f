import type { FastifyRequest } from 'fastify'
import { isArchivable, type Resource } from '@commonhall/kernel'
import type { RawQuery } from '../records/list-query.ts'
import type { Row } from '../records/records.ts'
import { type Answer, etag, expectedVersion } from './caller.ts'
import { type Http, orgPath, reading, writing } from './door.ts'
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

const record = (row: Row, status = 200, headers: Record<string, string> = {}): Answer => ({
  status,
  headers: { etag: etag(row.version), ...headers },
  body: row,
})

const idOf = (request: FastifyRequest) => (request.params as { id: string }).id

/** List, read, create, update, archive or delete, and restore: from the declaration alone. */
export function registerRecords(http: Http, resource: Resource): void {
  const { registry } = http.engine
  registerReading(http, resource)
  if (resource.ownWriting) return
  if (registry.ruleFor(resource, 'create')) registerCreation(http, resource)
  if (registry.ruleFor(resource, 'update')) registerChange(http, resource)
  if (registry.ruleFor(resource, 'delete')) registerRemoval(http, resource)
}

const pathOf = (resource: Resource) => `${orgPath}/${resource.path}`

/** What the description of every route of a resource has in common; `plural` where it is about many. */
const described = (resource: Resource, verb: string, summary: string, plural = false) => ({
  tags: [resource.plural],
  operationId: operationId(verb, plural ? resource.plural : resource.label),
  summary: summary.replace('…', (plural ? resource.plural : resource.label).toLowerCase()),
  params: plural ? orgParameters : recordParameters,
})

const schemaArguments = ({ engine }: Http, resource: Resource) =>
  [resource, engine.registry.guarded(resource), engine.records.extras.get(resource.name)] as const

const oneReply = (http: Http, resource: Resource) =>
  jsonReply(resource.label, rowSchema(...schemaArguments(http, resource)), versionHeader)

function registerReading(http: Http, resource: Resource): void {
  const { app, engine } = http
  app.get(pathOf(resource), {
    schema: {
      ...described(resource, 'list', 'List …', true),
      querystring: listParameters(resource, true),
      response: { 200: jsonReply('One page', pageSchema(...schemaArguments(http, resource))), ...refusals() },
    },
    handler: reading(http, resource.module, (caller, request) =>
      engine.records.list(caller, resource, request.query as RawQuery),
    ),
  })
  app.get(`${pathOf(resource)}/:id`, {
    schema: {
      ...described(resource, 'read', 'Read one …'),
      response: { 200: oneReply(http, resource), ...refusals() },
    },
    handler: reading(http, resource.module, async (caller, request, reply) => {
      const row = await engine.records.get(caller, resource, idOf(request))
      return reply.header('etag', etag(row.version)).send(row)
    }),
  })
}

function registerCreation(http: Http, resource: Resource): void {
  const { app, engine } = http
  app.post(pathOf(resource), {
    schema: {
      ...described(resource, 'create', 'Create a …'),
      params: orgParameters,
      body: inputSchema(resource.fields, false),
      response: { 201: oneReply(http, resource), ...refusals(409, 413, 415) },
    },
    handler: writing(http, resource.module, async (caller, transaction, request) => {
      const row = await engine.records.create(transaction, caller, resource, request.body)
      return record(row, 201, { location: `/api/v1/orgs/${caller.org.slug}/${resource.path}/${row.id}` })
    }),
  })
}

function registerChange(http: Http, resource: Resource): void {
  const { app, engine } = http
  app.patch(`${pathOf(resource)}/:id`, {
    schema: {
      ...described(resource, 'change', 'Change a …'),
      body: inputSchema(resource.fields, true),
      response: { 200: oneReply(http, resource), ...refusals(409, 412, 413, 415) },
    },
    handler: writing(http, resource.module, async (caller, transaction, request) => {
      const version = expectedVersion(request)
      return record(await engine.records.update(transaction, caller, resource, idOf(request), request.body, version))
    }),
  })
}

function registerRemoval(http: Http, resource: Resource): void {
  const { app, engine } = http
  const archivable = isArchivable(resource)
  const verb = archivable ? 'archive' : 'delete'
  const summary = archivable ? 'Archive a …' : 'Delete a …'
  app.delete(`${pathOf(resource)}/:id`, {
    schema: {
      ...described(resource, verb, summary),
      response: { 204: { type: 'null', description: 'Done' }, ...refusals(409, 412) },
    },
    handler: writing(http, resource.module, async (caller, transaction, request) => {
      const version = expectedVersion(request)
      if (archivable) await engine.records.setArchived(transaction, caller, resource, idOf(request), true, version)
      else await engine.records.remove(transaction, caller, resource, idOf(request), version)
      return { status: 204 }
    }),
  })
  if (archivable) registerRestoring(http, resource)
}

function registerRestoring(http: Http, resource: Resource): void {
  const { app, engine } = http
  app.post(`${pathOf(resource)}/:id/restore`, {
    schema: {
      ...described(resource, 'restore', 'Bring an archived … back'),
      response: { 200: oneReply(http, resource), ...refusals(409, 412) },
    },
    handler: writing(http, resource.module, async (caller, transaction, request) => {
      const version = expectedVersion(request)
      return record(await engine.records.setArchived(transaction, caller, resource, idOf(request), false, version))
    }),
  })
}
