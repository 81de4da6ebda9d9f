import { type Resource, say } from '@commonhall/kernel'
import { tableOf } from '../database/draft.ts'
import type { Transaction } from '../database/pool.ts'
import { titleSql } from '../records/columns.ts'
import { orGiveUp } from './give-up.ts'
import { nameCause } from './run.ts'
import { findImport, importable, type ImportRow, type ImportScope, lockImport, needState, setImport } from './store.ts'

/** Rows whose records are removed in one transaction. */
const batchRows = 2000

/** Kept records that are listed by name; beyond that, only counted. */
const mostListed = 500

interface Kept {
  readonly record: string
  readonly title: string
  readonly reason: string
}

/** Marks an import as about to be undone. */
export async function startUndo(transaction: Transaction, id: string): Promise<void> {
  const row = await lockImport(transaction, id)
  needState(row, 'done', 'undoing', 'failed')
  // What a try before this one removed stays counted.
  if (row.state !== 'undoing') await setImport(transaction, id, { state: 'undoing', error: null, kept: [] })
}

/**
 * Takes an import back: removes the records that it made and that nobody has changed since. The others stay, and are
 * listed with the reason. In batches, so that one that was interrupted goes on where it stood.
 */
export async function undoImport(scope: ImportScope, id: string): Promise<ImportRow> {
  const row = await findImport(scope, id)
  if (row.state !== 'undoing') return row
  return await orGiveUp(scope, id, 'done', async () => {
    const resource = importable(scope.registry, row.resource)
    // The list of what stays is made anew by each try; what the tries before removed is gone already.
    await scope.database.transaction(scope.access, (transaction) => setImport(transaction, id, { kept: [] }))
    for (let after: number | null = 0; after !== null;) {
      const from: number = after
      after = await scope.database.transaction(scope.access, (transaction) =>
        undoBatch(transaction, resource, id, from),
      )
    }
  })
}

/** Removes one batch and answers the last row that it looked at; null when none was left. */
async function undoBatch(
  transaction: Transaction,
  resource: Resource,
  id: string,
  after: number,
): Promise<number | null> {
  const { state, kept, removed } = await lockImport(transaction, id)
  if (state !== 'undoing') return null
  const { rows } = await transaction.query<{ row: number; record: string; version: number | null; title: string }>(
    `select r.row, r.record, t.version, ${titleSql(resource, 't')} as title
    from (select row, record from foundation.import_record where import_id = $1 and row > $2
      order by row limit ${batchRows}) r
    left join ${tableOf(resource)} t on t.id = r.record order by r.row`,
    [id, after],
  )
  const last = rows.at(-1)
  if (!last) {
    await setImport(transaction, id, { state: 'undone', finished_at: new Date().toISOString() })
    return null
  }
  await nameCause(transaction, id)
  const present = rows.filter(({ version }) => version !== null)
  const untouched = present.filter(({ version }) => version === 1)
  const { gone, used } = await remove(
    transaction,
    resource,
    untouched.map(({ record }) => record),
  )
  const keep =
    (reason: string) =>
    ({ record, title }: { record: string; title: string }): Kept => ({ record, title, reason })
  const stays = present.filter(({ record }) => !gone.has(record))
  const found = [
    ...stays.filter(({ record }) => !used.has(record)).map(keep(say('imports:kept.changed'))),
    ...stays.filter(({ record }) => used.has(record)).map(keep(say('imports:kept.used'))),
  ]
  await setImport(transaction, id, {
    removed: removed + gone.size,
    kept: [...kept, ...found].slice(0, mostListed),
  })
  return last.row
}

interface Removal {
  readonly gone: ReadonlySet<string>
  /** Others point to these. */
  readonly used: ReadonlySet<string>
}

/**
 * Removes records that are still as they were made: an edit that commits while this waits for its record has made it
 * another, and it stays. Halves the batch only where others point to one.
 */
async function remove(transaction: Transaction, resource: Resource, ids: readonly string[]): Promise<Removal> {
  if (!ids.length) return { gone: new Set(), used: new Set() }
  await transaction.query('savepoint removal')
  try {
    const { rows } = await transaction.query<{ id: string }>(
      `delete from ${tableOf(resource)} where id = any($1::uuid[]) and version = 1 returning id`,
      [ids],
    )
    // A foreign key that is checked at the end must speak while its row can still be told.
    await transaction.query('set constraints all immediate')
    await transaction.query('release savepoint removal')
    return { gone: new Set(rows.map(({ id }) => id)), used: new Set() }
  } catch (error) {
    if ((error as { code?: string }).code !== '23503') throw error
    await transaction.query('rollback to savepoint removal')
    if (ids.length === 1) return { gone: new Set(), used: new Set(ids) }
    const half = Math.ceil(ids.length / 2)
    const first = await remove(transaction, resource, ids.slice(0, half))
    const second = await remove(transaction, resource, ids.slice(half))
    return { gone: new Set([...first.gone, ...second.gone]), used: new Set([...first.used, ...second.used]) }
  }
}
