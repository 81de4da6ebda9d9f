/** One line of the performance table. */
export interface Line {
  readonly name: string
  readonly unit: 'requests/s' | 'rows/s' | 'changes/s' | 'jobs/s' | 'jobs' | 'ms' | 's' | 'MB' | 'MB/s' | 'kB'
  readonly ours: number
  /** What it is held against, measured in the same run. */
  readonly limit?: { readonly name: string; readonly value: number }
  readonly bar?: Bar
  /** What is held against the bar, where it is neither `ours` nor its ratio to the limit. */
  readonly judged?: number
}

/** A bar on the ratio to the limit (`×`), or on the figure itself. */
export interface Bar {
  readonly sign: '≥' | '≤'
  readonly value: number
  readonly of: 'ratio' | 'figure'
}

export const atLeast = (value: number): Bar => ({ sign: '≥', value, of: 'ratio' })
export const atMost = (value: number): Bar => ({ sign: '≤', value, of: 'figure' })
export const atMostTimes = (value: number): Bar => ({ sign: '≤', value, of: 'ratio' })

export const ratioOf = ({ ours, limit, judged }: Line): number | null => judged ?? (limit ? ours / limit.value : null)

/** Whether the line reaches its bar; null when it has none and only tells. */
export function passes(line: Line): boolean | null {
  const { bar, ours } = line
  if (!bar) return null
  const figure = bar.of === 'ratio' ? ratioOf(line) : ours
  return figure !== null && (bar.sign === '≥' ? figure >= bar.value : figure <= bar.value)
}

/** The middle one of some figures: what a neighbor on the machine disturbs least. */
export function median(figures: readonly number[]): number {
  const sorted = figures.toSorted((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  const upper = sorted[middle] ?? 0
  return sorted.length % 2 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2
}
