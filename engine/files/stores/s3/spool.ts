import { createHash, randomUUID } from 'node:crypto'
import { type FileHandle, open, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { makeFolder, writeAll } from '../disk/durable.ts'

/**
 * Bytes that wait to be sent in one piece, in a file without a name: services want to know size and hash beforehand,
 * people's lines are slow, and memory is dear. It goes away by itself, however this process ends.
 */
export class Spool {
  readonly #handle: FileHandle
  readonly #hash = createHash('sha256')
  #size = 0

  private constructor(handle: FileHandle) {
    this.#handle = handle
  }

  static async open(top: string): Promise<Spool> {
    const folder = join(top, '.spool')
    const path = join(folder, randomUUID())
    await makeFolder(folder, top)
    const handle = await open(path, 'wx+', 0o600)
    await unlink(path)
    return new Spool(handle)
  }

  get size(): number {
    return this.#size
  }

  async add(bytes: Uint8Array): Promise<void> {
    await writeAll(this.#handle, bytes, this.#size)
    this.#hash.update(bytes)
    this.#size += bytes.length
  }

  sha256(): Buffer {
    return this.#hash.copy().digest()
  }

  /** All of it, from the beginning, as often as one likes. */
  read(): Readable {
    if (!this.#size) return Readable.from([])
    return this.#handle.createReadStream({ start: 0, end: this.#size - 1, autoClose: false })
  }

  async close(): Promise<void> {
    await this.#handle.close()
  }
}
