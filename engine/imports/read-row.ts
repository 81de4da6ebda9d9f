import {
  defaultOf,
  type Field,
  fieldError,
  type Fields,
  type Finder,
  kindOf,
  labelOf,
  type ReadingHints,
  type Resource,
  say,
  type Split,
} from '@commonhall/kernel'
import { restore } from '../sheets/index.ts'
import type { Mapping } from './mapping.ts'
import { finderTarget } from './targets.ts'

/** One thing wrong with a row: under which heading, what stands there, and a sentence for the person. */
export interface RowFault {
  readonly column: string | null
  readonly value: string | null
  readonly message: string
}

/** How the rows of one file become records. Made once per run. */
export interface Plan {
  readonly resource: Resource
  readonly headings: readonly string[]
  readonly ragged: boolean
  readonly hints: ReadingHints
  /** The fields that are written, in the order of a row's values. */
  readonly names: readonly string[]
  readonly sources: readonly Source[]
  readonly defaults: readonly unknown[]
  readonly searches: readonly Search[]
}

/** A field that several columns say together: which of the finder's columns the file has, and what is said for all. */
export interface Search {
  readonly finder: Finder
  /** Where the field stands among a row's values. */
  readonly index: number
  readonly columns: readonly { readonly name: string; readonly column: number; readonly heading: string }[]
  readonly constants: Readonly<Record<string, string>>
}

/** Where the text of fields comes from: a column, as it is, split, added to a text, or looked at with others. */
interface Source {
  readonly column: number
  readonly heading: string
  readonly fill: 'whole' | 'split' | 'added' | 'search'
  readonly into: readonly number[]
  readonly names: readonly string[]
  readonly split?: Split
}

export type ReadRow =
  | { readonly ok: true; readonly values: readonly unknown[]; readonly cells: readonly string[] }
  | { readonly ok: false; readonly faults: readonly RowFault[] }

export function makePlan(
  resource: Resource,
  splits: readonly Split[],
  mapping: Mapping,
  file: { readonly ragged: boolean; readonly hints: ReadingHints },
  finders: readonly Finder[] = [],
): Plan {
  const wanted = finders.flatMap((finder) => searchOf(finder, mapping))
  const filled = [
    ...mapping.columns.flatMap(({ to }) => (to === null ? [] : namesOf(to, splits))),
    ...wanted.map(({ finder }) => finder.into),
  ]
  const open = Object.entries(resource.fields).filter(([, declared]) => !declared.computed)
  const names = open.flatMap(([name, declared]) =>
    filled.includes(name) || name in mapping.constants || declared.required || declared.default !== undefined
      ? [name]
      : [],
  )
  const sources = mapping.columns.flatMap(({ heading, to }, column): Source[] => {
    if (to === null) return []
    const search = finders.find((finder) =>
      Object.keys(finder.columns).some((name) => to === finderTarget(finder, name)),
    )
    if (search) return [{ column, heading, fill: 'search', into: [], names: toldBy(search, to) }]
    const split = splits.find(({ name }) => name === to)
    const into = namesOf(to, splits)
    const fill = to.startsWith('+') ? 'added' : split ? 'split' : 'whole'
    return [
      {
        column,
        heading,
        fill,
        names: into,
        into: into.map((name) => names.indexOf(name)),
        ...(split ? { split } : {}),
      },
    ]
  })
  const defaults = names.map((name) => {
    const constant = mapping.constants[name]
    const declared = resource.fields[name]!
    // A reference is looked up with the rows.
    if (constant !== undefined && declared.kind === 'ref') return constant
    const parsed = constant === undefined ? undefined : kindOf(declared).read(constant, declared, file.hints)
    return parsed?.ok ? parsed.value : defaultOf(declared)
  })
  return {
    resource,
    names,
    sources,
    defaults,
    ragged: file.ragged,
    hints: file.hints,
    headings: mapping.columns.map(({ heading }) => heading),
    searches: wanted.map((search) => ({ ...search, index: names.indexOf(search.finder.into) })),
  }
}

/** What a file gives a finder to look with: nothing without one of the columns that tell. */
function searchOf(finder: Finder, { columns, constants }: Mapping): Omit<Search, 'index'>[] {
  const given = Object.keys(finder.columns).flatMap((name) =>
    columns.flatMap(({ heading, to }, column) =>
      to === finderTarget(finder, name) ? [{ name, column, heading }] : [],
    ),
  )
  const same = Object.fromEntries(
    Object.keys(finder.columns).flatMap((name) => {
      const constant = constants[finderTarget(finder, name)]
      return constant === undefined ? [] : [[name, constant]]
    }),
  )
  const isTold = [...given.map(({ name }) => name), ...Object.keys(same)].some((name) => finder.columns[name]?.telling)
  return isTold ? [{ finder, columns: given, constants: same }] : []
}

/** A column that tells is named when nothing is found. */
const toldBy = (finder: Finder, to: string): readonly string[] =>
  Object.entries(finder.columns).some(([name, { telling }]) => telling && finderTarget(finder, name) === to)
    ? [to, finder.into]
    : [to]

const namesOf = (to: string, splits: readonly Split[]): readonly string[] =>
  splits.find(({ name }) => name === to)?.into ?? [to.replace(/^\+/, '')]

