/** How much room a column needs, in times the size of the type. */
export interface Need {
  /** Its widest value, or its heading, on one line. */
  readonly whole: number
  /** The widest word in it. */
  readonly word: number
  /** Values such as amounts and days, which mean less when a line breaks in them. */
  readonly isFigure: boolean
}

/** A sheet as it lies, and the type on it. */
export interface Sheet {
  readonly landscape: boolean
  /** Points. */
  readonly size: number
  /** Points, one for each column, what is left free on both of its sides included. */
  readonly widths: readonly number[]
}

/** US Letter without its margins, in points, upright and on its side. */
const room = { upright: 612 - 2 * 43.2, sideways: 792 - 2 * 43.2 }

/** What stays free on the left and on the right of each column, in points; `table.typ` is told. */
export const beside = 3.5

/** A column of text in which people still like to read, in times the size of the type. */
const readable = 15

/** The longest word for which a column is made wider; longer ones are broken. */
const longestWord = 12

/** Type on the page, in points: from what is pleasant to what can still be read. */
const sizes = [9, 8, 7] as const

/** The least that a column must have: all of a figure, the longest word of a text. */
const least = ({ isFigure, whole, word }: Need) => (isFigure ? whole : Math.min(whole, Math.min(word, longestWord)))

/** What a column should have. */
const pleasant = (need: Need) => Math.max(least(need), Math.min(need.whole, readable))

const sum = (all: readonly number[]) => all.reduce((total, one) => total + one, 0)

/** How a table best lies on paper: upright while that can be read, and in type as large as fits. */
export function layOut(needs: readonly Need[], landscape: boolean): Sheet {
  const ways = (landscape ? [true] : [false, true]).flatMap((way) => sizes.map((size) => ({ landscape: way, size })))
  const free = ({ landscape: way, size }: Omit<Sheet, 'widths'>) =>
    ((way ? room.sideways : room.upright) - needs.length * 2 * beside) / size
  const fits = (measure: (need: Need) => number) => ways.find((way) => sum(needs.map(measure)) <= free(way))
  const way = fits(pleasant) ?? fits(least) ?? { landscape: true, size: sizes.at(-1) ?? 7 }
  return { ...way, widths: share(needs, free(way)).map((width) => width * way.size + 2 * beside) }
}

/** Wider than any sheet, so that all of one is given away. */
const beyond = 1e4

/** Shares out the sheet: first what each column must have, then what it should have, then all that it could use. */
function share(needs: readonly Need[], free: number): number[] {
  const whole = needs.map((need) => need.whole)
  const texts = needs.map((need) => (need.isFigure ? 0 : need.whole))
  // What nobody needs makes texts wider; between figures alone it is spread evenly.
  const spread = sum(texts) > 0 ? texts : needs.map(() => 1)
  const spacious = whole.map((one, at) => one + beyond * (spread[at] ?? 0))
  const steps = [needs.map(() => 0), needs.map(least), needs.map(pleasant), whole, spacious]
  const at = Math.max(
    1,
    steps.findIndex((step) => sum(step) >= free),
  )
  const [from = [], to = []] = steps.slice(at - 1)
  const part = (free - sum(from)) / (sum(to) - sum(from))
  return from.map((one, column) => one + part * ((to[column] ?? 0) - one))
}
