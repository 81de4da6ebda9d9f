import type { TestHouse } from '@commonhall/engine/testing'
import { withClient } from '../../database/provision.ts'
import { orgTables } from '../../transfer/org-tables.ts'

const allTables = `select n.nspname || '.' || c.relname as name
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where c.relkind in ('r', 'p') and not c.relispartition
    and n.nspname not in ('pg_catalog', 'information_schema') order by 1`

/** Every table of the database in which one of some words stands, whichever org it is of. */
export async function tablesWith({ ground }: TestHouse, words: readonly string[]): Promise<string[]> {
  return await withClient(ground.ownerUrl, async (client) => {
    const { rows } = await client.query<{ name: string }>(allTables)
    const { rows: orgs } = await client.query<{ id: string }>('select id from foundation.org')
    const patterns = words.map((text) => `%${text}%`)
    const found = new Set<string>()
    for (const { id } of orgs) {
      await client.query("select set_config('app.org', $1, false)", [id])
      for (const { name } of rows) {
        const text = `select from ${name} t where to_jsonb(t)::text ilike any ($1) limit 1`
        if ((await client.query(text, [patterns])).rowCount) found.add(name)
      }
    }
    return [...found]
  })
}

/** One sum for each table of modules in each org, over all rows but those in which one of some ids stands. */
export async function sumsBut({ ground }: TestHouse, ids: readonly string[]): Promise<Record<string, string>> {
  return await withClient(ground.ownerUrl, async (client) => {
    const sums: Record<string, string> = {}
    const { rows: orgs } = await client.query<{ id: string }>('select id from foundation.org order by 1')
    const patterns = ids.map((id) => `%${id}%`)
    for (const { id } of orgs) {
      await client.query("select set_config('app.org', $1, false)", [id])
      for (const { name } of await orgTables(client)) {
        if (name.startsWith('foundation.') || name.startsWith('queue.')) continue
        const { rows } = await client.query<{ sum: string }>(
          `select count(*) || ' ' || md5(coalesce(string_agg(md5(t::text), '' order by md5(t::text)), '')) as sum
          from ${name} t where not to_jsonb(t)::text like any ($1)`,
          [patterns],
        )
        sums[`${id} ${name}`] = rows[0]?.sum ?? ''
      }
    }
    return sums
  })
}
