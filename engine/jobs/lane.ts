import type { Claim } from './claims.ts'

/** How many may run at the same time, however many processes work. */
export interface Limits {
  readonly perOrg?: number
  readonly all?: number
}

/** How a run ended. `left` means that it was not run: nothing to do for an org that is gone, or suspended. */
export type Ending = 'done' | 'left'

/** One queue, as a worker goes about it. */
export interface Lane {
  readonly name: string
  /** Work of an org holds a connection for as long as it runs; work of the house mostly waits for the network. */
  readonly kind: 'org' | 'house'
  readonly limits: Limits
  /** Each job of a key waits for the one before it. */
  readonly ordered: boolean
  /** `halted` tells that the process stops and has given back what it still has in hand. */
  run(claim: Claim, halted: AbortSignal): Promise<Ending>
}

/** The same with what a worker has in hand of it. */
export class LaneAtWork {
  readonly lane: Lane
  /** Something may wait. */
  due = true
  running = 0
  readonly taken: Claim[] = []
  /** How long a run takes, in milliseconds, the latest counting most. */
  #pace = 100

  constructor(lane: Lane) {
    this.lane = lane
  }

  /** What ends can make room for another, of which no notice comes. */
  get opensByEnding(): boolean {
    const { ordered, limits } = this.lane
    return ordered || limits.all !== undefined || limits.perOrg !== undefined
  }

  note(ms: number): void {
    this.#pace += (ms - this.#pace) / 8
  }

  /**
   * How many to take now for so many hands, of which some are free. Short work is taken ahead, in handfuls and before
   * the last is begun, so that no hand waits for the queue; long work only for hands that are free.
   */
  wanted(hands: number, free: number): number {
    if (this.#pace > ahead) return Math.max(0, free - this.taken.length)
    if (this.taken.length >= hands) return 0
    return Math.min(mostTaken, hands * Math.max(2, Math.floor(ahead / Math.max(1, this.#pace))))
  }
}

/** What is taken ahead is begun within about so many milliseconds, so that it would not run much sooner elsewhere. */
const ahead = 250
const mostTaken = 64
