import { Readable } from 'node:stream'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { mediaTypeOf, refuse, say } from '@commonhall/kernel'
import { accessChanged } from '../../database/access.ts'
import type { Engine } from '../../engine.ts'
import { BytesMissing } from '../previews/make.ts'
import type { Address } from '../stores/store.ts'
import { BytesChanged, wholly } from '../stores/wholly.ts'
import { type Begun, begun } from './begun.ts'
import { attachment } from './disposition.ts'
import { readRange } from './range.ts'

/** Bytes that are to be given out. */
export interface Download {
  readonly address: Address
  readonly store: string
  readonly size: number
  /** Null where it is not known what they must come to but their length. */
  readonly sha256: string | null
  readonly mediaType: string
  /** What the file is called that a browser saves. */
  readonly name: string
  /** Names these very bytes. */
  readonly tag: string
  /** Whoever gets them may do so still; throws when not. Asked while they are on their way. */
  readonly prove: () => Promise<void>
  /** Before the first byte goes out; `part` when not all of them do. */
  readonly note: (part: boolean) => Promise<void>
}

/** While bytes are on their way it is asked so often, in milliseconds, whether they still may be. */
export const rhythm = { proof: 10_000 }

/** What goes out cannot act as a page, whatever it says that it is. */
export const closed: Readonly<Record<string, string>> = {
  'content-security-policy': "sandbox; default-src 'none'",
  // Rights are asked each time; the copy that a browser keeps only spares it the bytes.
  'cache-control': 'private, no-cache',
}

/** Gives bytes out: all, one part, or word that the browser has them already. */
export async function sendDownload(
  engine: Engine,
  request: FastifyRequest,
  reply: FastifyReply,
  parcel: Download,
): Promise<FastifyReply> {
  const { size, name } = parcel
  const tag = `"${parcel.tag}"`
  reply.headers({ ...closed, etag: tag, 'accept-ranges': 'bytes' })
  if (namesTag(request.headers['if-none-match'], tag)) return reply.code(304).send()
  const { range: asked, 'if-range': ifRange } = request.headers
  const span = ifRange === undefined || ifRange === tag ? readRange(asked, size) : 'whole'
  if (span === 'beyond') {
    reply.header('content-range', `bytes */${size}`)
    return refuse('beyond', say('serving:beyond'), { status: 416 })
  }
  const part = span === 'whole' ? null : span
  const length = part ? part.last - part.first + 1 : size
  const bytes = request.method === 'HEAD' ? null : await opened(engine, request, parcel, part, length)
  try {
    if (bytes) await parcel.note(part !== null)
  } catch (error) {
    await bytes?.return()
    throw error
  }
  reply
    .code(part ? 206 : 200)
    .header('content-disposition', attachment(name))
    .header('content-length', length)
    .type(parcel.mediaType)
  if (part) reply.header('content-range', `bytes ${part.first}-${part.last}/${size}`)
  // A stream, so that the length of what it stands for is left as it is said.
  if (!bytes) return reply.send(Readable.from([]))
  return reply.send(watched(request, bytes, parcel.prove))
}

const namesTag = (header: string | undefined, tag: string) =>
  header !== undefined && header.split(',').some((one) => ['*', tag, `W/${tag}`].includes(one.trim()))

async function opened(
  engine: Engine,
  request: FastifyRequest,
  { address, store, size, sha256 }: Download,
  part: { first: number; last: number } | null,
  length: number,
) {
  const lost = (error: Error, status: number, code: string) => {
    request.log.error({ err: error, kind: address.kind, sha256: 'sha256' in address ? address.sha256 : null }, code)
    return refuse(code, say(`serving:${code}`), { status })
  }
  const from = engine.files.stores.of(store)
  const there = await from.size(address)
  if (there === null) return lost(new BytesMissing(), 503, 'bytes_missing')
  if (there !== size) return lost(new BytesChanged(size, there), 500, 'bytes_changed')
  const bytes = await from.read(address, part ?? undefined)
  if (!bytes) return lost(new BytesMissing(), 503, 'bytes_missing')
  try {
    return await begun(wholly(bytes, { size: length, sha256: part ? null : sha256 }))
  } catch (error) {
    if (error instanceof BytesChanged) return lost(error, 500, 'bytes_changed')
    throw error
  }
}

/** A stream that breaks off when what it carries may not be given out any more. */
function watched(request: FastifyRequest, bytes: Begun, prove: () => Promise<void>): Readable {
  const stream = Readable.from(bytes, { objectMode: false, highWaterMark: 256 * 1024 })
  const clock = setInterval(() => {
    prove().catch((error: Error) => {
      // While the database is away nobody can be shut out.
      if (isNo(error)) stream.destroy(error)
    })
  }, rhythm.proof)
  clock.unref()
  stream.once('close', () => clearInterval(clock))
  stream.on('error', (error) => request.log.error({ err: error }, 'a download broke off'))
  return stream
}

const isNo = (error: { name?: string; code?: string }) => error.name === 'Refusal' || error.code === accessChanged

/** What a file is sent as: what it was found to be, if that is a kind of file that is taken at all. */
export const sentAs = (mediaType: string, name: string): string =>
  mediaTypeOf(name) === mediaType || mediaType.startsWith('image/') ? mediaType : 'application/octet-stream'
