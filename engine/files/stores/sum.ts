import { createHash } from 'node:crypto'
import type { Bytes } from './store.ts'

/** What bytes come to: how many they are, and their SHA-256. */
export class Sum {
  readonly #hash = createHash('sha256')
  #size = 0

  get size(): number {
    return this.#size
  }

  /** In hex; more may still be added. */
  get sha256(): string {
    return this.#hash.copy().digest('hex')
  }

  add(bytes: Uint8Array): void {
    this.#hash.update(bytes)
    this.#size += bytes.length
  }

  /** Passes bytes on as they are, and adds them. */
  async *passing(bytes: Bytes): AsyncGenerator<Uint8Array> {
    for await (const chunk of bytes) {
      this.add(chunk)
      yield chunk
    }
  }
}

/** Reads all there is, and keeps none of it. */
export async function sumOf(bytes: Bytes): Promise<Sum> {
  const sum = new Sum()
  for await (const chunk of bytes) sum.add(chunk)
  return sum
}
