import type { ByteSource } from '../bytes.ts'
import { counter } from '../images/pixels.ts'
import { limits } from '../limits.ts'
import { hold } from '../verdict.ts'

/** A compound file: a small file system in a file, as Office 97 to 2003 writes it. */
export interface Compound {
  /** Names of streams and folders, wherever they are. */
  readonly streams: ReadonlySet<string>
  /** The first bytes of a stream, at most so many; undefined when there is no such stream. */
  start(name: string, most: number): Promise<Buffer | undefined>
}

interface Stream {
  readonly first: number
  readonly size: number
}

/** Sectors from here on are none, but say that a chain ends or that a sector is free. */
const noSector = 0xfffffffa

/** Streams below this size are kept elsewhere, in small sectors. */
const smallBelow = 4096

/** Opens a compound file. Source: MS-CFB 2.2 to 2.6. */
export async function openCompound(source: ByteSource): Promise<Compound> {
  const head = Buffer.from(await source.read(0, 512))
  const shift = head.readUInt16LE(30)
  if (shift !== 9 && shift !== 12) hold('damaged')
  const size = 2 ** shift
  const sectors = new Sectors(source, size, await tableOf(source, head, size))
  const streams = new Map<string, Stream>()
  let root: Stream | undefined
  const count = counter()
  for await (const sector of sectors.chain(head.readUInt32LE(48))) {
    for (let at = 0; at < size; at += 128) {
      count()
      const entry = sector.subarray(at, at + 128)
      const [length, kind] = [entry.readUInt16LE(64), entry.readUInt8(66)]
      if (!kind || length < 2 || length > 64) continue
      const stream = { first: entry.readUInt32LE(116), size: entry.readUInt32LE(120) }
      if (kind === 5) root ??= stream
      else streams.set(entry.toString('utf16le', 0, length - 2), stream)
    }
  }
  return {
    streams: new Set(streams.keys()),
    async start(name, most) {
      const stream = streams.get(name)
      if (!stream) return undefined
      const wanted = Math.min(most, stream.size)
      if (stream.size >= smallBelow) return await sectors.take(stream.first, wanted)
      return root ? await sectors.takeSmall(root, head.readUInt32LE(60), stream.first, wanted) : hold('damaged')
    },
  }
}

/** Where the table of sectors is: the first 109 of its own sectors stand in the header, others in a chain. */
async function tableOf(source: ByteSource, head: Buffer, size: number): Promise<number[]> {
  const table: number[] = []
  const add = (bytes: Buffer, from: number, to: number) => {
    for (let at = from; at + 4 <= to; at += 4) if (bytes.readUInt32LE(at) < noSector) table.push(bytes.readUInt32LE(at))
  }
  add(head, 76, 512)
  const count = counter(limits.parts / 100)
  for (let next = head.readUInt32LE(68); next < noSector;) {
    count()
    const sector = Buffer.from(await source.read((next + 1) * size, size))
    add(sector, 0, size - 4)
    next = sector.readUInt32LE(size - 4)
  }
  return table
}

class Sectors {
  readonly #source: ByteSource
  readonly #size: number
  readonly #table: readonly number[]

  constructor(source: ByteSource, size: number, table: readonly number[]) {
    this.#source = source
    this.#size = size
    this.#table = table
  }

  /** The sectors of one chain, in order. The last of a file may be cut short. */
  async *chain(first: number): AsyncGenerator<Buffer> {
    const count = counter()
    for (let sector = first; sector < noSector; sector = await this.#after(sector)) {
      count()
      const from = (sector + 1) * this.#size
      const whole = Buffer.alloc(this.#size)
      const there = await this.#source.read(from, Math.min(this.#size, this.#source.size - from))
      there.copy(whole)
      yield whole
    }
  }

  async take(first: number, most: number): Promise<Buffer> {
    const taken: Buffer[] = []
    let length = 0
    for await (const sector of this.chain(first)) {
      if (length >= most) break
      taken.push(sector)
      length += sector.length
    }
    return Buffer.concat(taken).subarray(0, most)
  }

  /** The same of a small stream: its sectors of 64 bytes lie in the root's stream, and have a table of their own. */
  async takeSmall(root: Stream, table: number, first: number, most: number): Promise<Buffer> {
    const room = await this.take(root.first, largestRoom)
    const next = await this.take(table, largestRoom)
    const count = counter()
    const taken: Buffer[] = []
    for (let sector = first; sector < noSector && taken.length * 64 < most; sector = next.readUInt32LE(sector * 4)) {
      count()
      if (sector * 64 >= room.length || sector * 4 + 4 > next.length) hold('damaged')
      taken.push(room.subarray(sector * 64, sector * 64 + 64))
    }
    return Buffer.concat(taken).subarray(0, most)
  }

  async #after(sector: number): Promise<number> {
    const each = this.#size / 4
    const place = this.#table[Math.floor(sector / each)]
    if (place === undefined) hold('damaged')
    return (await this.#source.read((place + 1) * this.#size + (sector % each) * 4, 4)).readUInt32LE(0)
  }
}

/** What is read of the room of small streams. */
const largestRoom = 16 * 1024 * 1024
