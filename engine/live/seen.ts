import { readSnapshot, sees, type Snapshot } from '../audit/snapshot.ts'

/**
 * Up to where the change log has been looked through. Entries get their ids before they are committed, so no id says
 * "everything up to here": a snapshot does, by the transactions that had committed.
 */
export interface Seen {
  /** As PostgreSQL spells it. */
  readonly text: string
  readonly snapshot: Snapshot
  /** Transactions that began later have written nothing before this moment of the database's clock, in milliseconds. */
  readonly at: number
  /** Those that were running, and the moment before which each has written nothing. */
  readonly running: ReadonlyMap<string, number>
}

/** No transaction takes longer, in milliseconds; so far back is looked for what one that was running has written. */
const longest = 3_600_000

/** Ids begin with the clock of the process that makes them; a clock that is set back a little must hide nothing. */
const slack = 1_000

/** What a look at the log has seen, after one before it. */
export function seenAt(text: string, at: number, before?: Seen): Seen {
  const snapshot = readSnapshot(text)
  const since = (transaction: string) => {
    if (!before) return at - longest
    const known = before.running.get(transaction)
    return known ?? (sees(before.snapshot, transaction) ? at - longest : before.at)
  }
  return { text, snapshot, at, running: new Map([...snapshot.running].map((one) => [one, since(one)])) }
}

/** The least id that can have been made at a moment: ids begin with the time, in milliseconds. */
export function firstIdAt(at: number): string {
  const time = Math.max(0, Math.floor(at) - slack)
    .toString(16)
    .padStart(12, '0')
  return `${time.slice(0, 8)}-${time.slice(8)}-0000-0000-000000000000`
}

/** Where to look for what had not been seen: after `from`; and after `back`, if one of the `running` has ended. */
export const looksFrom = ({ text, at, running }: Seen) => ({
  text,
  from: firstIdAt(at),
  back: firstIdAt(Math.min(at, ...running.values())),
  running: [...running.keys()],
})
