/** A stretch of text: as it was in both, only in the old one, or only in the new one. */
export interface Piece {
  readonly kind: 'same' | 'removed' | 'added'
  readonly text: string
}

/** Beyond so many differences nobody reads them one by one, and finding them would take long. */
const most = 1500

/** Words and what stands between them; a punctuation mark is a word. */
const words = (text: string): readonly string[] =>
  text.match(/[\p{L}\p{N}]+(?:['’][\p{L}\p{N}]+)*|\s+|[^\p{L}\p{N}\s]/gu) ?? []

/** Paragraphs and lines, each with its end. */
const lines = (text: string): readonly string[] => text.match(/[^\n]*\n+|[^\n]+$/g) ?? []

type Step = readonly [kind: Piece['kind'], part: string]

/** Where the way of each number of differences has come to: for each diagonal, how far into the old text. */
function waysThrough(from: readonly string[], to: readonly string[]): Int32Array[] | undefined {
  const reach = Math.min(most, from.length + to.length)
  const at = new Int32Array(2 * reach + 3)
  const trace: Int32Array[] = []
  for (let count = 0; count <= reach; count++) {
    trace.push(at.slice(reach + 1 - count - 1, reach + 1 + count + 2))
    for (let diagonal = -count; diagonal <= count; diagonal += 2) {
      const middle = reach + 1 + diagonal
      const left = at[middle - 1] ?? 0
      const right = at[middle + 1] ?? 0
      let x = diagonal === -count || (diagonal !== count && left < right) ? right : left + 1
      while (x < from.length && x - diagonal < to.length && from[x] === to[x - diagonal]) x++
      at[middle] = x
      if (x >= from.length && x - diagonal >= to.length) return trace
    }
  }
  return undefined
}

/**
 * The shortest way from one row of parts to another. E. W. Myers, An O(ND) Difference Algorithm and Its Variations,
 * Algorithmica 1 (1986).
 */
function stepsOf(from: readonly string[], to: readonly string[]): Step[] {
  const trace = waysThrough(from, to)
  if (!trace) return [...from.map((part): Step => ['removed', part]), ...to.map((part): Step => ['added', part])]
  const steps: Step[] = []
  let x = from.length
  let y = to.length
  for (let count = trace.length - 1; count >= 0; count--) {
    const before = trace[count] ?? new Int32Array()
    const diagonal = x - y
    const at = (one: number) => before[one + count + 1] ?? 0
    const isDown = diagonal === -count || (diagonal !== count && at(diagonal - 1) < at(diagonal + 1))
    const came = isDown ? diagonal + 1 : diagonal - 1
    const [startX, startY] = count ? [at(came), at(came) - came] : [0, 0]
    for (; x > startX && y > startY; x--, y--) steps.push(['same', from[x - 1] ?? ''])
    if (!count) break
    steps.push(isDown ? ['added', to[y - 1] ?? ''] : ['removed', from[x - 1] ?? ''])
    x = startX
    y = startY
  }
  return steps.reverse()
}

/** Stretches of the same kind in one, and in each place first what goes, then what comes. */
function joined(steps: readonly Step[]): Piece[] {
  const pieces: Piece[] = []
  let removed = ''
  let added = ''
  const settle = () => {
    if (removed) pieces.push({ kind: 'removed', text: removed })
    if (added) pieces.push({ kind: 'added', text: added })
    removed = added = ''
  }
  steps.forEach(([kind, part], index) => {
    // A space between two changed words changes with them: a phrase reads better than its words.
    const isBetween = kind === 'same' && part === ' ' && (removed || added) && steps[index + 1]?.[0] !== 'same'
    if (kind !== 'added' && (kind === 'removed' || isBetween)) removed += part
    if (kind !== 'removed' && (kind === 'added' || isBetween)) added += part
    if (kind !== 'same' || isBetween) return
    settle()
    const last = pieces.at(-1)
    if (last?.kind === 'same') pieces[pieces.length - 1] = { kind, text: last.text + part }
    else pieces.push({ kind, text: part })
  })
  settle()
  return pieces
}

/** What changed from one text to another, word by word: paragraphs that stayed are not looked into. */
export function differenceOf(from: string, to: string): Piece[] {
  const steps: Step[] = []
  let removed = ''
  let added = ''
  const settle = () => {
    steps.push(...stepsOf(words(removed), words(added)))
    removed = added = ''
  }
  for (const [kind, part] of stepsOf(lines(from), lines(to))) {
    if (kind === 'removed') removed += part
    else if (kind === 'added') added += part
    else {
      settle()
      steps.push([kind, part])
    }
  }
  settle()
  return joined(steps)
}

const countOf = (pieces: readonly Piece[], kind: Piece['kind']) =>
  pieces
    .filter((piece) => piece.kind === kind)
    .reduce((sum, { text }) => sum + words(text).filter((word) => /[\p{L}\p{N}]/u.test(word)).length, 0)

/** How many words came in, and how many went. */
export const sizeOf = (pieces: readonly Piece[]) => ({
  added: countOf(pieces, 'added'),
  removed: countOf(pieces, 'removed'),
})
