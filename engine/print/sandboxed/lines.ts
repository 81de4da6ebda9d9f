import type { Frame } from '../frame.ts'
import type { PrintedLine, PrintedMark } from '../printed.ts'
import { settable, writer } from './written.ts'

/** A line in words. A heading of a group has no cells. */
export interface Line {
  readonly as: 'row' | PrintedMark['as']
  readonly cells: readonly string[]
  readonly label?: string
  readonly level?: number
}

const isRow = (line: PrintedLine): line is readonly unknown[] => Array.isArray(line)

/** Lines as they came, in words. */
export function linesOf(frame: Frame, lines: readonly PrintedLine[]): Line[] {
  const write = writer(frame)
  return lines.map((line) => {
    if (isRow(line)) return { as: 'row', cells: write(line) }
    const { as, label, level = 0, values = [] } = line
    return { as, cells: as === 'group' ? [] : write(values), label: settable(label), level }
  })
}
