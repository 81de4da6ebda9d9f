import { setTimeout as sleep } from 'node:timers/promises'
import { asHouse, type HouseAccess } from '../../../database/access.ts'
import type { Transaction } from '../../../database/pool.ts'
import type { Engine } from '../../../engine.ts'
import { lockContent } from '../../uploads/content-lock.ts'
import { straysAmong } from '../../uploads/sweep/strays.ts'
import type { FileStore, Found } from '../store.ts'
import { Sum, sumOf } from '../sum.ts'
import { type Kept, keptPieces, type Piece, placeOf, stillKept } from './kept.ts'

/** What was done. */
export interface Moved {
  /** Contents and previews. */
  readonly pieces: number
  readonly bytes: number
  /** Missing or changed where they were; they stay as they are, for `doctor` to tell. */
  readonly failed: number
  /** Old bytes that were taken away. */
  readonly removed: number
}

export interface Moving {
  /** Name of the store that everything goes to. */
  readonly to: string
  /** Called after each piece. */
  readonly onMoved?: ((soFar: Moved) => void) | undefined
}

/** A move that is under way. */
export interface Stretch extends Moving {
  /** What has been done before. */
  readonly moved?: Moved | undefined
  /** Where it goes on: all before it have been seen to. */
  readonly after?: Piece | null | undefined
  /** When to stop, in milliseconds since 1970; something is done in any case. */
  readonly until?: number
}

/** For so many milliseconds the old bytes stay, for whoever has just read in a row where they are. */
export const usualGrace = 10_000

/** So many are on their way at a time. */
const atOnce = 4

const batch = 500

const nothing: Moved = { pieces: 0, bytes: 0, failed: 0, removed: 0 }

/**
 * Moves the bytes of all orgs to one store, while everything goes on: each piece is copied, read again and compared,
 * and then its row is switched. The old bytes are taken away once all rows are. Whoever dies in between begins again,
 * and finds the rest.
 */
export async function moveFiles(
  engine: Engine,
  { grace = usualGrace, ...moving }: Moving & { readonly grace?: number },
): Promise<Moved> {
  const { moved } = await moveRows(engine, moving)
  if (moved.pieces) await sleep(grace)
  return (await removeOld(engine, { ...moving, moved })).moved
}

/** Copies and switches. Answers where to go on; null when all rows have been seen. */
export async function moveRows(
  engine: Engine,
  { to, moved: before = nothing, after = null, until = Infinity, onMoved }: Stretch,
): Promise<{ readonly moved: Moved; readonly after: Piece | null }> {
  const target = engine.files.stores.of(to)
  const rows = keptPieces(engine.database, after)
  const moved = { ...before }
  const standing = { last: after, hasEnded: false, hasFailed: false }
  const work = async () => {
    do {
      const { value: kept } = await rows.next()
      if (!kept) return void (standing.hasEnded = true)
      standing.last = { org_id: kept.org_id, sha256: kept.sha256, preview: kept.preview }
      if (kept.store === to) continue
      const done = await moveOne(engine, { from: engine.files.stores.of(kept.store), target }, kept)
      if (done) moved.pieces += 1
      else moved.failed += 1
      moved.bytes += done ? kept.size : 0
      onMoved?.(moved)
    } while (!standing.hasFailed && Date.now() < until)
  }
  // Whoever is told of a failure is told when nobody is at it any more.
  const hands = Array.from({ length: atOnce }, () =>
    work().catch((error: unknown) => {
      standing.hasFailed = true
      throw error
    }),
  )
  await Promise.allSettled(hands)
  await Promise.all(hands)
  return { moved, after: standing.hasEnded ? null : standing.last }
}

