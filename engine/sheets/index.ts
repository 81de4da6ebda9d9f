/** Tables in files: the one place that knows the libraries which read and write them. */
import { addWords } from '@commonhall/kernel'
import { words } from './words/en.ts'

addWords('sheets', words)

export { writeCsv, writeCsvBatches } from './csv-writer.ts'
export { neutralize, restore } from './formula.ts'
export { type SheetLimits, usualLimits } from './limits.ts'
export { openSheet } from './open.ts'
export type { Sheet, SheetColumn, SheetRow, SheetValues } from './sheet.ts'
export { type SheetExtras, writeXlsx, writeXlsxBatches } from './xlsx-writer.ts'
