import { nameOf } from '../names.ts'
import { noUpload, otherOffset, tooManyPieces, uploadBusy } from '../refusals.ts'
import type { Bytes, UploadAddress } from '../store.ts'
import { orFull } from '../disk/durable.ts'
import type { Bucket } from './bucket.ts'
import { chainOf, endOf, type Piece, pieceName, pieceOf } from './pieces.ts'
import { Spool } from './spool.ts'

/** A sender who sends byte by byte is stopped somewhere. */
const mostPieces = 2000

/** Uploads that are being added to by this process, by bucket and name. */
const busy = new Set<string>()

/** What has come of uploads, in a bucket: as pieces, one behind the other. */
export class Staging {
  readonly #bucket: Bucket
  readonly #top: string
  readonly #pieceSize: number
  /** The pieces of uploads that this process has written or read from the first byte to the last. */
  readonly #known = new Map<string, readonly Piece[]>()

  /**
   * @param top a folder of this machine, where pieces wait until they are whole
   * @param pieceSize how many bytes are sent together; that many come anew, at most, when a process is killed
   */
  constructor(bucket: Bucket, top: string, pieceSize: number) {
    this.#bucket = bucket
    this.#top = top
    this.#pieceSize = pieceSize
  }

  async append(upload: UploadAddress, offset: number, bytes: Bytes): Promise<number> {
    const name = nameOf(upload)
    const { endpoint, bucket } = this.#bucket.settings
    const place = `${endpoint} ${bucket} ${name}`
    if (busy.has(place)) throw uploadBusy()
    busy.add(place)
    try {
      const chain = await this.chain(upload)
      if (endOf(chain) !== offset) throw otherOffset(endOf(chain))
      if (chain.length >= mostPieces) throw tooManyPieces()
      return await this.#fill(name, offset, bytes).catch(orFull)
    } finally {
      busy.delete(place)
    }
  }

  /** The pieces that count now. */
  async chain(upload: UploadAddress): Promise<Piece[]> {
    const pieces: Piece[] = []
    for await (const stored of this.#bucket.list(`${nameOf(upload)}/`)) {
      const piece = pieceOf(stored)
      if (piece) pieces.push(piece)
    }
    return chainOf(pieces)
  }

  /** All that has come. What is read here is what is kept afterwards, whatever others add meanwhile. */
  async read(upload: UploadAddress): Promise<Bytes> {
    const chain = await this.chain(upload)
    if (!chain.length) throw noUpload()
    this.#known.set(nameOf(upload), chain)
    return this.readChain(chain)
  }

  async *readChain(chain: readonly Piece[]): AsyncGenerator<Uint8Array> {
    for (const { key } of chain) {
      const bytes = await this.#bucket.get(key)
      if (!bytes) throw noUpload()
      yield* bytes
    }
  }

  /** The pieces whose bytes this process has seen, which others may have added to but cannot change. */
  known(upload: UploadAddress): readonly Piece[] | undefined {
    return this.#known.get(nameOf(upload))
  }

  async drop(upload: UploadAddress): Promise<void> {
    const name = nameOf(upload)
    this.#known.delete(name)
    const keys = await Array.fromAsync(this.#bucket.list(`${name}/`), ({ key }) => key)
    for (const key of keys) await this.#bucket.remove(key)
  }

  /** Sends piece by piece. When the source fails, what came goes too, and then the failure is told. */
  async #fill(name: string, offset: number, bytes: Bytes): Promise<number> {
    const line = new Line(bytes)
    let end = offset
    // An upload of nothing is one piece too.
    try {
      for (let isFirst = offset === 0; isFirst || !line.hasEnded; isFirst = false) {
        const spool = await Spool.open(this.#top)
        try {
          await line.pour(spool, this.#pieceSize)
          if (spool.size || (isFirst && !line.failure)) end = await this.#put(name, end, spool)
        } finally {
          await spool.close()
        }
      }
    } finally {
      await line.leave()
    }
    if (line.failure) throw line.failure.error
    return end
  }

  async #put(name: string, offset: number, spool: Spool): Promise<number> {
    const key = `${name}/${pieceName(offset)}`
    const known = offset ? this.#known.get(name) : []
    // A write whose answer is lost may have been done: what we know is no longer all that there is.
    this.#known.delete(name)
    await this.#bucket.put(key, spool)
    const piece = { key, offset, size: spool.size, at: Date.now() }
    if (known && endOf(known) === offset) this.#known.set(name, [...known, piece])
    return offset + spool.size
  }
}

/** A source that is read piece by piece. */
class Line {
  readonly #source: AsyncIterator<Uint8Array>
  hasEnded = false
  failure: { readonly error: unknown } | undefined

  constructor(bytes: Bytes) {
    this.#source = bytes[Symbol.asyncIterator]()
  }

  /** Until there is enough, or no more. */
  async pour(spool: Spool, enough: number): Promise<void> {
    while (!this.hasEnded && spool.size < enough) {
      const chunk = await this.#next()
      if (chunk) await spool.add(chunk)
    }
  }

  /** Whoever sends is let go of, so that they hear why. */
  async leave(): Promise<void> {
    if (!this.hasEnded) await this.#source.return?.()
  }

  async #next(): Promise<Uint8Array | undefined> {
    try {
      const { done, value } = await this.#source.next()
      if (!done) return value
    } catch (error) {
      this.failure = { error }
    }
    this.hasEnded = true
    return undefined
  }
}
