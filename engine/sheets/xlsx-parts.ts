import type { SheetColumn } from './sheet.ts'

const spreadsheet = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const packages = 'http://schemas.openxmlformats.org/package/2006'
const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

/** What XML cannot carry, in any way of writing it. */
// oxlint-disable-next-line no-control-regex
const uncarried = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** What is not written as it is. */
// oxlint-disable-next-line no-control-regex
const special = /[&<>"\u0000-\u001f\ud800-\udfff\ufffe\uffff]/

/** Text as it stands in XML. */
export function escaped(text: string): string {
  if (!special.test(text)) return text
  return text
    .toWellFormed()
    .replace(uncarried, '')
    .replace(/[&<>"]/g, (sign) => escapes[sign] ?? sign)
}

/** How cells look: each way of writing numbers, plain and bold. */
export class Looks {
  readonly #formats: string[] = []

  /** The number of the style; text has no format. */
  of(format: string | undefined, bold = false): number {
    if (format === undefined) return Number(bold)
    if (!this.#formats.includes(format)) this.#formats.push(format)
    return 2 + this.#formats.indexOf(format) * 2 + Number(bold)
  }

  /** `xl/styles.xml`; formats of one's own are numbered from 164 on. */
  xml(): string {
    const formats = this.#formats.map(
      (format, index) => `<numFmt numFmtId="${164 + index}" formatCode="${escaped(format)}"/>`,
    )
    const cell = (format: number, bold: boolean) =>
      `<xf numFmtId="${format}" fontId="${Number(bold)}" fillId="0" borderId="0" xfId="0"${
        format ? ' applyNumberFormat="1"' : ''
      }${bold ? ' applyFont="1"' : ''}/>`
    const cells = [0, ...this.#formats.map((_, index) => 164 + index)].flatMap((id) => [
      cell(id, false),
      cell(id, true),
    ])
    const font = '<sz val="11"/><name val="Calibri"/><family val="2"/>'
    return `${declaration}<styleSheet xmlns="${spreadsheet}">${
      formats.length ? `<numFmts count="${formats.length}">${formats.join('')}</numFmts>` : ''
    }<fonts count="2"><font>${font}</font><font><b/>${font}</font></fonts><fills count="2"><fill><patternFill
      patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"
      ><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0"
      fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="${cells.length}">${cells.join('')}</cellXfs
      ></styleSheet>`
  }
}

/** A whole number of days, of cents, of hours: as a spreadsheet writes it. */
export function formatOf({ kind, decimals }: SheetColumn): string | undefined {
  if (kind === 'date') return 'yyyy-mm-dd'
  if (kind === 'instant') return 'yyyy-mm-dd hh:mm'
  if (kind === 'count') return '0'
  return ['money', 'hours', 'percent'].includes(kind) ? `#,##0.${'0'.repeat(decimals ?? 2)}` : undefined
}

/** The parts that bind the sheets together, by their paths in the archive. */
export function bindingParts(names: readonly string[]): [path: string, xml: string][] {
  const relation = (id: number, type: string, target: string) =>
    `<Relationship Id="rId${id}" Type="${office}/${type}" Target="${target}"/>`
  const relations = (inside: readonly string[]) =>
    `${declaration}<Relationships xmlns="${packages}/relationships">${inside.join('')}</Relationships>`
  const main = 'application/vnd.openxmlformats-officedocument.spreadsheetml'
  const part = (path: string, type: string) => `<Override PartName="/${path}" ContentType="${main}.${type}+xml"/>`
  return [
    [
      '[Content_Types].xml',
      `${declaration}<Types xmlns="${packages}/content-types"><Default Extension="rels"
        ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml"
        ContentType="application/xml"/>${part('xl/workbook.xml', 'sheet.main')}${part('xl/styles.xml', 'styles')}${names
          .map((_, index) => part(`xl/worksheets/sheet${index + 1}.xml`, 'worksheet'))
          .join('')}</Types>`,
    ],
    ['_rels/.rels', relations([relation(1, 'officeDocument', 'xl/workbook.xml')])],
    [
      'xl/workbook.xml',
      `${declaration}<workbook xmlns="${spreadsheet}" xmlns:r="${office}"><sheets>${names
        .map((name, index) => `<sheet name="${escaped(name)}" sheetId="${index + 1}" r:id="rId${index + 1}"/>`)
        .join('')}</sheets></workbook>`,
    ],
    [
      'xl/_rels/workbook.xml.rels',
      relations([
        ...names.map((_, index) => relation(index + 1, 'worksheet', `worksheets/sheet${index + 1}.xml`)),
        relation(names.length + 1, 'styles', 'styles.xml'),
      ]),
    ],
  ]
}

/** The beginning of a sheet, up to its rows: the first of them stays where it is while the others move. */
export const sheetStart = (widths: readonly number[], frozen: boolean) =>
  `${declaration}<worksheet xmlns="${spreadsheet}"><sheetViews><sheetView workbookViewId="0">${
    frozen ? '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>' : ''
  }</sheetView></sheetViews>${
    widths.length
      ? `<cols>${widths
          .map((width, index) => `<col min="${index + 1}" max="${index + 1}" width="${width}" customWidth="1"/>`)
          .join('')}</cols>`
      : ''
  }<sheetData>`

/** The end of a sheet; with a button on each heading that narrows down to some rows. */
export const sheetEnd = (narrowed: string | null) =>
  `</sheetData>${narrowed ? `<autoFilter ref="${narrowed}"/>` : ''}</worksheet>`

/** `0` → `A`, `26` → `AA`. */
export const letterOf = (index: number): string =>
  (index >= 26 ? letterOf(Math.floor(index / 26) - 1) : '') + String.fromCharCode(65 + (index % 26))
