import type { ClamdAddress, FileSettings } from '../settings.ts'
import type { Bytes } from '../stores/store.ts'
import { type Patience, ScannerAway, usualPatience } from './clamd/ask.ts'
import { scan, type Scanned, versionOf } from './clamd/scan.ts'

/** Whether something looks for viruses: `none` is set up, or it does not answer. */
export type ScannerState = 'none' | 'ready' | 'away'

/** For so many milliseconds one answer serves everybody who asks how the scanner is. */
const fresh = 10_000

/** What looks for viruses, and whether it is there. */
export class Scanner {
  /** What becomes of files while no scanner is set up. */
  readonly without: FileSettings['withoutScanner']
  readonly #address: ClamdAddress | null
  readonly #patience: Patience
  #isAway = false
  #askedAt = -Infinity
  #asking: Promise<string | null> | undefined

  constructor({ clamd, withoutScanner }: Pick<FileSettings, 'clamd' | 'withoutScanner'>, patience = usualPatience) {
    this.#address = clamd
    this.without = withoutScanner
    this.#patience = patience
  }

  get isSet(): boolean {
    return this.#address !== null
  }

  /** Whether it did not answer the last time that this process needed it. */
  get isAway(): boolean {
    return this.#isAway
  }

  async state(): Promise<ScannerState> {
    if (!this.isSet) return 'none'
    if (performance.now() - this.#askedAt > fresh) await this.version()
    return this.#isAway ? 'away' : 'ready'
  }

  /** Which scanner answers, with the day of its signatures; null while it is away. */
  version(): Promise<string | null> {
    return (this.#asking ??= this.#ask().finally(() => (this.#asking = undefined)))
  }

  /** Has bytes scanned; null while it is away, and when none is set up. `read` begins to read them anew. */
  async scan(read: () => Promise<Bytes>): Promise<Scanned | null> {
    return await this.#noting((address) => scan(address, read, this.#patience))
  }

  async #ask(): Promise<string | null> {
    const version = await this.#noting((address) => versionOf(address, this.#patience))
    this.#askedAt = performance.now()
    return version
  }

  async #noting<Value>(work: (address: ClamdAddress) => Promise<Value>): Promise<Value | null> {
    if (!this.#address) return null
    try {
      const value = await work(this.#address)
      this.#isAway = false
      return value
    } catch (error) {
      if (!(error instanceof ScannerAway)) throw error
      this.#isAway = true
      return null
    }
  }
}
