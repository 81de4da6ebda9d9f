import { createHash } from 'node:crypto'
import { asOwner, type TestHouse } from '@commonhall/engine/testing'

/** A row as somebody sees it who has the database before them: what it says, who wrote it, and where it lies. */
interface SeenRow extends Record<string, unknown> {
  readonly row: Record<string, unknown>
  readonly xmin: string
  readonly page: number
  readonly item: number
}

/** Everything that stands in a database. */
export type Seen = ReadonlyMap<string, readonly SeenRow[]>

/** An order in which voters, or ballots, stand somewhere: the place of each; undefined where one is missing. */
export interface Order {
  readonly name: string
  readonly places: readonly (number | undefined)[]
}

/** Reads every row of every table, with what the database keeps of it besides. */
export async function seeEverything(house: TestHouse): Promise<Seen> {
  const tables = await asOwner<{ name: string }>(
    house,
    `select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = relnamespace
    where relkind = 'r' and nspname not in ('pg_catalog', 'information_schema')`,
  )
  const parts = tables.map(
    ({ name }) => `select '${name}' as name, to_jsonb(t) as row, xmin::text, (ctid::text::point)[0]::integer as page,
      (ctid::text::point)[1]::integer as item from ${name} t`,
  )
  const rows = await asOwner<SeenRow & { name: string }>(house, parts.join(' union all '))
  return Map.groupBy(rows, ({ name }) => name)
}

/** Every value of a row that could be told from others, and what it is when it is hashed. */
function tellingValues(value: unknown): string[] {
  if (typeof value === 'object' && value !== null) return Object.values(value).flatMap(tellingValues)
  if (typeof value !== 'string' || value.length < 16) return []
  const hash = createHash('sha256').update(value).digest()
  const inner = value.startsWith('{') ? tellingValues(JSON.parse(value)) : []
  return [value, hash.toString('hex'), hash.toString('base64url'), ...inner]
}

/** What of a ballot stands anywhere but in the box, in a table or a line: what joins it to something. */
export function joinsOf(seen: Seen, election: string, lines: readonly string[]): string[] {
  const isBox = (name: string) => name === 'governance.ballot'
  const box = (seen.get('governance.ballot') ?? []).filter(({ row }) => row['election'] === election)
  const count = new Map<string, number>()
  for (const { row } of box)
    for (const value of new Set(tellingValues(row))) count.set(value, (count.get(value) ?? 0) + 1)
  const own = [...count].flatMap(([value, times]) => (times === 1 ? [value] : []))
  const places = [...seen].flatMap(([name, rows]) => (isBox(name) ? [] : [[name, JSON.stringify(rows)] as const]))
  const elsewhere = [...places, ['the log', lines.join('\n')] as const].map(
    ([name, text]) => [name, new Set(text.match(/[\w-]{16,}/g))] as const,
  )
  const written = box.map(({ xmin }) => xmin)
  const alone = written.filter((xmin) => written.indexOf(xmin) === written.lastIndexOf(xmin))
  return [
    ...elsewhere.flatMap(([name, words]) => own.flatMap((value) => (words.has(value) ? [`${name}: ${value}`] : []))),
    ...[...seen].flatMap(([name, rows]) =>
      isBox(name) ? [] : rows.flatMap(({ xmin }) => (alone.includes(xmin) ? [`${name}: written with one ballot`] : [])),
    ),
  ]
}

/** Where each of these is in the order of what is told of it. */
function placesIn(keys: readonly (readonly [number, string | number])[], many: number): (number | undefined)[] {
  const places = Array.from<number | undefined>({ length: many })
  const compare = (a: string | number, b: string | number) => (a < b ? -1 : a > b ? 1 : 0)
  for (const [place, [one]] of keys.toSorted((a, b) => compare(a[1], b[1])).entries()) places[one] = place
  return places
}

/** Every order in which rows stand that belong each to one of `who`: by place, by transaction, by each column. */
export function ordersOf(
  name: string,
  rows: readonly SeenRow[],
  who: (row: SeenRow) => number | undefined,
  many: number,
): Order[] {
  const owned = rows.flatMap((row) => {
    const one = who(row)
    return one === undefined ? [] : [[one, row] as const]
  })
  if (new Set(owned.map(([one]) => one)).size < many * 0.75) return []
  const columns = Object.keys(owned[0]?.[1].row ?? {})
  // What is the same in every row tells no order.
  const keyed = (what: string, key: (row: SeenRow) => string | number): Order[] => {
    const keys = owned.map(([one, row]) => [one, key(row)] as const)
    const differ = new Set(keys.map(([, value]) => value)).size > 1
    return differ ? [{ name: `${name} by ${what}`, places: placesIn(keys, many) }] : []
  }
  const spoken = (value: unknown) => (typeof value === 'number' ? value : JSON.stringify(value ?? ''))
  return [
    ...keyed('place', ({ page, item }) => page * 10_000 + item),
    ...keyed('transaction', ({ xmin }) => Number(xmin)),
    ...columns.flatMap((column) => keyed(column, ({ row }) => spoken(row[column]))),
  ]
}

/** How alike two orders are: Spearman's coefficient, and how many neighbors of one are neighbors in the other. */
export function likeness(one: Order, other: Order): { rho: number; neighbors: number } {
  const both = one.places.flatMap((place, index) => {
    const there = other.places[index]
    return place === undefined || there === undefined ? [] : [[place, there] as const]
  })
  const ranks = (which: 0 | 1) =>
    placesIn(
      both.map((pair, index) => [index, pair[which]] as const),
      both.length,
    ) as number[]
  const [a, b] = [ranks(0), ranks(1)]
  const n = both.length
  const squares = a.reduce((sum, rank, index) => sum + (rank - (b[index] ?? 0)) ** 2, 0)
  const byFirst = a.map((rank, index) => [rank, b[index] ?? 0] as const).toSorted(([x], [y]) => x - y)
  const neighbors = byFirst.filter(([, rank], index) => Math.abs(rank - (byFirst[index + 1]?.[1] ?? Infinity)) <= 2)
  return { rho: 1 - (6 * squares) / (n * (n * n - 1)), neighbors: neighbors.length }
}
