import type { Field } from '@commonhall/kernel'
import type { OpenOrg } from '../caller.ts'

/** One column of a table on paper. The kind of its field decides how its values are written, and on which side. */
export interface PrintedColumn {
  readonly heading: string
  /** A reference's values are what its record is called, not its id. */
  readonly field: Field
}

/** Values in the order of the columns, in their wire form: money as `"12.50"`, a date as `"2026-03-08"`. */
export type PrintedRow = readonly unknown[]

/** A line of the table that is no row. */
export interface PrintedMark {
  /** `group` is a heading over the rows after it; the others add up, by figures that whoever asks has made. */
  readonly as: 'group' | 'subtotal' | 'total'
  /** What it is called, in words: "Acme Drywall", "Acme Drywall, 12 rows", "Total". */
  readonly label: string
  /** How deep a group lies in others; 0, the outermost, when left out. */
  readonly level?: number
  /** Figures under their columns, null where there is none; a heading has none at all. */
  readonly values?: PrintedRow
}

export type PrintedLine = PrintedRow | PrintedMark

/** A table as it is to stand on paper. */
export interface Printed {
  readonly org: Pick<OpenOrg, 'id' | 'name' | 'timeZone'>
  readonly title: string
  /** The days that it is about; either end may be open. */
  readonly period?: { readonly from: string | null; readonly until: string | null }
  /** Filters used, in words: what was asked for, and what was answered. */
  readonly filters: readonly (readonly [label: string, said: string])[]
  /** The module whose words name the values of choices. */
  readonly module: string
  readonly columns: readonly PrintedColumn[]
  /** Every line in order, marks in their places. Read as fast as it can be written down, never held as a whole. */
  readonly lines: AsyncIterable<PrintedLine> | Iterable<PrintedLine>
  /** Who prints it. */
  readonly by: string
  readonly at: Date
  /** Wide tables lie on their side unasked. */
  readonly landscape?: boolean
}

/** So many lines are printed at most; more is for a spreadsheet. */
export const mostPrinted = 25_000
