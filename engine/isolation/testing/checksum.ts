import type pg from 'pg'

interface Place {
  readonly name: string
  readonly by: string
}

/** Every table with rows of an org or of a person, and the column that tells whose. */
const placesOf = `select distinct on (c.oid) c.oid::regclass::text as name, a.attname::text as by
  from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid
  where c.relkind = 'r' and n.nspname not in ('pg_catalog', 'information_schema', 'queue') and not a.attisdropped
    and (a.attname in ('org_id', 'user_id') or (c.oid in ('foundation.user'::regclass, 'foundation.org'::regclass)
      and a.attname = 'id'))
  order by c.oid, array_position(array['org_id', 'user_id', 'id'], a.attname::text)`

/** The people who belong to an org. */
const peopleOf = `(select user_id from foundation.membership where org_id = $1)`

const rowsOf = ({ name, by }: Place) =>
  by === 'org_id' || name === 'foundation.org'
    ? `from ${name} t where ${by} = $1`
    : `from ${name} t where ${by} in ${peopleOf}`

const known = new WeakMap<pg.Client, Place[]>()

async function places(client: pg.Client): Promise<Place[]> {
  const found = known.get(client) ?? (await client.query<Place>(placesOf)).rows
  known.set(client, found)
  return found
}

/** One value that changes with any row of an org or of its people, in whatever table. By a superuser. */
export async function checksumOf(client: pg.Client, org: string): Promise<string> {
  const each = (await places(client)).map(
    (place) => `select md5(coalesce(string_agg(md5(t::text), '' order by md5(t::text)), '')) as sum ${rowsOf(place)}`,
  )
  const { rows } = await client.query<{ sum: string }>(
    `select string_agg(sum, ' ') as sum from (${each.join(' union all ')}) s`,
    [org],
  )
  return rows[0]?.sum ?? ''
}

/** What tells rows of an org from anything else: their ids, and the addresses of its people. */
export async function marksOf(client: pg.Client, org: string): Promise<string[]> {
  const { rows: withId } = await client.query<{ name: string }>(
    `select c.oid::regclass::text as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'id'
    where c.relkind = 'r' and a.atttypid = 'uuid'::regtype`,
  )
  const ids = (await places(client))
    .filter(({ name }) => withId.some((one) => one.name === name))
    .map((place) => `select id::text as mark ${rowsOf(place)}`)
  const { rows } = await client.query<{ mark: string }>(
    `${ids.join(' union ')} union select email::text from foundation.user where id in ${peopleOf}`,
    [org],
  )
  return rows.map(({ mark }) => mark)
}
