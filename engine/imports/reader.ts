import type { Finder, Resource, Split } from '@commonhall/kernel'
import { openSheet, type SheetLimits, type SheetRow } from '../sheets/index.ts'
import { Evidence } from './evidence.ts'
import { findHeader, headerReach } from './headings.ts'
import { cutSocialSecurity, saysSocialSecurity } from './social-security.ts'
import { knownHeadings, targetsOf } from './targets.ts'

/** A file opened for import: its headings found, its rows without a full social security number. */
export interface OpenedFile {
  readonly format: 'csv' | 'xlsx'
  readonly delimiter: string | null
  readonly ragged: boolean
  /** The row of the headings; null when the file has none. */
  readonly headerRow: number | null
  readonly headings: readonly string[]
  /** The first records, for guessing and for showing. */
  readonly sample: readonly (readonly string[])[]
  encoding(): string
  /** Records and blank rows under the headings, once. */
  rows(): AsyncIterable<SheetRow>
  /** What the rows read so far say about dates and numbers. */
  readonly evidence: Evidence
}

/** Cells by which the writing of dates and numbers is told. */
const evidenceRows = 5000

/** Rows before the first record is handed on. */
const sampleRows = 200

export const isBlankRow = (cells: readonly string[]) => cells.every((cell) => cell.trim() === '')

/** Opens a file for a resource: recognizes everything that can be told without storing a row. */
export async function openFile(
  bytes: AsyncIterable<Uint8Array>,
  resource: Resource,
  splits: readonly Split[],
  limits?: SheetLimits,
  finders: readonly Finder[] = [],
): Promise<OpenedFile> {
  const sheet = await openSheet(bytes, limits)
  const rows = sheet.rows()[Symbol.asyncIterator]()
  const first: SheetRow[] = []
  while (first.length < headerReach + sampleRows) {
    const next = await rows.next()
    if (next.done) break
    first.push(next.value)
  }
  const header = findHeader(
    first.slice(0, headerReach).map(({ cells }) => cells),
    knownHeadings(targetsOf(resource, splits, finders)),
  )
  const secret = header.headings.map((heading) => header.present && saysSocialSecurity(heading))
  const evidence = new Evidence()
  let seen = 0
  const cut = ({ row, cells }: SheetRow): SheetRow => {
    const safe = cells.map((cell, index) => cutSocialSecurity(cell, secret[index] ?? false))
    if (seen++ < evidenceRows) for (const cell of safe) evidence.see(cell)
    return { row, cells: safe }
  }
  const waiting = first.slice(header.above + (header.present ? 1 : 0)).map(cut)
  return {
    format: sheet.format,
    delimiter: sheet.delimiter,
    ragged: sheet.ragged,
    headerRow: header.present ? (first[header.above]?.row ?? 1) : null,
    headings: header.headings.map((heading) => cutSocialSecurity(heading, false)),
    sample: waiting.map(({ cells }) => cells).filter((cells) => !isBlankRow(cells)),
    encoding: () => sheet.encoding(),
    evidence,
    async *rows() {
      yield* waiting
      for (let next = await rows.next(); !next.done; next = await rows.next()) yield cut(next.value)
    },
  }
}
