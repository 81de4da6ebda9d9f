import type { SheetLimits } from './limits.ts'
import { storedHeader, unpack, ZipFault, type ZipEntry } from './zip.ts'

/** What is needed of a workbook to read one sheet: where the sheets are, and the parts that their cells point into. */
export interface Workbook {
  readonly sheets: readonly ZipEntry[]
  readonly parts: readonly { readonly name: string; readonly bytes: Buffer }[]
}

/** Parts that describe the workbook itself are small in every honest file. */
const smallPart = 8 * 1024 * 1024

/** Finds the visible sheets, in order, and takes out the shared strings and the styles. */
export function openWorkbook(file: Buffer, entries: ReadonlyMap<string, ZipEntry>, limits: SheetLimits): Workbook {
  const text = (name: string) => {
    const entry = entries.get(name)
    return entry ? unpack(file, entry, smallPart).toString('utf8') : ''
  }
  const root = relations(text('_rels/.rels'), '').find(({ type }) => type.endsWith('/officeDocument'))?.target
  const main = root && text(root)
  if (!root || !main) throw new ZipFault('no workbook')
  const folder = root.slice(0, root.lastIndexOf('/') + 1)
  const related = relations(text(`${folder}_rels/${root.slice(folder.length)}.rels`), folder)
  const byId = new Map(related.map(({ id, target }) => [id, target]))
  const sheets = tags(main, 'sheet')
    .filter((sheet) => !/^(very)?hidden$/i.test(sheet.state ?? ''))
    .flatMap((sheet) => entries.get(byId.get(sheet['r:id'] ?? '') ?? '') ?? [])
  const strings = entries.get(related.find(({ type }) => type.endsWith('/sharedStrings'))?.target ?? '')
  const styles = entries.get(related.find(({ type }) => type.endsWith('/styles'))?.target ?? '')
  if (strings && strings.unpacked > limits.sharedBytes) throw new ZipFault('too many shared strings')
  const since1904 = /^(1|true)$/.test(tags(main, 'workbookPr')[0]?.date1904 ?? '')
  return {
    sheets,
    parts: [
      ...plainParts(since1904, Boolean(strings), Boolean(styles)),
      ...(strings ? [{ name: 'xl/sharedStrings.xml', bytes: unpack(file, strings, limits.sharedBytes) }] : []),
      ...(styles ? [{ name: 'xl/styles.xml', bytes: unpack(file, styles, smallPart) }] : []),
    ],
  }
}

/** The attributes of every tag of a name, whatever its namespace prefix. */
function tags(xml: string, name: string): Record<string, string>[] {
  return [...xml.matchAll(new RegExp(`<(?:\\w+:)?${name}\\s([^>]*)>`, 'g'))].map(([, inside = '']) =>
    Object.fromEntries(
      [...inside.matchAll(/([\w:]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)].map(([, key = '', a, b]) => [
        key.endsWith(':id') ? 'r:id' : key,
        a ?? b ?? '',
      ]),
    ),
  )
}

function relations(xml: string, folder: string) {
  return tags(xml, 'Relationship').map(({ Id = '', Type = '', Target = '' }) => ({
    id: Id,
    type: Type,
    target: Target.startsWith('/') ? Target.slice(1) : resolve(folder + Target),
  }))
}

/** `xl/../xl/styles.xml` → `xl/styles.xml`. */
function resolve(path: string): string {
  const steps: string[] = []
  for (const step of path.split('/')) {
    if (step === '..') steps.pop()
    else if (step !== '.') steps.push(step)
  }
  return steps.join('/')
}

const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const packages = 'http://schemas.openxmlformats.org/package/2006'
const spreadsheet = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'

/** A workbook of one sheet, in the order in which it can be read as a stream: the parts first, then the sheet. */
function plainParts(since1904: boolean, strings: boolean, styles: boolean) {
  const relation = (id: string, type: string, target: string) =>
    `<Relationship Id="${id}" Type="${office}/${type}" Target="${target}"/>`
  const relationships = (inside: string) => `<Relationships xmlns="${packages}/relationships">${inside}</Relationships>`
  const parts = {
    '[Content_Types].xml': `<Types xmlns="${packages}/content-types"/>`,
    '_rels/.rels': relationships(relation('rId1', 'officeDocument', 'xl/workbook.xml')),
    'xl/workbook.xml':
      `<workbook xmlns="${spreadsheet}" xmlns:r="${office}"><workbookPr date1904="${since1904 ? 1 : 0}"/>` +
      '<sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>',
    'xl/_rels/workbook.xml.rels': relationships(
      relation('rId1', 'worksheet', 'worksheets/sheet1.xml') +
        (strings ? relation('rId2', 'sharedStrings', 'sharedStrings.xml') : '') +
        (styles ? relation('rId3', 'styles', 'styles.xml') : ''),
    ),
  }
  return Object.entries(parts).map(([name, xml]) => ({ name, bytes: Buffer.from(xml) }))
}

/** The beginning of the one-sheet workbook, up to where the sheet's own bytes follow. */
export function* plainWorkbook(parts: Workbook['parts'], sheetSize: number): Generator<Buffer> {
  for (const { name, bytes } of parts) {
    yield storedHeader(name, bytes.length)
    yield bytes
  }
  yield storedHeader('xl/worksheets/sheet1.xml', sheetSize)
}
