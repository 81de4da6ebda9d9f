import type { Readable } from 'node:stream'
import { say } from '@commonhall/kernel'
import { writeCsv } from '../sheets/index.ts'
import type { ImportRow, ImportScope, RefusedRow } from './store.ts'

/** One fault as the API and the command line tell it. */
export interface RowError {
  readonly row: number
  readonly column: string | null
  readonly value: string | null
  readonly message: string
}

/** The next refused rows after a row number. A row with several faults is never torn. */
export async function refusedRows(
  { database, access }: ImportScope,
  id: string,
  after: number,
  limit: number,
): Promise<RefusedRow[]> {
  return await database.read<RefusedRow>(access, {
    text: `select row, cells, faults from foundation.import_refusal
      where import_id = $1 and row > $2 order by row limit $3`,
    values: [id, after, limit],
  })
}

export const errorsOf = (rows: readonly RefusedRow[]): RowError[] =>
  rows.flatMap(({ row, faults }) => faults.map(({ column, value, message }) => ({ row, column, value, message })))

/** Every refused row, a page at a time. */
export async function* allRefused(scope: ImportScope, id: string): AsyncGenerator<RefusedRow> {
  for (let after = 0; ;) {
    const rows = await refusedRows(scope, id, after, 500)
    yield* rows
    const last = rows.at(-1)
    if (!last) return
    after = last.row
  }
}

/** The refused rows as a file of the same columns, with each row's number and fault: to mend and bring in again. */
export function refusedFile(scope: ImportScope, { id, headings }: ImportRow): Readable {
  const text = (heading: string) => ({ heading, kind: 'text' })
  const columns = [...headings.map(text), text(say('imports:headings.row')), text(say('imports:headings.why'))]
  async function* rows() {
    for await (const { row, cells, faults } of allRefused(scope, id)) {
      const width = Math.max(headings.length, 0)
      // Cells beyond the headings would push the last two columns aside; they stand with the reason instead.
      const extra = cells.slice(width).filter(Boolean)
      const why = faults.map(({ column, message }) => (column ? `${column}: ${message}` : message))
      yield [
        ...Array.from({ length: width }, (_, index) => cells[index] ?? ''),
        String(row),
        [...why, ...extra].join(' '),
      ]
    }
  }
  return writeCsv(columns, rows())
}
