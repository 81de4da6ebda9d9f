import { docx, objectStream, odt, ole, pdf, relations, xlsx } from './documents.ts'
import { sheetRecord, workbook } from './hostile/documents.ts'
import { type Sent, text } from './hostile/sent.ts'
import { gif, heic, jpeg, png, tiff, webp } from './images.ts'
import { zip } from './zip.ts'

/** What is harmless and only called wrongly, one way and the other. */
export const misnamed: readonly Sent[] = [
  { what: 'an image called a PDF', name: 'scan.pdf', bytes: png() },
  { what: 'a PDF called an image', name: 'scan.png', bytes: pdf() },
  { what: 'a PNG called a JPEG', name: 'photo.jpg', bytes: png() },
  { what: 'a text called a workbook', name: 'hours.xlsx', bytes: text('a,b', '1,2') },
  { what: 'a workbook called an archive', name: 'hours.zip', bytes: xlsx() },
]

/** What an office attaches. */
export const harmless: readonly (Sent & { readonly mediaType: string })[] = [
  { what: 'a PNG', name: 'leak.png', bytes: png(), mediaType: 'image/png' },
  { what: 'a JPEG', name: 'leak.jpg', bytes: jpeg(), mediaType: 'image/jpeg' },
  {
    what: 'a JPEG with a second picture behind it',
    name: 'photo.jpeg',
    bytes: Buffer.concat([jpeg(), jpeg()]),
    mediaType: 'image/jpeg',
  },
  { what: 'a GIF', name: 'mark.gif', bytes: gif(), mediaType: 'image/gif' },
  { what: 'a WebP', name: 'leak.webp', bytes: webp(), mediaType: 'image/webp' },
  { what: 'a HEIC', name: 'leak.heic', bytes: heic(), mediaType: 'image/heic' },
  { what: 'a TIFF', name: 'scan.tiff', bytes: tiff(), mediaType: 'image/tiff' },
  { what: 'a PDF', name: 'minutes.pdf', bytes: pdf(), mediaType: 'application/pdf' },
  {
    what: 'a PDF with a link in it',
    name: 'flyer.pdf',
    bytes: pdf([objectStream('4 0 << /S /URI /URI (https://example.org) >>')]),
    mediaType: 'application/pdf',
  },
  {
    what: 'a Word document',
    name: 'minutes.docx',
    bytes: docx([{ name: 'word/_rels/document.xml.rels', bytes: relations([['hyperlink', 'https://example.org/']]) }]),
    mediaType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  },
  {
    what: 'a workbook',
    name: 'hours.xlsx',
    bytes: xlsx(),
    mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  },
  { what: 'an OpenDocument', name: 'minutes.odt', bytes: odt(), mediaType: 'application/vnd.oasis.opendocument.text' },
  {
    what: 'an old Word document',
    name: 'minutes.doc',
    bytes: ole({ WordDocument: Buffer.alloc(600) }),
    mediaType: 'application/msword',
  },
  {
    what: 'an old workbook',
    name: 'hours.xls',
    bytes: workbook(sheetRecord(0)),
    mediaType: 'application/vnd.ms-excel',
  },
  { what: 'an RTF', name: 'letter.rtf', bytes: text('{\\rtf1 Dear members}'), mediaType: 'application/rtf' },
  {
    what: 'a text',
    name: 'notes.txt',
    bytes: Buffer.from('Minutes of the meeting — “quorum” reached\n'),
    mediaType: 'text/plain',
  },
  {
    what: 'a text of an old computer',
    name: 'notes.txt',
    bytes: text('Se\xf1or Mu\xf1oz\r\n'),
    mediaType: 'text/plain',
  },
  {
    what: 'a text with tags further inside',
    name: 'guide.md',
    bytes: text('# Guide', '', 'Write `<script>` like this.'),
    mediaType: 'text/plain',
  },
  {
    what: 'a table with formulas',
    name: 'dues.csv',
    bytes: text('name,sum', '=HYPERLINK("http://x"),@SUM(1)', '+1,-1'),
    mediaType: 'text/plain',
  },
  {
    what: 'an archive of documents',
    name: 'papers.zip',
    bytes: zip([
      { name: 'may/', method: 0 },
      { name: 'may/a.docx', bytes: docx() },
      { name: 'may/b.pdf', bytes: pdf() },
      { name: 'may/c.png', bytes: png() },
    ]),
    mediaType: 'application/zip',
  },
]
