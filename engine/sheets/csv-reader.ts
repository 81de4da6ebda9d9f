import { Readable } from 'node:stream'
import { CsvError, parse } from 'csv-parse'
import { refuse, say } from '@commonhall/kernel'
import { findDelimiter } from './delimiter.ts'
import { TextReader } from './encoding.ts'
import { type SheetLimits, usualLimits } from './limits.ts'
import type { Sheet, SheetRow } from './sheet.ts'

/** Enough text to see how the file is made. */
const sampleLength = 64 * 1024

/** Opens a CSV stream: recognizes its delimiter from the beginning, and reads the rest as rows are asked for. */
export async function openCsv(bytes: AsyncIterable<Uint8Array>, limits: SheetLimits = usualLimits): Promise<Sheet> {
  const reader = new TextReader()
  const texts = decoded(bytes, reader, limits)[Symbol.asyncIterator]()
  let sample = ''
  let ended = false
  while (sample.length < sampleLength && !ended) {
    const next = await texts.next()
    if (next.done) ended = true
    else sample += next.value
  }
  // Excel's own hint, which it does not show as a row.
  const hint = /^\ufeff?sep=(.)\r?\n/i.exec(sample)
  const start = hint ? sample.slice(hint[0].length) : sample
  const delimiter = hint?.[1] ?? findDelimiter(start)
  async function* whole() {
    yield start
    if (!ended) yield* { [Symbol.asyncIterator]: () => texts }
  }
  return {
    format: 'csv',
    delimiter,
    ragged: false,
    encoding: () => reader.encoding,
    rows: () => parsed(whole(), delimiter, limits),
  }
}

async function* decoded(bytes: AsyncIterable<Uint8Array>, reader: TextReader, limits: SheetLimits) {
  let size = 0
  for await (const chunk of bytes) {
    size += chunk.length
    if (size > limits.csvBytes) refuse('too_large', say('sheets:too_large', { max: megabytes(limits.csvBytes) }))
    yield clean(reader.write(chunk))
  }
  yield clean(reader.end())
}

export const megabytes = (bytes: number) => `${Math.floor(bytes / 1024 / 1024)} MB`

/** U+0000 can be stored nowhere. In its place stands the sign for a lost character, so that the cell is refused. */
const clean = (text: string) => (text.includes('\u0000') ? text.replaceAll('\u0000', '\ufffd') : text)

async function* parsed(text: AsyncIterable<string>, delimiter: string, limits: SheetLimits): AsyncGenerator<SheetRow> {
  const source = Readable.from(text)
  const parser = parse({
    delimiter,
    bom: true,
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: false,
    max_record_size: limits.recordCharacters,
  })
  // A failure of the source must end the parser too, or its reader would wait for ever.
  source.on('error', (error) => parser.destroy(error))
  source.pipe(parser)
  let row = 0
  try {
    for await (const cells of parser as AsyncIterable<string[]>) {
      row += 1
      if (cells.length > limits.columns) refuse('too_large', say('sheets:too_wide', { max: limits.columns, row }))
      yield { row, cells }
    }
  } catch (error) {
    // The parser's own message quotes the file, which may hold what must not reach a log.
    if (error instanceof CsvError) refuse('unreadable', say('sheets:open_quote', { row: row + 1 }))
    throw error
  } finally {
    source.destroy()
  }
}
