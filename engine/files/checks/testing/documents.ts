import { deflateSync } from 'node:zlib'
import { type ZipEntry, zip } from './zip.ts'

/** A PDF of one page; `more` are objects besides, `trailer` goes into the dictionary at its end. */
export function pdf(more: readonly string[] = [], { catalog = '', trailer = '', open = '' } = {}): Buffer {
  const objects = [
    `<< /Type /Catalog /Pages 2 0 R ${catalog} >>`,
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 144] >>',
    ...more,
  ]
  let text = `%PDF-1.7\n${open}`
  const places = objects.map((object, n) => {
    const at = text.length
    text += `${n + 1} 0 obj\n${object}\nendobj\n`
    return at
  })
  const rows = places.map((at) => `${String(at).padStart(10, '0')} 00000 n \n`).join('')
  const count = objects.length + 1
  text += `xref\n0 ${count}\n0000000000 65535 f \n${rows}trailer\n<< /Size ${count} /Root 1 0 R ${trailer} >>\n`
  return Buffer.from(`${text}startxref\n${text.lastIndexOf('xref\n0')}\n%%EOF\n`, 'latin1')
}

/** Objects that are hidden from a search through the file, as most programs write them. */
export function objectStream(text: string, said = '/Filter /FlateDecode'): string {
  const packed = deflateSync(Buffer.from(text)).toString('latin1')
  return `<< /Type /ObjStm /N 1 /First 4 ${said} /Length ${packed.length} >>\nstream\n${packed}\nendstream`
}

const xml = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'

const types = (more = '') =>
  `${xml}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">${more}</Types>`

/** A Word document of one paragraph, with more parts, or others in place of its own. */
export function docx(more: readonly ZipEntry[] = []): Buffer {
  const own: ZipEntry[] = [
    { name: '[Content_Types].xml', bytes: types() },
    { name: '_rels/.rels', bytes: relations([]) },
    {
      name: 'word/document.xml',
      bytes: `${xml}<w:document><w:body><w:p><w:t>Minutes</w:t></w:p></w:body></w:document>`,
    },
  ]
  const names = new Set(more.map(({ name }) => name))
  return zip([...own.filter(({ name }) => !names.has(name)), ...more])
}

/** An Excel workbook as far as its parts go. */
export const xlsx = (more: readonly ZipEntry[] = []): Buffer =>
  zip([
    { name: '[Content_Types].xml', bytes: types() },
    { name: 'xl/workbook.xml', bytes: `${xml}<workbook><sheets/></workbook>` },
    ...more,
  ])

/** Says of a document that it is one with macros, whatever its name. */
export const macroTypes = types(
  '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.ms-excel.sheet.macroEnabled.main+xml"/>',
)

/** The relations of a part: kind, and target. */
export const relations = (all: readonly (readonly [string, string])[]): string => {
  const kinds = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
  const rows = all.map(
    ([kind, target], n) =>
      `<Relationship Id="r${n}" Type="${kinds}/${kind}" Target="${target}" TargetMode="External"/>`,
  )
  const space = 'http://schemas.openxmlformats.org/package/2006/relationships'
  return `${xml}<Relationships xmlns="${space}">${rows.join('')}</Relationships>`
}

/** An OpenDocument text, with more parts. */
export const odt = (more: readonly ZipEntry[] = [], manifest = ''): Buffer =>
  zip([
    { name: 'mimetype', bytes: 'application/vnd.oasis.opendocument.text', method: 0 },
    { name: 'content.xml', bytes: `${xml}<office:document-content/>` },
    { name: 'META-INF/manifest.xml', bytes: `${xml}<manifest:manifest>${manifest}</manifest:manifest>` },
    ...more,
  ])

const free = 0xffffffff
const [endOfChain, tableSector] = [0xfffffffe, 0xfffffffd]

/** A document of Office 97 to 2003 with these streams: a table, a directory, and one sector after the other. */
export function ole(streams: Readonly<Record<string, Buffer>>): Buffer {
  const names = Object.keys(streams)
  const folders = Math.ceil((names.length + 1) / 4)
  const table = Buffer.alloc(512, 0xff)
  const link = (sector: number, next: number) => table.writeUInt32LE(next, sector * 4)
  const chain = (first: number, count: number) => {
    for (let n = 0; n < count; n++) link(first + n, n === count - 1 ? endOfChain : first + n + 1)
  }
  link(0, tableSector)
  chain(1, folders)
  const folder = Buffer.alloc(folders * 512)
  writeEntry(folder, 0, 'Root Entry', 5, endOfChain, 0)
  let next = 1 + folders
  const bodies: Buffer[] = []
  for (const [n, name] of names.entries()) {
    const body = Buffer.alloc(Math.max(4096, Math.ceil((streams[name] as Buffer).length / 512) * 512))
    ;(streams[name] as Buffer).copy(body)
    writeEntry(folder, n + 1, name, 2, next, body.length)
    chain(next, body.length / 512)
    next += body.length / 512
    bodies.push(body)
  }
  return Buffer.concat([oleHeader(), table, folder, ...bodies])
}

function oleHeader(): Buffer {
  const head = Buffer.alloc(512, 0xff)
  head.fill(0, 0, 76)
  head.write('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1', 'latin1')
  head.writeUInt16LE(9, 30)
  head.writeUInt16LE(6, 32)
  head.writeUInt32LE(1, 48)
  head.writeUInt32LE(4096, 56)
  head.writeUInt32LE(endOfChain, 60)
  head.writeUInt32LE(endOfChain, 68)
  head.writeUInt32LE(0, 76)
  return head
}

function writeEntry(folder: Buffer, at: number, name: string, kind: number, first: number, size: number): void {
  const entry = folder.subarray(at * 128, at * 128 + 128)
  entry.write(name, 'utf16le')
  entry.writeUInt16LE(name.length * 2 + 2, 64)
  entry.writeUInt8(kind, 66)
  for (const place of [68, 72, 76]) entry.writeUInt32LE(free, place)
  entry.writeUInt32LE(first, 116)
  entry.writeUInt32LE(size, 120)
}

/** A record of a workbook of Excel 97 to 2003. */
export function biff(kind: number, bytes: Buffer): Buffer {
  const head = Buffer.alloc(4)
  head.writeUInt16LE(kind)
  head.writeUInt16LE(bytes.length, 2)
  return Buffer.concat([head, bytes])
}
