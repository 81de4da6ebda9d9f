import { foldName } from '@commonhall/kernel'

/** Short forms that programs print in headings, of whatever list. Those of one list stand in its fields' `aka`. */
const longForms: Readonly<Record<string, string>> = {
  no: 'number',
  nr: 'number',
  num: 'number',
  nbr: 'number',
  '#': 'number',
  id: 'number',
  tel: 'phone',
  telephone: 'phone',
  ph: 'phone',
  addr: 'address',
  mail: 'email',
  thru: 'through',
  until: 'through',
  dt: 'date',
  amt: 'amount',
  qty: 'quantity',
  desc: 'description',
  st: 'state',
  nm: 'name',
  yr: 'year',
  mo: 'month',
}

/** Words that tell no field from another. */
const fillers = new Set(['the', 'of', 'on', 'at', 'a', 'date', 'number', 'member', 'current'])

/** `CardNo` → card, number. Without what tells nothing, unless nothing else is there. */
export function headingWords(heading: string): string[] {
  const words = heading
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/e-mail/gi, 'email')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replace(/#/g, ' # ')
    .toLowerCase()
    .split(/[^a-z0-9#]+/)
    .filter(Boolean)
    .map((word) => longForms[word] ?? word)
  const telling = words.filter((word) => !fillers.has(word))
  return [...new Set(telling.length ? telling : words)].sort()
}

const isBlank = (cell: string) => cell.trim() === ''

/** Rows among which the headings are looked for; titles and dates of a printed report may stand above them. */
export const headerReach = 30

export interface Header {
  /** How many of the first rows stand above the headings. */
  readonly above: number
  /** False when the file has no headings, so that its first row is a record already. */
  readonly present: boolean
  readonly headings: readonly string[]
}

/** Finds the row of headings: the one that names most of what the list knows, or else the first that is full. */
export function findHeader(rows: readonly (readonly string[])[], known: ReadonlySet<string>): Header {
  const scores = rows.map((cells) => cells.filter((cell) => known.has(foldName(cell))).length)
  const most = Math.max(0, ...scores)
  const widest = Math.max(0, ...rows.map((cells) => cells.filter((cell) => !isBlank(cell)).length))
  const full = rows.findIndex((cells) => cells.filter((cell) => !isBlank(cell)).length > widest / 2)
  const above = most > 1 || (most === 1 && widest < 3) ? scores.indexOf(most) : Math.max(0, full)
  const cells = rows[above] ?? []
  const present = scores[above]! > 0 || !cells.some(looksLikeValue)
  const width = present
    ? cells.length - [...cells].reverse().findIndex((cell) => !isBlank(cell))
    : widestRow(rows, above)
  const headings = Array.from(
    { length: width },
    (_, index) => (present && cells[index]?.trim().replace(/\s+/g, ' ')) || `Column ${columnLetters(index)}`,
  )
  return { above, present, headings }
}

const widestRow = (rows: readonly (readonly string[])[], from: number) =>
  Math.max(0, ...rows.slice(from).map((cells) => cells.length))

/** A date, a number of some length or an address: nobody calls a column that. */
const looksLikeValue = (cell: string) =>
  /^\s*(\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}|[$€£]?\d[\d,.\s()-]{2,}|\S+@\S+\.\S+)\s*$/.test(cell)

/** 0 → A, 26 → AA: how spreadsheets name columns. */
export function columnLetters(index: number): string {
  const rest = Math.floor(index / 26)
  return (rest > 0 ? columnLetters(rest - 1) : '') + String.fromCharCode(65 + (index % 26))
}
