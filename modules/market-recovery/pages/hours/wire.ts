import type { DayOfWork } from '../../week/calculation.ts'
import type { KeptWeek } from '../../week/kept-week.ts'

/** One assignment in the grid of a week. */
export interface GridRow {
  readonly assignment: string
  readonly number: string
  readonly member_name: string
  readonly classification: string
  readonly program_name: string
  readonly project_name: string | null
  /** The subsidy per hour, where the whole week has one. */
  readonly per_hour: string | null
  readonly overtime_factor: string
  /** The scale changes inside the week, on this day: hours are told day by day. */
  readonly needs_days: boolean
  readonly changes_on: string | null
  /** The parts of the week and their subsidy per hour. */
  readonly rates?: readonly { readonly from_on: string; readonly until_on: string; readonly per_hour: string }[]
  /** Why no hours of this week can be entered. */
  readonly problem: string | null
  readonly last_week: { readonly regular: string; readonly overtime: string } | null
  readonly hours: KeptWeek | null
}

/** A contractor's week, one row for each assignment. */
export interface Grid {
  readonly contractor: string
  readonly contractor_name: string
  readonly week_ending: string
  readonly from_on: string
  readonly payroll_day: boolean
  readonly hour_step: string
  readonly rows: readonly GridRow[]
}

export interface RowError {
  readonly path: string
  readonly code: string
  readonly message: string
}

/** What became of each row that was sent. */
export interface Outcome {
  readonly saved: number
  readonly submitted: number
  readonly refused: number
  readonly rows: readonly {
    readonly assignment: string
    readonly outcome: 'saved' | 'submitted' | 'unchanged' | 'refused'
    readonly errors: readonly RowError[]
    readonly hours: KeptWeek | null
  }[]
}

export interface SentRow {
  readonly assignment: string
  readonly regular: string
  readonly overtime: string
  readonly days?: readonly DayOfWork[]
  readonly over_40_confirmed?: boolean
}
