import type { Engine } from '../../../engine.ts'
import { straysAmong } from '../../uploads/sweep/strays.ts'
import type { FileStore, Found } from '../store.ts'
import { type Kept, keptPieces } from './kept.ts'
import { verify } from './verify.ts'

/** One thing that is not as it should be. */
export interface Trouble {
  readonly finding: 'missing' | 'changed' | 'orphaned'
  readonly store: string
  readonly org: string
  /** The SHA-256 of the content, or the id of an upload. */
  readonly name: string
  /** Which preview of it, if it is one. */
  readonly preview: string
}

/** What rows and stores say of each other. */
export interface Examined {
  readonly contents: number
  readonly bytes: number
  readonly counts: Readonly<Record<Trouble['finding'], number>>
  /** The first of each finding. */
  readonly troubles: readonly Trouble[]
}

/** So many of each finding are named; the rest is counted. */
const mostNamed = 50

/** Bytes are written before their rows, and the sweep comes every hour: for so long nobody asks where the row is. */
const patience = 26 * 3600 * 1000

const batch = 500

/**
 * Compares all rows with the bytes, and all bytes with the rows, in every store. Changes nothing.
 * @param deep whether contents are read and hashed, rather than measured
 */
export async function examineFiles(engine: Engine, deep: boolean, now = new Date()): Promise<Examined> {
  const sum = { contents: 0, bytes: 0 }
  const counts = { missing: 0, changed: 0, orphaned: 0 }
  const troubles: Trouble[] = []
  const tell = (trouble: Trouble) => {
    counts[trouble.finding] += 1
    if (counts[trouble.finding] <= mostNamed) troubles.push(trouble)
  }
  for await (const kept of keptPieces(engine.database)) {
    if (!kept.preview) sum.contents += 1
    sum.bytes += kept.size
    const finding = await verify(engine, engine.files.stores.of(kept.store), kept, deep)
    if (finding !== 'whole' && finding !== 'gone') tell(troubleOf(finding, kept))
  }
  for (const store of engine.files.stores.all)
    for await (const found of orphans(engine, store, now.getTime())) tell(orphanOf(store, found))
  return { ...sum, counts, troubles }
}

const troubleOf = (finding: 'missing' | 'changed', { org_id: org, sha256, preview, store }: Kept): Trouble => ({
  finding,
  store,
  org,
  name: sha256,
  preview,
})

const orphanOf = (store: FileStore, found: Found): Trouble => ({
  finding: 'orphaned',
  store: store.name,
  org: found.org,
  name: found.kind === 'upload' ? found.upload : found.sha256,
  preview: found.kind === 'preview' ? found.preview : '',
})

async function* orphans(engine: Engine, store: FileStore, now: number): AsyncGenerator<Found> {
  let some: Found[] = []
  for await (const found of store.walk()) {
    if (found.at > now - patience) continue
    if (some.push(found) < batch) continue
    yield* await straysAmong(engine, store, some)
    some = []
  }
  if (some.length) yield* await straysAmong(engine, store, some)
}
