import { randomUUID } from 'node:crypto'
import type { S3Settings } from '../../settings.ts'
import { addressOf, folderOf, nameOf } from '../names.ts'
import { noUpload } from '../refusals.ts'
import type { Address, Bytes, DirectOffer, DirectUpload, FileStore, Found, Span, UploadAddress } from '../store.ts'
import { sumOf } from '../sum.ts'
import { wholly } from '../wholly.ts'
import { Bucket, type Stored } from './bucket.ts'
import { offerDirect, originOf } from './direct.ts'
import { directName, endOf, type Piece, pieceName } from './pieces.ts'
import { Spool } from './spool.ts'
import { Staging } from './staging.ts'

/** What a piece must have at least, unless it is the last, to become part of something else within the service. */
const leastPart = 5 * 1024 ** 2

/** Files in a bucket of an S3-compatible service, under the same names as on the disk. */
export class S3Store implements FileStore {
  readonly name = 's3'
  readonly direct: DirectUpload | undefined
  readonly #bucket: Bucket
  readonly #staging: Staging
  readonly #top: string
  readonly #pieceSize: number

  /**
   * @param top a folder of this machine, for what waits to be sent
   * @param pieceSize how many bytes wait there at most before they are
   */
  constructor(settings: S3Settings, top: string, pieceSize = 16 * 1024 ** 2) {
    this.#bucket = new Bucket(settings)
    this.#staging = new Staging(this.#bucket, top, pieceSize)
    this.#top = top
    this.#pieceSize = pieceSize
    if (settings.direct)
      this.direct = {
        origin: originOf(settings),
        offer: (upload, offer) => this.#offer(upload, offer),
        take: (upload) => this.#take(upload),
      }
  }

  append(upload: UploadAddress, offset: number, bytes: Bytes): Promise<number> {
    return this.#staging.append(upload, offset, bytes)
  }

  async received(upload: UploadAddress): Promise<number> {
    return endOf(await this.#staging.chain(upload))
  }

  readUpload(upload: UploadAddress): Promise<Bytes> {
    return this.#staging.read(upload)
  }

  async keep(upload: UploadAddress, address: Address): Promise<void> {
    const to = nameOf(address)
    const chain = this.#staging.known(upload) ?? (await this.#prove(upload, address))
    const size = endOf(chain)
    const [first] = chain
    if (!first) throw noUpload()
    if (chain.length === 1) await this.#copy(first.key, to, address)
    else if (chain.slice(0, -1).every((piece) => piece.size >= leastPart))
      await this.#bucket.join(
        chain.map(({ key }) => key),
        to,
      )
    else await this.write(address, this.#staging.readChain(chain), size)
    if ((await this.#bucket.size(to)) !== size) throw new Error('The S3 service kept less or more than there was.')
    // What is left of it is swept.
    await this.#staging.drop(upload).catch(() => {})
  }

  dropUpload(upload: UploadAddress): Promise<void> {
    return this.#staging.drop(upload)
  }

  async write(address: Address, bytes: Bytes, size: number): Promise<void> {
    const to = nameOf(address)
    if (size > this.#pieceSize) return await this.#writeLarge(address, bytes, size)
    const spool = await Spool.open(this.#top)
    try {
      for await (const chunk of wholly(bytes, { size, sha256: null })) await spool.add(chunk)
      await this.#bucket.put(to, spool)
    } finally {
      await spool.close()
    }
  }

  async read(address: Address, span?: Span): Promise<Bytes | null> {
    return await this.#bucket.get(nameOf(address), span)
  }

  async size(address: Address): Promise<number | null> {
    return await this.#bucket.size(nameOf(address))
  }

  async remove(address: Address): Promise<void> {
    await this.#bucket.remove(nameOf(address))
  }

  walk(org?: string): AsyncIterable<Found> {
    return gathered(this.#bucket.list(org === undefined ? '' : `${folderOf(org)}/`))
  }

  async check(): Promise<void> {
    const spool = await Spool.open(this.#top)
    try {
      await spool.add(Buffer.from('This shows that files can be kept here.\n'))
      await this.#bucket.put('check.txt', spool)
    } finally {
      await spool.close()
    }
    if (!(await this.#bucket.size('check.txt'))) throw new Error('The S3 service does not keep what it is given.')
  }

  close(): Promise<void> {
    return this.#bucket.close()
  }

  /** The pieces, when their bytes have not passed through this process yet: read once, so that they are what we say. */
  async #prove(upload: UploadAddress, address: Address): Promise<readonly Piece[]> {
    const { sha256 } = await sumOf(await this.#staging.read(upload))
    if (address.kind === 'content' && sha256 !== address.sha256)
      throw new Error('What was uploaded is not what it is to be kept as.')
    return this.#staging.known(upload) ?? []
  }

  async #copy(from: string, to: string, address: Address): Promise<void> {
    const sha256 = await this.#bucket.copy(from, to)
    if (sha256 === undefined || address.kind !== 'content' || sha256 === address.sha256) return
    await this.#bucket.remove(to)
    throw new Error('The S3 service kept something else than there was.')
  }

  /** In pieces that can be joined within the service, as an upload of nobody's, which is swept if we end here. */
  async #writeLarge(address: Address, bytes: Bytes, size: number): Promise<void> {
    const upload = { org: address.org, upload: randomUUID() }
    try {
      await this.append(upload, 0, wholly(bytes, { size, sha256: null }))
      await this.keep(upload, address)
    } catch (error) {
      await this.dropUpload(upload).catch(() => {})
      throw error
    }
  }

  async #offer(upload: UploadAddress, offer: DirectOffer) {
    return await offerDirect(this.#bucket, `${nameOf(upload)}/${directName}`, offer)
  }

  /** Copied to a name that the sender's address does not reach: what has been looked at must stay as it is. */
  async #take(upload: UploadAddress): Promise<number> {
    const name = nameOf(upload)
    const there = await this.received(upload)
    if (there || (await this.#bucket.size(`${name}/${directName}`)) === null) return there
    await this.#bucket.copy(`${name}/${directName}`, `${name}/${pieceName(0)}`)
    await this.#bucket.remove(`${name}/${directName}`)
    return await this.received(upload)
  }
}

/** What a listing tells, the pieces of an upload as one. They come one after the other, since a listing has order. */
async function* gathered(stored: AsyncIterable<Stored>): AsyncGenerator<Found> {
  let open: (Found & { readonly kind: 'upload' }) | undefined
  for await (const { key, size, at } of stored) {
    const address = addressOf(key.replace(/(\/uploads\/[^/]+)\/[^/]+$/, '$1'))
    if (open && (address?.kind !== 'upload' || address.upload !== open.upload || address.org !== open.org)) {
      yield open
      open = undefined
    }
    if (address?.kind === 'upload')
      open = { ...address, size: size + (open?.size ?? 0), at: Math.max(at, open?.at ?? 0) }
    else if (address) yield { ...address, size, at }
  }
  if (open) yield open
}
