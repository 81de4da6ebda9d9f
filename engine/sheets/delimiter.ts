const candidates = [',', ';', '\t', '|'] as const

/** Cells per record, for the records that are whole in the sample. Quoted delimiters and line breaks do not count. */
function widths(sample: string, delimiter: string): number[] {
  const found: number[] = []
  let width = 1
  let quoted = false
  let blank = true
  for (const character of sample) {
    if (character === '"') quoted = !quoted
    else if (quoted) continue
    else if (character === delimiter) width++
    else if (character === '\n' || character === '\r') {
      if (!blank) found.push(width)
      width = 1
      blank = true
      continue
    }
    blank = false
  }
  if (!blank) found.push(width)
  return found
}

/** How well a delimiter explains the sample: the share of records of the commonest width, then that width. */
function fit(sample: string, delimiter: string): number {
  const found = widths(sample, delimiter)
  const counts = new Map<number, number>()
  for (const width of found) counts.set(width, (counts.get(width) ?? 0) + 1)
  let best = 0
  for (const [width, count] of counts) {
    if (width > 1) best = Math.max(best, count / found.length + Math.min(width, 100) / 1000)
  }
  return best
}

/** The character between cells, from the beginning of the text. One column alone has none: then a comma is as good. */
export function findDelimiter(sample: string): string {
  const fits = candidates.map((delimiter) => ({ delimiter, fit: fit(sample, delimiter) }))
  return fits.reduce((best, next) => (next.fit > best.fit ? next : best)).delimiter
}
