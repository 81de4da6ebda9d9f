import { Readable } from 'node:stream'
import { createInflateRaw } from 'node:zlib'
import { type CellValue, streamXlsxRows } from 'hucre/xlsx'
import { Refusal, refuse, say } from '@commonhall/kernel'
import { megabytes } from './csv-reader.ts'
import { type SheetLimits, usualLimits } from './limits.ts'
import type { Sheet, SheetRow } from './sheet.ts'
import { openWorkbook, plainWorkbook, type Workbook } from './workbook.ts'
import { packedBytes, type ZipEntry, zipEntries } from './zip.ts'

/** Opens an XLSX workbook at its first visible sheet that has anything in it. */
export async function openXlsx(bytes: AsyncIterable<Uint8Array>, limits: SheetLimits = usualLimits): Promise<Sheet> {
  const file = await whole(bytes, limits)
  const workbook = readable(() => {
    const entries = zipEntries(file)
    refuseBombs(file, entries, limits)
    return openWorkbook(file, entries, limits)
  })
  const sheet = await firstFilled(file, workbook, limits)
  if (!sheet) refuse('unreadable', say('sheets:no_sheet'))
  return {
    format: 'xlsx',
    delimiter: null,
    ragged: true,
    encoding: () => 'utf-8',
    rows: () => sheetRows(file, workbook, sheet, limits),
  }
}

async function whole(bytes: AsyncIterable<Uint8Array>, limits: SheetLimits): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of bytes) {
    size += chunk.length
    if (size > limits.xlsxBytes) refuse('too_large', say('sheets:too_large', { max: megabytes(limits.xlsxBytes) }))
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

/** Sheets are repetitive and pack well, to a tenth or so; what packs to far less was made to hurt. */
function refuseBombs(file: Buffer, entries: ReadonlyMap<string, ZipEntry>, limits: SheetLimits): void {
  let unpacked = 0
  for (const entry of entries.values()) unpacked += entry.unpacked
  const suspicious = unpacked > 20 * 1024 * 1024 && unpacked > file.length * limits.unpackedRatio
  if (unpacked > limits.unpackedBytes || suspicious) refuse('too_large', say('sheets:bomb'))
}

/** Any failure inside a workbook has one meaning for the person; the reader's own words could quote a cell. */
function readable<Value>(read: () => Value): Value {
  try {
    return read()
  } catch (error) {
    if (error instanceof Refusal) throw error
    return refuse('unreadable', say('sheets:corrupt'))
  }
}

async function firstFilled(file: Buffer, workbook: Workbook, limits: SheetLimits): Promise<ZipEntry | undefined> {
  for (const sheet of workbook.sheets) {
    for await (const { cells } of sheetRows(file, workbook, sheet, limits)) if (cells.some(Boolean)) return sheet
  }
  return undefined
}

/** The rows of one sheet. Its bytes are let through only while somebody waits for a row, so that none pile up. */
async function* sheetRows(
  file: Buffer,
  { parts }: Workbook,
  sheet: ZipEntry,
  limits: SheetLimits,
): AsyncGenerator<SheetRow> {
  const gate = new Gate()
  const source = readable(() =>
    Readable.from(plainSheet(file, parts, sheet, gate), { objectMode: false, highWaterMark: 0 }),
  )
  const rows = streamXlsxRows(Readable.toWeb(source) as ReadableStream<Uint8Array>)
  try {
    for (;;) {
      gate.open()
      const next = await rows.next()
      gate.close()
      if (next.done) return
      const { index, values } = next.value
      if (values.length > limits.columns)
        refuse('too_large', say('sheets:too_wide', { max: limits.columns, row: index + 1 }))
      yield { row: index + 1, cells: values.map(cellText) }
    }
  } catch (error) {
    if (error instanceof Refusal) throw error
    refuse('unreadable', say('sheets:corrupt'))
  } finally {
    gate.release()
    source.destroy()
  }
}

async function* plainSheet(file: Buffer, parts: Workbook['parts'], sheet: ZipEntry, gate: Gate) {
  yield* plainWorkbook(parts, sheet.unpacked)
  const packed = packedBytes(file, sheet)
  const pieces = sheet.method === 0 ? slices(packed) : Readable.from(slices(packed)).pipe(createInflateRaw())
  let size = 0
  for await (const piece of pieces as AsyncIterable<Buffer>) {
    size += piece.length
    // An archive that says less than it holds is lying.
    if (size > sheet.unpacked) throw new Error('longer than declared')
    await gate.passed()
    yield piece
  }
}

function* slices(bytes: Buffer): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += 65536) yield bytes.subarray(at, at + 65536)
}

/** Lets a producer on only while its consumer has nothing left to read. */
class Gate {
  #waiting = false
  #starved = false
  #pass: (() => void) | undefined

  open(): void {
    this.#waiting = true
    // Rows that are already there arrive before this; only a reader who still waits then needs more bytes.
    setImmediate(() => {
      if (this.#waiting) this.release()
    })
  }

  close(): void {
    this.#waiting = false
    this.#starved = false
  }

  release(): void {
    this.#starved = true
    this.#pass?.()
    this.#pass = undefined
  }

  async passed(): Promise<void> {
    if (!this.#starved) await new Promise<void>((resolve) => (this.#pass = resolve))
  }
}

/** A cell as a person would have typed it. Dates in the one order that nobody can misread. */
function cellText(value: CellValue): string {
  if (value === null) return ''
  if (typeof value === 'string') return value.replaceAll('\u0000', '\ufffd').toWellFormed()
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  // Fifteen digits are what a spreadsheet shows; the rest is the float's own noise.
  if (typeof value === 'number') return plainNumber(Number(value.toPrecision(15)))
  if (Number.isNaN(value.getTime())) return '#VALUE!'
  const [day = '', time = ''] = value.toISOString().split('T')
  return time.startsWith('00:00:00') ? day : `${day}T${time.slice(0, 8)}Z`
}

const plainNumber = (value: number) =>
  Number.isInteger(value) && Math.abs(value) < 1e21 ? BigInt(value).toString() : String(value)
