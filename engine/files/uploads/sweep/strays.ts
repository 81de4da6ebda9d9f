import { findOrg, houseCaller } from '../../../caller.ts'
import type { HouseAccess } from '../../../database/access.ts'
import type { Engine } from '../../../engine.ts'
import type { FileStore, Found } from '../../stores/store.ts'
import { removeUnlessKept } from '../content-lock.ts'

/** So many are looked up at a time. */
const batch = 500

/**
 * Bytes are written before their rows: for so long nobody asks where the row is. Longer than an upload may take, since
 * the bytes of a content are as old as the upload that they came with.
 */
const patience = 25 * 3600 * 1000

/** Takes bytes away that have had no row for a day: their server died before it wrote one, or after it took it. */
export async function removeStrays(engine: Engine, now: Date, from = engine.files.stores.all): Promise<void> {
  for (const store of from) await removeFrom(engine, store, now)
}

async function removeFrom(engine: Engine, store: FileStore, now: Date): Promise<void> {
  let some: Found[] = []
  for await (const found of store.walk()) {
    if (found.at > now.getTime() - patience) continue
    some.push(found)
    if (some.length < batch) continue
    await removeSome(engine, store, some)
    some = []
  }
  if (some.length) await removeSome(engine, store, some)
}

/** Which of these have no row in this store. */
export async function straysAmong(
  { database }: Pick<Engine, 'database'>,
  store: FileStore,
  found: readonly Found[],
): Promise<Found[]> {
  const rows = await database.bare<{ place: number }>('select foundation.stray_pieces($1, $2, $3, $4, $5) as place', [
    store.name,
    found.map(({ org }) => org),
    found.map(({ kind }) => kind),
    found.map((one) => (one.kind === 'upload' ? one.upload : one.sha256)),
    found.map((one) => (one.kind === 'preview' ? one.preview : null)),
  ])
  const places = new Set(rows.map(({ place }) => place))
  return found.filter((_, index) => places.has(index + 1))
}

async function removeSome(engine: Engine, store: FileStore, found: readonly Found[]): Promise<void> {
  for (const stray of await straysAmong(engine, store, found)) {
    if (stray.kind === 'upload') await store.dropUpload(stray)
    else if (stray.kind === 'preview') await store.remove(stray)
    else await removeContent(engine, store, stray)
  }
}

/** Somebody may be about to find the same bytes, unless their org is gone. */
async function removeContent(engine: Engine, store: FileStore, stray: Found & { kind: 'content' }): Promise<void> {
  const org = await findOrg(engine.database, stray.org)
  if (org) await removeUnlessKept(engine, houseCaller(org, 'job').access as HouseAccess, store, stray.sha256)
  else await store.remove(stray)
}
