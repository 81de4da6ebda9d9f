import { refuse, say, spokenBytes } from '@commonhall/kernel'
import type { Access } from '../../database/access.ts'
import type { Transaction } from '../../database/pool.ts'
import type { Engine } from '../../engine.ts'

/** How much an org may keep and does, in bytes. */
export interface Usage {
  readonly quota: number
  readonly used: number
  /** Uploads that have been begun and are not complete. */
  readonly coming: number
}

const question = `select coalesce((select bytes from foundation.file_usage where org_id = o.id), 0)::double precision
    as used, o.file_quota::double precision as quota, (select coalesce(sum(size), 0)::double precision
      from foundation.file_upload where done_as is null and expires_at > now()) as coming
  from foundation.org o where o.id = foundation.current_org()`

type Answered = Omit<Usage, 'quota'> & { readonly quota: number | null }

export async function usageOf({ database, files }: Engine, access: Access): Promise<Usage> {
  const [row] = await database.read<Answered & Record<string, unknown>>(access, { text: question, values: [] })
  return { used: 0, coming: 0, ...row, quota: row?.quota ?? files.settings.quota }
}

/** Refuses bytes that there is no room for, those of others that are on their way among it. Before the first byte. */
export async function permitBytes(engine: Engine, access: Access, size: number): Promise<void> {
  const { quota, used, coming } = await usageOf(engine, access)
  if (used + coming + size > quota) refuseQuota(used + coming, quota)
}

/**
 * The same at the end, as the last thing of the transaction that has added the bytes: counting them holds the org's
 * count until it ends, so that two cannot both take the last room.
 */
export async function permitSum({ files }: Engine, transaction: Transaction, size: number): Promise<void> {
  const { rows } = await transaction.query<{ used: number; quota: number | null }>(
    `select foundation.count_files()::double precision as used, o.file_quota::double precision as quota
    from foundation.org o where o.id = foundation.current_org()`,
  )
  const [{ used, quota } = { used: 0, quota: null }] = rows
  const most = quota ?? files.settings.quota
  if (used > most) refuseQuota(used - size, most)
}

const refuseQuota = (used: number, quota: number): never =>
  refuse('quota', say('uploads:quota', { used: spokenBytes(used), quota: spokenBytes(quota) }), { status: 413 })
