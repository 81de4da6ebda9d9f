import type { HoldReason } from '../verdict.ts'
import { biff, docx, macroTypes, objectStream, odt, ole, pdf, relations, xlsx } from './documents.ts'
import { gif, heic, jpeg, png, tiff, webp } from './images.ts'
import { deflatedZeros, zip, type ZipEntry } from './zip.ts'

/** Something that somebody could send, by what it is. */
export interface Sent {
  readonly what: string
  /** What it is called when it is sent. */
  readonly name: string
  readonly bytes: Buffer
}

/** What is held, and why. */
export interface Hostile extends Sent {
  readonly reason: HoldReason
}

const page = '<!DOCTYPE html><html><body><script>alert(document.domain)</script></body></html>'
const drawing = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
const macros: ZipEntry = { name: 'word/vbaProject.bin', bytes: 'Attribute VB_Name' }
const text = (...lines: readonly string[]) => Buffer.from(lines.join('\n'), 'latin1')

/** An archive in an archive in an archive, so many times. */
export const nested = (bytes: Buffer, times: number): Buffer =>
  times ? nested(zip([{ name: `level-${times}.zip`, bytes }]), times - 1) : bytes

/** As 42.zip is built: sixteen archives, each of which unpacks to more than a disk has. */
const fortyTwo = () => {
  const bottom = zip([{ name: '0.dll.txt', deflated: deflatedZeros(100) }])
  const level = (inner: Buffer) => zip(Array.from({ length: 16 }, (_, n) => ({ name: `lib ${n}.zip`, bytes: inner })))
  return level(level(bottom))
}

/** Entries that all share one another's bytes, as the densest archives do. */
const overlapping = () => {
  const two = zip([{ name: 'a', bytes: Buffer.alloc(1000, 'a') }, { name: 'b' }])
  // The second entry is said to be where the first one is.
  const listed = two.lastIndexOf('PK\x01\x02')
  two.writeUInt32LE(0, listed + 42)
  return two
}

const entities = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>'
const billion = `<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "lol"><!ENTITY b "${'&a;'.repeat(10)}">]><l>&b;</l>`
const utf16 = (xml: string) => Buffer.from(`\ufeff${xml}`, 'utf16le')

const sheetRecord = (kind: number) =>
  biff(0x85, Buffer.concat([Buffer.from([0, 0, 0, 0, 0, kind]), Buffer.from('\x02\0M1')]))
const workbook = (...records: readonly Buffer[]) =>
  ole({ Workbook: Buffer.concat([biff(0x809, Buffer.alloc(16)), ...records, biff(0x0a, Buffer.alloc(0))]) })

/** Pages and scripts under the names of other things. */
const pages: readonly Hostile[] = [
  { what: 'a web page called an image', name: 'leak.jpg', bytes: text(page), reason: 'markup' },
  { what: 'a web page called a text', name: 'minutes.txt', bytes: Buffer.from(`\ufeff \n${page}`), reason: 'markup' },
  { what: 'a web page of two bytes a letter', name: 'notes.csv', bytes: utf16(page), reason: 'markup' },
  { what: 'a drawing with a script', name: 'logo.png', bytes: text(drawing), reason: 'markup' },
  {
    what: 'a drawing that fetches from elsewhere',
    name: 'logo.txt',
    bytes: text('<?xml version="1.0"?>', '<svg xmlns="http://www.w3.org/2000/svg"><image href="http://x/"/></svg>'),
    reason: 'markup',
  },
  { what: 'a bomb of entities', name: 'roll.txt', bytes: text(billion), reason: 'markup' },
  { what: 'a script for a shell', name: 'readme.txt', bytes: text('#!/bin/sh', 'rm -rf ~'), reason: 'program' },
  { what: 'a program called a PDF', name: 'invoice.pdf', bytes: text('MZ\x90\0\x03\0\0\0\x04'), reason: 'program' },
  { what: 'noise called a text', name: 'noise.txt', bytes: text('\0\x01\x02\x03'), reason: 'unknown' },
]

