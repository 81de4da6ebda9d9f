import { addWords, refuse, refuseField, type Report, say } from '@commonhall/kernel'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Caller } from '../caller.ts'
import type { Engine } from '../engine.ts'
import { type Http, orgPath, reading } from '../http/door.ts'
import { permitRule } from '../http/routes.ts'
import { orgParameters, refusals } from '../http/schemas.ts'
import { type Asked, prepareReport } from './asked.ts'
import { type FileFormat, fileTypes, openReportFile } from './file.ts'
import { moduleOf } from './in-words.ts'
import { noteTaken } from './note-taken.ts'
import { readPage } from './page.ts'
import { askedSchema, mostOffset, mostRows, pageSchema, usualRows } from './schemas.ts'
import { words } from './words/en.ts'

addWords('reports', words)

const files = Object.values(fileTypes).map((type) => [type, { schema: { type: 'string', format: 'binary' } }] as const)

/** A declared report: a page of it, and the whole of it as a file. */
export function registerReport({ app, engine, authenticate }: Http, report: Report): void {
  const content = { 'application/json': { schema: pageSchema(report) }, ...Object.fromEntries(files) }
  app.get(`${orgPath}/reports/${report.name}`, {
    schema: {
      tags: ['Reports'],
      summary: report.title,
      description: report.purpose,
      params: orgParameters,
      querystring: askedSchema(report),
      response: { 200: { description: 'A page of it, or the file', content }, ...refusals(503) },
    },
    handler: reading({ app, engine, authenticate }, moduleOf(report), async (caller, request, reply) => {
      permitRule(engine, caller, report.rule)
      const { format = 'json', ...query } = request.query as Record<string, unknown>
      if (format !== 'json')
        return await sendFile(engine, caller, report, readFormat(format), { request, reply, query })
      const { limit, offset, ...asks } = query
      const bounds = {
        limit: readBound(limit, 'limit', usualRows, 1, mostRows),
        offset: readBound(offset, 'offset', 0, 0, mostOffset),
      }
      const prepared = prepareReport(engine.registry, caller, report, asks)
      if (request.method === 'HEAD') return await sendHead(engine, caller, reply)
      const page = await readPage(engine, caller, prepared, bounds)
      await noteTaken(engine, caller, report.name, { columns: page.columns, rows: page.rows.length, format })
      return page
    }),
  })
}

async function sendFile(
  engine: Engine,
  caller: Caller,
  report: Report,
  format: FileFormat,
  { request, reply, query }: { request: FastifyRequest; reply: FastifyReply; query: Asked },
): Promise<FastifyReply> {
  const prepared = prepareReport(engine.registry, caller, report, query)
  reply.type(fileTypes[format])
  if (request.method === 'HEAD') return await sendHead(engine, caller, reply)
  const { name, bytes, close } = await openReportFile(engine, caller, prepared, format)
  // A download that is broken off before its first row would keep its connection for good.
  reply.raw.once('close', () => void close())
  bytes.on('error', (error) => request.log.error({ err: error }, 'a report broke off'))
  return reply.header('content-disposition', `attachment; filename="${name}"`).send(bytes)
}

/** A page asks whether it may before the browser saves what comes. */
async function sendHead(engine: Engine, caller: Caller, reply: FastifyReply): Promise<FastifyReply> {
  await engine.database.prove(caller.access)
  return reply.send()
}

function readFormat(format: unknown): FileFormat {
  const known = Object.keys(fileTypes) as FileFormat[]
  const found = known.find((one) => one === format)
  return found ?? refuse('unknown_format', say('engine:http.unknown_format', { formats: known.join(', ') }))
}

function readBound(given: unknown, name: 'limit' | 'offset', usual: number, least: number, most: number): number {
  if (given === undefined) return usual
  const number = typeof given === 'string' && /^\d{1,9}$/.test(given) ? Number(given) : NaN
  if (number >= least && number <= most) return number
  return refuseField(name, `bad_${name}`, say(`reports:bad_${name}`, { most }))
}
