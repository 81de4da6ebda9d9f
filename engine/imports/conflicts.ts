import { labelOf, Refusal, type Resource, say } from '@commonhall/kernel'
import { tableOf } from '../database/draft.ts'
import type { Transaction } from '../database/pool.ts'
import { spokenRefusal } from '../records/database-refusals.ts'
import { columnsOf, type Insertion, listOf, typedInput } from './insertion.ts'
import type { Batch } from './judge-rows.ts'
import type { GoodRow } from './outcome.ts'

/** Finds out which key kept each row out, and whether the record that holds it came from this very file. */
export async function explainConflicts(into: Insertion, { names, rows }: Batch): Promise<void> {
  const { resource, outcome } = into
  let left = rows
  for (const [index, name] of names.entries()) {
    if (!resource.fields[name]?.unique || !left.length) continue
    const held = await holdersOf(into, name, left, index)
    for (const row of left) {
      const first = held.get(row.row)
      if (first === undefined) continue
      const words = {
        label: labelOf(resource.fields, name),
        plural: resource.plural.toLowerCase(),
        value: row.values[index],
        row: first,
      }
      outcome.refuse(row, name, say(first === null ? 'imports:fault.taken' : 'imports:fault.taken_in_file', words))
    }
    left = left.filter(({ row }) => !held.has(row))
  }
  const label = resource.label.toLowerCase()
  const [name, message] = resource.temporalKey
    ? ([resource.temporalKey.from, say('engine:record.overlap', { label })] as const)
    : ([null, say('imports:fault.conflict', { label })] as const)
  for (const row of left)
    if (!(await explainAlone(into, { names, rows: [row] }, row))) outcome.refuse(row, name, message)
}

/** Of each row, whose value a record holds already, the row of this file that made it; null for a record of before. */
async function holdersOf(
  { transaction, resource, importId }: Insertion,
  name: string,
  rows: readonly GoodRow[],
  index: number,
): Promise<ReadonlyMap<number, number | null>> {
  const { rows: holders } = await transaction.query<{ row: number; first: number | null }>(
    `select i.row, r.row as first from unnest($1::integer[], $2::text[]) i (row, value)
    join ${tableOf(resource)} t on t."${name}" = i.value::citext
    left join foundation.import_record r on r.record = t.id and r.import_id = $3`,
    [rows.map(({ row }) => row), rows.map(({ values }) => values[index]), importId],
  )
  return new Map(holders.map(({ row, first }) => [row, first]))
}

/** Tries a row once more by itself: the database says which constraint it breaks, and some have their own words. */
async function explainAlone(into: Insertion, batch: Batch, row: GoodRow): Promise<boolean> {
  const { transaction, resource, outcome } = into
  const { client } = transaction
  const list = listOf(batch.names)
  const text = `insert into ${tableOf(resource)} (${list})
    select ${list} from (${typedInput(resource, batch.names, 1)}) typed`
  await client.query('savepoint alone')
  try {
    await transaction.query(text, [[row.row], ...columnsOf(resource, batch)])
    await client.query('rollback to savepoint alone')
    return false
  } catch (error) {
    await client.query('rollback to savepoint alone')
    const refusal = spokenRefusal(error)
    if (!(refusal instanceof Refusal)) return false
    const key = await keyColumns(transaction, resource, String((error as { constraint?: string }).constraint))
    const first = await firstHolder(into, key, batch, row)
    const more = first === null ? '' : ` ${say('imports:fault.same_row', { row: first })}`
    outcome.refuse(row, outcome.lastFilled(key), `${refusal.message}${more}`)
    return true
  }
}

/** The columns of a unique key, by its name; none for any other constraint. */
async function keyColumns(transaction: Transaction, { schema }: Resource, name: string): Promise<string[]> {
  const { rows } = await transaction.query<{ column: string }>(
    `select a.attname as column from pg_index i join pg_class c on c.oid = i.indexrelid
    join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any(i.indkey) and a.attname <> 'org_id'
    where c.relname = $1 and c.relnamespace = to_regnamespace($2) and i.indisunique
    order by array_position(i.indkey::smallint[], a.attnum)`,
    [name, schema],
  )
  return rows.map(({ column }) => column)
}

/** The row of this file that made the record which holds the key; null where it was there before. */
async function firstHolder(
  { transaction, resource, importId }: Insertion,
  key: readonly string[],
  batch: Batch,
  row: GoodRow,
): Promise<number | null> {
  if (!key.length || !key.every((name) => batch.names.includes(name))) return null
  const same = key.map((name) => `t."${name}" = typed."${name}"`).join(' and ')
  const { rows } = await transaction.query<{ row: number }>(
    `select r.row from (${typedInput(resource, batch.names, 2)}) typed join ${tableOf(resource)} t on ${same}
    join foundation.import_record r on r.record = t.id and r.import_id = $1 order by r.row limit 1`,
    [importId, [row.row], ...columnsOf(resource, batch)],
  )
  return rows[0]?.row ?? null
}
