/** Ballots as files. Bytes in, bytes out: where they come from is not known here. */
export { bltOf, readBlt, type BltFile } from './blt.ts'
export { CsvReading } from './csv-reading.ts'
export { csvOf } from './write-csv.ts'
