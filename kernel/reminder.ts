import type { Context } from './context.ts'
import type { Notice, NoticePayload, Recipient } from './notice.ts'
import type { Resource, RowOf } from './resource.ts'
import type { Condition } from './rule.ts'

/**
 * A check at six in the morning: for these records, at these distances from this date, tell these people, once. What
 * was missed while the house stood still is made up for with the nearest distance alone.
 */
export interface Reminder<R extends Resource = Resource, N extends Notice = Notice> {
  readonly name: string
  readonly resource: R
  /** The date field that the distances are counted from. */
  readonly date: string
  /** Days before the date; 0 is the day itself, and negative numbers are days after it. */
  readonly days: readonly number[]
  /** Only records for which all of these hold. */
  readonly when?: readonly Condition[]
  readonly notice: N
  /** Who is told. `record` is what the record's table holds. */
  to(record: RowOf<R>): Recipient | readonly Recipient[]
  /** `daysLeft` until the date: negative when it is past. `ctx` finds the names of what the record points to. */
  payload(record: RowOf<R>, daysLeft: number, ctx: Context): NoticePayload<N> | Promise<NoticePayload<N>>
}

/** Declares a reminder under `module.noun`; it runs in each org that has the module on, at six in its time zone. */
export const defineReminder = <const R extends Resource, const N extends Notice>(
  name: `${string}.${string}`,
  reminder: Omit<Reminder<R, N>, 'name'>,
): Reminder => ({ ...reminder, name })
