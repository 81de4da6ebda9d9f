import type { Frame } from '../frame.ts'
import type { PrintedLine, PrintedMark } from '../printed.ts'
import { settable, writer } from './written.ts'

/** A line in words. A heading of a group has no cells, nor has what a sum is called where it has a line of its own. */
export interface Line {
  readonly as: 'row' | 'label' | PrintedMark['as']
  readonly cells: readonly string[]
  readonly label?: string
  readonly level?: number
}

const isRow = (line: PrintedLine): line is readonly unknown[] => Array.isArray(line)

/** Lines as they came, in words. What a sum is called stands beside it, or above it where there is no place beside. */
export function linesOf(frame: Frame, lines: readonly PrintedLine[]): Line[] {
  const write = writer(frame)
  return lines.flatMap((line): Line[] => {
    if (isRow(line)) return [{ as: 'row', cells: write(line) }]
    const { as, level = 0, values = [] } = line
    const label = settable(line.label)
    if (as === 'group') return [{ as, cells: [], label, level }]
    const cells = write(values)
    return cells[0]
      ? [
          { as: 'label', cells: [], label },
          { as, cells },
        ]
      : [{ as, cells, label }]
  })
}

/** A line that adds up the rows above it, and is nothing without them. */
export const isSum = ({ as }: Line): boolean => as === 'label' || as === 'subtotal' || as === 'total'
