import { randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { access, constants, type FileHandle, open, stat, unlink } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { folderOf, nameOf } from '../names.ts'
import { noUpload, otherOffset } from '../refusals.ts'
import type { Address, Bytes, FileStore, Found, Span, UploadAddress } from '../store.ts'
import { wholly } from '../wholly.ts'
import { isMissing, makeFolder, moveTo, orFull, removeFile, syncFolder, writeAll } from './durable.ts'
import { alone, lower } from './lock-file.ts'
import { walkFolder } from './walk.ts'

/** How much is read at a time. */
const stride = 128 * 1024

/**
 * Files in a folder of this machine, named by what they hold: `{org}/content/ab/abcd…`. Nothing is made before the
 * first byte comes. What is done is on the disk: the bytes are synced, and then the folders that name them.
 */
export class DiskStore implements FileStore {
  readonly name = 'disk'
  readonly #top: string

  /** @param folder where all of it is; only our account can look inside */
  constructor(folder: string) {
    this.#top = folder
  }

  async append(upload: UploadAddress, offset: number, bytes: Bytes): Promise<number> {
    const path = this.#path(upload)
    await makeFolder(dirname(path), this.#top).catch(orFull)
    return await alone(path, () => appendTo(path, offset, bytes)).catch(orFull)
  }

  async received(upload: UploadAddress): Promise<number> {
    return (await sizeOf(this.#path(upload))) ?? 0
  }

  async readUpload(upload: UploadAddress): Promise<Bytes> {
    const path = this.#path(upload)
    if ((await sizeOf(path)) === null) throw noUpload()
    return bytesOf(path)
  }

  async keep(upload: UploadAddress, address: Address): Promise<void> {
    const from = this.#path(upload)
    const to = this.#path(address)
    if ((await sizeOf(from)) === null) throw noUpload()
    await makeFolder(dirname(to), this.#top).catch(orFull)
    await alone(from, () => moveTo(from, to)).catch(orFull)
  }

  async dropUpload(upload: UploadAddress): Promise<void> {
    const path = this.#path(upload)
    await removeFile(path)
    await lower(`${path}.held`)
  }

  async write(address: Address, bytes: Bytes, size: number): Promise<void> {
    // As an upload of nobody's: whoever sweeps sees it, should this be the last that we do.
    const upload = { org: address.org, upload: randomUUID() }
    nameOf(address)
    try {
      await this.append(upload, 0, wholly(bytes, { size, sha256: null }))
      await this.keep(upload, address)
    } catch (error) {
      await this.dropUpload(upload).catch(() => {})
      throw error
    }
  }

  async read(address: Address, span?: Span): Promise<Bytes | null> {
    const path = this.#path(address)
    return (await sizeOf(path)) === null ? null : bytesOf(path, span)
  }

  async size(address: Address): Promise<number | null> {
    return await sizeOf(this.#path(address))
  }

  async remove(address: Address): Promise<void> {
    await removeFile(this.#path(address))
  }

  walk(org?: string): AsyncIterable<Found> {
    return walkFolder(this.#top, org === undefined ? this.#top : join(this.#top, folderOf(org)))
  }

  async check(): Promise<void> {
    if ((await sizeOf(this.#top)) === null) return await couldBegin(dirname(this.#top))
    const probe = join(this.#top, `.check-${randomUUID()}`)
    const handle = await open(probe, 'wx', 0o600)
    try {
      await handle.writeFile(Buffer.alloc(4096))
      await handle.datasync()
    } finally {
      await handle.close()
      await unlink(probe)
    }
  }

  close(): Promise<void> {
    return Promise.resolve()
  }

  #path(address: Address | UploadAddress): string {
    return join(this.#top, nameOf(address))
  }
}

/** Bytes are written from the offset on, whatever else happens, and what came is safe before the failure is told. */
async function appendTo(path: string, offset: number, bytes: Bytes): Promise<number> {
  const handle = await open(path, constants.O_CREAT | constants.O_WRONLY, 0o600)
  try {
    const { size } = await handle.stat()
    if (size !== offset) throw otherOffset(size)
    return await pour(handle, offset, bytes).finally(async () => {
      await handle.datasync()
      if (offset === 0) await syncFolder(dirname(path))
    })
  } finally {
    await handle.close()
  }
}

async function pour(handle: FileHandle, offset: number, bytes: Bytes): Promise<number> {
  let position = offset
  for await (const chunk of bytes) {
    await writeAll(handle, chunk, position)
    position += chunk.length
  }
  return position
}

/** Opened when somebody begins to read, so that nobody who does not leaves it open. */
async function* bytesOf(
  path: string,
  { first, last }: Span = { first: 0, last: Infinity },
): AsyncGenerator<Uint8Array> {
  if (last < first) return
  yield* createReadStream(path, { start: first, end: last, highWaterMark: stride }) as AsyncIterable<Uint8Array>
}

async function sizeOf(path: string): Promise<number | null> {
  try {
    return (await stat(path)).size
  } catch (error) {
    if (isMissing(error)) return null
    throw error
  }
}

/** Nothing has been kept yet: whether the folder could be made. */
async function couldBegin(folder: string): Promise<void> {
  try {
    await access(folder, constants.W_OK | constants.X_OK)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || dirname(folder) === folder) throw error
    await couldBegin(dirname(folder))
  }
}