/** Reads one row: all values of a record, or everything that is wrong with it. A reference stays text for now. */
export function readRow(plan: Plan, cells: readonly string[]): ReadRow {
  const shape = misshapen(plan, cells)
  if (shape) return { ok: false, faults: [shape] }
  const texts: (string | undefined)[] = []
  const origins: (Source | undefined)[] = []
  const faults: RowFault[] = []
  for (const source of plan.sources) {
    const cell = (cells[source.column] ?? '').trim()
    if (cell === '') {
      for (const index of source.into) origins[index] ??= source
      continue
    }
    const unsafe = unsafeCell(cell)
    if (unsafe) faults.push({ column: source.heading, value: shown(cell), message: say(`imports:fault.${unsafe}`) })
    else fill(source, restore(cell), texts)
    for (const index of source.into) origins[index] = source
  }
  const values = plan.names.map((name, index) =>
    readField(plan, name, index, texts[index], origins[index], cells, faults),
  )
  if (!faults.length && !(plan.searches.length && isTotalLine(plan, cells))) return { ok: true, values, cells }
  return { ok: false, faults: isTotalLine(plan, cells) ? [fault('total')] : faults }
}

function fill(source: Source, text: string, texts: (string | undefined)[]): void {
  if (source.fill === 'search') return
  const [index = -1] = source.into
  if (source.fill === 'whole') texts[index] = text
  else if (source.fill === 'added')
    texts[index] = [texts[index], `${source.heading}: ${text}`].filter(Boolean).join('\n')
  else
    for (const [name, piece] of Object.entries(source.split!.split(text)))
      texts[source.into[source.names.indexOf(name)]!] = piece
}

function readField(
  plan: Plan,
  name: string,
  index: number,
  text: string | undefined,
  origin: Source | undefined,
  cells: readonly string[],
  faults: RowFault[],
): unknown {
  const declared = plan.resource.fields[name]!
  const cell = origin ? (cells[origin.column] ?? '').trim() : ''
  if (text === undefined || isBlank(text, declared)) {
    const fallback = plan.defaults[index]
    const known = origin && faults.some(({ column }) => column === origin.heading)
    if (fallback === undefined && declared.required && !known && !isSought(plan, index))
      faults.push(missing(plan.resource.fields, name, origin, cell))
    return fallback ?? null
  }
  // The importer looks references up by their natural key, many at once.
  if (declared.kind === 'ref') return text
  const parsed = kindOf(declared).read(text, declared, plan.hints)
  if (parsed.ok) return parsed.value
  faults.push({
    column: origin?.heading ?? null,
    value: shown(cell),
    message: fieldError(plan.resource.fields, name, parsed).message,
  })
  return null
}

const isSought = ({ searches }: Plan, index: number) => searches.some((search) => search.index === index)

/** A column that is split and blank is missing once, under its own name, and not once for each of its fields. */
function missing(fields: Fields, name: string, origin: Source | undefined, cell: string): RowFault {
  const label = origin?.fill === 'split' && cell === '' ? origin.split!.label : labelOf(fields, name)
  return { column: origin?.heading ?? null, value: shown(cell), message: say('kernel:invalid.required', { label }) }
}

/** Old programs print a blank date as its separators alone. */
const isBlank = (text: string, declared: Field) =>
  text.trim() === '' || (declared.kind === 'date' && /^[\s/.-]+$/.test(text))

function unsafeCell(cell: string): 'formula' | 'lost_character' | 'sheet_error' | undefined {
  if (cell.startsWith('=')) return 'formula'
  if (cell.includes('\ufffd')) return 'lost_character'
  return /^#(N\/A|REF!|VALUE!|NAME\?|DIV\/0!|NUM!|NULL!)$/.test(cell) ? 'sheet_error' : undefined
}

function misshapen({ headings, ragged }: Plan, cells: readonly string[]): RowFault | undefined {
  const extra = cells.slice(headings.length).some((cell) => cell.trim() !== '')
  const short = !ragged && cells.length < headings.length
  if (short || extra) {
    if (startsLikeTotal(cells)) return fault('total')
    return fault(extra ? 'long' : 'short', { cells: cells.length, headings: headings.length })
  }
  const repeats = headings.length > 1 && headings.every((heading, index) => heading === (cells[index] ?? '').trim())
  return repeats ? fault('repeated_header') : undefined
}

const fault = (code: string, params?: Record<string, unknown>): RowFault => ({
  column: null,
  value: null,
  message: say(`imports:fault.${code}`, params),
})

const startsLikeTotal = (cells: readonly string[]) =>
  /^\W*((grand |sub-?)?totals?|number of|count|records?|end of (file|report|list))\b/i.test(
    cells.find((cell) => cell.trim()) ?? '',
  )

/** A full-width total line: says so, and leaves most of its cells blank. */
const isTotalLine = (plan: Plan, cells: readonly string[]) =>
  startsLikeTotal(cells) && cells.filter((cell) => cell.trim()).length <= Math.max(2, plan.headings.length / 2)

/** Enough of a cell to find it again. */
const shown = (cell: string) => (cell.length > 200 ? `${cell.slice(0, 199)}…` : cell)
