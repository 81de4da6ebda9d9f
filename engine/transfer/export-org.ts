import { createWriteStream, existsSync } from 'node:fs'
import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type pg from 'pg'
import { addWords, refuse, say } from '@commonhall/kernel'
import pins from '../../package.json' with { type: 'json' }
import { withClient } from '../database/provision.ts'
import type { Stores } from '../files/stores/index.ts'
import { Sum } from '../files/stores/sum.ts'
import type { Registry } from '../registry.ts'
import { copyAttached, versionsOf } from './attached.ts'
import { copyOut } from './copy-out.ts'
import { columnWords, readmeOf, tableWords } from './describe.ts'
import type { Manifest, ManifestColumn, ManifestFile, Withheld } from './manifest.ts'
import { type Commander, noteExport } from './note.ts'
import { type OrgTable, orgTables, spelled } from './org-tables.ts'
import { organizationFile, peopleFile, type Query } from './people-file.ts'
import { reasonOf, whyColumn, whyTable } from './withheld.ts'
import { words } from './words/en.ts'
import { packZip } from './zip.ts'

addWords('transfer', words)

interface ExportWanted {
  readonly ownerUrl: string
  readonly registry: Registry
  /** Where the bytes of its files are. */
  readonly stores: Stores
  readonly slug: string
  /** A folder that is not there yet, or an archive whose name ends with `.zip`. */
  readonly out: string
  readonly by: Commander
}

/** An org as the owner finds it. */
export interface OwnedOrg {
  readonly id: string
  readonly slug: string
  readonly name: string
  readonly kind: string
  readonly suspended_at: Date | null
}

