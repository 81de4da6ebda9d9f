import { findOrg, houseCaller, type OrgRow } from '../../../caller.ts'
import type { HouseAccess } from '../../../database/access.ts'
import type { Engine } from '../../../engine.ts'
import type { HouseJob } from '../../../jobs/index.ts'
import { keptSql } from '../../kept.ts'
import { lockContent, removeUnlessKept } from '../content-lock.ts'
import { removeStrays } from './strays.ts'

/** So much of a kind at one run and in one org; the rest waits an hour. */
const most = 1000

/**
 * Takes away what nobody needs any more: uploads that were given up, files that were deleted a month ago or never
 * belonged to a record, contents without files, bytes without rows. Always the row first, then the bytes: whoever dies
 * in between leaves bytes, which the next run finds.
 */
export const sweepFiles = (engine: Engine): HouseJob => ({
  name: 'files.sweep',
  schedule: '35 * * * *',
  atOnce: 1,
  async run() {
    await sweep(engine, new Date())
  },
})

/** The same as if it were `now`. */
export async function sweep(engine: Engine, now: Date): Promise<void> {
  const orgs = await engine.database.bare<{ org_id: string }>('select org_id from foundation.orgs_to_sweep($1)', [now])
  for (const { org_id: id } of orgs) {
    const org = await findOrg(engine.database, id)
    if (org) await sweepOrg(engine, org, now)
  }
  await removeStrays(engine, now)
}

async function sweepOrg(engine: Engine, org: OrgRow, now: Date): Promise<void> {
  const access = houseCaller(org, 'job').access as HouseAccess
  await sweepUploads(engine, access, now)
  await sweepDeleted(engine, access, now)
  await sweepContents(engine, access)
}

async function sweepUploads({ database, files }: Engine, access: HouseAccess, now: Date): Promise<void> {
  const gone = await database.transaction(access, async ({ query }) => {
    const { rows } = await query<{ id: string; store: string }>(
      `delete from foundation.file_upload u using (
          select org_id, id from foundation.file_upload where expires_at < $1 limit $2 for update skip locked) old
        where u.org_id = old.org_id and u.id = old.id returning u.id, u.store`,
      [now, most],
    )
    return rows
  })
  for (const { id, store } of gone) await files.stores.of(store).dropUpload({ org: access.orgId, upload: id })
}

/** Each by itself: a file that something still points to must not keep the others. */
async function sweepDeleted({ database, log, registry }: Engine, access: HouseAccess, now: Date): Promise<void> {
  const due = `not (${keptSql(registry, '$1')}) and (f.archived_at < $1::timestamptz - interval '30 days'
    or (f.record is null and f.created_at < $1::timestamptz - interval '1 day'))`
  const found = await database.read<{ id: string }>(access, {
    text: `select f.id from foundation.file f where ${due} limit $2`,
    values: [now, most],
  })
  for (const { id } of found)
    await database
      .transaction(access, ({ query }) => query(`delete from foundation.file f where f.id = $2 and ${due}`, [now, id]))
      .catch((error: unknown) => log.warn({ err: error }, 'a deleted file is still needed'))
}

async function sweepContents({ database, files }: Engine, access: HouseAccess): Promise<void> {
  const unused = `not exists (
    select from foundation.file_version v where v.org_id = c.org_id and v.sha256 = c.sha256)`
  const found = await database.read<{ sha256: string; store: string }>(access, {
    text: `select sha256, store from foundation.file_content c where ${unused} limit $1`,
    values: [most],
  })
  for (const { sha256, store } of found) {
    const previews = await database.transaction(access, async (transaction) => {
      await lockContent(transaction, access.orgId, sha256)
      const { rows } = await transaction.query<{ kind: string; store: string }>(
        'select kind, store from foundation.file_preview where sha256 = $1',
        [sha256],
      )
      const { rowCount } = await transaction.query(
        `delete from foundation.file_content c where sha256 = $1 and ${unused}`,
        [sha256],
      )
      return rowCount ? rows : null
    })
    if (!previews) continue
    await removeUnlessKept({ database }, access, files.stores.of(store), sha256, previews)
  }
}
