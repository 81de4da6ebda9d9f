import type { Column, Typed } from './entry.ts'

/** A cell of the grid: the week's hours of a row, or those of one day. */
export interface Cell {
  readonly assignment: string
  readonly column: Column
  readonly day?: string
}

/** Cells that stand beside each other. */
export type Line = readonly Cell[]

const columns = ['regular', 'overtime'] as const

/** The cells as they stand on the screen, line by line. A row that is entered day by day has a line for each kind. */
export function linesOf(rows: readonly { readonly assignment: string; readonly typed: Typed }[]): readonly Line[] {
  return rows.flatMap(({ assignment, typed: { days } }) =>
    days
      ? columns.map((column) => Object.keys(days).map((day) => ({ assignment, column, day })))
      : [columns.map((column) => ({ assignment, column }))],
  )
}

export const nameOf = ({ assignment, column, day }: Cell) => [assignment, column, ...(day ? [day] : [])].join(' ')

export function cellOf(name: string): Cell {
  const [assignment = '', column, day] = name.split(' ')
  return { assignment, column: column as Column, ...(day ? { day } : {}) }
}

const isAt = (one: Cell, other: Cell) => nameOf(one) === nameOf(other)

export type Step = 'up' | 'down' | 'left' | 'right' | 'next' | 'before'

/** Where a key leads from a cell; undefined at an edge. */
export function stepFrom(lines: readonly Line[], from: Cell, step: Step): Cell | undefined {
  const at = lines.findIndex((line) => line.some((cell) => isAt(cell, from)))
  const line = lines[at]
  if (!line) return undefined
  const across = line.findIndex((cell) => isAt(cell, from))
  if (step === 'left') return line[across - 1]
  if (step === 'right') return line[across + 1]
  if (step === 'up' || step === 'down') {
    const other = lines[at + (step === 'down' ? 1 : -1)]
    return other?.[Math.min(across, other.length - 1)]
  }
  const all = lines.flat()
  return all[all.findIndex((cell) => isAt(cell, from)) + (step === 'next' ? 1 : -1)]
}

/** The cells of a spreadsheet as it puts them on the clipboard. A line without any figure is a heading. */
export function clipped(text: string): string[][] {
  const lines = text.replace(/\r\n?/g, '\n').replace(/\n+$/, '').split('\n')
  const cells = lines.map((line) => line.split('\t').map((cell) => cell.trim()))
  const [first, ...rest] = cells
  const isHeading = first?.some(Boolean) && !first.some((cell) => /\d/.test(cell))
  return isHeading ? rest : cells
}

export interface Pasted {
  readonly changes: readonly (Cell & { readonly text: string })[]
  /** Values for which there was no cell. */
  readonly left: number
}

/**
 * Lays what was copied over the cells, from one of them to the right and down: one line of it for each row, so that a
 * column of a spreadsheet meets the members in their order. What meets a row that is entered day by day is left out.
 */
export function pasted(lines: readonly Line[], from: Cell, text: string): Pasted {
  const rows = clipped(text)
  const at = lines.findIndex((line) => line.some((cell) => isAt(cell, from)))
  const across = lines[at]?.findIndex((cell) => isAt(cell, from)) ?? 0
  const targets = from.day
    ? lines.slice(at).filter((line) => line[0]?.assignment === from.assignment)
    : lines.slice(at).filter((line, index, all) => line[0]?.assignment !== all[index - 1]?.[0]?.assignment)
  const changes = rows.flatMap((cells, down) =>
    cells.flatMap((value, right) => {
      const cell = targets[down]?.[across + right]
      return cell && Boolean(cell.day) === Boolean(from.day) ? [{ ...cell, text: value }] : []
    }),
  )
  const filled = rows.flat().filter(Boolean).length
  return { changes, left: filled - changes.filter(({ text: value }) => value).length }
}
