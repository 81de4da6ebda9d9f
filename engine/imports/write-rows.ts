import { kindOf, labelOf, Refusal, type Resource, say } from '@commonhall/kernel'
import { tableOf } from '../database/draft.ts'
import type { Transaction } from '../database/pool.ts'
import { refusalOf } from '../records/database-refusals.ts'
import type { Registry } from '../registry.ts'
import { type GoodRow, Outcome } from './outcome.ts'
import { type Plan, readRow } from './read-row.ts'
import { resolveReferences } from './references.ts'

/** A stored row: its number, then its cells. */
export type StoredRow = readonly [row: number, ...cells: string[]]

/** Brings rows in: every good one is written, every bad one is named. The same for a run and for a dry run. */
export async function writeRows(
  transaction: Transaction,
  registry: Registry,
  plan: Plan,
  importId: string,
  stored: readonly StoredRow[],
): Promise<Outcome> {
  const outcome = new Outcome(plan)
  const good: GoodRow[] = []
  for (const [row, ...cells] of stored) {
    const read = readRow(plan, cells)
    if (read.ok) good.push({ row, cells, values: read.values })
    else outcome.refuseRow(row, cells, read.faults)
  }
  const resolved = await resolveReferences(transaction, registry, plan, good, outcome)
  await insert(transaction, plan, importId, resolved, outcome)
  outcome.refused.sort((a, b) => a.row - b.row)
  return outcome
}

/**
 * Inserts rows in one statement. What a unique key keeps out comes back by number. If the database refuses the
 * statement for what some row holds, halves are tried, down to the row itself: costly only where there is such a row.
 */
async function insert(
  transaction: Transaction,
  plan: Plan,
  importId: string,
  rows: readonly GoodRow[],
  outcome: Outcome,
): Promise<void> {
  if (!rows.length) return
  const { client } = transaction
  await client.query('savepoint rows')
  try {
    const conflicting = await insertRows(transaction, plan, importId, rows)
    await client.query('release savepoint rows')
    outcome.imported += rows.length - conflicting.size
    await explainConflicts(
      transaction,
      plan,
      importId,
      rows.filter(({ row }) => conflicting.has(row)),
      outcome,
    )
  } catch (error) {
    if (!isAboutValues(error)) throw error
    await client.query('rollback to savepoint rows')
    const [only] = rows
    if (rows.length === 1 && only) return refuseAsDatabase(plan.resource, only, error, outcome)
    const half = Math.ceil(rows.length / 2)
    await insert(transaction, plan, importId, rows.slice(0, half), outcome)
    await insert(transaction, plan, importId, rows.slice(half), outcome)
  }
}

/** SQLSTATE classes for bad values, broken constraints, and exceptions that triggers raise. */
const isAboutValues = (error: unknown) => /^(22|23|P0|CH409|CH422)/.test((error as { code?: string }).code ?? '')

function refuseAsDatabase(resource: Resource, row: GoodRow, error: unknown, outcome: Outcome): void {
  const refusal = refusalOf(error, resource)
  if (refusal instanceof Refusal) outcome.refuse(row, refusal.errors[0]?.path ?? null, refusal.message)
  else outcome.refuse(row, null, say('imports:fault.refused', { reason: (error as { code?: string }).code }))
}

const statements = new WeakMap<Plan, string>()

/** Answers the numbers of the rows that a unique or temporal key kept out. */
async function insertRows(
  transaction: Transaction,
  plan: Plan,
  importId: string,
  rows: readonly GoodRow[],
): Promise<Set<number>> {
  let text = statements.get(plan)
  if (!text) statements.set(plan, (text = insertStatement(plan)))
  const columns = plan.names.map((name, index) => {
    const spell = spellers[plan.resource.fields[name]?.kind ?? ''] ?? String
    return rows.map(({ values }) => {
      const value = values[index]
      return value === null || typeof value === 'string' ? value : spell(value)
    })
  })
  const kept = await transaction.query<{ row: number }>(text, [importId, rows.map(({ row }) => row), ...columns])
  return new Set(kept.rows.map(({ row }) => row))
}

/** Values as text that PostgreSQL reads, where theirs would not do. */
const spellers: Readonly<Record<string, (value: unknown) => string>> = {
  json: (value) => JSON.stringify(value),
  tags: (value) => `{${(value as string[]).map((tag) => `"${tag.replace(/["\\]/g, String.raw`\$&`)}"`).join(',')}}`,
}

function insertStatement({ resource, names }: Plan): string {
  const typed = names.map(
    (name, index) => `v${index}::${kindOf(resource.fields[name]!).sqlType(resource.fields[name]!)} as "${name}"`,
  )
  const list = names.map((name) => `"${name}"`).join(', ')
  return `with input as materialized (
      select uuidv7() as id, row, ${typed.join(', ')}
      from unnest($2::integer[], ${names.map((_, index) => `$${index + 3}::text[]`).join(', ')})
        as i (row, ${names.map((_, index) => `v${index}`).join(', ')})
    ), made as (
      insert into ${tableOf(resource)} (id, ${list}) select id, ${list} from input on conflict do nothing returning id
    ), noted as (
      insert into foundation.import_record (import_id, row, record)
      select $1, input.row, input.id from input join made using (id)
    )
    select input.row from input where id not in (select id from made)`
}

/** Finds out which key kept each row out, and whether the record that holds it came from this very file. */
async function explainConflicts(
  transaction: Transaction,
  plan: Plan,
  importId: string,
  rows: readonly GoodRow[],
  outcome: Outcome,
): Promise<void> {
  let left = rows
  for (const [index, name] of plan.names.entries()) {
    if (!plan.resource.fields[name]?.unique || !left.length) continue
    const values = left.map((row) => row.values[index])
    const { rows: holders } = await transaction.query<{ row: number; first: number | null }>(
      `select i.row, r.row as first from unnest($1::integer[], $2::text[]) i (row, value)
      join ${tableOf(plan.resource)} t on t."${name}" = i.value::citext
      left join foundation.import_record r on r.record = t.id and r.import_id = $3`,
      [left.map(({ row }) => row), values, importId],
    )
    const held = new Map(holders.map(({ row, first }) => [row, first]))
    for (const row of left) {
      const first = held.get(row.row)
      if (first === undefined) continue
      const words = {
        label: labelOf(plan.resource.fields, name),
        plural: plan.resource.plural.toLowerCase(),
        value: row.values[index],
        row: first,
      }
      outcome.refuse(row, name, say(first === null ? 'imports:fault.taken' : 'imports:fault.taken_in_file', words))
    }
    left = left.filter(({ row }) => !held.has(row))
  }
  const label = plan.resource.label.toLowerCase()
  const [name, message] = plan.resource.temporalKey
    ? ([plan.resource.temporalKey.from, say('engine:record.overlap', { label })] as const)
    : ([null, say('imports:fault.conflict', { label })] as const)
  for (const row of left) outcome.refuse(row, name, message)
}
