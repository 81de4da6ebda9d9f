import type { Ballot, Ballots, PackedBallots } from '../ballot.ts'
import { unpacked } from '../pack.ts'
import type { Rules } from '../rules.ts'
import { AlikeRows } from './alike.ts'
import { Cells, grown, seed, spread } from './cells.ts'
import { kindOf, readHeader, splitRow } from './header.ts'
import { type Refuse, refuseFile } from './refuse.ts'

const [comma, quote, lineFeed, carriageReturn, zero, nine] = [0x2c, 0x22, 0x0a, 0x0d, 0x30, 0x39]
const longestRow = 1 << 20
const incomplete = -1

/**
 * Reads ballots from CSV (RFC 4180, UTF-8), chunk by chunk as they come: `push` each, then `end`. Works on bytes and
 * looks at each different cell once, so that a million ballots take less than a second. Ballots that are alike become
 * one.
 * @throws Refusal `invalid_file`, naming file, row (the first is 1) and column.
 */
export class CsvReading {
  readonly #rules: Rules
  readonly #refuse: Refuse
  readonly #known: ReadonlySet<string>
  readonly #names: (readonly string[])[] = [[]]
  readonly #cells = new Cells((bytes) => this.#names.push(this.#meaning(bytes)))
  readonly #decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  #columns: readonly string[] | undefined
  #alike = new AlikeRows(0)
  #row = new Uint16Array(0)
  #number = 1
  #column = 1
  #isQuoted = false
  #rest: Uint8Array = new Uint8Array(0)
  #unquoted = new Uint8Array(256)
  #total = 0

  constructor(rules: Rules, file: string) {
    this.#rules = rules
    this.#refuse = refuseFile('csv', file)
    const { candidates, excluded_candidates: excluded, undeclared_write_ins: writeIns } = rules
    this.#known = new Set([...candidates, ...excluded, ...(writeIns.present ? [writeIns.name] : [])])
  }

