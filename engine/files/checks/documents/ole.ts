import type { ByteSource } from '../bytes.ts'
import { mediaTypes } from '../recognize.ts'
import { hold } from '../verdict.ts'
import { holdSheetMacros } from './biff.ts'
import { openCompound } from './compound.ts'

/** Streams and folders by which documents of Office 97 to 2003 are known. */
const kinds = {
  WordDocument: mediaTypes.doc,
  Workbook: mediaTypes.xls,
  Book: mediaTypes.xls,
  'PowerPoint Document': mediaTypes.ppt,
} as const

const macros = ['_VBA_PROJECT', '_VBA_PROJECT_CUR', 'VBA', 'Macros']
const locked = ['EncryptedPackage', 'EncryptionInfo', 'EncryptedSummary']

/** A file of any kind that was put into a document, to be opened from there. */
const packed = '\x01Ole10Native'

/** Looks through a document of Office 97 to 2003, and answers what it is. Source: MS-CFB, MS-DOC 2.5.1. */
export async function readOle(source: ByteSource): Promise<string> {
  const compound = await openCompound(source)
  const has = (name: string) => compound.streams.has(name)
  if (locked.some(has)) hold('encrypted')
  if (macros.some(has)) hold('macros')
  if (has(packed)) hold('embedded')
  const sheets = (await compound.start('Workbook', mostRead)) ?? (await compound.start('Book', mostRead))
  if (sheets) holdSheetMacros(sheets)
  const text = await compound.start('WordDocument', 12)
  if (text && text.length >= 12 && text.readUInt16LE(10) & 0x100) hold('encrypted')
  const kind = Object.entries(kinds).find(([name]) => has(name))
  return kind ? kind[1] : hold('unknown')
}

/** What a workbook says of its sheets stands at its beginning. */
const mostRead = 1024 * 1024
