import type { FastifyReply, FastifyRequest } from 'fastify'
import { type Actor, type Fields, labelOf, refuse, type Resource, say, targetOf, todayIn } from '@commonhall/kernel'
import { spokenLine } from '../audit/spoken.ts'
import type { Caller } from '../caller.ts'
import type { Engine } from '../engine.ts'
import { auditLine } from '../foundation/resources.ts'
import type { RawQuery } from '../records/list-query.ts'
import { fieldRules, isStructure, shownFields } from '../records/field-rules.ts'
import { titleBlinds } from '../records/titles.ts'
import type { Registry } from '../registry.ts'
import { type SheetColumn, type SheetValues, writeCsvBatches, writeXlsxBatches } from '../sheets/index.ts'
import { type Http, orgPath, reading } from './door.ts'
import { listParameters, operationId, orgParameters, refusals } from './schemas.ts'

type SheetRow = Record<string, unknown>

/** What each kind of sheet is called on the wire. */
export const fileTypes = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const

export type FileFormat = keyof typeof fileTypes

const binary = { type: 'string', format: 'binary' } as const

/** How a streamed file is described. */
const fileReply = {
  description: 'The file',
  content: { [fileTypes.csv]: { schema: binary }, [fileTypes.xlsx]: { schema: binary } },
} as const

/** The whole filtered list as a file. It streams: a million rows never sit in memory. */
export function registerExport(http: Http, resource: Resource): void {
  const { app, engine } = http
  app.get(`${orgPath}/${resource.path}/export`, {
    schema: {
      tags: [resource.plural],
      operationId: operationId('export', resource.plural),
      summary: `Export ${resource.plural.toLowerCase()}`,
      params: orgParameters,
      querystring: listParameters(resource, false),
      response: { 200: fileReply, ...refusals() },
    },
    handler: reading(http, resource.module, async (caller, request, reply) => {
      const { format, ...query } = request.query as RawQuery
      const chosen = readFormat(format ?? 'csv')
      const { rows: statement, count } = engine.records.exporting(caller, resource, query)
      // A page asks whether it may before the browser saves what comes.
      if (request.method === 'HEAD') {
        await engine.database.prove(caller.access)
        return reply.type(fileTypes[chosen]).send()
      }
      const fields = inFiles(shownFields(resource, fieldRules(engine.registry, resource, caller.actor)))
      const [counted] = await engine.database.read<{ total: number }>(caller.access, count)
      await engine.watch.taken(caller, 'export', resource.name, {
        fields: Object.keys(fields).filter((one) => fields[one]?.sensitive),
        rows: counted?.total ?? 0,
        // Only by what: a value here would tell what a field holds to those who may not read it.
        asked: Object.keys(query),
        format: chosen,
      })
      const rows = await engine.database.stream<Record<string, unknown>>(caller.access, statement)
      // A download that is broken off before its first row would keep its connection for good.
      reply.raw.once('close', () => void rows.close())
      const name = `${caller.org.slug}-${resource.path}`
      const speak = resource === auditLine ? (row: SheetRow) => spokenLine(engine.registry, row) : undefined
      const cells = cellsOf(seenBy(engine, caller, resource, rows.pieces()), fields, speak)
      return sendSheet(request, reply, chosen, name, columnsOf(fields), cells)
    }),
  })
}

const inFiles = (fields: Fields): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([, declared]) => !isStructure(declared)))

function readFormat(format: unknown): FileFormat {
  if (format === 'csv' || format === 'xlsx') return format
  return refuse('unknown_format', say('engine:http.unknown_format', { formats: Object.keys(fileTypes).join(', ') }))
}

export const columnsOf = (fields: Fields): SheetColumn[] =>
  Object.entries(fields).map(([name, declared]) => {
    const { decimals } = declared as { decimals?: number }
    return { heading: labelOf(fields, name), kind: declared.kind, ...(decimals === undefined ? {} : { decimals }) }
  })

/** Sends rows as they come, as a download named after the org and the day. */
function sendSheet(
  request: FastifyRequest,
  reply: FastifyReply,
  format: FileFormat,
  name: string,
  columns: readonly SheetColumn[],
  rows: AsyncIterable<readonly SheetValues[]>,
): FastifyReply {
  const stream = format === 'csv' ? writeCsvBatches(columns, rows) : writeXlsxBatches(columns, rows, { name })
  stream.on('error', (error) => request.log.error({ err: error }, 'export broke off'))
  return reply
    .type(fileTypes[format])
    .header('content-disposition', `attachment; filename="${name}-${todayIn()}.${format}"`)
    .send(stream)
}

/** Takes out of each row what the actor may not read of it. */
function blindsOf(registry: Registry, resource: Resource, actor: Actor) {
  const blinds = [titleBlinds(registry, resource, actor), fieldRules(registry, resource, actor).blind]
  return (row: Record<string, unknown>) => {
    for (const blind of blinds) blind?.(row)
  }
}

/** How many rows are made ready at once where that takes a question to the database. */
const together = 100

/** Rows as this person may see them, many at a time: to hand on each by itself would cost more than to make it. */
async function* seenBy(engine: Engine, caller: Caller, resource: Resource, pieces: AsyncIterable<SheetRow[]>) {
  const blind = blindsOf(engine.registry, resource, caller.actor)
  const lens = engine.records.lenses.get(resource.name)
  for await (const rows of pieces) {
    for (const row of rows) blind(row)
    if (lens) for (let at = 0; at < rows.length; at += together) await lens(caller, rows.slice(at, at + together))
    yield rows
  }
}

/** References as people name them, so that the file can be read, and imported again. */
async function* cellsOf(pieces: AsyncIterable<SheetRow[]>, fields: Fields, speak = (row: SheetRow) => row) {
  const columns = Object.entries(fields).map(([name, declared]) => [name, targetOf(declared) !== undefined] as const)
  const cells = (one: SheetRow): SheetValues => {
    const row = speak(one)
    const titles = row['titles'] as Record<string, string> | undefined
    return columns.map(([name, isReference]) => (isReference ? titles?.[name] : row[name]))
  }
  for await (const rows of pieces) yield rows.map(cells)
}
