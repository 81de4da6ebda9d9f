import type { FastifyRequest } from 'fastify'
import type { Caller } from '../caller.ts'
import type { Engine } from '../engine.ts'
import { type RawQuery, readPaging } from '../records/list-query.ts'

/** Answers one page, asked for as in every list; `read` gives rows after a mark, and `mark` is what a row stands at. */
export async function pageOf<Row, Mark extends string | number>(
  { cursors }: Engine,
  { org }: Caller,
  request: FastifyRequest,
  list: { name: string; read: (limit: number, after: Mark | null) => Promise<Row[]>; mark: (row: Row) => Mark },
): Promise<{ rows: Row[]; page: { next: string | null } }> {
  const scope = `${org.id} ${list.name}`
  const { limit, after } = readPaging(request.query as RawQuery)
  const [from = null] = after === null ? [] : (cursors.open(scope, after) as Mark[])
  const found = await list.read(limit + 1, from)
  const rows = found.slice(0, limit)
  const last = rows.at(-1)
  const next = found.length > limit && last ? cursors.seal(scope, [list.mark(last)]) : null
  return { rows, page: { next } }
}
