import type { Frame } from '../frame.ts'
import { beside, layOut, type Need } from './columns.ts'
import { Lettering, type Weight } from './lettering.ts'
import { isSum, type Line } from './lines.ts'
import type { Typesetter } from './typesetter.ts'

/** A text, or the lines into which it is broken where a word is wider than its place. */
type Setting = string | readonly string[]

interface Table {
  readonly frame: Frame
  readonly lines: readonly Line[]
  readonly tagged: boolean
}

const figures: ReadonlySet<string> = new Set(['money', 'hours', 'percent', 'count', 'date', 'instant', 'yes_no'])

/** Where lines may break, for certain: behind spaces that are not there to prevent it, and hyphens between letters. */
const between = /(?<=[ \n\u2000-\u2006\u2008-\u200b\u3000])|(?<=\p{L}-)(?=\p{L})/u
const wordsOf = (text: string) => text.split(between)

const weightOf = ({ as }: Line): Weight => (as === 'row' ? 'plain' : 'bold')

/** Everything that `table.typ` needs to know: what stands where, and how wide it may be. */
export function composed(table: Table, typesetter: Typesetter) {
  const { frame, lines, tagged } = table
  const lettering = Lettering.of(charactersOf(table), typesetter)
  const sheet = layOut(needsOf(table, lettering), frame.landscape)
  const inner = sheet.widths.map((width) => (width - 2 * beside) / sheet.size)
  const across = (from: number, until: number) =>
    sum(sheet.widths.slice(from, until)) / sheet.size - (2 * beside) / sheet.size
  const set = (text: string, room: number, weight: Weight = 'plain') => broken(text, room, weight, lettering)
  let held = 0
  const setLine = (line: Line, at: number) => {
    const weight = weightOf(line)
    const cells = line.cells.map((text, column) => set(text, inner[column] ?? 0, weight))
    if (line.as === 'row') {
      const isWithin = (most: number) =>
        line.cells.every((text, column) => isWithinLines(most, text, inner[column] ?? 0, lettering))
      const isOne = isWithin(1)
      held = isOne || isWithin(mostKept) ? sumsAfter(lines, at) : 0
      return { as: 'row', one: isOne, cells, keep: held }
    }
    const figure = line.cells.findIndex((text) => text !== '')
    const span = figure < 0 ? inner.length : figure
    const label = set(line.label ?? '', across(0, Math.max(span, 1)), 'bold')
    const isHeld = isSum(line) && held-- > 0
    return { as: line.as, label, level: line.level ?? 0, span, cells, held: isHeld }
  }
  return {
    ...frame,
    ...sheet,
    tagged,
    beside,
    filtered: frame.filtered.map(([label, said]) => [label, set(said, across(0, inner.length) / 2)]),
    columns: frame.columns.map(({ heading, right }, at) => ({ heading: set(heading, inner[at] ?? 0, 'bold'), right })),
    lines: lines.map(setLine),
  }
}

const sum = (all: readonly number[]) => all.reduce((total, one) => total + one, 0)

function charactersOf({ frame, lines }: Table): Set<string> {
  const found = new Set<string>()
  const add = (text = '') => {
    for (const character of text) found.add(character)
  }
  for (const { heading } of frame.columns) add(heading)
  for (const [, said] of frame.filtered) add(said)
  for (const { cells, label } of lines) {
    add(label)
    cells.forEach(add)
  }
  return found
}

function needsOf({ frame, lines }: Table, lettering: Lettering): Need[] {
  return frame.columns.map(({ heading, kind }, at) => {
    const isFigure = figures.has(kind)
    const widest = (texts: readonly string[], weight: Weight) =>
      texts.reduce((most, text) => Math.max(most, lettering.widthOf(text, weight)), 0)
    const title = wordsOf(heading)
    let word = widest(title, 'bold') + slack
    // A heading of several words may stand over a column of figures in several lines.
    let whole = isFigure ? word : widest([heading], 'bold') + slack
    for (const line of lines) {
      const text = line.cells[at]
      if (!text) continue
      const weight = weightOf(line)
      whole = Math.max(whole, widest(text.split('\n'), weight) + slack)
      if (!isFigure) word = Math.max(word, widest(wordsOf(text), weight) + slack)
    }
    return { whole, word, isFigure }
  })
}

/** What shaping may add to the sum of the characters, in times the size of the type. */
const slack = 0.1

/** A row of more lines than so many may be broken over pages, and then need not be kept with the sum below it. */
const mostKept = 8

/** Whether a text surely stands on so many lines. Where lines break, at most half of one is left empty. */
function isWithinLines(most: number, text: string, room: number, lettering: Lettering): boolean {
  if (text === '') return true
  const forced = text.split('\n').length
  const width = lettering.widthOf(text, 'plain') + slack / 2
  return most === 1 ? forced === 1 && width <= room : forced + (2 * width) / room <= most
}

/** How many lines with sums follow: they must not stand alone on the next page. */
function sumsAfter(lines: readonly Line[], at: number): number {
  let next = at + 1
  for (let line = lines[next]; line && isSum(line); line = lines[next]) next++
  return next - at - 1
}

/** Breaks words that are wider than there is room: no letter may be lost under the next column. */
function broken(text: string, room: number, weight: Weight, lettering: Lettering): Setting {
  if (lettering.widthOf(text, weight) <= room) return text
  const lines = ['']
  for (const part of text.split(between)) {
    const [first = '', ...more] = lettering.widthOf(part, weight) > room ? cut(part, room, weight, lettering) : [part]
    lines.push(`${lines.pop() ?? ''}${first}`, ...more)
  }
  return lines.length > 1 ? lines : text
}

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })

function cut(word: string, room: number, weight: Weight, lettering: Lettering): string[] {
  const pieces: string[] = []
  let piece = ''
  let width = slack
  for (const { segment } of graphemes.segment(word)) {
    const more = lettering.widthOf(segment, weight)
    if (piece && width + more > room) {
      pieces.push(piece)
      piece = ''
      width = slack
    }
    piece += segment
    width += more
  }
  return [...pieces, piece]
}
