import { readArchive } from './archives/archive.ts'
import { Meter } from './archives/meter.ts'
import { type ByteSource, readUpTo } from './bytes.ts'
import { readOle } from './documents/ole.ts'
import { readPdf } from './documents/pdf.ts'
import { readRtf } from './documents/rtf.ts'
import { readText } from './documents/text.ts'
import { holdForeign } from './foreign.ts'
import { imageReaders } from './images/images.ts'
import { mediaTypes, otherNameOf, type Shape, shapeOf } from './recognize.ts'
import { Hold, hold, type Judged } from './verdict.ts'

/** A library that knows many formats looks at so many bytes. */
const headLength = 4100

/**
 * Reads a content and judges it: what it is, and whether there is anything in it that would harm whoever opens it. It
 * goes through the bytes piece by piece; `folder` is where it may unpack what lies in archives. Throws only when bytes
 * cannot be read at all.
 */
export async function examine(source: ByteSource, folder: string): Promise<Judged> {
  if (!source.size) return { mediaType: null, reason: 'empty', detail: null }
  const head = Buffer.from(await readUpTo(source, 0, headLength))
  const shape = shapeOf(head)
  const likely = shape && shape in mediaTypes ? mediaTypes[shape as keyof typeof mediaTypes] : null
  try {
    const mediaType = shape ? await readShape(shape, source, folder) : await readOther(source, head)
    return { mediaType, reason: null, detail: null }
  } catch (error) {
    if (error instanceof Hold) return { mediaType: likely, reason: error.reason, detail: error.detail }
    throw error
  }
}

async function readShape(shape: Shape, source: ByteSource, folder: string): Promise<string> {
  if (shape === 'zip') return await readArchive(source, { meter: new Meter(source.size), folder, depth: 1 })
  if (shape === 'ole') return await readOle(source)
  if (shape === 'rtf') return await readRtf(source)
  await holdForeign(source, shape === 'pdf')
  if (shape === 'pdf') return await readPdf(source)
  const end = await imageReaders[shape](source)
  if (end !== undefined) await holdAppended(source, end)
  return mediaTypes[shape]
}

/** Phones put a second picture or a short film behind a picture; anything else there makes it two files in one. */
async function holdAppended(source: ByteSource, end: number): Promise<void> {
  const shape = shapeOf(await readUpTo(source, end, 16))
  if (shape && shape !== 'jpeg' && shape !== 'heic') hold('mixed')
}

/** Text, or something that is not taken. */
async function readOther(source: ByteSource, head: Buffer): Promise<string> {
  try {
    return await readText(source)
  } catch (error) {
    if (!(error instanceof Hold) || error.reason !== 'unknown') throw error
    return hold(programs.test(head.toString('latin1', 0, 4)) ? 'program' : 'unknown', await otherNameOf(head))
  }
}

const programs = /^(?:MZ|\x7fELF|\xcf\xfa\xed\xfe|\xca\xfe\xba\xbe)/
