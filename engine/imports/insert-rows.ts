import { Refusal, type Resource, say } from '@commonhall/kernel'
import { tableOf } from '../database/draft.ts'
import { refusalOf } from '../records/database-refusals.ts'
import { explainConflicts } from './conflicts.ts'
import type { Batch } from './judge-rows.ts'
import { columnsOf, type Insertion, listOf, typedInput } from './insertion.ts'
import type { GoodRow, Outcome } from './outcome.ts'
import { NotTheirs } from './theirs.ts'

/**
 * Inserts rows in one statement. What a unique key keeps out comes back by number. If the database refuses the
 * statement for what some row holds, halves are tried, down to the row itself: costly only where there is such a row.
 */
export async function insert(into: Insertion, { names, rows }: Batch): Promise<void> {
  if (!rows.length) return
  const { transaction, outcome } = into
  const { client } = transaction
  await client.query('savepoint rows')
  try {
    const conflicting = await insertRows(into, { names, rows })
    await into.check?.(rows.map(({ row }) => row))
    await client.query('release savepoint rows')
    outcome.imported += rows.length - conflicting.size
    await explainConflicts(into, { names, rows: rows.filter(({ row }) => conflicting.has(row)) })
  } catch (error) {
    if (!isAboutValues(error)) throw error
    await client.query('rollback to savepoint rows')
    const [only] = rows
    if (rows.length === 1 && only) return refuseAsDatabase(into.resource, only, error, outcome)
    const half = Math.ceil(rows.length / 2)
    await insert(into, { names, rows: rows.slice(0, half) })
    await insert(into, { names, rows: rows.slice(half) })
  }
}

/** SQLSTATE classes for bad values, broken constraints, and exceptions that triggers raise. */
const isAboutValues = (error: unknown) =>
  error instanceof NotTheirs || /^(22|23|P0|CH409|CH422)/.test((error as { code?: string }).code ?? '')

function refuseAsDatabase(resource: Resource, row: GoodRow, error: unknown, outcome: Outcome): void {
  const refusal = refusalOf(error, resource)
  if (refusal instanceof Refusal) outcome.refuse(row, refusal.errors[0]?.path ?? null, refusal.message)
  else if (error instanceof NotTheirs) outcome.refuse(row, null, say('imports:fault.not_theirs'))
  else outcome.refuse(row, null, say('imports:fault.refused', { reason: (error as { code?: string }).code }))
}

/** Answers the numbers of the rows that a unique or temporal key kept out. */
async function insertRows({ transaction, resource, importId }: Insertion, batch: Batch): Promise<Set<number>> {
  const kept = await transaction.query<{ row: number }>(insertStatement(resource, batch.names), [
    importId,
    batch.rows.map(({ row }) => row),
    ...columnsOf(resource, batch),
  ])
  return new Set(kept.rows.map(({ row }) => row))
}

const statements = new WeakMap<Resource, Map<string, string>>()

function insertStatement(resource: Resource, names: readonly string[]): string {
  const known = statements.get(resource) ?? new Map<string, string>()
  statements.set(resource, known)
  const list = listOf(names)
  const text =
    known.get(list) ??
    `with input as materialized (
      select uuidv7() as id, typed.* from (${typedInput(resource, names, 2)}) typed
    ), made as (
      insert into ${tableOf(resource)} (id, ${list}) select id, ${list} from input on conflict do nothing returning id
    ), noted as (
      insert into foundation.import_record (import_id, row, record)
      select $1, input.row, input.id from input join made using (id)
    )
    select input.row from input where id not in (select id from made)`
  known.set(list, text)
  return text
}
