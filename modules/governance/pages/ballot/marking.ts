import type { Contest } from './contest.ts'
import type { Mark } from './marks.ts'

/** What every way of marking a contest is given. */
export interface MarkingProps {
  readonly contest: Contest
  readonly mark: Mark
  readonly onMark: (mark: Mark) => void
  /** Says something, to readers of the screen and to listeners. */
  readonly tell: (text: string, tone?: 'warn') => void
  /** Id of the contest's name. */
  readonly labelledBy: string
}
