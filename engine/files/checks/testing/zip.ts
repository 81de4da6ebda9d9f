import { crc32, constants, deflateRawSync } from 'node:zlib'

/** One entry as a test wants it in an archive, and where it lies about itself. */
export interface ZipEntry {
  readonly name: string
  readonly bytes?: Buffer | string
  /** Bytes that are deflated already, and how many they say they come to. */
  readonly deflated?: Buffer
  readonly method?: number
  readonly flags?: number
  /** What the file system said of it: `0xa1ff` for a symbolic link. */
  readonly mode?: number
  /** The name in its own header, when it is another. */
  readonly otherName?: string
}

/** Makes a zip archive. */
export function zip(entries: readonly ZipEntry[]): Buffer {
  const parts: Buffer[] = []
  const contents: Buffer[] = []
  let at = 0
  for (const entry of entries) {
    const { header, packed, listed } = pieces(entry, at)
    parts.push(header, packed)
    contents.push(listed)
    at += header.length + packed.length
  }
  const list = Buffer.concat(contents)
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 'latin1')
  end.writeUInt16LE(entries.length, 8)
  end.writeUInt16LE(entries.length, 10)
  end.writeUInt32LE(list.length, 12)
  end.writeUInt32LE(at, 16)
  return Buffer.concat([...parts, list, end])
}

function pieces(entry: ZipEntry, at: number) {
  const { name, deflated, method = 8, flags = 0, mode = 0, otherName = name } = entry
  const bytes = Buffer.from(entry.bytes ?? '')
  const packed = deflated ?? (method === 8 ? deflateRawSync(bytes) : bytes)
  const fixed = Buffer.alloc(26)
  fixed.writeUInt16LE(20, 0)
  fixed.writeUInt16LE(flags | 0x800, 2)
  fixed.writeUInt16LE(method, 4)
  fixed.writeUInt32LE(crc32(bytes), 10)
  fixed.writeUInt32LE(packed.length, 14)
  fixed.writeUInt32LE(bytes.length, 18)
  const header = Buffer.concat([
    Buffer.from('PK\x03\x04', 'latin1'),
    lengthened(fixed, otherName),
    Buffer.from(otherName),
  ])
  const rest = Buffer.alloc(14)
  rest.writeUInt32LE((mode << 16) >>> 0, 6)
  rest.writeUInt32LE(at, 10)
  const begin = Buffer.concat([Buffer.from('PK\x01\x02\x14\x03', 'latin1'), lengthened(fixed, name)])
  return { header, packed, listed: Buffer.concat([begin, rest, Buffer.from(name)]) }
}

function lengthened(fixed: Buffer, name: string): Buffer {
  const own = Buffer.from(fixed)
  own.writeUInt16LE(Buffer.byteLength(name), 22)
  return own
}

/** Zeros, so many megabytes of them, deflated: about a thousandth of that. */
export function deflatedZeros(megabytes: number): Buffer {
  const one = deflateRawSync(Buffer.alloc(1024 * 1024), { level: 9, finishFlush: constants.Z_FULL_FLUSH })
  return Buffer.concat([...Array.from({ length: megabytes }, () => one), Buffer.from([3, 0])])
}
