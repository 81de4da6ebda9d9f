import { Readable } from 'node:stream'
import { numeric, textOf } from './csv-writer.ts'
import { neutralize } from './formula.ts'
import { inBatches, type SheetBatches, type SheetColumn, type SheetRows, type SheetValues } from './sheet.ts'
import { bindingParts, escaped, formatOf, letterOf, Looks, sheetEnd, sheetStart } from './xlsx-parts.ts'
import { ZipWriter } from './zip-writer.ts'

/** A spreadsheet's numbers are floats: beyond 15 digits they would lie, so such a number is written as text. */
const exactDigits = 15
/** A sheet has no more rows than this; what comes after them goes on in another. */
const mostRows = 1_048_576
const dayLength = 86_400_000
/** Spreadsheets count days from 1900, in which they see a 29 February. */
const firstDay = 25_569

/** What a workbook has besides its rows. */
export interface SheetExtras {
  /** The name of the sheet. */
  readonly name?: string
  /** A last row in bold, asked for once all rows are written. */
  readonly totals?: () => SheetValues | undefined
  /** A second sheet that says what the first one is: lines of a heading and what it says. */
  readonly about?: { readonly name: string; readonly lines: readonly (readonly [string, string])[] }
}

/** Streams rows as an XLSX sheet with real numbers and dates; memory does not grow with the rows. */
export const writeXlsx = (columns: readonly SheetColumn[], rows: SheetRows, extras: SheetExtras = {}): Readable =>
  writeXlsxBatches(columns, inBatches(rows), extras)

/** The same for rows that come many at a time. */
export function writeXlsxBatches(
  columns: readonly SheetColumn[],
  batches: SheetBatches,
  extras: SheetExtras,
): Readable {
  return Readable.from(new Workbook(columns, extras).bytes(batches), { objectMode: false })
}

class Workbook {
  readonly #columns: readonly SheetColumn[]
  readonly #extras: SheetExtras
  readonly #looks = new Looks()
  readonly #zip = new ZipWriter()
  readonly #names: string[] = []
  readonly #letters: readonly string[]
  readonly #styles: readonly (readonly [plain: string, bold: string])[]

