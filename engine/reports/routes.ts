import { addWords, refuseField, type Report, say } from '@commonhall/kernel'
import { type Http, orgPath, reading } from '../http/door.ts'
import { fileReply, readFormat, sendReadable } from '../http/exports.ts'
import { permitRule } from '../http/routes.ts'
import { orgParameters, refusals } from '../http/schemas.ts'
import { prepareReport } from './asked.ts'
import { openReportFile } from './file.ts'
import { noteTaken } from './note-taken.ts'
import { readPage } from './page.ts'
import { askedSchema, mostOffset, mostRows, pageSchema, usualRows } from './schemas.ts'
import { words } from './words/en.ts'

addWords('reports', words)

/** A declared report: a page of it, and the whole of it as a file. */
export function registerReport(http: Http, report: Report): void {
  const { app, engine } = http
  const schema = {
    tags: ['Reports'],
    summary: report.title,
    description: report.purpose,
    params: orgParameters,
    querystring: askedSchema(report),
    response: {
      200: { ...fileReply, content: { 'application/json': { schema: pageSchema(report) }, ...fileReply.content } },
      ...refusals(),
    },
  }
  app.get(`${orgPath}/reports/${report.name}`, {
    schema,
    handler: reading(http, report.name.split('.')[0] ?? '', async (caller, request, reply) => {
      permitRule(engine, caller, report.rule)
      const { format = 'json', ...query } = request.query as Record<string, unknown>
      if (format !== 'json') {
        const chosen = readFormat(format)
        const prepared = prepareReport(engine.registry, caller, report, query)
        if (request.method === 'HEAD') {
          await engine.database.prove(caller.access)
          return reply.send()
        }
        const file = await openReportFile(engine, caller, prepared, chosen)
        // A download that is broken off before its first row would keep its connection for good.
        reply.raw.once('close', () => void file.close())
        return sendReadable(request, reply, chosen, file.name, file.bytes)
      }
      const { limit, offset, ...asks } = query
      const bounds = {
        limit: readBound(limit, 'limit', usualRows, 1, mostRows),
        offset: readBound(offset, 'offset', 0, 0, mostOffset),
      }
      const prepared = prepareReport(engine.registry, caller, report, asks)
      if (request.method === 'HEAD') {
        await engine.database.prove(caller.access)
        return reply.send()
      }
      const page = await readPage(engine, caller, prepared, bounds)
      await noteTaken(engine, caller, report.name, { columns: page.columns, rows: page.rows.length, format })
      return page
    }),
  })
}

function readBound(given: unknown, name: 'limit' | 'offset', usual: number, least: number, most: number): number {
  if (given === undefined) return usual
  const number = typeof given === 'string' && /^\d{1,9}$/.test(given) ? Number(given) : NaN
  if (number >= least && number <= most) return number
  return refuseField(name, `bad_${name}`, say(`reports:bad_${name}`, { most }))
}
