import type { DayOfWork } from './calculation.ts'

export type WeekState = 'draft' | 'submitted' | 'approved' | 'rejected' | 'paid'

/** A week of hours as it is kept. */
export interface KeptWeek {
  readonly id: string
  readonly version: number
  readonly state: WeekState
  readonly regular: string
  readonly overtime: string
  readonly days: readonly DayOfWork[] | null
  readonly over_40_confirmed: boolean
  readonly subsidy: string
  readonly note: string | null
  readonly reason: string | null
}
