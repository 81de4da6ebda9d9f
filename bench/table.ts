import { type Line, passes, ratioOf } from './line.ts'

const columns = ['measured', 'ours', 'limit', 'ratio', 'bar', ''] as const

const figure = (value: number) =>
  value.toLocaleString('en-US', { maximumFractionDigits: value < 10 ? 2 : value < 100 ? 1 : 0 })

function cells(line: Line): string[] {
  const { name, ours, unit, limit, bar } = line
  const ratio = ratioOf(line)
  const verdict = passes(line)
  return [
    name,
    `${figure(ours)} ${unit}`,
    limit ? `${figure(limit.value)} ${limit.name}` : '',
    ratio === null ? '' : `${ratio.toFixed(2)} ×`,
    bar ? `${bar.sign} ${bar.value}${bar.of === 'ratio' ? ' ×' : ` ${unit}`}` : '',
    verdict === null ? '' : verdict ? 'pass' : 'MISS',
  ]
}

/** The lines as a table that reads well both in a terminal and as Markdown. */
export function tableOf(lines: readonly Line[]): string {
  const rows = [[...columns], ...lines.map(cells)]
  const widths = columns.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0), 3))
  const print = (row: readonly string[]) =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`
  const rule = `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`
  const [head = [], ...body] = rows
  return [print(head), rule, ...body.map(print)].join('\n')
}

/** The lines for machines. */
export const jsonOf = (lines: readonly Line[]): string =>
  JSON.stringify(
    lines.map((line) => ({ ...line, ratio: ratioOf(line), pass: passes(line) })),
    null,
    2,
  )
