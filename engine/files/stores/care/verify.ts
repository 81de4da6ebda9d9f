import type { Engine } from '../../../engine.ts'
import { asHouse } from '../../../database/access.ts'
import type { FileStore } from '../store.ts'
import { sumOf } from '../sum.ts'
import { type Kept, placeOf, stillKept } from './kept.ts'

/** Whether bytes are what a row says; `gone` when no row says so any more. */
export type Verdict = 'whole' | 'missing' | 'changed' | 'gone'

/** @param deep whether a content is read and hashed, rather than measured; nobody knows the hash of a preview */
export async function verify(
  { database }: Pick<Engine, 'database'>,
  store: FileStore,
  kept: Kept,
  deep: boolean,
): Promise<Verdict> {
  const verdict = await look(store, kept, deep)
  if (verdict === 'whole') return verdict
  // Somebody may have deleted it just now, or moved it.
  const rows = await database.read(asHouse(kept.org_id, { requestId: 'verification' }), stillKept(kept, kept.store))
  return rows.length ? verdict : 'gone'
}

async function look(store: FileStore, kept: Kept, deep: boolean): Promise<'whole' | 'missing' | 'changed'> {
  const place = placeOf(kept)
  const size = await store.size(place)
  if (size === null) return 'missing'
  if (size !== kept.size) return 'changed'
  if (!deep || place.kind === 'preview') return 'whole'
  const bytes = await store.read(place)
  if (!bytes) return 'missing'
  return (await sumOf(bytes)).sha256 === kept.sha256 ? 'whole' : 'changed'
}
