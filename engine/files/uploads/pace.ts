/** Whoever sends less than this in a stretch of time is given up, so that a few slow senders cannot take all places. */
export interface Pace {
  /** Milliseconds. */
  readonly stretch: number
  /** Bytes. */
  readonly least: number
}

/** A kilobyte a second: slower than any network that a person would wait on. */
export const usualPace: Pace = { stretch: 30_000, least: 30 * 1024 }
