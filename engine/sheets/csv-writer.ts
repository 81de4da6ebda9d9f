import { Readable } from 'node:stream'
import { neutralize } from './formula.ts'
import { inBatches, type SheetBatches, type SheetColumn, type SheetRows } from './sheet.ts'

/** A value as it stands in a CSV cell. Numbers stay numbers; text that could run as a formula cannot. */
export function csvCell(value: unknown, kind: string): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (typeof value === 'number') return String(value)
  const text = textOf(value, kind)
  return numeric.has(kind) && isNumber.test(text) ? text : quoted(neutralize(text))
}

const isNumber = /^-?[\d.]+$/

/** What stands between quotation marks, in which those of the text are doubled (RFC 4180). */
const quoted = (text: string) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)

/** What is neither a number nor text as people would write it in one cell; tags as an import reads them. */
export function textOf(value: unknown, kind: string): string {
  if (typeof value === 'string') return value
  return kind === 'tags' && Array.isArray(value) ? value.join(', ') : JSON.stringify(value)
}

/** Kinds that a spreadsheet adds up. */
export const numeric: ReadonlySet<string> = new Set(['count', 'money', 'hours', 'percent', 'factor'])

/** Streams rows as CSV in UTF-8, with the mark by which Excel knows it. Reads only as fast as it is read. */
export const writeCsv = (columns: readonly SheetColumn[], rows: SheetRows): Readable =>
  writeCsvBatches(columns, inBatches(rows))

/** The same for rows that come many at a time: they go out together, as one piece. */
export function writeCsvBatches(columns: readonly SheetColumn[], batches: SheetBatches): Readable {
  const kinds = columns.map(({ kind }) => kind)
  async function* pieces() {
    yield Buffer.from(`\ufeff${columns.map(({ heading }) => quoted(neutralize(heading))).join(',')}\r\n`)
    for await (const rows of batches) {
      let text = ''
      for (const values of rows) {
        for (let at = 0; at < kinds.length; at++) text += (at ? ',' : '') + csvCell(values[at], kinds[at] ?? 'text')
        text += '\r\n'
      }
      yield Buffer.from(text)
    }
  }
  return Readable.from(pieces(), { objectMode: false })
}
