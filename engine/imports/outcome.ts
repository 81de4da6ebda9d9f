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
    const source = name === null ? undefined : this.#plan.sources.find(({ names }) => names.includes(name))
    const value = source ? (row.cells[source.column] ?? '').trim() : null
    this.refuseRow(row.row, row.cells, [{ column: source?.heading ?? null, value, message }])
  }

  refuseRow(row: number, cells: readonly string[], faults: readonly RowFault[]): void {
    this.refused.push({ row, cells, faults })
  }
}
