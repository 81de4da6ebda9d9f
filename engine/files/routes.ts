import type { FastifyRequest } from 'fastify'
import { type JsonSchema, longestFileName, refuse, say } from '@commonhall/kernel'
import { type Answer, etag, expectedVersion } from '../http/caller.ts'
import { type Http, orgPath, reading, writing } from '../http/door.ts'
import { pageOf } from '../http/paging.ts'
import {
  inputSchema,
  jsonReply,
  operationId,
  orgParameters,
  recordParameters,
  refusals,
  rowSchema,
  versionHeader,
} from '../http/schemas.ts'
import { id, instant, maybe, object, page } from '../http/shapes.ts'
import type { Row } from '../records/records.ts'
import { archive, changeFile, describe, restore, restoreVersion } from './change.ts'
import { file } from './file.ts'
import { becauseOf, standingSql } from './checks/because.ts'
import { fileExtras, type FileRow } from './ready.ts'

type Change = Parameters<typeof changeFile>[4]

const { name, caption, tags } = file.fields

const path = `${orgPath}/files/:id`
const ofFiles = { tags: [file.plural], params: recordParameters }
const one = () => jsonReply(file.label, rowSchema(file, [], fileExtras), versionHeader)
const idOf = ({ params }: FastifyRequest) => (params as { id: string }).id

/** Changing files; reading them is as of all records. */
export function fileRoutes(http: Http): void {
  registerChange(http)
  registerRemoval(http)
  registerVersions(http)
}

const answer = (row: Row): Answer => ({ status: 200, headers: { etag: etag(row.version) }, body: row })

/** A handler that changes one file and answers it. */
const changing = (http: Http, change: (request: FastifyRequest) => Change) =>
  writing(http, file.module, async (caller, transaction, request) => {
    const which = { id: idOf(request), expected: expectedVersion(request) }
    return answer(await changeFile(http.engine, transaction, caller, which, change(request)))
  })

function registerChange(http: Http): void {
  http.app.patch(path, {
    schema: {
      ...ofFiles,
      operationId: operationId('change', file.label),
      summary: 'Change the name, caption or tags of a file',
      body: inputSchema({ name, caption, tags }, true),
      response: { 200: one(), ...refusals(409, 412, 413, 415) },
    },
    handler: changing(http, ({ body }) => describe(body)),
  })
}

function registerRemoval(http: Http): void {
  http.app.delete(path, {
    schema: {
      ...ofFiles,
      operationId: operationId('delete', file.label),
      summary: 'Delete a file; for 30 days it can be brought back',
      response: { 204: { type: 'null', description: 'Done' }, ...refusals(409, 412) },
    },
    handler: writing(http, file.module, async (caller, transaction, request) => {
      const which = { id: idOf(request), expected: expectedVersion(request) }
      await changeFile(http.engine, transaction, caller, which, archive)
      return { status: 204 }
    }),
  })
  http.app.post(`${path}/restore`, {
    schema: {
      ...ofFiles,
      operationId: operationId('restore', file.label),
      summary: 'Bring a deleted file back',
      response: { 200: one(), ...refusals(409, 412) },
    },
    handler: changing(http, () => restore),
  })
}

const text = (maxLength: number): JsonSchema => ({ type: 'string', maxLength })

const version = object({
  number: { type: 'integer', minimum: 1 },
  name: text(longestFileName),
  size: { type: 'integer', minimum: 1 },
  sha256: text(64),
  state: { type: 'string', enum: ['checking', 'ready', 'held'] },
  because: maybe(text(1000)),
  uploaded_by: maybe(id),
  uploaded_by_name: text(1000),
  created_at: instant,
})

interface VersionRow extends Pick<FileRow, 'state' | 'reason' | 'detail'>, Record<string, unknown> {
  readonly number: number
}

const versionsSql = `
  select v.number, v.name, c.size, v.sha256, v.uploaded_by, v.uploaded_by_name, v.created_at,
    ${standingSql}
  from foundation.file_version v join foundation.file_content c on c.org_id = v.org_id and c.sha256 = v.sha256
  where v.file_id = $1 and ($2::integer is null or v.number < $2) order by v.number desc limit $3`

const paging: JsonSchema = {
  type: 'object',
  properties: {
    limit: { type: 'integer', minimum: 1, maximum: 200, default: 50 },
    after: { type: 'string', maxLength: 2000, description: 'The `page.next` of the page before' },
  },
}

function registerVersions(http: Http): void {
  const { app, engine } = http
  app.get(`${path}/versions`, {
    schema: {
      ...ofFiles,
      operationId: 'listVersionsOfFile',
      summary: 'The versions of a file, newest first',
      querystring: paging,
      response: { 200: jsonReply('One page', page(version)), ...refusals() },
    },
    handler: reading(http, file.module, async (caller, request) => {
      const { id: of } = await engine.records.find(caller, file, idOf(request))
      const { rows, page: next } = await pageOf(engine, request, {
        scope: `${caller.org.id} versions of ${String(of)}`,
        read: (limit, [number]: [number?]) =>
          engine.database.read<VersionRow>(caller.access, { text: versionsSql, values: [of, number ?? null, limit] }),
        mark: ({ number }) => [number],
      })
      const data = rows.map(({ reason, detail, ...row }) => ({
        ...row,
        because: becauseOf({ ...row, reason, detail }),
      }))
      return { data, page: next }
    }),
  })
  app.post(`${path}/versions/:number/restore`, {
    schema: {
      ...ofFiles,
      operationId: 'restoreVersionOfFile',
      summary: 'Make an earlier version of a file the newest again',
      params: {
        type: 'object',
        required: ['slug', 'id', 'number'],
        properties: { ...orgParameters.properties, id, number: { type: 'integer', minimum: 1 } },
      },
      response: { 200: one(), ...refusals(409, 412) },
    },
    handler: changing(http, ({ params }) => restoreVersion(numberOf(params))),
  })
}

function numberOf(params: unknown): number {
  const { number } = params as { number: string }
  return /^\d{1,6}$/.test(number) ? Number(number) : refuse('not_found', say('files:version_gone'))
}
