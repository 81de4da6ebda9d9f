import type { FastifyRequest } from 'fastify'
import type { Engine } from '../engine.ts'
import { type RawQuery, readPaging } from '../records/list-query.ts'

/** A list, read page by page: `scope` names it, `mark` is what a row stands at, `read` gives rows after a mark. */
interface Paged<Row, Mark extends readonly [unknown, ...unknown[]]> {
  readonly scope: string
  readonly read: (limit: number, after: Partial<Mark>) => Promise<Row[]>
  readonly mark: (row: Row) => Mark
}

/** Answers one page, asked for as in every list. */
export async function pageOf<Row, Mark extends readonly [unknown, ...unknown[]]>(
  { cursors }: Engine,
  request: FastifyRequest,
  { scope, read, mark }: Paged<Row, Mark>,
): Promise<{ rows: Row[]; page: { next: string | null } }> {
  const { limit, after } = readPaging(request.query as RawQuery)
  const from = (after === null ? [] : cursors.open(scope, after)) as unknown as Partial<Mark>
  const found = await read(limit + 1, from)
  const rows = found.slice(0, limit)
  const last = rows.at(-1)
  return { rows, page: { next: found.length > limit && last ? cursors.seal(scope, mark(last)) : null } }
}
