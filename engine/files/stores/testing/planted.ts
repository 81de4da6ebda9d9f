import { asOwner, type TestHouse } from '@commonhall/engine/testing'
import type { FileStore } from '../store.ts'
import { inPieces, sha256Of, someBytes } from './bytes.ts'

/** A content with a preview, with rows, as an upload and a scan leave it. */
export async function plantContent(house: TestHouse, org: string, store: FileStore, seed: number) {
  const [bytes, small] = [someBytes(5000 + seed, seed), someBytes(100, seed)]
  const sha256 = sha256Of(bytes)
  await store.write({ org, kind: 'content', sha256 }, inPieces(bytes), bytes.length)
  await store.write({ org, kind: 'preview', sha256, preview: 'thumbnail' }, inPieces(small), small.length)
  await asOwner(
    house,
    `with content as (insert into foundation.file_content (org_id, sha256, size, media_type, store, verdict)
      values ($1, $2, $3, 'image/png', $4, 'clean') returning *)
    insert into foundation.file_preview (org_id, sha256, kind, media_type, size, store)
      select org_id, sha256, 'thumbnail', 'image/webp', $5, store from content`,
    [org, sha256, bytes.length, store.name, small.length],
  )
  return { org, kind: 'content', sha256 } as const
}
