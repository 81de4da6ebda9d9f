import { type Fields, labelOf, parseRecord, refuseField, type Report, say, todayIn } from '@commonhall/kernel'
import type { Caller } from '../caller.ts'
import type { Engine } from '../engine.ts'
import { permittedFields } from '../records/field-rules.ts'
import { accepted } from '../records/records.ts'
import type { Registry } from '../registry.ts'
import { columnsOf, fileReply, readFormat, sendSheet } from './exports.ts'
import { type Http, orgPath, reading } from './door.ts'
import { permitRule, readTexts } from './routes.ts'
import { fieldSchema, orgParameters, refusals } from './schemas.ts'

/** A declared report as rows, and as a file. */
export function registerReport(http: Http, report: Report): void {
  const { app, engine } = http
  const formats = { type: 'string', enum: ['json', 'csv', 'xlsx'], default: 'json' }
  const asked = Object.entries(report.asks).map(([name, declared]) => [name, fieldSchema(declared, false)])
  const row = {
    type: 'object',
    properties: Object.fromEntries(
      Object.entries(report.columns).map(([name, declared]) => [name, fieldSchema(declared, true)]),
    ),
  }
  const table = {
    type: 'object',
    required: ['columns', 'rows'],
    properties: { columns: { type: 'object', additionalProperties: true }, rows: { type: 'array', items: row } },
  }
  app.get(`${orgPath}/reports/${report.name}`, {
    schema: {
      tags: ['Reports'],
      summary: report.title,
      params: orgParameters,
      querystring: { type: 'object', properties: { ...(Object.fromEntries(asked) as object), format: formats } },
      response: {
        200: { ...fileReply, content: { 'application/json': { schema: table }, ...fileReply.content } },
        ...refusals(),
      },
    },
    handler: reading(http, report.name.split('.')[0] ?? '', async (caller, request, reply) => {
      permitRule(engine, caller, report.rule)
      const { format = 'json', ...query } = request.query as Record<string, unknown>
      const chosen = format === 'json' ? format : readFormat(format)
      const asks = readAsks(engine.registry, caller, report, query)
      const columns = permittedFields(engine.registry, caller.actor, report.columns)
      if (request.method === 'HEAD') {
        await engine.database.prove(caller.access)
        return reply.send()
      }
      const rows = await engine.act(caller, async (context) => {
        const found = await report.rows(context, asks)
        return Array.isArray(found) ? found : await Array.fromAsync(found as AsyncIterable<Record<string, unknown>>)
      })
      const names = Object.keys(columns)
      await noteTaken(engine, caller, report.name, { columns, rows: rows.length, format: chosen })
      const values = (one: unknown) => names.map((name) => (one as Record<string, unknown>)[name])
      if (chosen === 'json') {
        const shown = rows.map((one) => Object.fromEntries(values(one).map((value, index) => [names[index], value])))
        return { columns, rows: shown }
      }
      return sendSheet(
        request,
        reply,
        chosen,
        `${caller.org.slug}-${report.name.replace('.', '-')}`,
        columnsOf(columns),
        rows.map(values),
      )
    }),
  })
}

/** A file is told whatever is in it; what is shown, if it is sensitive, by itself or where it comes from. */
async function noteTaken(
  { registry, watch }: Engine,
  caller: Caller,
  report: string,
  { columns, rows, format }: { columns: Fields; rows: number; format: string },
): Promise<void> {
  const isSensitive = ({ sensitive, from = '' }: Fields[string]) => {
    const [module, singular, name = ''] = from.split('.')
    return sensitive || registry.resources.get(`${module}.${singular}`)?.fields[name]?.sensitive
  }
  const fields = Object.keys(columns).filter((name) => columns[name] && isSensitive(columns[name]))
  const told = { fields, rows, format }
  if (format !== 'json') await watch.taken(caller, 'export', report, told)
  else if (fields.length && rows) await watch.taken(caller, 'read', report, told)
}

/** What the report is asked for. A question about what the caller may not read would be answered by the rows. */
function readAsks(registry: Registry, caller: Caller, { asks }: Report, query: Record<string, unknown>) {
  const open = permittedFields(registry, caller.actor, asks)
  const closed = Object.keys(asks).find((name) => !(name in open) && query[name] !== undefined)
  if (closed) {
    refuseField(closed, 'field_not_shown', say('engine:field.not_asked', { label: labelOf(asks, closed) }), 'forbidden')
  }
  return accepted(parseRecord(asks, readTexts(asks, query), { today: todayIn(caller.org.timeZone) }))
}
