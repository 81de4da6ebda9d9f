import { refuse, say } from '@commonhall/kernel'
import type { Transaction } from '../database/pool.ts'
import type { Registry } from '../registry.ts'
import { orGiveUp } from './give-up.ts'
import { missingTargets, signatureOf } from './mapping.ts'
import { makePlan, type Plan } from './read-row.ts'
import {
  findImport,
  importable,
  type ImportRow,
  type ImportScope,
  lockImport,
  needState,
  type RefusedRow,
  setImport,
} from './store.ts'
import { targetsOf } from './targets.ts'
import { workerOf } from './worker.ts'
import { type Hand, type StoredRow, writeRows } from './write-rows.ts'

/** Refuses a mapping that would refuse every row. */
export function planFor({ registry }: ImportScope, row: ImportRow): Plan {
  const resource = importable(registry, row.resource)
  const missing = missingTargets(resource, targetsOf(resource, registry.splits, registry.finders), row.mapping)
  if (missing.length) {
    const fields = missing.map(({ label }) => label).join(', ')
    refuse('invalid', say('imports:mapping.missing', { count: missing.length, fields }))
  }
  const ofThis = ({ resource: name }: { readonly resource: string }) => name === resource.name
  const splits = registry.splits.filter(ofThis)
  const hints = { decimalMark: row.decimal_mark, ...(row.date_order ? { dateOrder: row.date_order } : {}) }
  const finders = registry.finders.filter(ofThis)
  return makePlan(resource, splits, row.mapping, { ragged: row.ragged, hints }, finders)
}

/** An import that begins, or begins anew. */
const nothingYet = { error: null, done: 0, imported: 0, refused: 0, removed: 0, kept: [], tried_at: null } as const

/**
 * Marks an import as about to run, with its counts at nothing. One that was interrupted goes on where it stood. Its
 * mapping is remembered for the next file of the same make, unless it had to leave out what others may set.
 */
export async function startRun(
  scope: ImportScope,
  transaction: Transaction,
  id: string,
  isRemembered = true,
): Promise<void> {
  const row = await lockImport(transaction, id)
  needState(row, 'ready', 'undone', 'failed', 'running')
  planFor(scope, row)
  if (row.state === 'running' || (row.state === 'failed' && row.started_at))
    return await setImport(transaction, id, { state: 'running', error: null })
  await transaction.query('delete from foundation.import_refusal where import_id = $1', [id])
  await transaction.query('delete from foundation.import_record where import_id = $1', [id])
  await transaction.query(
    'update foundation.import_chunk set done_at = null where import_id = $1 and done_at is not null',
    [id],
  )
  await setImport(transaction, id, {
    ...nothingYet,
    state: 'running',
    started_at: new Date().toISOString(),
    finished_at: null,
  })
  if (!isRemembered) return
  await transaction.query(
    `insert into foundation.import_memory (resource, signature, mapping) values ($1, $2, $3)
    on conflict (org_id, resource, signature) do update set mapping = excluded.mapping, updated_at = now()`,
    [row.resource, signatureOf(row.headings), JSON.stringify(row.mapping)],
  )
}

/**
 * Brings the rows in, chunk by chunk. Each chunk is one transaction: its records, its refusals and the mark that it is
 * done are there together or not at all. Killing it and calling it again loses nothing and repeats nothing.
 */
export async function runImport(scope: ImportScope, id: string): Promise<ImportRow> {
  const row = await findImport(scope, id)
  if (row.state !== 'running') return row
  return await orGiveUp(scope, id, 'failed', async () => {
    const work = { plan: planFor(scope, row), hand: await handOf(scope), id }
    while (
      await scope.database.transaction(scope.access, (transaction) => runChunk(transaction, scope.registry, work))
    );
  })
}

/** What the chunks of one run have in common. */
interface Work {
  readonly plan: Plan
  readonly hand: Hand
  readonly id: string
}

async function handOf(scope: ImportScope): Promise<Hand> {
  const worker = await workerOf(scope)
  return { actor: worker.actor, context: (transaction) => scope.meet(transaction, worker) }
}

