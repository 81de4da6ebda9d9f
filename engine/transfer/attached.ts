import { createWriteStream } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type pg from 'pg'
import { say } from '@commonhall/kernel'
import type { Stores } from '../files/stores/index.ts'
import { Sum } from '../files/stores/sum.ts'
import type { Attached, LeftOut } from './manifest.ts'
import { partsOf, safeName, unusedName } from './safe-name.ts'

/** One version of a file, as its rows tell. */
interface Version {
  readonly id: string
  readonly version: number
  readonly isNewest: boolean
  readonly name: string
  readonly resource: string
  readonly record: string | null
  readonly sha256: string
  readonly size: string
  readonly verdict: 'waiting' | 'clean' | 'held'
}

export interface Copied {
  readonly attached: readonly Attached[]
  readonly leftOut: readonly LeftOut[]
}

/** Every version of every file of the open org; those that were deleted a short while ago are among them. */
export async function versionsOf(client: pg.Client): Promise<Version[]> {
  const { rows } = await client.query<Version>(
    `select f.id, v.number as version, v.number = f.versions as "isNewest", v.name, f.resource, f.record, v.sha256,
      c.size, case when f.state = 'held' and v.number = f.versions then 'held' else c.verdict end as verdict
    from foundation.file f join foundation.file_version v on v.org_id = f.org_id and v.file_id = f.id
    join foundation.file_content c on c.org_id = v.org_id and c.sha256 = v.sha256
    where f.org_id = foundation.current_org() order by f.id, v.number desc`,
  )
  return rows
}

interface CopyWanted {
  readonly client: pg.Client
  readonly stores: Stores
  readonly org: string
  readonly folder: string
  readonly versions: readonly Version[]
}

/**
 * Copies the bytes of files into `files/`, a folder for each record, one file after the other. What is not clean stays
 * out, and so does what is missing or is not what it was when it came: each is named with the reason.
 */
export async function copyAttached({ client, stores, org, folder, versions }: CopyWanted): Promise<Copied> {
  const attached: Attached[] = []
  const leftOut: LeftOut[] = []
  const used = new Map<string, Set<string>>()
  for (const one of versions) {
    const { id, version, name, resource, record, sha256, size } = one
    const place = `files/${resource}/${record ?? 'unsaved'}`
    const names = used.get(place) ?? new Set()
    used.set(place, names)
    const file = `${place}/${unusedName(nameOf(one), names)}`
    const why =
      one.verdict === 'clean' ? await copy(client, stores, org, sha256, join(folder, file)) : (one.verdict as Why)
    const told = { id, version, name, resource, record }
    if (why) leftOut.push({ ...told, why, because: say(`transfer:attached.why.${why}`) })
    else attached.push({ ...told, file, bytes: Number(size), sha256 })
  }
  return { attached, leftOut }
}

type Why = LeftOut['why']

function nameOf({ name, version, isNewest }: Version): string {
  const safe = safeName(name)
  const { stem, ending } = partsOf(safe)
  return isNewest ? safe : `${stem} (${say('transfer:attached.version', { version })})${ending}`
}

/** Undefined when the copy is there, and is what its row says. */
async function copy(
  client: pg.Client,
  stores: Stores,
  org: string,
  sha256: string,
  place: string,
): Promise<'missing' | 'changed' | undefined> {
  const bytes = await findBytes(client, stores, org, sha256)
  if (!bytes) return 'missing'
  await mkdir(dirname(place), { recursive: true, mode: 0o700 })
  const sum = new Sum()
  await pipeline(bytes, (all) => sum.passing(all), createWriteStream(place, { mode: 0o600 }))
  if (sum.sha256 === sha256) return undefined
  await rm(place)
  return 'changed'
}

/** Asks where they are now, file by file: they may be on their way to another store. */
async function findBytes(client: pg.Client, stores: Stores, org: string, sha256: string) {
  for (let tries = 0; tries < 2; tries++) {
    const { rows } = await client.query<{ store: string }>(
      'select store from foundation.file_content where org_id = $1 and sha256 = $2',
      [org, sha256],
    )
    const [found] = rows
    const bytes = found && (await stores.of(found.store).read({ org, kind: 'content', sha256 }))
    if (bytes) return bytes
  }
  return null
}
