import { biff, docx, macroTypes, objectStream, odt, ole, pdf, relations, xlsx } from '../documents.ts'
import { zip, type ZipEntry } from '../zip.ts'
import { billion, type Hostile, text, utf16 } from './sent.ts'

const macros: ZipEntry = { name: 'word/vbaProject.bin', bytes: 'Attribute VB_Name' }
const entities = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>'

/** A sheet of this kind, in a workbook of Excel 97 to 2003. */
export const sheetRecord = (kind: number) =>
  biff(0x85, Buffer.concat([Buffer.from([0, 0, 0, 0, 0, kind]), Buffer.from('\x02\0M1')]))
/** Such a workbook. */
export const workbook = (...records: readonly Buffer[]) =>
  ole({ Workbook: Buffer.concat([biff(0x809, Buffer.alloc(16)), ...records, biff(0x0a, Buffer.alloc(0))]) })

/** Documents that act when somebody opens them. */
export const documents: readonly Hostile[] = [
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
