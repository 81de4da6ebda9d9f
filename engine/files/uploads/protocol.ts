import type { FastifyRequest } from 'fastify'
import { refuse, say } from '@commonhall/kernel'

/** The version of the protocol; see https://tus.io/protocols/resumable-upload */
const version = '1.0.0'

/** What carries bytes, as the protocol calls it. */
export const bytesType = 'application/offset+octet-stream'

/** Every answer of the protocol says which version it speaks. */
export const spoken = { 'tus-resumable': version } as const

/** What the server can do. */
export const abilities = (largest: number) => ({
  ...spoken,
  'tus-version': version,
  'tus-extension': 'creation,creation-with-upload,expiration,checksum,termination',
  'tus-checksum-algorithm': 'sha256',
  'tus-max-size': String(largest),
})

const header = ({ headers }: FastifyRequest, name: string): string | undefined => {
  const value = headers[name]
  return Array.isArray(value) ? value.join(', ') : value
}

/** @throws {Refusal} 412, naming the version that is spoken here */
export function permitVersion(request: FastifyRequest): void {
  if (header(request, 'tus-resumable') === version) return
  refuse('bad_version', say('uploads:bad_version', { version }), {
    status: 412,
    headers: { ...spoken, 'tus-version': version },
  })
}

const malformed = (name: string): never => refuse('malformed', say('uploads:bad_header', { name }), { headers: spoken })

/** A whole number that a header must bring. */
export function numberIn(request: FastifyRequest, name: 'Upload-Length' | 'Upload-Offset'): number {
  const text = header(request, name.toLowerCase()) ?? ''
  return /^\d{1,15}$/.test(text) ? Number(text) : malformed(name)
}

/** How many bytes the body says it brings; null when it does not say. */
export function lengthOfBody(request: FastifyRequest): number | null {
  const text = header(request, 'content-length')
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : null
}

/** Whether the request brings bytes of a file, rather than nothing. */
export const bringsBytes = (request: FastifyRequest) => header(request, 'content-type') === bytesType

/** `name Zm9v,tags YmFy`: what is known of a file, in front of its bytes. */
export function readMetadata(request: FastifyRequest): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  const text = header(request, 'upload-metadata')?.trim()
  if (!text) return found
  for (const pair of text.split(',')) {
    const [, key = '', value = ''] = /^([\x21-\x7e]+)(?: +([A-Za-z0-9+/=]*))?$/.exec(pair.trim()) ?? []
    if (!key || found.has(key) || found.size >= 20) malformed('Upload-Metadata')
    found.set(key, decoded(value))
  }
  return found
}

function decoded(base64: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(base64, 'base64'))
  } catch {
    return malformed('Upload-Metadata')
  }
}

/** The SHA-256 that the bytes of this request are to have, in hex; null when none is asked for. */
export function readChecksum(request: FastifyRequest): string | null {
  const text = header(request, 'upload-checksum')
  if (text === undefined) return null
  const [, digest = ''] = /^sha256 +([A-Za-z0-9+/]{43}=)$/.exec(text.trim()) ?? []
  return digest ? Buffer.from(digest, 'base64').toString('hex') : malformed('Upload-Checksum')
}

/** Bytes that are not what they were said to be; the protocol has a status of its own for it. */
export const refuseChecksum = (): never => refuse('checksum', say('uploads:checksum'), { status: 460, headers: spoken })
