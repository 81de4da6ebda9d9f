import { isAscii, isUtf8 } from 'node:buffer'

const marks = [
  { encoding: 'utf-8', bytes: [0xef, 0xbb, 0xbf] },
  { encoding: 'utf-16le', bytes: [0xff, 0xfe] },
  { encoding: 'utf-16be', bytes: [0xfe, 0xff] },
] as const

/**
 * Turns bytes into text, finding out the encoding on the way. A byte order mark decides; so do the zero bytes of
 * UTF-16. Otherwise the text is ASCII until the first byte that is not, and that byte decides between UTF-8 and
 * Windows-1252, however late it comes: nothing before it could differ.
 */
export class TextReader {
  #encoding: string | undefined
  #decoder: TextDecoder | undefined
  #carry: Uint8Array = new Uint8Array(0)
  #first = true

  get encoding(): string {
    return this.#encoding ?? 'utf-8'
  }

  write(chunk: Uint8Array): string {
    const bytes = this.#carry.length ? Buffer.concat([this.#carry, chunk]) : chunk
    this.#carry = new Uint8Array(0)
    if (this.#first) {
      this.#first = false
      this.#settle(fromMark(bytes) ?? fromZeros(bytes))
    }
    if (this.#decoder) return this.#decode(bytes)
    if (isAscii(bytes)) return Buffer.from(bytes).toString('latin1')
    // A character may be cut in two by the end of the chunk; its first bytes wait for the rest.
    const whole = bytes.length - cutShort(bytes)
    if (isAscii(bytes.subarray(0, whole))) {
      this.#carry = bytes.slice(whole)
      return Buffer.from(bytes.subarray(0, whole)).toString('latin1')
    }
    this.#settle(looksUtf8(bytes.subarray(0, whole)) ? 'utf-8' : 'windows-1252')
    return this.#decode(bytes)
  }

  end(): string {
    if (this.#carry.length && !this.#decoder) this.#settle('windows-1252')
    const last = this.#decoder ? this.#decode(this.#carry, true) : ''
    this.#carry = new Uint8Array(0)
    return last
  }

  #settle(encoding: string | undefined): void {
    if (!encoding) return
    this.#encoding = encoding
    this.#decoder = new TextDecoder(encoding, { fatal: encoding === 'utf-8' })
  }

  #decode(bytes: Uint8Array, last = false): string {
    if (this.#encoding !== 'utf-8') return this.#decoder!.decode(bytes, { stream: !last })
    const whole = last ? bytes.length : bytes.length - cutShort(bytes)
    this.#carry = bytes.slice(whole)
    try {
      return this.#decoder!.decode(bytes.subarray(0, whole))
    } catch {
      return decodeMixed(bytes.subarray(0, whole))
    }
  }
}

function fromMark(bytes: Uint8Array): string | undefined {
  return marks.find((mark) => mark.bytes.every((byte, index) => bytes[index] === byte))?.encoding
}

/** UTF-16 without a mark: text of Western scripts then has a zero in every other byte. */
function fromZeros(bytes: Uint8Array): string | undefined {
  const sample = bytes.subarray(0, 2000)
  let even = 0
  let odd = 0
  for (const [index, byte] of sample.entries()) {
    if (byte !== 0) continue
    if (index % 2) odd++
    else even++
  }
  const most = sample.length * 0.3
  if (sample.length < 4) return undefined
  return odd > most && even === 0 ? 'utf-16le' : even > most && odd === 0 ? 'utf-16be' : undefined
}

/** How many bytes at the end begin a UTF-8 character that is not complete. */
function cutShort(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back]!
    if (byte < 0x80) return 0
    if (byte >= 0xc0) return back < (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) ? back : 0
  }
  return 0
}

/** Mostly UTF-8 is UTF-8 with a foreign piece in it; Windows-1252 forms such characters only by rare accident. */
function looksUtf8(bytes: Uint8Array): boolean {
  if (isUtf8(bytes)) return true
  let whole = 0
  let broken = 0
  for (const { length } of pieces(bytes)) {
    if (length === 0) broken++
    else if (length > 1) whole++
  }
  return whole > 0 && whole >= broken
}

/** The characters of UTF-8 bytes, one after the other; a byte that begins none has the length 0. */
function* pieces(bytes: Uint8Array): Generator<{ readonly at: number; readonly length: number }> {
  for (let at = 0; at < bytes.length;) {
    const lead = bytes[at]!
    const length = lead < 0x80 ? 1 : lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2
    const isWhole = at + length <= bytes.length && isUtf8(bytes.subarray(at, at + length))
    yield { at, length: isWhole ? length : 0 }
    at += isWhole ? length : 1
  }
}

/** Files stuck together from two programs: what is not UTF-8 in a UTF-8 file is taken for Windows-1252. */
function decodeMixed(bytes: Uint8Array): string {
  const western = new TextDecoder('windows-1252')
  let text = ''
  for (const { at, length } of pieces(bytes)) {
    text += length
      ? Buffer.from(bytes.subarray(at, at + length)).toString()
      : western.decode(bytes.subarray(at, at + 1))
  }
  return text
}