/** Two kinds of file in one. */
const polyglots: readonly Hostile[] = [
  { what: 'a PDF that is a page too', name: 'both.pdf', bytes: pdf([], { open: `%${page}\n` }), reason: 'mixed' },
  { what: 'a page that is a PDF too', name: 'both.pdf', bytes: text(page, pdf().toString('latin1')), reason: 'markup' },
  { what: 'a GIF that is a script too', name: 'both.gif', bytes: gif(0x2a2f, 8, '*/=1;alert(1)//'), reason: 'mixed' },
  {
    what: 'a GIF with a script behind it',
    name: 'both.gif',
    bytes: Buffer.concat([
      gif(),
      text('*/=1;alert(document.domain);/* and so on, for more than a few bytes, as scripts do */'),
    ]),
    reason: 'mixed',
  },
  {
    what: 'an image with an archive behind it',
    name: 'both.jpg',
    bytes: Buffer.concat([jpeg(), zip([{ name: 'a.txt', bytes: 'a' }])]),
    reason: 'mixed',
  },
  {
    what: 'an image with an archive behind it, of another kind',
    name: 'both.png',
    bytes: Buffer.concat([png(), zip([{ name: 'a.txt', bytes: 'a' }])]),
    reason: 'mixed',
  },
  { what: 'an image with a page in its comment', name: 'both.jpg', bytes: jpeg(8, 8, page), reason: 'mixed' },
  {
    what: 'an image with a page in its text',
    name: 'both.png',
    bytes: png(8, 8, [['tEXt', `c\0${page}`]]),
    reason: 'mixed',
  },
  {
    what: 'an archive with a page in front of it',
    name: 'both.zip',
    bytes: Buffer.concat([zip([{ name: 'a', bytes: page }]), zip([{ name: 'a.txt', bytes: 'a' }])]),
    reason: 'mixed',
  },
]

/** Images that are more or less than they say. */
const images: readonly Hostile[] = [
  { what: 'a PNG of 16,000 by 16,000 pixels', name: 'big.png', bytes: png(16_000, 16_000), reason: 'pixels' },
  { what: 'a GIF of as many', name: 'big.gif', bytes: gif(16_000, 16_000), reason: 'pixels' },
  { what: 'a JPEG of as many', name: 'big.jpg', bytes: jpeg(16_000, 16_000), reason: 'pixels' },
  { what: 'a WebP of as many', name: 'big.webp', bytes: webp(16_000, 16_000), reason: 'pixels' },
  { what: 'a TIFF of as many', name: 'big.tif', bytes: tiff(16_000, 16_000), reason: 'pixels' },
  { what: 'a HEIC of as many', name: 'big.heic', bytes: heic(16_000, 16_000), reason: 'pixels' },
  { what: 'a JPEG that breaks off', name: 'leak.jpg', bytes: jpeg().subarray(0, -3), reason: 'damaged' },
  { what: 'a PNG that breaks off', name: 'leak.png', bytes: png().subarray(0, -20), reason: 'damaged' },
]

/** Archives that do harm when they are unpacked. */
const archives = (): Hostile[] => [
  {
    what: 'an archive of 200 KB that unpacks to 200 MB',
    name: 'zeros.zip',
    bytes: zip([{ name: 'zeros.txt', deflated: deflatedZeros(200) }]),
    reason: 'unpacks',
  },
  { what: 'archives in archives that unpack without end', name: '42.zip', bytes: fortyTwo(), reason: 'unpacks' },
  { what: 'an archive five archives deep', name: 'deep.zip', bytes: nested(text('a'), 5), reason: 'nested' },
  { what: 'an archive whose entries share their bytes', name: 'dense.zip', bytes: overlapping(), reason: 'unpacks' },
  {
    what: 'an archive of 10,001 entries',
    name: 'many.zip',
    bytes: zip(Array.from({ length: 10_001 }, (_, n) => ({ name: `${n}` }))),
    reason: 'entries',
  },
  ...['../../etc/cron.d/x', '/etc/passwd', '..\\..\\x.txt', 'C:\\x.txt', 'minutes\u202etxt.pdf'].map((name) => ({
    what: `an archive with the name ${JSON.stringify(name)}`,
    name: 'paths.zip',
    bytes: zip([{ name, bytes: 'x' }]),
    reason: 'paths' as const,
  })),
  {
    what: 'an archive with a link that leads out of it',
    name: 'links.zip',
    bytes: zip([{ name: 'minutes', bytes: '/etc', mode: 0xa1ff }]),
    reason: 'paths',
  },
  {
    what: 'an archive that tells two names for one entry',
    name: 'liar.zip',
    bytes: zip([{ name: 'minutes.txt', otherName: 'minutes.exe', bytes: 'x' }]),
    reason: 'damaged',
  },
  {
    what: 'an archive with a program',
    name: 'tools.zip',
    bytes: zip([{ name: 'a/setup.exe', bytes: 'x' }]),
    reason: 'program',
  },
  {
    what: 'an archive with a program under another name',
    name: 'tools.zip',
    bytes: zip([{ name: 'a.pdf', bytes: 'MZ\x90' }]),
    reason: 'program',
  },
  {
    what: 'an archive with a password',
    name: 'locked.zip',
    bytes: zip([{ name: 'minutes.txt', bytes: 'x', flags: 1 }]),
    reason: 'encrypted',
  },
  {
    what: 'an archive with a packing of another kind',
    name: 'a.zip',
    bytes: zip([{ name: 'a.7z', bytes: text('7z\xbc\xaf\x27\x1c'), method: 0 }]),
    reason: 'nested',
  },
  {
    what: 'an archive that breaks off',
    name: 'cut.zip',
    bytes: zip([{ name: 'a', bytes: 'abc' }]).subarray(0, -9),
    reason: 'damaged',
  },
]

