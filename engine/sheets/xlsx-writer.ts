import { Readable } from 'node:stream'
import type { ReadableStream } from 'node:stream/web'
import type { CellValue } from 'hucre/xlsx'
import { numeric, textOf } from './csv-writer.ts'
import { neutralize } from './formula.ts'
import type { SheetColumn, SheetValues } from './sheet.ts'

/** A spreadsheet's numbers are floats: beyond 15 digits they would lie, so such a number is written as text. */
const exactDigits = 15

function xlsxCell(value: unknown, kind: string): CellValue {
  if (value === null || value === undefined) return null
  if (typeof value === 'boolean' || typeof value === 'number') return value
  const text = textOf(value, kind)
  if (numeric.has(kind) && /^-?[\d.]+$/.test(text) && text.replace(/\D/g, '').length <= exactDigits) return Number(text)
  // Spreadsheets count days from 1900 and know none before.
  if (kind === 'date' && text > '1900-03-01') return new Date(`${text}T00:00:00Z`)
  if (kind === 'instant') return new Date(text)
  return neutralize(text)
}

function formatOf({ kind, decimals }: SheetColumn): string | undefined {
  if (kind === 'date') return 'yyyy-mm-dd'
  if (kind === 'instant') return 'yyyy-mm-dd hh:mm'
  if (kind === 'count') return '0'
  return numeric.has(kind) ? `#,##0.${'0'.repeat(decimals ?? 2)}` : undefined
}

/** Streams rows as one XLSX sheet with real numbers and dates; memory does not grow with the rows. */
export function writeXlsx(
  columns: readonly SheetColumn[],
  rows: AsyncIterable<SheetValues> | Iterable<SheetValues>,
  name = 'Sheet1',
): Readable {
  async function* records() {
    for await (const values of rows) yield values.map((value, index) => xlsxCell(value, columns[index]?.kind ?? 'text'))
  }
  const sheet = {
    name: name.replace(/[\\/?*[\]:]/g, ' ').slice(0, 31) || 'Sheet1',
    freezePane: { rows: 1 },
    columns: columns.map((column) => {
      const numFmt = formatOf(column)
      const header = neutralize(column.heading)
      return { header, width: Math.min(40, Math.max(12, header.length + 2)), ...(numFmt ? { numFmt } : {}) }
    }),
  }
  // The library is large, so it is only read once somebody takes out such a file.
  async function* bytes() {
    const { writeXlsxStream } = await import('hucre/xlsx')
    yield* Readable.fromWeb(writeXlsxStream(records(), sheet) as ReadableStream)
  }
  return Readable.from(bytes(), { objectMode: false })
}
