import { carriesFiles, say } from '@commonhall/kernel'
import type { Caller } from '../caller.ts'
import type { Transaction } from '../database/pool.ts'
import type { Engine } from '../engine.ts'
import { file } from '../files/file.ts'
import { keptBecause } from '../files/kept.ts'
import type { Asked } from './beside.ts'
import { most, type Section, sectionOf } from './section.ts'

const columns = [
  'name',
  'caption',
  'tags',
  'of',
  'media_type',
  'size',
  'uploaded_by_name',
  'uploaded_at',
  'archived_at',
  'sha256',
  'download',
]

/** So many records are asked of at a time: their ids stand in the question. */
const atOnce = 100

/** Files of the records about the person, as far as the taker may see them, each with the address of its bytes. */
export async function filesSection({ engine, caller, ids }: Asked): Promise<Section> {
  const rows: Record<string, unknown>[] = []
  for (let from = 0; from < ids.length && rows.length <= most; from += atOnce) {
    const record = ids.slice(from, from + atOnce)
    const query = { 'filter[record]': record, 'filter[archived]': 'any', limit: '200' }
    for (let after: string | null = ''; after !== null && rows.length <= most;) {
      const page = await engine.records.list(caller, file, after ? { ...query, after } : query)
      rows.push(...page.data)
      after = page.page.next
    }
  }
  const { publicUrl } = engine.settings
  const told = rows.map((row): Record<string, unknown> => ({
    ...Object.fromEntries(columns.map((name) => [name, row[name] ?? null])),
    id: row['id'],
    tags: Array.isArray(row['tags']) ? row['tags'].join(', ') : null,
    of: engine.registry.resources.get(String(row['resource']))?.label ?? row['resource'],
    download: `${publicUrl}/api/v1/orgs/${caller.org.slug}/files/${String(row['id'])}/content`,
  }))
  const shown = told.some((row) => row['archived_at']) ? columns : columns.filter((name) => name !== 'archived_at')
  return sectionOf('files', say('personal:section.files'), ['id', ...shown], told, file.fields)
}

interface Attached {
  readonly id: string
  readonly resource: string
  readonly field: string | null
  readonly uploaded_at: string
}

export interface FilesFound {
  readonly going: readonly Attached[]
  /** Those that a law or a contract asks to keep, by kind of record, with the sentence that says until when. */
  readonly staying: readonly { readonly resource: string; readonly because: string; readonly count: number }[]
}

/** Files of some records, whoever deleted them a short while ago or not: which of them can go, and which must stay. */
export async function filesOf(
  { registry }: Engine,
  { org }: Caller,
  transaction: Transaction,
  records: readonly string[],
): Promise<FilesFound> {
  const carriers = [...registry.resources.values()].filter(carriesFiles).map(({ name }) => name)
  const { rows } = await transaction.query<Attached>(
    `select id, resource, field, to_jsonb(uploaded_at) #>> '{}' as uploaded_at from foundation.file
    where record = any($1::uuid[]) and resource = any($2::text[]) order by id`,
    [records, carriers],
  )
  const because = (one: Attached) => (one.field === null ? keptBecause(registry, one, org.timeZone) : null)
  const staying = Map.groupBy(
    rows.filter((one) => because(one)),
    ({ resource }) => resource,
  )
  return {
    going: rows.filter((one) => !because(one)),
    staying: [...staying].map(([resource, some]) => ({
      resource,
      because: some.map(because).findLast(Boolean) ?? '',
      count: some.length,
    })),
  }
}

/**
 * Erases the files of records about somebody, uploads that were on their way there, and the name under which they
 * uploaded elsewhere. Bytes that nobody else has too go with the sweep, which is called at once: after the commit, so
 * that no row is ever without its bytes.
 */
export async function eraseFiles(
  engine: Engine,
  caller: Caller,
  transaction: Transaction,
  id: string,
  records: readonly string[],
): Promise<void> {
  const { going } = await filesOf(engine, caller, transaction, records)
  await transaction.query('delete from foundation.file where id = any($1::uuid[])', [going.map((one) => one.id)])
  const theirs = '(select user_id from foundation.membership where member_id = $1)'
  await transaction.query(
    `delete from foundation.file_upload where done_as is null
      and (record = any($2::uuid[]) or uploaded_by = ${theirs})`,
    [id, records],
  )
  const unnamed = `set uploaded_by_name = $2 where uploaded_by = ${theirs}`
  await transaction.query(`update foundation.file ${unnamed}`, [id, say('personal:nobody')])
  await transaction.query(`update foundation.file_version ${unnamed}`, [id, say('personal:nobody')])
  await engine.jobs.send('files.sweep', {}, {}, transaction)
}
