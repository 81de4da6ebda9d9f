import { createReadStream, createWriteStream } from 'node:fs'
import { open, rename, rm, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { Transform, Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { crc32, createDeflateRaw } from 'node:zlib'
import { refuse, say } from '@commonhall/kernel'

/** What one file of an archive needs said of it, once in front of it and once at the end. */
export interface Entry {
  readonly name: string
  /** 8: deflated. 0: as it is. */
  readonly method: 0 | 8
  readonly crc: number
  readonly packed: number
  readonly unpacked: number
  readonly at: number
}

/** What fits into four bytes, and into two: beyond, an archive says it in eight (zip64). One file must fit. */
const most = 0xffff_ffff
const mostEntries = 0xffff

/**
 * Packs files of a folder into one archive, under the folder that the archive is named for. Tables are packed beside
 * themselves first, so that their headers can be told before them; what people attached is mostly packed already and
 * goes in as it is. Nothing is held in memory.
 */
export async function packZip(folder: string, out: string, files: readonly string[]): Promise<void> {
  const partial = `${out}.zipping`
  const inside = basename(out, '.zip')
  const archive = await open(partial, 'wx', 0o600)
  try {
    const entries: Entry[] = []
    let at = 0
    for (const file of files) {
      const path = join(folder, file)
      const measured = file.startsWith('files/') ? await measureOne(path) : await packOne(path)
      const entry = { name: `${inside}/${file}`, at, ...measured }
      if (Math.max(entry.unpacked, entry.packed) >= most) refuse('too_large', say('transfer:too_large', { file }))
      const header = localHeader(entry)
      await archive.write(header)
      const packed = entry.method ? `${path}.packed` : path
      for await (const chunk of createReadStream(packed)) await archive.write(chunk as Buffer)
      await rm(packed)
      at += header.length + entry.packed
      entries.push(entry)
    }
    let size = 0
    for (const entry of entries) {
      const line = directoryLine(entry)
      await archive.write(line)
      size += line.length
    }
    await archive.write(endOf(entries.length, size, at))
    await archive.close()
    await rename(partial, out)
  } catch (error) {
    await archive.close()
    await rm(partial, { force: true })
    throw error
  }
}

type Measured = Pick<Entry, 'method' | 'crc' | 'packed' | 'unpacked'>

/** Passes bytes on and knows their sum in the end. */
function summing() {
  let crc = 0
  const through = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      crc = crc32(chunk, crc)
      done(null, chunk)
    },
  })
  return { through, sum: () => crc }
}

async function packOne(path: string): Promise<Measured> {
  const { through, sum } = summing()
  const packed = createWriteStream(`${path}.packed`, { mode: 0o600 })
  await pipeline(createReadStream(path), through, createDeflateRaw(), packed)
  const size = (await stat(`${path}.packed`)).size
  return { method: 8, crc: sum(), packed: size, unpacked: (await stat(path)).size }
}

async function measureOne(path: string): Promise<Measured> {
  const { through, sum } = summing()
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() })
  await pipeline(createReadStream(path), through, nowhere)
  const { size } = await stat(path)
  return { method: 0, crc: sum(), packed: size, unpacked: size }
}

/** Names in UTF-8, and no time: the first day that an archive knows. */
const common = ({ method, crc, packed, unpacked, name }: Entry) => {
  const part = Buffer.alloc(26)
  part.writeUInt16LE(45, 0)
  part.writeUInt16LE(0x0800, 2)
  part.writeUInt16LE(method, 4)
  part.writeUInt16LE(0, 6)
  part.writeUInt16LE(0x21, 8)
  part.writeUInt32LE(crc, 10)
  part.writeUInt32LE(packed, 14)
  part.writeUInt32LE(unpacked, 18)
  part.writeUInt16LE(Buffer.byteLength(name), 22)
  return part
}

const localHeader = (entry: Entry) =>
  Buffer.concat([Buffer.from([0x50, 0x4b, 3, 4]), common(entry), Buffer.from(entry.name)])

export function directoryLine(entry: Entry): Buffer {
  const isFar = entry.at >= most
  const far = Buffer.alloc(isFar ? 12 : 0)
  if (isFar) {
    far.writeUInt16LE(1, 0)
    far.writeUInt16LE(8, 2)
    far.writeBigUInt64LE(BigInt(entry.at), 4)
  }
  const rest = Buffer.alloc(14)
  rest.writeUInt32LE((0o100600 << 16) >>> 0, 6)
  rest.writeUInt32LE(isFar ? most : entry.at, 10)
  const head = common(entry)
  head.writeUInt16LE(far.length, 24)
  // Made by a system whose files have rights like these.
  return Buffer.concat([Buffer.from([0x50, 0x4b, 1, 2, 45, 3]), head, rest, Buffer.from(entry.name), far])
}

export function endOf(count: number, size: number, at: number): Buffer {
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(Math.min(count, mostEntries), 8)
  end.writeUInt16LE(Math.min(count, mostEntries), 10)
  end.writeUInt32LE(Math.min(size, most), 12)
  end.writeUInt32LE(Math.min(at, most), 16)
  const isWide = count >= mostEntries || size >= most || at >= most
  return isWide ? Buffer.concat([wideEnd(count, size, at), end]) : end
}

/** The end in eight bytes a number, and where that is. */
function wideEnd(count: number, size: number, at: number): Buffer {
  const end = Buffer.alloc(56 + 20)
  end.writeUInt32LE(0x06064b50, 0)
  end.writeBigUInt64LE(44n, 4)
  end.writeUInt16LE((3 << 8) | 45, 12)
  end.writeUInt16LE(45, 14)
  end.writeBigUInt64LE(BigInt(count), 24)
  end.writeBigUInt64LE(BigInt(count), 32)
  end.writeBigUInt64LE(BigInt(size), 40)
  end.writeBigUInt64LE(BigInt(at), 48)
  end.writeUInt32LE(0x07064b50, 56)
  end.writeBigUInt64LE(BigInt(at + size), 64)
  end.writeUInt32LE(1, 72)
  return end
}
