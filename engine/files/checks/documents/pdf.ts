import { inflated } from '../archives/inflate.ts'
import { type ByteSource, readUpTo, windows } from '../bytes.ts'
import { counter } from '../images/pixels.ts'
import { limits } from '../limits.ts'
import { mediaTypes } from '../recognize.ts'
import { Hold, hold } from '../verdict.ts'

/** As far back as what is said of a stream is looked for, and more than any pattern finds. */
const overlap = 16 * 1024

/** What acts by itself, or starts a program. Source: ISO 32000-2, 12.6.4; XFA forms are programs of their own. */
const acts = /\/(?:JavaScript|Launch|Rendition|RichMedia|ImportData)(?![\w])|\/XFA\s*(?:\[|\d+\s+\d+\s+R)/
const encrypts = /\/Encrypt\s*(?:\d+\s+\d+\s+R|<<)/

/** Looks through a PDF: what stands in it openly, and in the streams that hold objects. Pages are not looked at. */
export async function readPdf(source: ByteSource): Promise<string> {
  await holdCut(source)
  const opened = new Objects(source)
  for await (const { at, bytes, isLast } of windows(source, overlap)) {
    const text = bytes.toString('latin1')
    holdActing(text)
    if (encrypts.test(text)) hold('encrypted')
    // What begins in the last bytes is seen whole in the next window.
    const end = isLast ? text.length : text.length - 32
    for (const { index, 0: word } of text.matchAll(/stream\r?\n/g)) {
      const from = index + word.length
      if (from > end || (at > 0 && from <= overlap - 32) || text.slice(index - 3, index) === 'end') continue
      const said = text.slice(Math.max(0, index - overlap), index)
      await opened.read(at + from, said.slice(said.lastIndexOf('obj') + 1))
    }
  }
  return mediaTypes.pdf
}

/** Names may be written with numbers for letters. */
const spelled = (text: string) =>
  text.includes('#')
    ? text.replace(/#([\da-f]{2})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    : text

function holdActing(text: string): void {
  if (acts.test(spelled(text))) hold('scripts')
}

/** A PDF says at its end that it ends. Zeros and empty lines behind that are what programs leave. */
async function holdCut(source: ByteSource): Promise<void> {
  const length = Math.min(source.size, 64 * 1024)
  const tail = (await readUpTo(source, source.size - length, length)).toString('latin1').replace(/[\s\0]+$/, '')
  if (!tail.slice(-1024).includes('%%EOF')) hold('damaged')
}

/** Opens the streams that hold objects, and looks at what they say. */
class Objects {
  readonly #source: ByteSource
  readonly #count = counter()
  #unpacked = 0
  /** Where the stream ends that was looked at last. */
  #end = -1

  constructor(source: ByteSource) {
    this.#source = source
  }

  /** Reads the stream that begins here, if it may hold objects; `said` is what stands in front of it. */
  async read(from: number, said: string): Promise<void> {
    this.#count()
    const words = spelled(said)
    if (!/\/ObjStm(?!\w)/.test(words)) return
    const isPlain = !/\/(?:Filter|F)(?!\w)/.test(words)
    const isDeflated = /\/Fl(?:ateDecode)?(?!\w)/.test(words)
    const isOther = /\/(?:ASCII\w*|LZW\w*|RunLength\w*|AHx|A85|RL|Crypt|Predictor)(?!\w)/.test(words)
    if (isPlain) return
    if (!isDeflated || isOther) hold('unclear')
    await this.#look(from, await this.#lengthOf(from))
  }

  async #look(from: number, length: number): Promise<void> {
    let before = ''
    let size = 0
    try {
      for await (const bytes of inflated(this.#source, from, length, 'zlib')) {
        size += bytes.length
        this.#unpacked += bytes.length
        if (size > limits.objectStream || this.#unpacked > limits.objectStreams) hold('unpacks')
        const text = before + bytes.toString('latin1')
        holdActing(text)
        before = text.slice(-256)
      }
    } catch (error) {
      // Readers take what there is of a stream that breaks off; so what there was has been looked at.
      if (!(error instanceof Hold && error.reason === 'damaged')) throw error
    }
  }

  async #lengthOf(from: number): Promise<number> {
    // Many streams with one end, or none, are not each looked through to there.
    if (from > this.#end) this.#end = await this.#endAfter(from)
    return this.#end - from
  }

  async #endAfter(from: number): Promise<number> {
    for await (const { at, bytes } of windows(this.#source, 16, from)) {
      const end = bytes.indexOf('endstream', 0, 'latin1')
      if (end >= 0) return at + end
    }
    return this.#source.size
  }
}