  constructor(columns: readonly SheetColumn[], extras: SheetExtras) {
    this.#columns = columns
    this.#extras = extras
    this.#letters = columns.map((_, index) => letterOf(index))
    this.#styles = columns.map((column) => {
      const format = formatOf(column)
      return [` s="${this.#looks.of(format)}"`, ` s="${this.#looks.of(format, true)}"`]
    })
  }

  async *bytes(batches: SheetBatches): AsyncGenerator<Buffer> {
    const rest = new Rest(batches)
    do yield* this.#sheet(this.#nameOf(this.#names.length), this.#rows(rest))
    while (await rest.peek())
    const { about } = this.#extras
    if (about) yield* this.#sheet(about.name, aboutRows(about.lines))
    yield* this.#zip.entry('xl/styles.xml', [this.#looks.xml()])
    for (const [path, xml] of bindingParts(this.#names)) yield* this.#zip.entry(path, [xml])
    yield this.#zip.end()
  }

  async *#sheet(name: string, rows: AsyncIterable<string> | Iterable<string>): AsyncGenerator<Buffer> {
    this.#names.push(name)
    yield* this.#zip.entry(`xl/worksheets/sheet${this.#names.length}.xml`, rows)
  }

  #nameOf(index: number): string {
    const tail = index ? ` ${index + 1}` : ''
    const clean = (this.#extras.name ?? '').replace(/[\\/?*[\]:]/g, ' ').slice(0, 31 - tail.length)
    return `${clean || 'Sheet'}${tail}`
  }

  /** One sheet full of rows. */
  async *#rows(rest: Rest): AsyncGenerator<string> {
    const headings = this.#columns.map(({ heading }) => neutralize(heading))
    yield sheetStart(widthsOf(this.#columns, (await rest.peek()) ?? []), true)
    let row = 1
    yield this.#row(headings, row, (heading, at) => textCell(this.#letters[at] + '1', heading, ' s="1"'))
    while (row < mostRows - 1) {
      const batch = await rest.take(mostRows - 1 - row)
      if (!batch) break
      let text = ''
      for (const values of batch) text += this.#row(values, ++row, (value, at) => this.#cell(value, at, row, 0))
      yield text
    }
    const last = row
    const totals = (await rest.peek()) ? undefined : this.#extras.totals?.()
    if (totals) yield this.#row(totals, ++row, (value, at) => this.#cell(value, at, row, 1))
    yield sheetEnd(this.#columns.length ? `A1:${this.#letters.at(-1)}${last}` : null)
  }

  #row(values: SheetValues, row: number, cell: (value: never, at: number) => string): string {
    let text = `<row r="${row}">`
    for (let at = 0; at < this.#columns.length; at++) text += cell(values[at] as never, at)
    return `${text}</row>`
  }

  #cell(value: unknown, at: number, row: number, bold: 0 | 1): string {
    if (value === null || value === undefined) return ''
    const place = `${this.#letters[at]}${row}`
    const kind = this.#columns[at]?.kind ?? 'text'
    const style = this.#styles[at]?.[bold] ?? ''
    if (typeof value === 'boolean') return `<c r="${place}" t="b"><v>${Number(value)}</v></c>`
    const number = typeof value === 'number' ? String(value) : numberOf(textOf(value, kind), kind)
    if (number !== undefined) return `<c r="${place}"${style}><v>${number}</v></c>`
    return textCell(place, neutralize(textOf(value, kind)), bold ? ' s="1"' : '')
  }
}

/** The number that a spreadsheet keeps for a value, where it keeps one. */
function numberOf(text: string, kind: string): string | undefined {
  if (numeric.has(kind)) return /^-?\d+(\.\d+)?$/.test(text) && digitsOf(text) <= exactDigits ? text : undefined
  // Spreadsheets know no days before 1900, and are off by one until March of it.
  if (kind === 'date' && text > '1900-03-01') return String(Date.parse(`${text}T00:00:00Z`) / dayLength + firstDay)
  return kind === 'instant' ? String(Date.parse(text) / dayLength + firstDay) : undefined
}

const digitsOf = (text: string) => text.length - Number(text.includes('.')) - Number(text.startsWith('-'))

const textCell = (place: string, text: string, style: string) =>
  `<c r="${place}"${style} t="inlineStr"><is><t${/^\s|\s$|\n/.test(text) ? ' xml:space="preserve"' : ''}>${escaped(
    text,
  )}</t></is></c>`

function* aboutRows(lines: readonly (readonly [string, string])[]): Generator<string> {
  yield sheetStart([28, 70], false)
  for (const [index, [heading, said]] of lines.entries()) {
    const row = index + 1
    const cells = textCell(`A${row}`, neutralize(heading), ' s="1"') + textCell(`B${row}`, neutralize(said), '')
    yield `<row r="${row}">${cells}</row>`
  }
  yield sheetEnd(null)
}

/** Wide enough for the heading and for what stands in the first rows. */
function widthsOf(columns: readonly SheetColumn[], rows: readonly SheetValues[]): number[] {
  return columns.map(({ heading, kind }, at) => {
    const lengths = rows.slice(0, 200).map((values) => textOf(values[at] ?? '', kind).length)
    const room = numeric.has(kind) ? 3 : 1
    // The button that narrows rows down stands in the heading too.
    return Math.min(50, Math.max(10, heading.length + 4, Math.max(0, ...lengths) + room))
  })
}

/** Batches of which the next can be looked at, and part of one be taken. */
class Rest {
  readonly #batches: AsyncIterator<readonly SheetValues[]> | Iterator<readonly SheetValues[]>
  #next: readonly SheetValues[] | undefined
  #ended = false

  constructor(batches: SheetBatches) {
    this.#batches = Symbol.asyncIterator in batches ? batches[Symbol.asyncIterator]() : batches[Symbol.iterator]()
  }

  async peek(): Promise<readonly SheetValues[] | undefined> {
    while (!this.#ended && !this.#next?.length) {
      const { done, value } = await this.#batches.next()
      this.#ended = done === true
      this.#next = done ? undefined : value
    }
    return this.#next
  }

  async take(most: number): Promise<readonly SheetValues[] | undefined> {
    const batch = await this.peek()
    this.#next = batch?.slice(most)
    return batch && batch.length > most ? batch.slice(0, most) : batch
  }
}