/** Takes away what is elsewhere, though its row says that it is in the target. Answers whether that is all. */
export async function removeOld(
  engine: Engine,
  { to, moved: before = nothing, until = Infinity }: Stretch,
): Promise<{ readonly moved: Moved; readonly isAll: boolean }> {
  const { stores } = engine.files
  const target = stores.of(to)
  let { removed } = before
  for (const from of stores.all.filter((store) => store !== target))
    for await (const some of inBatches(from.walk())) {
      removed += await removeMoved(engine, { from, target }, some)
      if (removed > before.removed && Date.now() > until) return { moved: { ...before, removed }, isAll: false }
    }
  return { moved: { ...before, removed }, isAll: true }
}

interface Way {
  readonly from: FileStore
  readonly target: FileStore
}

/** Answers whether the row says the target now. */
async function moveOne(engine: Engine, way: Way, kept: Kept): Promise<boolean> {
  const access = asHouse(kept.org_id, { requestId: 'move' })
  const isCopied = await copy(way, kept)
  const isSwitched =
    isCopied &&
    (await engine.database.transaction(access, async (transaction) => {
      await lockContent(transaction, kept.org_id, kept.sha256)
      return await switchRow(transaction, kept, way.target)
    }))
  if (!isSwitched) await removeUnlessTold(engine, access, way.target, kept)
  // Deleted while it was copied: nothing is wrong.
  return isSwitched || (await isGone(engine, access, kept))
}

/** Answers whether the target has what the row means. */
async function copy({ from, target }: Way, kept: Kept): Promise<boolean> {
  const place = placeOf(kept)
  if ((await from.size(place)) !== kept.size) return false
  const bytes = await from.read(place)
  if (!bytes) return false
  const seen = new Sum()
  await target.write(place, seen.passing(bytes), kept.size)
  const { sha256 } = seen
  if (place.kind === 'content' && sha256 !== kept.sha256) return false
  const again = await target.read(place)
  return again !== null && (await sumOf(again)).sha256 === sha256
}

const switching = {
  content: 'update foundation.file_content set store = $1, verified_at = now() where sha256 = $2 and store = $3',
  preview: 'update foundation.file_preview set store = $1 where sha256 = $2 and store = $3 and kind = $4',
}

async function switchRow(
  { query }: Transaction,
  { sha256, preview, store }: Kept,
  target: FileStore,
): Promise<boolean> {
  const values = [target.name, sha256, store, ...(preview ? [preview] : [])]
  const { rowCount } = await query(switching[preview ? 'preview' : 'content'], values)
  return rowCount === 1
}

const isGone = async ({ database }: Engine, access: HouseAccess, kept: Kept): Promise<boolean> =>
  !(await database.read(access, stillKept(kept, kept.store))).length

/** Nobody can come to need them in between. */
async function removeUnlessTold(engine: Engine, access: HouseAccess, store: FileStore, piece: Piece) {
  await engine.database.transaction(access, async (transaction) => {
    await lockContent(transaction, piece.org_id, piece.sha256)
    const { text, values } = stillKept(piece, store.name)
    const { rowCount } = await transaction.query(text, values)
    if (!rowCount) await store.remove(placeOf(piece))
  })
}

/** Takes away what is here though its row says that it is in the target. Answers how many. */
async function removeMoved(engine: Engine, { from, target }: Way, found: readonly Found[]): Promise<number> {
  const kept = found.filter((one) => one.kind !== 'upload')
  const strays = await straysAmong(engine, from, kept)
  const nowhere = new Set(await straysAmong(engine, target, strays))
  const moved = strays.filter((one) => !nowhere.has(one))
  for (const one of moved) {
    if (one.kind === 'upload') continue
    const preview = one.kind === 'preview' ? one.preview : ''
    await removeUnlessTold(engine, asHouse(one.org, { requestId: 'move' }), from, {
      org_id: one.org,
      sha256: one.sha256,
      preview,
    })
  }
  return moved.length
}

async function* inBatches(found: AsyncIterable<Found>): AsyncGenerator<Found[]> {
  let some: Found[] = []
  for await (const one of found) {
    some.push(one)
    if (some.length < batch) continue
    yield some
    some = []
  }
  if (some.length) yield some
}
