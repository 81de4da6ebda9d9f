import { createHash, type Hash } from 'node:crypto'
import { Recent } from '../../recent.ts'

/** A SHA-256 that is being made, and of how many bytes so far. */
export interface Digest {
  readonly hash: Hash
  at: number
}

/** More uploads than this at a time make the server read some back at their end, nothing worse. */
const most = 1000

/**
 * The sums of uploads that this process has taken from their first byte on. What is not known here, because another
 * process took a part or this one was started anew, is read back at the end.
 */
export class Digests {
  readonly #kept = new Recent<Digest>(most)

  /** Hands a sum over, to go on with; undefined when it is not known up to there. */
  take(upload: string, offset: number): Digest | undefined {
    const kept = this.#kept.get(upload)
    this.#kept.delete(upload)
    if (kept?.at === offset) return kept
    return offset === 0 ? { hash: createHash('sha256'), at: 0 } : undefined
  }

  keep(upload: string, digest: Digest): void {
    this.#kept.set(upload, digest)
  }

  forget(upload: string): void {
    this.#kept.delete(upload)
  }
}
