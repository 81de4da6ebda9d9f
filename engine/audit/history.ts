import type { JsonSchema, Resource } from '@commonhall/kernel'
import { type Http, orgPath, reading } from '../http/door.ts'
import { jsonReply, operationId, recordParameters, refusals } from '../http/schemas.ts'
import { id, instant, maybe, object, page } from '../http/shapes.ts'
import { pageOf } from '../http/paging.ts'
import { maskChanges } from '../records/field-rules.ts'
import { readyForReader } from './lines.ts'

interface HistoryRow extends Record<string, unknown> {
  readonly id: string
  readonly at: string
  readonly resource: string
  readonly record: string
  changes: Record<string, unknown> | null
}

const text: JsonSchema = { type: 'string', maxLength: 10_000 }

const line = object({
  id,
  at: instant,
  actor_name: maybe(text),
  act: text,
  resource: text,
  record: id,
  title: maybe(text),
  changes: {
    ...maybe({ type: 'object', additionalProperties: true }),
    description: 'Old and new value by field, without fields that you may not read',
  },
  via: maybe(text),
  titles: {
    type: 'object',
    description: 'What the records are called to which values point',
    additionalProperties: { type: ['string', 'null'] },
  },
})

const paging: JsonSchema = {
  type: 'object',
  properties: {
    limit: { type: 'integer', minimum: 1, maximum: 200, default: 50 },
    after: { type: 'string', maxLength: 2000, description: 'The `page.next` of the page before' },
  },
}

/**
 * What has happened to one record, newest first, for everybody who may read it. The whole trail is for fewer people:
 * it tells addresses, denied attempts and who looked.
 */
export function registerHistory(http: Http, resource: Resource): void {
  if (!resource.traits.includes('audited')) return
  const { app, engine } = http
  app.get(`${orgPath}/${resource.path}/:id/history`, {
    schema: {
      tags: [resource.plural],
      operationId: operationId('history of', resource.label),
      summary: `What has happened to a ${resource.label.toLowerCase()}`,
      params: recordParameters,
      querystring: paging,
      response: { 200: jsonReply('One page', page(line)), ...refusals() },
    },
    handler: reading(http, resource.module, async (caller, request) => {
      const record = (request.params as { id: string }).id
      await engine.records.find(caller, resource, record)
      const { rows, page: next } = await pageOf(engine, request, {
        scope: `${caller.org.id} history of ${record}`,
        read: (limit, [at, id]: [string?, string?]) =>
          engine.database.read<HistoryRow>(caller.access, {
            text: historySql,
            values: [record, resource.name, at ?? null, id ?? null, limit],
          }),
        mark: ({ at, id }) => [at, id],
      })
      for (const row of rows) {
        if (row.changes) row.changes = maskChanges(engine.registry, caller.actor, resource.name, record, row.changes)
      }
      await readyForReader(engine, caller, rows)
      return { data: rows, page: next }
    }),
  })
}

const historySql = `
  select id, at, actor_name, act, resource, record, changes, via from foundation.audit_line
  where record = $1 and resource = $2 and kind = 'change' and ($3::timestamptz is null or (at, id) < ($3, $4::uuid))
  order by at desc, id desc limit $5`
