import type { RawEntry, Seal } from './digest.ts'
import type { Kind } from './finding.ts'
import { readSnapshot, sees, type Snapshot } from './snapshot.ts'

/** A clock may be set back a little. */
const slack = 10_000

interface Moment {
  /** Transactions from this one on were begun afterwards. */
  readonly next: bigint
  readonly time: number
}

const milliseconds = (time: string) => Date.parse(`${time.replace(' ', 'T').replace('+00', '')}Z`)

/** When an entry was written: its id begins with it. */
export const writtenAt = (id: string) => Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16)

/**
 * What the seals so far say about time. Transactions are counted up, and each complete seal says which it saw: an entry
 * that claims to be older than a seal which should have seen it was put there later.
 */
export class Timeline {
  #system = ''
  #seen: Snapshot | undefined
  #moments: Moment[] = []

  /** Goes on past a seal. */
  pass({ system, snapshot, sealedAt }: Seal): void {
    // Another database counts its transactions anew.
    if (system !== this.#system) [this.#system, this.#seen, this.#moments] = [system, undefined, []]
    if (snapshot === null) return
    this.#seen = readSnapshot(snapshot)
    this.#moments.push({ next: this.#seen.to, time: milliseconds(sealedAt) })
  }

  /** What is wrong with an entry that follows, in a seal of this database or in none yet; undefined when nothing is. */
  judge(entry: RawEntry, system: string): Kind | undefined {
    const known = system === this.#system
    if (known && this.#seen && sees(this.#seen, entry.xid)) return 'inserted'
    const written = writtenAt(entry.id ?? '')
    if (entry.xid === null) return undefined
    const happened = milliseconds(entry.at ?? '')
    if (Math.abs(happened - written) > slack) return 'backdated'
    return known && written < this.#begun(BigInt(entry.xid)) - slack ? 'backdated' : undefined
  }

  /** The latest moment at which a transaction had certainly not begun. */
  #begun(transaction: bigint): number {
    let [low, high] = [0, this.#moments.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.#moments[middle] as Moment).next <= transaction) low = middle + 1
      else high = middle
    }
    return this.#moments[low - 1]?.time ?? -Infinity
  }
}
