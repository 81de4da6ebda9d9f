import { findOrg, houseCaller } from '../../../caller.ts'
import type { HouseAccess } from '../../../database/access.ts'
import type { Engine } from '../../../engine.ts'
import type { HouseJob } from '../../../jobs/index.ts'
import { keptSql } from '../../kept.ts'
import { lockContent, removeUnlessKept } from '../content-lock.ts'
import { removeStrays } from './strays.ts'

/** So much of a kind at a time. */
const most = 500

/**
 * Takes away what nobody needs any more: uploads that were given up, files that were deleted a month ago or never
 * belonged to a record, contents without files, bytes without rows. Always the row first, then the bytes: whoever dies
 * in between leaves bytes, which the next run finds.
 */
export const sweepFiles = (engine: Engine): HouseJob => ({
  name: 'files.sweep',
  schedule: '35 * * * *',
  atOnce: 1,
  timeLimit: 3600,
  async run() {
    await sweep(engine, new Date())
  },
})

/**
 * The same as if it were `now`. What cannot be done, such as in a store that does not answer, keeps nothing else from
 * being done, and is told at the end.
 */
export async function sweep(engine: Engine, now: Date): Promise<void> {
  const failures: unknown[] = []
  const attempt = (work: Promise<void>) => work.catch((error: unknown) => void failures.push(error))
  const orgs = await engine.database.bare<{ org_id: string }>('select org_id from foundation.orgs_to_sweep($1)', [now])
  for (const { org_id: id } of orgs) {
    const org = await findOrg(engine.database, id)
    if (!org) continue
    const access = houseCaller(org, 'job').access as HouseAccess
    for (const step of [sweepUploads, sweepDeleted, sweepContents]) await attempt(step(engine, access, now))
  }
  for (const store of engine.files.stores.all) await attempt(removeStrays(engine, now, [store]))
  if (failures.length) throw failures[0]
}

async function sweepUploads(engine: Engine, access: HouseAccess, now: Date): Promise<void> {
  while ((await dropSome(engine, access, now)) === most);
}

async function dropSome({ database, files }: Engine, access: HouseAccess, now: Date): Promise<number> {
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
  return gone.length
}

const beforeAll = '00000000-0000-0000-0000-000000000000'

/** Each by itself: a file that something still points to must not keep the others. */
async function sweepDeleted({ database, log, registry }: Engine, access: HouseAccess, now: Date): Promise<void> {
  const due = `not (${keptSql(registry, '$1')}) and (f.archived_at < $1::timestamptz - interval '30 days'
    or (f.record is null and f.created_at < $1::timestamptz - interval '1 day'))`
  // In order, so that a thousand that cannot go are not all that is ever looked at.
  for (let after: string | undefined = beforeAll; after;) {
    const found: { id: string }[] = await database.read<{ id: string }>(access, {
      text: `select f.id from foundation.file f where f.id > $2 and ${due} order by f.id limit ${most}`,
      values: [now, after],
    })
    for (const { id } of found)
      await database
        .transaction(access, ({ query }) =>
          query(`delete from foundation.file f where f.id = $2 and ${due}`, [now, id]),
        )
        .catch((error: unknown) => log.warn({ err: error }, 'a deleted file is still needed'))
    after = found.at(-1)?.id
  }
}

async function sweepContents(engine: Engine, access: HouseAccess): Promise<void> {
  for (let after: string | undefined = ''; after !== undefined;) after = await removeUnused(engine, access, after)
}

/** Answers the last that was looked at, if any. */
async function removeUnused(
  { database, files }: Engine,
  access: HouseAccess,
  after: string,
): Promise<string | undefined> {
  const unused = `not exists (
    select from foundation.file_version v where v.org_id = c.org_id and v.sha256 = c.sha256)`
  const found = await database.read<{ sha256: string; store: string }>(access, {
    text: `select sha256, store from foundation.file_content c where c.sha256 > $1 and ${unused}
      order by c.sha256 limit $2`,
    values: [after, most],
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
  return found.at(-1)?.sha256
}
