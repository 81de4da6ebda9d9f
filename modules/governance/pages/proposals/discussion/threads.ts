/** As much of a comment as threads are made of. */
interface Said {
  readonly id: string
  readonly [field: string]: unknown
}

export interface Thread<Row extends Said> {
  /** The comment that began it; none where it is hidden from whoever looks. */
  readonly first: Row | undefined
  readonly key: string
  readonly answers: readonly Row[]
}

/**
 * Comments as threads of one level, oldest first: an answer to an answer stands in the same thread, and names whom it
 * answers.
 */
export function threadsOf<Row extends Said>(comments: readonly Row[]): Thread<Row>[] {
  const byId = new Map(comments.map((one) => [one.id, one]))
  const rootOf = (row: Row): string => {
    const seen = new Set<string>()
    let at = row
    for (;;) {
      const before = at['answers'] as string | null
      if (!before || seen.has(at.id)) return at.id
      seen.add(at.id)
      const next = byId.get(before)
      if (!next) return before
      at = next
    }
  }
  const roots = new Map<string, Row[]>()
  for (const row of comments) {
    const root = rootOf(row)
    const thread = roots.get(root) ?? []
    if (row.id !== root) thread.push(row)
    roots.set(root, thread)
  }
  return [...roots].map(([key, answers]) => ({ key, first: byId.get(key), answers }))
}
