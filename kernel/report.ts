import type { Context } from './context.ts'
import type { Fields, ValuesOf } from './fields/field.ts'

/** Columns and one query; screen, CSV, XLSX and API come from it. */
export interface Report<Asks extends Fields = Fields, Columns extends Fields = Fields> {
  readonly name: string
  readonly title: string
  /** The permission that is needed. */
  readonly rule: string
  readonly asks: Asks
  readonly columns: Columns
  /** Rows in order. A stream is read row by row, so its length does not matter. */
  rows(ctx: Context, asked: ValuesOf<Asks>): Promise<readonly ValuesOf<Columns>[]> | AsyncIterable<ValuesOf<Columns>>
}

/** Declares a report under `module.name`. */
export const defineReport = <const Asks extends Fields, const Columns extends Fields>(
  name: `${string}.${string}`,
  report: Omit<Report<Asks, Columns>, 'name'>,
): Report => ({ ...report, name })