/** Documents that act when somebody opens them. */
const documents: readonly Hostile[] = [
  { what: 'a Word document with macros', name: 'minutes.docx', bytes: docx([macros]), reason: 'macros' },
  {
    what: 'a workbook that is one with macros, under the name of one without',
    name: 'hours.xlsx',
    bytes: zip([
      { name: '[Content_Types].xml', bytes: macroTypes },
      { name: 'xl/workbook.xml', bytes: '<workbook/>' },
    ]),
    reason: 'macros',
  },
  {
    what: 'a Word document with entities of its own',
    name: 'minutes.docx',
    bytes: docx([{ name: 'word/document.xml', bytes: entities }]),
    reason: 'external',
  },
  {
    what: 'the same with two bytes a letter',
    name: 'minutes.docx',
    bytes: docx([{ name: 'word/document.xml', bytes: utf16(entities) }]),
    reason: 'external',
  },
  {
    what: 'a workbook with a bomb of entities',
    name: 'hours.xlsx',
    bytes: xlsx([{ name: 'xl/styles.xml', bytes: billion }]),
    reason: 'external',
  },
  {
    what: 'a Word document that fetches its template',
    name: 'minutes.docx',
    bytes: docx([
      { name: 'word/_rels/settings.xml.rels', bytes: relations([['attachedTemplate', 'http://198.51.100.7/t.dotm']]) },
    ]),
    reason: 'external',
  },
  {
    what: 'an OpenDocument with macros',
    name: 'minutes.odt',
    bytes: odt([{ name: 'Basic/Standard/M.xml', bytes: 'x' }]),
    reason: 'macros',
  },
  {
    what: 'an OpenDocument with a password',
    name: 'minutes.odt',
    bytes: odt([], '<manifest:encryption-data/>'),
    reason: 'encrypted',
  },
  {
    what: 'an OpenDocument with entities',
    name: 'minutes.odt',
    bytes: odt([{ name: 'meta.xml', bytes: entities }]),
    reason: 'external',
  },
  {
    what: 'an old Word document with macros',
    name: 'minutes.doc',
    bytes: ole({ WordDocument: Buffer.alloc(32), VBA: Buffer.alloc(8) }),
    reason: 'macros',
  },
  {
    what: 'an old workbook with macros of Excel 4',
    name: 'hours.xls',
    bytes: workbook(sheetRecord(1)),
    reason: 'macros',
  },
  {
    what: 'an old workbook with a password',
    name: 'hours.xls',
    bytes: workbook(biff(0x2f, Buffer.alloc(6))),
    reason: 'encrypted',
  },
  {
    what: 'a new document with a password',
    name: 'minutes.docx',
    bytes: ole({ EncryptionInfo: Buffer.alloc(8), EncryptedPackage: Buffer.alloc(8) }),
    reason: 'encrypted',
  },
  {
    what: 'a slide show with a file in it',
    name: 'talk.ppt',
    bytes: ole({ 'PowerPoint Document': Buffer.alloc(8), '\x01Ole10Native': Buffer.alloc(8) }),
    reason: 'embedded',
  },
  {
    what: 'an RTF with a file in it',
    name: 'letter.rtf',
    bytes: text('{\\rtf1 {\\object\\objemb{\\*\\objdata 0105}}}'),
    reason: 'embedded',
  },
  {
    what: 'a PDF with a script',
    name: 'form.pdf',
    bytes: pdf([], { catalog: '/OpenAction << /S /JavaScript /JS (app.alert(1)) >>' }),
    reason: 'scripts',
  },
  {
    what: 'the same in numbers for letters',
    name: 'form.pdf',
    bytes: pdf([], { catalog: '/AA << /O << /S /J#61vaScr#69pt /JS (1) >> >>' }),
    reason: 'scripts',
  },
  {
    what: 'the same out of sight',
    name: 'form.pdf',
    bytes: pdf([objectStream('4 0 << /S /JavaScript /JS (1) >>')]),
    reason: 'scripts',
  },
  {
    what: 'a PDF that starts a program',
    name: 'form.pdf',
    bytes: pdf([], { catalog: '/OpenAction << /S /Launch /F (cmd.exe) >>' }),
    reason: 'scripts',
  },
  {
    what: 'a PDF with a password',
    name: 'payslip.pdf',
    bytes: pdf([], { trailer: '/Encrypt 9 0 R' }),
    reason: 'encrypted',
  },
  {
    what: 'a PDF whose objects cannot be seen',
    name: 'odd.pdf',
    bytes: pdf([objectStream('x', '/Filter [/ASCIIHexDecode /FlateDecode]')]),
    reason: 'unclear',
  },
  { what: 'a PDF that breaks off', name: 'cut.pdf', bytes: pdf().subarray(0, -40), reason: 'damaged' },
]

/** Everything that our own checks hold, whatever it is called. */
export const hostile: readonly Hostile[] = [...pages, ...polyglots, ...images, ...archives(), ...documents]

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