  push(chunk: Uint8Array): void {
    this.#read(this.#rest.length ? joined(this.#rest, chunk) : chunk)
    if (this.#rest.length > longestRow) this.#refuse('long', { row: this.#number })
  }

  end(): Ballots {
    if (this.#rest.length) this.#read(joined(this.#rest, Uint8Array.of(lineFeed)))
    if (this.#rest.length) this.#badQuote()
    if (!this.#columns) return this.#refuse('empty', {})
    const { rows, counts } = this.#alike
    const packed: PackedBallots = { width: this.#row.length, cells: this.#names, rows, counts }
    return kindOf(this.#rules) === 'points' ? [...withPoints(packed, this.#columns)] : packed
  }

  /** Reads all rows that are there to their end, and keeps the rest for later. */
  #read(bytes: Uint8Array): void {
    const end = bytes.lastIndexOf(lineFeed) + 1
    let at = 0
    while (at < end) {
      const after = this.#columns ? this.#readRow(bytes, at, end) : this.#readHeader(bytes)
      if (after === incomplete) break
      at = after
      this.#number++
    }
    this.#rest = bytes.slice(at)
  }

  #readHeader(bytes: Uint8Array): number {
    const end = bytes.indexOf(lineFeed)
    const line = this.#text(bytes.subarray(0, end)).replace(/^\uFEFF/, '')
    this.#columns = readHeader(line.replace(/\r$/, ''), this.#rules, this.#refuse)
    this.#row = new Uint16Array(this.#columns.length)
    this.#alike = new AlikeRows(this.#row.length)
    return end + 1
  }

  /** Where the next row begins; `incomplete` where a quoted line's end was taken for the row's. */
  #readRow(bytes: Uint8Array, from: number, end: number): number {
    if (bytes[from] === lineFeed) return from + 1
    if (bytes[from] === carriageReturn && bytes[from + 1] === lineFeed) return from + 2
    let at = from
    let count = 0
    for (let byte = bytes[at] as number; byte >= zero && byte <= nine; byte = bytes[++at] as number)
      count = count * 10 + byte - zero
    if (at === from || at - from > 15 || bytes[at] !== comma) return this.#badCount(bytes, from)
    const width = this.#row.length
    let rank = 0
    while (bytes[at] === comma && rank < width) {
      this.#column = rank + 2
      at = this.#readCell(bytes, at + 1, end, rank++)
      if (at === incomplete) return incomplete
    }
    if (bytes[at] === carriageReturn) at++
    if (rank < width || bytes[at] !== lineFeed) return this.#badWidth(bytes, from)
    this.#total += count
    if (!Number.isSafeInteger(this.#total)) this.#badCount(bytes, from)
    this.#alike.add(this.#row, count)
    return at + 1
  }

  /** Reads one cell, and answers where it ends: at a comma or a line's end. */
  #readCell(bytes: Uint8Array, start: number, end: number, rank: number): number {
    if (bytes[start] === quote) return this.#readQuoted(bytes, start + 1, end, rank)
    let hash = seed
    let at = start
    for (let byte = bytes[at] as number; byte !== comma && byte !== lineFeed && byte !== carriageReturn;) {
      hash = spread(hash, byte)
      byte = bytes[++at] as number
    }
    this.#isQuoted = false
    this.#row[rank] = this.#cells.numberOf(bytes, start, at, hash)
    return at
  }

  #readQuoted(bytes: Uint8Array, start: number, end: number, rank: number): number {
    let hash = seed
    let length = 0
    let at = start
    for (; at < end; at++) {
      if (bytes[at] === quote && bytes[++at] !== quote) break
      if (length === this.#unquoted.length) this.#unquoted = grown(this.#unquoted)
      const byte = bytes[at] as number
      this.#unquoted[length++] = byte
      hash = spread(hash, byte)
    }
    if (at >= end) return incomplete
    const next = bytes[at]
    if (next !== comma && next !== lineFeed && next !== carriageReturn) this.#badQuote()
    this.#isQuoted = true
    this.#row[rank] = this.#cells.numberOf(this.#unquoted, 0, length, hash)
    return at
  }

  /** Whom a cell names. It is asked once for each different one. */
  #meaning(bytes: Uint8Array): readonly string[] {
    if (!this.#isQuoted && bytes.includes(quote)) this.#badQuote()
    if (this.#names.length > 0xffff) this.#refuse('too_many_cells', {})
    const text = this.#text(bytes).trim()
    const where = { row: this.#number, column: this.#columns?.[this.#column - 2] }
    if (text === '' || this.#known.has(text)) return text === '' ? [] : [text]
    if (kindOf(this.#rules) === 'points')
      return /^\d{1,9}$/.test(text) ? [text] : this.#refuse('points', { ...where, value: text })
    const { overvote, overvote_without_names: unnamed } = this.#rules
    if (text === unnamed)
      return overvote === 'exhaust-if-multiple-continuing' ? this.#refuse('unnamed', where) : [unnamed]
    const names = text.split(' | ').map((name) => name.trim())
    const stranger = names.find((name) => !this.#known.has(name))
    return stranger === undefined ? names : this.#refuse('name', { ...where, name: stranger })
  }

  #text(bytes: Uint8Array): string {
    try {
      return this.#decoder.decode(bytes)
    } catch {
      return this.#refuse('encoding', { row: this.#number, column: this.#columns?.[this.#column - 2] ?? 1 })
    }
  }

  #badQuote(): never {
    return this.#refuse('quote', { row: this.#number, column: this.#columns?.[this.#column - 2] })
  }

  #badCount(bytes: Uint8Array, from: number): never {
    const [value = ''] = this.#line(bytes, from).split(',')
    return this.#refuse('count', { row: this.#number, value })
  }

  #badWidth(bytes: Uint8Array, from: number): never {
    const found = splitRow(this.#line(bytes, from), () => this.#badQuote()).length
    return this.#refuse('columns', { row: this.#number, found, expected: this.#row.length + 1 })
  }

  #line(bytes: Uint8Array, from: number): string {
    return this.#text(bytes.subarray(from, bytes.indexOf(lineFeed, from))).replace(/\r$/, '')
  }
}

function joined(one: Uint8Array, other: Uint8Array): Uint8Array {
  const both = new Uint8Array(one.length + other.length)
  both.set(one)
  both.set(other, one.length)
  return both
}

/** Rows under the names of candidates. */
function* withPoints(packed: PackedBallots, columns: readonly string[]): Generator<Ballot> {
  for (const { count, ranks } of unpacked(packed)) {
    const given = columns.flatMap((name, index) =>
      (ranks[index] ?? []).map((points) => [name, Number(points)] as const),
    )
    yield { count, points: Object.fromEntries(given) }
  }
}