async function runChunk(transaction: Transaction, registry: Registry, { plan, hand, id }: Work): Promise<boolean> {
  const { state } = await lockImport(transaction, id)
  if (state !== 'running') return false
  const {
    rows: [chunk],
  } = await transaction.query<{ n: number; rows: StoredRow[] }>(
    'select n, rows from foundation.import_chunk where import_id = $1 and done_at is null order by n limit 1',
    [id],
  )
  if (!chunk) {
    await setImport(transaction, id, { state: 'done', finished_at: new Date().toISOString() })
    return false
  }
  await nameCause(transaction, id)
  const { imported, refused } = await writeRows(transaction, registry, plan, id, chunk.rows, hand)
  await saveRefusals(transaction, id, refused)
  await transaction.query('update foundation.import_chunk set done_at = now() where import_id = $1 and n = $2', [
    id,
    chunk.n,
  ])
  await addCounts(transaction, id, chunk.rows.length, imported, refused.length)
  return true
}

/** The audit trail then says of every record that this import made it. */
export const nameCause = (transaction: Transaction, id: string) =>
  transaction.query("select set_config('app.cause', $1, true)", [`import:${id}`])

async function addCounts(
  transaction: Pick<Transaction, 'query'>,
  id: string,
  done: number,
  imported: number,
  refused: number,
): Promise<void> {
  await transaction.query(
    `update foundation.import set done = done + $2, imported = imported + $3, refused = refused + $4, updated_at = now()
    where id = $1`,
    [id, done, imported, refused],
  )
}

async function saveRefusals(
  transaction: Pick<Transaction, 'query'>,
  id: string,
  refused: readonly RefusedRow[],
): Promise<void> {
  if (!refused.length) return
  await transaction.query(
    `insert into foundation.import_refusal (import_id, row, cells, faults)
    select $1, row, cells, faults from unnest($2::integer[], $3::jsonb[], $4::jsonb[]) r (row, cells, faults)`,
    [
      id,
      refused.map(({ row }) => row),
      refused.map(({ cells }) => JSON.stringify(cells)),
      refused.map(({ faults }) => JSON.stringify(faults)),
    ],
  )
}

/** Marks an import as about to be tried. */
export async function startTrial(scope: ImportScope, transaction: Transaction, id: string): Promise<void> {
  const row = await lockImport(transaction, id)
  needState(row, 'ready', 'trying', 'undone')
  planFor(scope, row)
  await transaction.query('delete from foundation.import_refusal where import_id = $1', [id])
  await setImport(transaction, id, { ...nothingYet, state: 'trying' })
}

/** Thrown to end a trial: everything it wrote is rolled back. */
class TrialOver extends Error {}

/** Runs the import for real in one transaction, and takes all of it back. What would be refused is kept. */
export async function tryImport(scope: ImportScope, id: string): Promise<ImportRow> {
  const row = await findImport(scope, id)
  if (row.state !== 'trying') return row
  return await orGiveUp(scope, id, 'ready', async () => {
    const work = { plan: planFor(scope, row), hand: await handOf(scope), id }
    const trial = scope.database.transaction(scope.access, async (transaction) => {
      // A trial that is run once more, after its worker died, begins anew; two at once would count twice.
      await transaction.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`trial of import ${id}`])
      if ((await findImport(scope, id)).state === 'trying') await tryRows(scope, transaction, work)
      throw new TrialOver()
    })
    await trial.catch((error: unknown) => {
      if (!(error instanceof TrialOver)) throw error
    })
  })
}

/** What is to outlive the rollback goes through other connections. */
async function tryRows(
  { database, access, registry }: ImportScope,
  transaction: Transaction,
  { plan, hand, id }: Work,
): Promise<void> {
  await database.transaction(access, async (other) => {
    await other.query('delete from foundation.import_refusal where import_id = $1', [id])
    await setImport(other, id, { done: 0, imported: 0, refused: 0 })
  })
  await nameCause(transaction, id)
  for (let n = 1; ; n++) {
    const [chunk] = await database.read<{ rows: StoredRow[] }>(access, {
      text: 'select rows from foundation.import_chunk where import_id = $1 and n = $2',
      values: [id, n],
    })
    if (!chunk) break
    const { imported, refused } = await writeRows(transaction, registry, plan, id, chunk.rows, hand)
    await database.transaction(access, async (other) => {
      await saveRefusals(other, id, refused)
      await addCounts(other, id, chunk.rows.length, imported, refused.length)
    })
  }
  await database.transaction(access, (other) =>
    setImport(other, id, { state: 'ready', tried_at: new Date().toISOString() }),
  )
}
