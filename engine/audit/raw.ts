import type pg from 'pg'
import { entryColumns, type RawEntry, type Seal } from './digest.ts'

/** Values as PostgreSQL sends them. */
const raw = { getTypeParser: () => (value: unknown) => value } as unknown as pg.CustomTypesConfig

const columns = entryColumns.map((name) => `e."${name}"`).join(', ')

type Row = (string | null)[]

/**
 * Reads a trail's tables and nothing else: no function, view or setting of the database has a say in what comes.
 * Everything is of one moment.
 */
export class RawTrail {
  readonly #client: pg.ClientBase
  readonly #org: string

  constructor(client: pg.ClientBase, org: string) {
    this.#client = client
    this.#org = org
  }

  async open(): Promise<void> {
    await this.#client.query('begin isolation level repeatable read read only')
    await this.#client.query(`set local search_path = pg_catalog; set local TimeZone = 'UTC';
      set local DateStyle = 'ISO'; set local bytea_output = 'hex'; set local statement_timeout = 0`)
    await this.#rows("select set_config('app.org', $1, true)", [this.#org])
  }

  async close(): Promise<void> {
    await this.#client.query('rollback')
  }

  /** All seals in order. */
  async *seals(): AsyncGenerator<Seal> {
    await this.#rows(
      `declare seals no scroll cursor for
      select n, previous, hash, entry_ids, digests, sealed_at, snapshot, system
      from foundation.audit_seal where org_id = $1 order by n`,
      [this.#org],
    )
    for (;;) {
      const rows = await this.#rows('fetch 16 from seals')
      for (const row of rows) yield sealOf(row)
      if (rows.length < 16) return
    }
  }

  /** Entries by id. */
  async entries(ids: readonly string[]): Promise<Map<string, RawEntry>> {
    const text = `select ${columns} from foundation.audit_entry e where e.org_id = $1 and e.id = any($2::uuid[])`
    const rows = await this.#rows(text, [this.#org, ids], 'audit entries')
    return new Map(rows.map((row) => [row[1] ?? '', entryOf(row)]))
  }

  /** Entries that are in no seal, the oldest first; no more than some. */
  async unsealed(most: number): Promise<RawEntry[]> {
    const rows = await this.#rows(
      `select ${columns} from foundation.audit_entry e
      left join (select unnest(entry_ids) as id from foundation.audit_seal where org_id = $1) s on s.id = e.id
      where e.org_id = $1 and s.id is null order by e.id limit $2`,
      [this.#org, most],
    )
    return rows.map(entryOf)
  }

  /** Ids that stand in more than one place. */
  async twice(): Promise<string[]> {
    const rows = await this.#rows(
      `select id from (select unnest(entry_ids) as id from foundation.audit_seal where org_id = $1) s
      group by id having count(*) > 1 limit 1000`,
      [this.#org],
    )
    return rows.map(([id]) => id ?? '')
  }

  /** What was erased. */
  async erasures(): Promise<{ entry: string; part: string; digest: string; cause: string; at: string }[]> {
    const rows = await this.#rows(
      `select entry_id, part, digest, cause, erased_at from foundation.audit_erasure where org_id = $1
      order by cause, entry_id, part`,
      [this.#org],
    )
    return rows.map(([entry = '', part = '', digest, cause = '', at = '']) => ({
      entry: entry ?? '',
      part: part ?? '',
      digest: bare(digest) ?? '',
      cause: cause ?? '',
      at: `${(at ?? '').slice(0, 19).replace(' ', 'T')}Z`,
    }))
  }

  /** Heads that were published in the database. */
  async heads(): Promise<{ n: number; hash: string }[]> {
    const rows = await this.#rows('select n, hash from foundation.audit_head where org_id = $1 order by n', [this.#org])
    return rows.map(([n, hash]) => ({ n: Number(n), hash: bare(hash) ?? '' }))
  }

  /** The number of the cluster that counts the transactions. */
  async system(): Promise<string> {
    const [row] = await this.#rows('select system_identifier from pg_catalog.pg_control_system()')
    return row?.[0] ?? ''
  }

  async #rows(text: string, values: readonly unknown[] = [], name?: string): Promise<Row[]> {
    const query = { text, values: [...values], rowMode: 'array' as const, types: raw, ...(name ? { name } : {}) }
    return (await this.#client.query<Row>(query)).rows
  }
}

/** Bytes as hex, without PostgreSQL's mark in front. */
const bare = (bytes: string | null | undefined) => bytes?.slice(2) ?? null

const entryOf = (row: Row) => Object.fromEntries(entryColumns.map((name, place) => [name, row[place]])) as RawEntry

function sealOf([n, previous, hash, ids, digests, sealedAt, snapshot, system]: Row): Seal {
  return {
    n: n ?? '',
    previous: bare(previous),
    hash: bare(hash) ?? '',
    ids: ids === '{}' ? [] : (ids ?? '').slice(1, -1).split(','),
    digests: bare(digests) ?? '',
    sealedAt: sealedAt ?? '',
    snapshot: snapshot ?? null,
    system: system ?? '',
  }
}
