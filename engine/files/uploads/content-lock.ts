import type { HouseAccess } from '../../database/access.ts'
import type { Transaction } from '../../database/pool.ts'
import type { Engine } from '../../engine.ts'
import type { FileStore } from '../stores/store.ts'

/**
 * From here until the transaction ends nobody else decides whether these bytes are needed: a sweep and a completion
 * that find the same content wait for each other.
 */
export async function lockContent({ query }: Pick<Transaction, 'query'>, org: string, sha256: string): Promise<void> {
  await query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`content ${org} ${sha256}`])
}

/** Takes bytes away that no row says are in this store, and what was made from them. */
export async function removeUnlessKept(
  { database }: Pick<Engine, 'database'>,
  access: HouseAccess,
  store: FileStore,
  sha256: string,
  previews: readonly { readonly kind: string }[] = [],
): Promise<void> {
  const org = access.orgId
  await database.transaction(access, async (transaction) => {
    await lockContent(transaction, org, sha256)
    const { rows } = await transaction.query('select from foundation.file_content where sha256 = $1 and store = $2', [
      sha256,
      store.name,
    ])
    if (rows.length) return
    for (const { kind } of previews) await store.remove({ org, kind: 'preview', sha256, preview: kind })
    await store.remove({ org, kind: 'content', sha256 })
  })
}
