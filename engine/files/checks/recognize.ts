import { fileTypes } from '@commonhall/kernel'

/** The media types that are taken at all; what a text is called, its name alone says. */
const { image, pdf, document, sheet, slides, archive, text } = fileTypes

export const mediaTypes = {
  jpeg: image.endings.jpg,
  png: image.endings.png,
  webp: image.endings.webp,
  gif: image.endings.gif,
  heic: image.endings.heic,
  tiff: image.endings.tif,
  pdf: pdf.endings.pdf,
  docx: document.endings.docx,
  odt: document.endings.odt,
  rtf: document.endings.rtf,
  doc: document.endings.doc,
  xlsx: sheet.endings.xlsx,
  ods: sheet.endings.ods,
  xls: sheet.endings.xls,
  pptx: slides.endings.pptx,
  odp: slides.endings.odp,
  ppt: slides.endings.ppt,
  zip: archive.endings.zip,
  text: text.endings.txt,
} as const

/** How bytes begin that have a reader of their own here. */
export type Shape = 'jpeg' | 'png' | 'webp' | 'gif' | 'heic' | 'tiff' | 'pdf' | 'rtf' | 'ole' | 'zip'

const brands = ['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'mif1', 'msf1']

const starts: readonly (readonly [Shape, string])[] = [
  ['jpeg', '\xff\xd8\xff'],
  ['png', '\x89PNG\r\n\x1a\n'],
  ['gif', 'GIF87a'],
  ['gif', 'GIF89a'],
  ['tiff', 'II*\0'],
  ['tiff', 'MM\0*'],
  ['pdf', '%PDF-'],
  ['rtf', '{\\rtf'],
  ['ole', '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1'],
  ['zip', 'PK\x03\x04'],
  // An archive with nothing in it.
  ['zip', 'PK\x05\x06'],
]

/** The shape that the first bytes have; undefined for text, and for all that is not taken. */
export function shapeOf(head: Buffer): Shape | undefined {
  const begin = head.toString('latin1', 0, 16)
  const found = starts.find(([, start]) => begin.startsWith(start))
  if (found) return found[0]
  if (begin.startsWith('RIFF') && begin.slice(8, 12) === 'WEBP') return 'webp'
  if (begin.slice(4, 8) === 'ftyp' && brands.includes(begin.slice(8, 12))) return 'heic'
  return undefined
}

/** What a library that knows many formats calls these bytes, such as `video/mp4`; null when it does not know. */
export async function otherNameOf(head: Buffer): Promise<string | null> {
  const { fileTypeFromBuffer } = await import('file-type')
  const found = await fileTypeFromBuffer(head).catch(() => undefined)
  return found?.mime ?? null
}

/** What only a text is called differently: a table and a text are the same to the eye of a machine. */
const sameAsText: readonly string[] = ['text/plain', 'text/markdown', 'text/csv']

/** Whether bytes of this media type may have a name that stands for that one. */
export const fits = (bytes: string, name: string | undefined): boolean =>
  name === bytes || (bytes === mediaTypes.text && name !== undefined && sameAsText.includes(name))
