import { pipeline, Readable } from 'node:stream'
import { crc32, createDeflateRaw } from 'node:zlib'

interface Written {
  readonly name: Buffer
  readonly crc: number
  readonly packed: number
  readonly size: number
  readonly at: number
}

/** Sizes follow the bytes, as they are not known before; names are UTF-8. */
const flags = 0x0808
const deflated = 8
const version = 20
/** Midnight of 1 January 1980, the first day that the format knows: the same rows make the same bytes. */
const day = 0x21
const largest = 0xffff_ffff

/** A ZIP archive, made entry by entry as its bytes come; nothing of them is kept. */
export class ZipWriter {
  readonly #written: Written[] = []
  #at = 0

  /** @throws {Error} beyond 4 GB, which would need another format */
  async *entry(path: string, text: AsyncIterable<string> | Iterable<string>): AsyncGenerator<Buffer> {
    const name = Buffer.from(path)
    const at = this.#at
    let [crc, size, packed] = [0, 0, 0]
    yield this.#pass(Buffer.concat([header(0x04034b50, [0, 0, 0], name), name]))
    async function* counted() {
      for await (const piece of text) {
        const bytes = Buffer.from(piece)
        crc = crc32(bytes, crc)
        size += bytes.length
        yield bytes
      }
    }
    // What goes wrong in the source ends the packing with it, and is thrown below.
    const packing = pipeline(Readable.from(counted()), createDeflateRaw({ level: 4 }), () => {})
    for await (const piece of packing as AsyncIterable<Buffer>) {
      packed += piece.length
      yield this.#pass(piece)
    }
    if (size > largest || this.#at > largest) throw new Error('An archive of more than 4 GB cannot be written.')
    yield this.#pass(numbers([0x08074b50, crc, packed, size]))
    this.#written.push({ name, crc, packed, size, at })
  }

  /** The directory, which ends the archive. */
  end(): Buffer {
    const entries = this.#written.map(({ name, crc, packed, size, at }) => {
      const rest = Buffer.alloc(14)
      rest.writeUInt32LE(at, 10)
      const made = Buffer.from([version, 0])
      const head = header(0x02014b50, [crc, packed, size], name)
      return Buffer.concat([head.subarray(0, 4), made, head.subarray(4), rest, name])
    })
    const directory = Buffer.concat(entries)
    const tail = Buffer.alloc(22)
    tail.writeUInt32LE(0x06054b50, 0)
    tail.writeUInt16LE(entries.length, 8)
    tail.writeUInt16LE(entries.length, 10)
    tail.writeUInt32LE(directory.length, 12)
    tail.writeUInt32LE(this.#at, 16)
    return Buffer.concat([directory, tail])
  }

  #pass(bytes: Buffer): Buffer {
    this.#at += bytes.length
    return bytes
  }
}

function numbers(values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 4)
  values.forEach((value, index) => bytes.writeUInt32LE(value, index * 4))
  return bytes
}

/** What the head of an entry and its line in the directory have in common. */
function header(signature: number, sizes: readonly [number, number, number], name: Buffer): Buffer {
  const bytes = Buffer.alloc(30)
  bytes.writeUInt32LE(signature, 0)
  bytes.writeUInt16LE(version, 4)
  bytes.writeUInt16LE(flags, 6)
  bytes.writeUInt16LE(deflated, 8)
  bytes.writeUInt16LE(day, 12)
  numbers(sizes).copy(bytes, 14)
  bytes.writeUInt16LE(name.length, 26)
  return bytes
}
