/** What a file may ask of the server. Beyond it the file is refused, whatever it says about itself. */
export interface SheetLimits {
  /** Bytes of a CSV file, which is read as a stream. */
  readonly csvBytes: number
  /** Bytes of an XLSX file, which must be held whole: a zip's directory stands at its end. */
  readonly xlsxBytes: number
  /** Bytes to which an XLSX may unpack, and how many times its own size. */
  readonly unpackedBytes: number
  readonly unpackedRatio: number
  /** Bytes of the strings that cells of an XLSX share; they stay in memory. */
  readonly sharedBytes: number
  readonly columns: number
  /** Characters of one record; more means a quotation mark that is never closed. */
  readonly recordCharacters: number
}

const mebi = 1024 * 1024

export const usualLimits: SheetLimits = {
  csvBytes: 1024 * mebi,
  xlsxBytes: 64 * mebi,
  unpackedBytes: 1024 * mebi,
  unpackedRatio: 150,
  sharedBytes: 64 * mebi,
  columns: 500,
  recordCharacters: 1_000_000,
}
