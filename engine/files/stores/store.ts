import { defineSlot } from '@commonhall/kernel'

/** Bytes that a store keeps for an org. All names are ours: none is what a person called their file. */
export type Address =
  | { readonly org: string; readonly kind: 'content'; readonly sha256: string }
  | { readonly org: string; readonly kind: 'preview'; readonly sha256: string; readonly preview: string }

/** Bytes that are on their way: an upload of an org. */
export interface UploadAddress {
  readonly org: string
  readonly upload: string
}

/** What a walk through a store finds. */
export type Found = (Address | (UploadAddress & { readonly kind: 'upload' })) & {
  readonly size: number
  /** When it was written, in milliseconds since 1970. */
  readonly at: number
}

export type Bytes = AsyncIterable<Uint8Array>

/** From the first byte to the last, both included, counted from 0. */
export interface Span {
  readonly first: number
  readonly last: number
}

/** A file that somebody will send to the service itself, past us. */
export interface DirectOffer {
  readonly size: number
  /** In hex. */
  readonly sha256: string
  /** For how long it can be sent. */
  readonly minutes: number
}

/** The request that sends it. */
export interface DirectRequest {
  readonly method: 'PUT'
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
}

/** Bytes that go to the service past us. We read them afterwards, as all others. */
export interface DirectUpload {
  /** Where those go, `https://files.example.org`: pages must be let talk to it. */
  readonly origin: string
  offer(upload: UploadAddress, offer: DirectOffer): Promise<DirectRequest>
  /** Makes what has arrived all of the upload, out of the sender's reach; answers how much it is. */
  take(upload: UploadAddress): Promise<number>
}

/**
 * Where the bytes of files are. Whatever a method says is done has reached the disk, or the service has acknowledged
 * it, before its promise resolves: rows are written after it.
 */
export interface FileStore {
  /** `disk`, `s3`: rows say by it where their bytes are. */
  readonly name: string
  /** Where the service takes uploads itself, and the operator lets it. */
  readonly direct?: DirectUpload | undefined
  /**
   * Adds bytes to an upload, from `offset` on, which is how much there is; answers how much there is now. What came
   * before the source failed is kept, and is there to go on from; the failure is thrown all the same.
   */
  append(upload: UploadAddress, offset: number, bytes: Bytes): Promise<number>
  /** How many bytes of an upload there are; 0 when there is none. */
  received(upload: UploadAddress): Promise<number>
  readUpload(upload: UploadAddress): Promise<Bytes>
  /** Makes all of an upload the content of this address, in place of nothing or of the same bytes. */
  keep(upload: UploadAddress, address: Address): Promise<void>
  dropUpload(upload: UploadAddress): Promise<void>
  /** Writes bytes at an address in one go: previews, and content that comes from another store. */
  write(address: Address, bytes: Bytes, size: number): Promise<void>
  /** Null when nothing is there. */
  read(address: Address, span?: Span): Promise<Bytes | null>
  /** How many bytes are at an address; null when nothing is there. */
  size(address: Address): Promise<number | null>
  /** Nothing there is fine too. */
  remove(address: Address): Promise<void>
  /** Everything that there is, of one org or of all, in any order. */
  walk(org?: string): AsyncIterable<Found>
  /** Throws unless it can be written and read now. */
  check(): Promise<void>
  close(): Promise<void>
}

/** A store is one fitting of this slot; which it is, the environment says. */
export const fileStoreSlot = defineSlot<FileStore>('foundation.file-store')
