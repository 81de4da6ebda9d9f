import { randomInt } from 'node:crypto'

const [second, minute, hour] = [1000, 60_000, 3_600_000]

/** How long after each failed try the next one comes: ten tries in three days. */
const pauses = [
  5 * second,
  5 * minute,
  30 * minute,
  2 * hour,
  5 * hour,
  10 * hour,
  14 * hour,
  20 * hour,
  24 * hour,
] as const

/** A webhook none of whose tries has succeeded for so long is switched off. */
export const longestFailing = 5 * 24 * hour

/** From so many failed tries in a row on it is the receiver, not the message: everything rests, and one knocks. */
const fewFailures = 3
const longestRest = 10 * minute

/** Milliseconds until the next try, up to a tenth more or less; null when this was the last. */
export function pauseAfter(tries: number, random = randomInt(1000) / 1000): number | null {
  const pause = pauses[tries - 1]
  return pause === undefined ? null : Math.round(pause * (0.9 + 0.2 * random))
}

/** Milliseconds for which a webhook is left in peace after so many failed tries in a row: 15 s, 30 s … 10 min. */
export const restAfter = (failures: number): number =>
  failures < fewFailures ? 0 : Math.min(longestRest, 15 * second * 2 ** Math.min(failures - fewFailures, 10))

/** How many messages go out at once: one, to see, while the receiver seems to be down. */
export const sideBySide = (failures: number): number => (failures < fewFailures ? 5 : 1)

/** Whether the receiver is back: what waited for it need not wait longer. */
export const wasDown = (failures: number): boolean => failures >= fewFailures

/** What a receiver asks for by Retry-After, in milliseconds and up to a day; 0 when it asks for nothing. */
export function askedPause(header: string | null, now = Date.now()): number {
  if (header === null) return 0
  const asked = /^\d{1,9}$/.test(header) ? Number(header) * second : Date.parse(header) - now
  return Number.isFinite(asked) ? Math.min(Math.max(asked, 0), 24 * hour) : 0
}
