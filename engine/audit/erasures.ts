import { erasureDigest, type RawEntry } from './digest.ts'

/** Something that was erased from a trail on purpose. */
export interface Erasure {
  /** The entry that tells of it. */
  readonly entry: string
  readonly at: string
  readonly who: string | null
  readonly because: string
  readonly entries: number
}

interface Row {
  readonly entry: string
  readonly part: string
  readonly digest: string
  readonly cause: string
  readonly at: string
}

/** What was erased, and whether the entries that tell of it tell the same. */
export class Erasures {
  readonly #digests: ReadonlyMap<string, string>
  readonly #byCause: ReadonlyMap<string, Row[]>

  constructor(rows: readonly Row[]) {
    this.#digests = new Map(rows.map(({ entry, part, digest }) => [`${entry} ${part}`, digest]))
    this.#byCause = Map.groupBy(rows, ({ cause }) => cause)
  }

  /** The digest of a part of an entry that was erased. */
  of({ id }: RawEntry, part: 'who' | 'what'): string | undefined {
    return this.#digests.get(`${id} ${part}`)
  }

  /** Each erasure by name, and the causes that do not tell what was really erased. */
  async told(read: (ids: readonly string[]) => Promise<Map<string, RawEntry>>) {
    const causes = await read([...this.#byCause.keys()])
    const erasures: Erasure[] = []
    const wrong: string[] = []
    for (const [cause, rows] of this.#byCause) {
      const entry = causes.get(cause)
      const told = JSON.parse(entry?.new ?? '{}') as { because?: string; digest?: string }
      if (told.digest !== erasureDigest(rows)) wrong.push(cause)
      erasures.push({
        entry: cause,
        at: rows[0]?.at ?? '',
        who: entry?.actor_name ?? null,
        because: told.because ?? '',
        entries: new Set(rows.map((row) => row.entry)).size,
      })
    }
    return { erasures, wrong }
  }
}
