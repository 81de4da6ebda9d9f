import { mkdtemp, open, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type ByteSource, fileSource } from '../bytes.ts'
import { readOle } from '../documents/ole.ts'
import { readPdf } from '../documents/pdf.ts'
import { readRtf } from '../documents/rtf.ts'
import { limits } from '../limits.ts'
import { officeOf, type PartReader } from '../office/office.ts'
import { mediaTypes, type Shape, shapeOf } from '../recognize.ts'
import { hold } from '../verdict.ts'
import { type Entry, readDirectory } from './directory.ts'
import { inflated, piecesOf } from './inflate.ts'
import type { Meter } from './meter.ts'
import { holdBadNames } from './names.ts'
import { type Span, spansOf } from './spans.ts'

/** What reading an archive shares with reading the archives in it. */
export interface Unpacking {
  readonly meter: Meter
  /** A folder of its own, for what must be read from several places at once. */
  readonly folder: string
  readonly depth: number
}

/** Other packings, which nothing here can look into, and programs. */
const closed = ['7z\xbc\xaf\x27\x1c', 'Rar!\x1a\x07', '\x1f\x8b\x08', '\xfd7zXZ', 'BZh', 'MSCF', '\x28\xb5\x2f\xfd']
const programs = ['MZ', '\x7fELF', '\xcf\xfa\xed\xfe', '\xca\xfe\xba\xbe', '#!']

/** Goes through all that is in an archive, and answers what it is: an archive, or a document that is one inside. */
export async function readArchive(source: ByteSource, unpacking: Unpacking): Promise<string> {
  if (unpacking.depth > limits.depth) hold('nested')
  const entries = await readDirectory(source)
  unpacking.meter.addEntries(entries.length)
  if (entries.some(({ isEncrypted }) => isEncrypted)) hold('encrypted')
  const office = officeOf(entries.map(({ name }) => name))
  holdBadNames(entries)
  const spans = await spansOf(source, entries)
  for (const [entry, span] of spans) await readEntry(source, entry, span, office.readerOf(entry.name), unpacking)
  return office.mediaType ?? mediaTypes.zip
}

async function readEntry(
  source: ByteSource,
  { name, method }: Entry,
  span: Span,
  reader: PartReader | undefined,
  unpacking: Unpacking,
): Promise<void> {
  if (method !== 0 && method !== 8) hold('unclear')
  const pieces = method ? inflated(source, span.from, span.length, 'raw') : piecesOf(source, span.from, span.length)
  const first = await pieces.next()
  const head = first.done ? Buffer.alloc(0) : first.value
  if (!reader && !name.endsWith('/')) holdClosed(head)
  const shape = shapeOf(head)
  const all = metered(again(head, pieces), unpacking.meter)
  if (shape && shape in inside) await spilled(all, unpacking, inside[shape] as Reader)
  else for await (const bytes of all) reader?.take(bytes)
  reader?.end()
}

function holdClosed(head: Buffer): void {
  const begin = head.toString('latin1', 0, 8)
  if (closed.some((start) => begin.startsWith(start))) hold('nested')
  if (programs.some((start) => begin.startsWith(start))) hold('program')
}

type Reader = (source: ByteSource, unpacking: Unpacking) => Promise<unknown>

/** What is looked into when it lies in an archive, as if it had been attached by itself. */
const inside: Partial<Record<Shape, Reader>> = {
  zip: (source, unpacking) => readArchive(source, { ...unpacking, depth: unpacking.depth + 1 }),
  ole: (source) => readOle(source),
  pdf: (source) => readPdf(source),
  rtf: (source) => readRtf(source),
}

async function* again(head: Buffer, pieces: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  yield head
  yield* pieces
}

async function* metered(pieces: AsyncGenerator<Buffer>, meter: Meter): AsyncGenerator<Buffer> {
  for await (const bytes of pieces) {
    meter.addBytes(bytes.length)
    yield bytes
  }
}

/** Writes an entry to a file of its own, which is gone when it has been read. */
async function spilled(pieces: AsyncGenerator<Buffer>, unpacking: Unpacking, read: Reader): Promise<void> {
  const folder = await mkdtemp(join(unpacking.folder, 'entry-'))
  const file = await open(join(folder, 'entry'), 'w+')
  try {
    let size = 0
    for await (const bytes of pieces) {
      await file.write(bytes)
      size += bytes.length
    }
    await read(fileSource(file, size), unpacking)
  } finally {
    await file.close()
    await rm(folder, { recursive: true })
  }
}
