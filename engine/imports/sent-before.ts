import { refuse, type Resource, say } from '@commonhall/kernel'
import { fileHash } from './file-hash.ts'
import { findImport, type ImportRow, type ImportScope } from './store.ts'

interface File {
  readonly name: string
  readonly bytes: AsyncIterable<Uint8Array>
}

/** The import that the same file under the same Idempotency-Key has made, or null. A key is good for a day. */
export async function sentBefore(
  scope: ImportScope,
  resource: Resource,
  file: File,
  key: string,
): Promise<ImportRow | null> {
  const first = await scope.database.transaction(scope.access, async (transaction) => {
    const mine = 'upload_key = $1 and created_by = foundation.current_actor()'
    await transaction.query(
      `update foundation.import set upload_key = null where ${mine} and created_at < now() - interval '24 hours'`,
      [key],
    )
    const { rows } = await transaction.query<{ id: string; upload_hash: string | null }>(
      `select id, upload_hash from foundation.import where ${mine}`,
      [key],
    )
    return rows[0]
  })
  if (!first) return null
  if (first.upload_hash === null) refuse('conflict', say('imports:still_reading'))
  const print = fileHash(resource, file.name)
  const passing = print.over(file.bytes)
  while (!(await passing.next()).done);
  if (print.digest() !== first.upload_hash) refuse('key_reused', say('engine:http.key_reused'))
  return await findImport(scope, first.id)
}
