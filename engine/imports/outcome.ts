import type { Plan, RowFault } from './read-row.ts'
import type { RefusedRow } from './store.ts'

/** A row whose cells could all be read. */
export interface GoodRow {
  readonly row: number
  readonly cells: readonly string[]
  readonly values: readonly unknown[]
}

/** What became of the rows of a chunk. */
export class Outcome {
  imported = 0
  readonly refused: RefusedRow[] = []
  readonly #plan: Plan

  constructor(plan: Plan) {
    this.#plan = plan
  }

  /** Refuses a row for what a field holds, under the heading of the column that fills it. */
  refuse(row: GoodRow, name: string | null, message: string): void {
    this.refuseRow(row.row, row.cells, [this.#faultOf(row, name, message)])
  }

  /** The same for several things that are wrong with a row at once. */
  refuseFor(row: GoodRow, errors: readonly { readonly path: string; readonly message: string }[]): void {
    this.refuseRow(
      row.row,
      row.cells,
      errors.map(({ path, message }) => this.#faultOf(row, path, message)),
    )
  }

  /** Of several fields, the last that a column fills; null where none does. */
  lastFilled(names: readonly string[]): string | null {
    return names.findLast((name) => this.#plan.sources.some((source) => source.names.includes(name))) ?? null
  }

  refuseRow(row: number, cells: readonly string[], faults: readonly RowFault[]): void {
    this.refused.push({ row, cells, faults })
  }

  #faultOf(row: GoodRow, name: string | null, message: string): RowFault {
    const source = name === null ? undefined : this.#plan.sources.find(({ names }) => names.includes(name))
    const value = source ? (row.cells[source.column] ?? '').trim() : null
    return { column: source?.heading ?? null, value, message }
  }
}
