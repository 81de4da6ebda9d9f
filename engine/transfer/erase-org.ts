import type pg from 'pg'
import { addWords, refuse, say } from '@commonhall/kernel'
import pins from '../../package.json' with { type: 'json' }
import { queueSchema } from '../database/queues.ts'
import { withClient } from '../database/provision.ts'
import type { Stores } from '../files/stores/index.ts'
import { erasePeople, type PeopleErased } from './erase-people.ts'
import { type OwnedOrg, ownedOrg } from './export-org.ts'
import { type Commander, noteForHosts, openAs } from './note.ts'
import { orgTables, pointingFirst, spelled } from './org-tables.ts'
import { countFiles, type FilesCounted, type FilesErased, removeBytes, storesOf } from './remove-bytes.ts'
import { words } from './words/en.ts'

addWords('transfer', words)

interface EraseWanted {
  readonly ownerUrl: string
  /** Where the bytes of its files are. */
  readonly stores: Stores
  readonly slug: string
  readonly by: Commander
  /** Also when it is not suspended. */
  readonly now?: boolean
}

/** What remains of an org that was erased. */
export interface Certificate {
  readonly format: 'commonhall-erasure/1'
  readonly organization: { readonly id: string; readonly slug: string; readonly name: string }
  readonly erased_at: string
  readonly erased_by: string
  readonly version: string
  /** The last seal of the audit trail: whoever holds a published head can see that it was this trail. */
  readonly audit_head: { readonly n: number; readonly hash: string } | null
  /** Rows that were deleted, by table; tables that had none are left out. */
  readonly rows: Readonly<Record<string, number>>
  readonly people: PeopleErased
  readonly jobs: number
  readonly files: FilesErased
}

/**
 * Deletes everything of an org in one transaction: all of it, or nothing. Other orgs are not touched. The bytes of its
 * files go after that.
 */
export async function eraseOrg({ ownerUrl, stores, slug, by, now = false }: EraseWanted): Promise<Certificate> {
  const { names, ...certificate } = await eraseRows(ownerUrl, stores, slug, by, now)
  const { organization, files } = certificate
  return { ...certificate, files: await removeBytes(stores, names, organization.id, files) }
}

type RowsErased = Omit<Certificate, 'files'> & {
  readonly files: FilesCounted
  /** Of the stores that have bytes of it. */
  readonly names: readonly string[]
}

async function eraseRows(
  ownerUrl: string,
  stores: Stores,
  slug: string,
  by: Commander,
  now: boolean,
): Promise<RowsErased> {
  return await withClient(ownerUrl, async (client) => {
    await client.query('begin')
    const org = await lockedOrg(client, slug, now)
    await openAs(client, org, by, 'erase')
    const head = await sealTrail(client)
    await client.query("select set_config('app.erasing', $1, true)", [org.id])
    const people = await client.query<{ id: string }>(
      'select user_id as id from foundation.membership where org_id = $1',
      [org.id],
    )
    const { rows: trail } = await client.query<{ entries: number }>(
      'select count(*)::integer as entries from foundation.audit_entry where org_id = $1',
      [org.id],
    )
    const names = await storesOf(client, stores)
    const files = await countFiles(client)
    // The erasure tells of itself in the trail that goes with it: those entries are nobody's history.
    const rows = { ...(await emptyTables(client, org)), 'foundation.audit_entry': trail[0]?.entries ?? 0 }
    const certificate: Omit<RowsErased, 'names'> = {
      format: 'commonhall-erasure/1',
      organization: { id: org.id, slug: org.slug, name: org.name },
      erased_at: new Date().toISOString(),
      erased_by: by.name,
      version: pins.version,
      audit_head: head,
      rows,
      people: await erasePeople(
        client,
        people.rows.map(({ id }) => id),
      ),
      jobs: await dropJobs(client, org.id),
      files,
    }
    await refuseLeft(client, org)
    await noteForHosts(client, org, by, 'erase', certificate)
    await client.query('commit')
    return { ...certificate, names }
  })
}

async function lockedOrg(client: pg.Client, slug: string, now: boolean): Promise<OwnedOrg> {
  const org = await ownedOrg(client, slug)
  // Whoever is in the middle of a change finishes it first; whoever comes later finds no org.
  await client.query('select from foundation.org where id = $1 for update', [org.id])
  if (!org.suspended_at && !now) refuse('conflict', say('transfer:not_suspended', { name: org.name }))
  return org
}

async function sealTrail(client: pg.Client): Promise<Certificate['audit_head']> {
  await client.query('select foundation.seal_audit()')
  const { rows } = await client.query<{ n: string; hash: Buffer }>(
    'select n, hash from foundation.audit_seal where org_id = foundation.current_org() order by n desc limit 1',
  )
  const [last] = rows
  return last ? { n: Number(last.n), hash: last.hash.toString('hex') } : null
}

/** Empties every table, what points before what is pointed to; the trail last, for it tells of each. */
async function emptyTables(client: pg.Client, org: OwnedOrg): Promise<Record<string, number>> {
  const order = pointingFirst(await orgTables(client)).map(({ name }) => name)
  const isTrail = (name: string) => name.startsWith('foundation.audit_')
  const counts: Record<string, number> = {}
  for (const name of [...order.filter((one) => !isTrail(one)), ...order.filter(isTrail)]) {
    const { rowCount } = await client.query(`delete from ${spelled(name)} where org_id = $1`, [org.id])
    if (rowCount) counts[name] = rowCount
  }
  await client.query('delete from foundation.org where id = $1', [org.id])
  return counts
}

/** Work that waits for the org, and when it was to be repeated. */
async function dropJobs(client: pg.Client, org: string): Promise<number> {
  const { rowCount } = await client.query(`delete from ${queueSchema}.job where data::text like '%' || $1 || '%'`, [
    org,
  ])
  await client.query(`delete from ${queueSchema}.schedule where key = $1 or data::text like '%' || $1 || '%'`, [org])
  return rowCount ?? 0
}

/** Ends in a refusal if anything of the org is left anywhere. */
async function refuseLeft(client: pg.Client, { id }: OwnedOrg): Promise<void> {
  const left: string[] = []
  for (const { name } of await orgTables(client)) {
    const { rowCount } = await client.query(`select from ${spelled(name)} where org_id = $1 limit 1`, [id])
    if (rowCount) left.push(name)
  }
  if (left.length) refuse('conflict', say('transfer:left', { tables: left.join(', ') }))
}
