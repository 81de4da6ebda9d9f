import { Recent } from '../../recent.ts'
import { Sum } from '../stores/sum.ts'

/** More uploads than this at a time make the server read some back at their end, nothing worse. */
const most = 1000

/**
 * The sums of uploads that this process has taken from their first byte on. What is not known here, because another
 * process took a part or this one was started anew, is read back at the end.
 */
export class Sums {
  readonly #kept = new Recent<Sum>(most)

  /** Hands a sum over, to go on with; undefined when it is not known up to there. */
  take(upload: string, offset: number): Sum | undefined {
    const kept = this.#kept.get(upload)
    this.#kept.delete(upload)
    if (kept?.size === offset) return kept
    return offset === 0 ? new Sum() : undefined
  }

  keep(upload: string, sum: Sum): void {
    this.#kept.set(upload, sum)
  }

  forget(upload: string): void {
    this.#kept.delete(upload)
  }
}
