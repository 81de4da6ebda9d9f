import type { Caller } from '../caller.ts'
import { tableOf } from '../database/draft.ts'
import type { Engine } from '../engine.ts'
import { type Http, orgPath, reading } from '../http/door.ts'
import { pageOf } from '../http/paging.ts'
import { jsonReply, recordParameters, refusals } from '../http/schemas.ts'
import { id, maybe, object, page } from '../http/shapes.ts'
import { titleSql } from '../records/columns.ts'
import { Values } from '../records/list-sql.ts'
import { paging } from './schemas.ts'
import type { ImportRow } from './store.ts'
import { visibleImport } from './visible.ts'

/** A record that an import made, and the row of the file that it came from. */
interface Brought {
  readonly row: number
  readonly record: string
  readonly title: string
  readonly state: string | null
}

const text = { type: 'string', maxLength: 10_000 } as const
const broughtPage = page(object({ row: { type: 'integer', minimum: 0 }, record: id, title: text, state: maybe(text) }))

/** The records that an import has made and that are still there, in the order of the file, as far as one sees them. */
export function registerBrought(http: Http): void {
  const { app, engine } = http
  app.get(`${orgPath}/imports/:id/records`, {
    schema: {
      tags: ['Imports'],
      summary: 'What an import has brought in',
      params: recordParameters,
      querystring: paging,
      response: { 200: jsonReply('One page', broughtPage), ...refusals() },
    },
    handler: reading(http, 'foundation', async (caller, request) => {
      const row = await visibleImport(engine, caller, (request.params as { id: string }).id)
      const { rows, page: next } = await pageOf(engine, request, {
        scope: `${caller.org.id} records of ${row.id}`,
        read: (limit, [after = 0]: [number?]) => broughtBy(engine, caller, row, after, limit),
        mark: (one: Brought) => [one.row],
      })
      return { data: rows, page: next }
    }),
  })
}

async function broughtBy(engine: Engine, caller: Caller, of: ImportRow, after: number, limit: number) {
  const resource = engine.registry.resource(of.resource)
  const values = new Values()
  const { bind } = values
  const [from, most] = [bind(of.id), bind(limit)]
  const seen = engine.records.visible(caller, resource)(bind)
  return await engine.database.read<Brought>(caller.access, {
    text: `select r.row, r.record, ${titleSql(resource, 't')} as title,
        ${'state' in resource.fields ? 't.state' : 'null'} as state
      from foundation.import_record r join ${tableOf(resource)} t on t.id = r.record
      where r.import_id = ${from} and r.row > ${bind(after)}${seen ? ` and ${seen}` : ''} order by r.row limit ${most}`,
    values: values.list,
  })
}