/** Writes everything of an org as documented files, all of one moment. Until all are written nothing is at `out`. */
export async function exportOrg({ ownerUrl, slug, out, by, ...house }: ExportWanted): Promise<Manifest> {
  const place = resolve(out)
  if (existsSync(place)) refuse('conflict', say('transfer:exists', { out }))
  await mkdir(dirname(place), { recursive: true })
  const folder = `${place}.partial`
  await mkdir(folder, { mode: 0o700 }).catch((error: { code?: string }) =>
    error.code === 'EEXIST' ? refuse('conflict', say('transfer:exists', { out: folder })) : Promise.reject(error),
  )
  try {
    const manifest = await withClient(ownerUrl, async (client) => {
      await noteExport(client, await ownedOrg(client, slug), by)
      return await writeFiles(client, house, slug, folder)
    })
    if (!place.endsWith('.zip')) await rename(folder, place)
    else await packZip(folder, place, placesOf(manifest))
    return manifest
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** In an archive, what people read first comes first. */
const placesOf = ({ files, attached }: Manifest) => [
  'README.md',
  'manifest.json',
  ...files.map(({ file }) => file),
  ...attached.map(({ file }) => file),
]

/** The org at an address, for whoever works as the owner. */
export async function ownedOrg(client: pg.ClientBase, slug: string): Promise<OwnedOrg> {
  const { rows } = await client.query<OwnedOrg>(
    'select id, slug, name, kind, suspended_at from foundation.org where slug = $1',
    [slug],
  )
  return rows[0] ?? refuse('not_found', say('engine:access.no_org_at', { slug }))
}

type Of = Pick<ExportWanted, 'registry' | 'stores'>

async function writeFiles(
  client: pg.Client,
  { registry, stores }: Of,
  slug: string,
  folder: string,
): Promise<Manifest> {
  await client.query('begin isolation level repeatable read read only')
  await client.query(`set local TimeZone = 'UTC'; set local DateStyle = 'ISO, YMD';
    set local IntervalStyle = 'iso_8601';
    set local bytea_output = 'hex'; set local statement_timeout = 0`)
  const { suspended_at: _, ...organization } = await ownedOrg(client, slug)
  await client.query("select set_config('app.org', $1, true)", [organization.id])
  await mkdir(join(folder, 'tables'), { mode: 0o700 })
  const tables = await orgTables(client)
  const withheld = tables.flatMap(withheldOf)
  const files: ManifestFile[] = []
  for (const query of [
    organizationFile(organization.id, safely),
    peopleFile(organization.id, safely),
    ...tables.filter(({ name }) => !whyTable(name)).map((table) => tableFile(registry, table, organization.id)),
  ]) {
    files.push(await writeTable(client, folder, query))
  }
  const migrations = await lastMigrations(client)
  const versions = await versionsOf(client)
  await client.query('commit')
  await client.query("select set_config('app.org', $1, false)", [organization.id])
  const { attached, leftOut } = await copyAttached({ client, stores, org: organization.id, folder, versions })
  const manifest: Manifest = {
    format: 'commonhall-organization/1',
    organization,
    exported_at: new Date().toISOString(),
    version: pins.version,
    migrations,
    files,
    withheld,
    attached,
    left_out: leftOut,
  }
  const own = { mode: 0o600 }
  await writeFile(join(folder, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`, own)
  await writeFile(join(folder, 'README.md'), readmeOf(manifest), own)
  return manifest
}

async function writeTable(client: pg.Client, folder: string, query: Query): Promise<ManifestFile> {
  const { file, table, holds, columns, select } = query
  const { bytes, rows } = copyOut(client, `copy (${select}) to stdout with (format csv, header true)`)
  const sum = new Sum()
  await pipeline(bytes, (all) => sum.passing(all), createWriteStream(join(folder, file), { mode: 0o600 }))
  return { file, table, holds, rows: await rows, bytes: sum.size, sha256: sum.sha256, columns }
}

/** What of a table is left out, each with its reason. */
export function withheldOf({ name, columns }: Pick<OrgTable, 'name' | 'columns'>): Withheld[] {
  const whole = whyTable(name)
  if (whole) return [{ table: name, column: null, why: reasonOf(whole) }]
  return columns.flatMap((column) => {
    const why = whyColumn(name, column.name, column.generated)
    return why ? [{ table: name, column: column.name, why: reasonOf(why) }] : []
  })
}

const textual = new Set(['text', 'citext', 'character varying'])

/** Text with an apostrophe in front where a spreadsheet would take it for a formula; see engine/sheets/formula.ts. */
export const safely = (column: string) =>
  `case when ${column}::text ~ '^''*[=+@\\t\\r＝＋－＠-]' then '''' || ${column}::text else ${column}::text end`

function tableFile(registry: Registry, { name, columns, key, references }: OrgTable, org: string): Query {
  const shown = columns.filter((column) => !whyColumn(name, column.name, column.generated))
  const list = shown.map((column) => {
    const quoted = `t.${spelled(column.name)}`
    const isText = textual.has(column.type.replace(/^public\./, '').replace(/\(.*$/, ''))
    return isText ? `${safely(quoted)} as ${spelled(column.name)}` : quoted
  })
  const order = key.length ? ` order by ${key.map((column) => `t.${spelled(column)}`).join(', ')}` : ''
  return {
    file: `tables/${name}.csv`,
    table: name,
    holds: tableWords(registry, name) ?? '',
    columns: shown.map((column): ManifestColumn => {
      // Keys of orgs are org_id and one more: that one says where it leads.
      const to = references.find((one) => one.columns.filter((part) => part !== 'org_id').join() === column.name)?.to
      const means = columnWords(registry, name, column.name)
      return { name: column.name, type: column.type, means, ...(to ? { points_to: to } : {}) }
    }),
    select: `select ${list.join(', ')} from ${spelled(name)} t where t.org_id = '${org}'${order}`,
  }
}

async function lastMigrations(client: pg.Client): Promise<Record<string, string>> {
  const { rows } = await client.query<{ module: string; name: string }>(
    `select module, max(name) as name from foundation.migration where module <> 'queue'
    group by module order by module`,
  )
  return Object.fromEntries(rows.map(({ module, name }) => [module, name]))
}
