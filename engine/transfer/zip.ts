import { createReadStream, createWriteStream } from 'node:fs'
import { open, rename, rm, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { crc32, createDeflateRaw } from 'node:zlib'
import { refuse, say } from '@commonhall/kernel'

/** What one file of an archive needs said of it, once in front of it and once at the end. */
interface Entry {
  readonly name: string
  readonly crc: number
  readonly packed: number
  readonly unpacked: number
  readonly at: number
}

const most = 0xffff_ffff

/**
 * Packs files of a folder into one archive, under the folder that the archive is named for. Each file is packed beside
 * itself first, so that its header can be told before it; nothing is held in memory.
 */
export async function packZip(folder: string, out: string, files: readonly string[]): Promise<void> {
  const partial = `${out}.zipping`
  const inside = basename(out, '.zip')
  const archive = await open(partial, 'wx', 0o600)
  try {
    const entries: Entry[] = []
    let at = 0
    for (const file of files) {
      const entry = { name: `${inside}/${file}`, at, ...(await packOne(join(folder, file))) }
      if (Math.max(entry.unpacked, at + entry.packed) >= most) refuse('too_large', say('transfer:too_large', { file }))
      const header = localHeader(entry)
      await archive.write(header)
      for await (const chunk of createReadStream(`${join(folder, file)}.packed`)) await archive.write(chunk as Buffer)
      await rm(`${join(folder, file)}.packed`)
      at += header.length + entry.packed
      entries.push(entry)
    }
    const directory = Buffer.concat(entries.map(directoryLine))
    await archive.write(Buffer.concat([directory, endOf(entries.length, directory.length, at)]))
    await archive.close()
    await rename(partial, out)
  } catch (error) {
    await archive.close()
    await rm(partial, { force: true })
    throw error
  }
}

async function packOne(path: string): Promise<Pick<Entry, 'crc' | 'packed' | 'unpacked'>> {
  let crc = 0
  const measure = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      crc = crc32(chunk, crc)
      done(null, chunk)
    },
  })
  await pipeline(
    createReadStream(path),
    measure,
    createDeflateRaw(),
    createWriteStream(`${path}.packed`, { mode: 0o600 }),
  )
  return { crc, packed: (await stat(`${path}.packed`)).size, unpacked: (await stat(path)).size }
}

/** Deflated, names in UTF-8, and no time: the first day that an archive knows. */
const common = ({ crc, packed, unpacked, name }: Entry) => {
  const part = Buffer.alloc(26)
  part.writeUInt16LE(20, 0)
  part.writeUInt16LE(0x0800, 2)
  part.writeUInt16LE(8, 4)
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

function directoryLine(entry: Entry): Buffer {
  const rest = Buffer.alloc(14)
  rest.writeUInt32LE((0o100600 << 16) >>> 0, 6)
  rest.writeUInt32LE(entry.at, 10)
  // Made by a system whose files have rights like these.
  return Buffer.concat([Buffer.from([0x50, 0x4b, 1, 2, 20, 3]), common(entry), rest, Buffer.from(entry.name)])
}

function endOf(count: number, size: number, at: number): Buffer {
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(count, 8)
  end.writeUInt16LE(count, 10)
  end.writeUInt32LE(size, 12)
  end.writeUInt32LE(at, 16)
  return end
}
