import { inflateRawSync } from 'node:zlib'

/** One file in a zip archive, as the archive's directory describes it. */
export interface ZipEntry {
  readonly name: string
  readonly method: number
  readonly packed: number
  readonly unpacked: number
  readonly at: number
}

/** The archive is damaged, or says things about itself that are not true. */
export class ZipFault extends Error {}

const endMark = 0x06054b50
const entryMark = 0x02014b50
const localMark = 0x04034b50
const none = 0xffff_ffff

/** The directory at the end of a zip archive. Archives of more than one part, or beyond 4 GB, are none of ours. */
export function zipEntries(file: Buffer): Map<string, ZipEntry> {
  const entries = new Map<string, ZipEntry>()
  const end = file.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]))
  if (end < 0 || end + 22 > file.length || file.readUInt32LE(end) !== endMark) throw new ZipFault('no directory')
  const count = file.readUInt16LE(end + 10)
  let at = file.readUInt32LE(end + 16)
  if (count === 0xffff || at === none) throw new ZipFault('zip64 directory')
  for (let index = 0; index < count; index++) {
    if (at + 46 > file.length || file.readUInt32LE(at) !== entryMark) throw new ZipFault('broken directory')
    const nameLength = file.readUInt16LE(at + 28)
    const extraLength = file.readUInt16LE(at + 30)
    const name = file.toString('utf8', at + 46, at + 46 + nameLength)
    const extra = file.subarray(at + 46 + nameLength, at + 46 + nameLength + extraLength)
    const unpacked = file.readUInt32LE(at + 24)
    const packed = file.readUInt32LE(at + 20)
    const local = file.readUInt32LE(at + 42)
    const wide = wideNumbers(extra, [unpacked, packed, local])
    if (entries.has(name)) throw new ZipFault('a name twice')
    entries.set(name, { name, method: file.readUInt16LE(at + 10), unpacked: wide[0]!, packed: wide[1]!, at: wide[2]! })
    at += 46 + nameLength + extraLength + file.readUInt16LE(at + 32)
  }
  return entries
}

/** Streaming programs write even small sizes as 64-bit numbers, in an extra field that stands in for the usual one. */
function wideNumbers(extra: Buffer, usual: readonly number[]): number[] {
  let at = 0
  while (at + 4 <= extra.length && extra.readUInt16LE(at) !== 1) at += 4 + extra.readUInt16LE(at + 2)
  at += 4
  return usual.map((number) => {
    if (number !== none) return number
    if (at + 8 > extra.length) throw new ZipFault('missing size')
    const wide = extra.readBigUInt64LE(at)
    at += 8
    return wide > BigInt(Number.MAX_SAFE_INTEGER) ? Infinity : Number(wide)
  })
}

/** The packed bytes of an entry, found behind its local header. */
export function packedBytes(file: Buffer, entry: ZipEntry): Buffer {
  if (entry.at + 30 > file.length || file.readUInt32LE(entry.at) !== localMark) throw new ZipFault('broken entry')
  if (entry.method !== 0 && entry.method !== 8) throw new ZipFault('unknown packing')
  const start = entry.at + 30 + file.readUInt16LE(entry.at + 26) + file.readUInt16LE(entry.at + 28)
  if (start + entry.packed > file.length) throw new ZipFault('cut short')
  return file.subarray(start, start + entry.packed)
}

/** Unpacks a small entry whole, never to more than `most` bytes whatever the archive says. */
export function unpack(file: Buffer, entry: ZipEntry, most: number): Buffer {
  const packed = packedBytes(file, entry)
  if (entry.method === 0) return packed
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(1, Math.min(most, entry.unpacked)) })
  } catch {
    throw new ZipFault('does not unpack')
  }
}

/** The header in front of an entry that stands unpacked in a stream of entries. */
export function storedHeader(name: string, size: number): Buffer {
  const header = Buffer.alloc(30 + name.length)
  header.writeUInt32LE(localMark, 0)
  header.writeUInt16LE(20, 4)
  header.writeUInt32LE(size, 18)
  header.writeUInt32LE(size, 22)
  header.writeUInt16LE(name.length, 26)
  header.write(name, 30, 'latin1')
  return header
}
