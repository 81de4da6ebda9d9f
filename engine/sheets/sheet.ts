/** One record of a file, numbered as a spreadsheet numbers it: the first row is 1, a quoted line break adds none. */
export interface SheetRow {
  readonly row: number
  readonly cells: readonly string[]
}

/** An opened file: what was recognized about it, and its rows, read as they are asked for. */
export interface Sheet {
  readonly format: 'csv' | 'xlsx'
  /** The character between cells; null in XLSX. */
  readonly delimiter: string | null
  /** Programs that print CSV write every cell; spreadsheets leave out the blank cells at the end of a row. */
  readonly ragged: boolean
  /** How characters were written as bytes. Certain only after the last row has been read. */
  encoding(): string
  rows(): AsyncIterable<SheetRow>
}

/** One column of an export: its heading, and the kind of its field, which decides how a spreadsheet shows it. */
export interface SheetColumn {
  readonly heading: string
  readonly kind: string
  /** Digits after the point, for kinds that are decimals. */
  readonly decimals?: number
}

/** Values in the order of the columns, in their wire form. */
export type SheetValues = readonly unknown[]

export type SheetRows = AsyncIterable<SheetValues> | Iterable<SheetValues>

/** Rows, many at a time. */
export type SheetBatches = AsyncIterable<readonly SheetValues[]> | Iterable<readonly SheetValues[]>

/** So many rows are written at once. */
const together = 500

/** Waiting for each row by itself would cost more than writing it. */
export async function* inBatches(rows: SheetRows): AsyncGenerator<SheetValues[]> {
  let batch: SheetValues[] = []
  for await (const row of rows) {
    if (batch.push(row) < together) continue
    yield batch
    batch = []
  }
  if (batch.length) yield batch
}
