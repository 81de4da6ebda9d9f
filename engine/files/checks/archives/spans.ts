import type { ByteSource } from '../bytes.ts'
import { hold } from '../verdict.ts'
import type { Entry } from './directory.ts'

/** Where the bytes of an entry are. */
export interface Span {
  readonly from: number
  readonly length: number
}

const sign = 0x04034b50

/**
 * Looks at each entry's own header: it must be of the same name, and lie where no other one does. Entries that share
 * their bytes are how a small archive comes to fill any disk.
 */
export async function spansOf(source: ByteSource, entries: readonly Entry[]): Promise<Map<Entry, Span>> {
  const spans = new Map<Entry, Span>()
  let free = 0
  for (const entry of entries.toSorted((one, other) => one.at - other.at)) {
    if (entry.at < free) hold('unpacks')
    if (!spans.size && entry.at > 0) hold('mixed')
    const head = await source.read(entry.at, 30)
    if (head.readUInt32LE(0) !== sign || head.readUInt16LE(8) !== entry.method) hold('damaged')
    const [flags, nameLength, extraLength] = [head.readUInt16LE(6), head.readUInt16LE(26), head.readUInt16LE(28)]
    const name = (await source.read(entry.at + 30, nameLength)).toString(flags & 0x800 ? 'utf8' : 'latin1')
    if (name !== entry.name) hold('damaged')
    if (flags & 1) hold('encrypted')
    const from = entry.at + 30 + nameLength + extraLength
    free = from + entry.packed
    if (free > source.size) hold('damaged')
    spans.set(entry, { from, length: entry.packed })
  }
  return spans
}
