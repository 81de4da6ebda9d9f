import { Readable } from 'node:stream'
import { stringify } from 'csv-stringify'
import { neutralize } from './formula.ts'
import type { SheetColumn, SheetValues } from './sheet.ts'

/** A value as it stands in a CSV cell. Numbers stay numbers; text that could run as a formula cannot. */
export function csvCell(value: unknown, kind: string): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (typeof value === 'number') return String(value)
  const text = textOf(value, kind)
  return numeric.has(kind) && /^-?[\d.]+$/.test(text) ? text : neutralize(text)
}

/** What is neither a number nor text as people would write it in one cell; tags as an import reads them. */
export function textOf(value: unknown, kind: string): string {
  if (typeof value === 'string') return value
  return kind === 'tags' && Array.isArray(value) ? value.join(', ') : JSON.stringify(value)
}

/** Kinds that a spreadsheet adds up. */
export const numeric: ReadonlySet<string> = new Set(['count', 'money', 'hours', 'percent', 'factor'])

/** Streams rows as CSV in UTF-8, with the mark by which Excel knows it. Reads only as fast as it is read. */
export function writeCsv(
  columns: readonly SheetColumn[],
  rows: AsyncIterable<SheetValues> | Iterable<SheetValues>,
): Readable {
  async function* records() {
    yield columns.map((column) => neutralize(column.heading))
    for await (const values of rows) yield values.map((value, index) => csvCell(value, columns[index]?.kind ?? 'text'))
  }
  const source = Readable.from(records())
  const writer = stringify({ bom: true, record_delimiter: '\r\n' })
  source.on('error', (error) => writer.destroy(error))
  writer.on('close', () => source.destroy())
  return source.pipe(writer)
}
