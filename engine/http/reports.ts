import { parseRecord, type Report, todayIn } from '@commonhall/kernel'
import { accepted } from '../records/records.ts'
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
      const asks = accepted(
        parseRecord(report.asks, readTexts(report.asks, query), { today: todayIn(caller.org.timeZone) }),
      )
      const rows = await engine.act(caller, async (context) => {
        const found = await report.rows(context, asks)
        return Array.isArray(found) ? found : await Array.fromAsync(found as AsyncIterable<Record<string, unknown>>)
      })
      if (chosen === 'json') return { columns: report.columns, rows }
      const names = Object.keys(report.columns)
      const cells = rows.map((one) => names.map((name) => (one as Record<string, unknown>)[name]))
      return sendSheet(
        request,
        reply,
        chosen,
        `${caller.org.slug}-${report.name.replace('.', '-')}`,
        columnsOf(report.columns),
        cells,
      )
    }),
  })
}
