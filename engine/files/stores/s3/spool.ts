import { randomUUID } from 'node:crypto'
import { type FileHandle, open, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { makeFolder, writeAll } from '../disk/durable.ts'
import { Sum } from '../sum.ts'

/**
 * Bytes that wait to be sent in one piece, in a file without a name: services want to know size and hash beforehand,
 * people's lines are slow, and memory is dear. It goes away by itself, however this process ends.
 */
export class Spool {
  readonly #handle: FileHandle
  readonly #sum = new Sum()

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
    return this.#sum.size
  }

  async add(bytes: Uint8Array): Promise<void> {
    await writeAll(this.#handle, bytes, this.size)
    this.#sum.add(bytes)
  }

  get sha256(): string {
    return this.#sum.sha256
  }

  /** All of it, from the beginning, as often as one likes. */
  read(): Readable {
    if (!this.size) return Readable.from([])
    return this.#handle.createReadStream({ start: 0, end: this.size - 1, autoClose: false })
  }

  async close(): Promise<void> {
    await this.#handle.close()
  }
}
