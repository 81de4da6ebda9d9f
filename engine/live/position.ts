import { Refusal } from '@commonhall/kernel'
import type { Cursors } from '../records/cursor.ts'
import { type Seen, seenAt } from './seen.ts'

/** A listener who stays away for longer reads everything anew, in milliseconds. */
const longestAway = 3_600_000

/** Clients keep the position; in one with more running transactions than this all of them count as new. */
const mostRunning = 12

const scopeOf = (orgId: string) => `${orgId} live`

/** The position as clients are given it, signed. */
export function sealPosition(cursors: Cursors, orgId: string, { text, snapshot, at, running }: Seen): string {
  const few = running.size <= mostRunning
  const since = Math.min(at, ...running.values())
  return cursors.seal(scopeOf(orgId), few ? [text, at, since] : [`${snapshot.from}:${snapshot.from}:`, since, since])
}

/** Where a client was; null when nobody can say what it has missed since. */
export function openPosition(cursors: Cursors, orgId: string, given: string): Seen | null {
  try {
    const [text, at, since] = cursors.open(scopeOf(orgId), given) as [string, number, number]
    if (Date.now() - at > longestAway) return null
    const seen = seenAt(text, at)
    return { ...seen, running: new Map([...seen.running.keys()].map((one) => [one, since])) }
  } catch (error) {
    if (error instanceof Refusal) return null
    throw error
  }
}
