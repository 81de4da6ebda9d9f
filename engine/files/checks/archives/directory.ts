import { type ByteSource, readUpTo } from '../bytes.ts'
import { limits } from '../limits.ts'
import { hold } from '../verdict.ts'

/** One entry of a zip archive, as its table of contents tells. */
export interface Entry {
  readonly name: string
  /** 0 stored, 8 deflated. */
  readonly method: number
  readonly isEncrypted: boolean
  readonly isLink: boolean
  /** How many bytes it has in the archive. */
  readonly packed: number
  /** Where its own header begins. */
  readonly at: number
}

/** The table of contents: how many entries, and where. */
interface Contents {
  readonly entries: number
  readonly from: number
  readonly to: number
}

const sign = { entry: 0x02014b50, contents64: 0x06064b50, locator64: 0x07064b50 } as const
const endMark = Buffer.from('PK\x05\x06', 'latin1')
const longestComment = 65_535

/** Fields that are full refer to a longer one elsewhere. */
const full = { two: 0xffff, four: 0xffffffff } as const

/** Reads the table of contents of a zip archive. Source: APPNOTE.TXT 6.3.10, sections 4.3.12 to 4.3.16. */
export async function readDirectory(source: ByteSource): Promise<Entry[]> {
  const { entries: many, from, to } = await findContents(source)
  if (many > limits.entries) hold('entries', String(limits.entries))
  const entries: Entry[] = []
  let at = from
  while (at < to) {
    if (entries.length === many) hold('damaged')
    const head = await source.read(at, 46)
    if (head.readUInt32LE(0) !== sign.entry) hold('damaged')
    const lengths = [head.readUInt16LE(28), head.readUInt16LE(30), head.readUInt16LE(32)] as const
    const rest = await source.read(at + 46, lengths[0] + lengths[1])
    entries.push(entryOf(Buffer.from(head), rest.subarray(0, lengths[0]), rest.subarray(lengths[0])))
    at += 46 + lengths[0] + lengths[1] + lengths[2]
  }
  if (entries.length !== many || at !== to) hold('damaged')
  return entries
}

async function findContents(source: ByteSource): Promise<Contents> {
  const from = Math.max(0, source.size - longestComment - 22)
  const tail = Buffer.from(await readUpTo(source, from, longestComment + 22))
  const found = tail.lastIndexOf(endMark)
  if (found < 0 || found + 22 > tail.length) hold('damaged')
  const end = from + found
  // More behind the end, or a second end in the comment: each reader would find another archive.
  if (end + 22 + tail.readUInt16LE(found + 20) !== source.size) hold('mixed')
  const [entries, length, start] = [
    tail.readUInt16LE(found + 10),
    tail.readUInt32LE(found + 12),
    tail.readUInt32LE(found + 16),
  ]
  const isLong = entries === full.two || length === full.four || start === full.four
  if (isLong) return await findLongContents(source, end)
  if (start + length > end) hold('damaged')
  if (start + length < end) hold('mixed')
  return { entries, from: start, to: end }
}

async function findLongContents(source: ByteSource, end: number): Promise<Contents> {
  const locator = await source.read(end - 20, 20)
  if (locator.readUInt32LE(0) !== sign.locator64) hold('damaged')
  const at = Number(locator.readBigUInt64LE(8))
  const head = await source.read(at, 56)
  if (head.readUInt32LE(0) !== sign.contents64) hold('damaged')
  const [entries, length, from] = [32, 40, 48].map((place) => Number(head.readBigUInt64LE(place))) as [
    number,
    number,
    number,
  ]
  if (from + length !== at) hold('damaged')
  return { entries, from, to: at }
}

function entryOf(head: Buffer, name: Buffer, extra: Buffer): Entry {
  const [flags, method, attributes] = [head.readUInt16LE(8), head.readUInt16LE(10), head.readUInt32LE(38)]
  const [unpacked, packed, at] = [head.readUInt32LE(24), head.readUInt32LE(20), head.readUInt32LE(42)]
  const longer = longFieldsOf(extra)
  // In this order, each only where the short field is full.
  if (unpacked === full.four) longer.shift()
  return {
    name: name.toString(flags & 0x800 ? 'utf8' : 'latin1'),
    method,
    isEncrypted: (flags & 0x2041) !== 0 || method === 99,
    isLink: attributes >>> 28 === 0xa,
    packed: packed === full.four ? (longer.shift() ?? hold('damaged')) : packed,
    at: at === full.four ? (longer.shift() ?? hold('damaged')) : at,
  }
}

function longFieldsOf(extra: Buffer): number[] {
  for (let at = 0; at + 4 <= extra.length;) {
    const [kind, length] = [extra.readUInt16LE(at), extra.readUInt16LE(at + 2)]
    const fields = extra.subarray(at + 4, at + 4 + length)
    if (kind === 1)
      return Array.from({ length: Math.floor(fields.length / 8) }, (_, n) => Number(fields.readBigUInt64LE(n * 8)))
    at += 4 + length
  }
  return []
}
