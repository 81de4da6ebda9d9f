import type { Caller } from '../caller.ts'
import type { Transaction } from '../database/pool.ts'
import type { Engine } from '../engine.ts'
import { notHere } from '../records/reading.ts'
import { file } from './file.ts'
import { type Place, placeOf, type Row } from './parents.ts'
import type { FileRow } from './ready.ts'

/** A file that cannot change or lose its record until the transaction ends. */
export interface Locked {
  readonly row: FileRow
  readonly place: Place
  /** Undefined when there is none (any more). */
  readonly record: Row | undefined
}

/**
 * A file that the caller may see, at the version that they saw. The record first: who changes the record goes on to its
 * files in the same order.
 */
export async function lockFile(
  engine: Engine,
  transaction: Transaction,
  caller: Caller,
  id: string,
  expected: number | null,
): Promise<Locked> {
  const { records, registry } = engine
  const place = placeOf((await records.within(transaction, caller, file, id)) ?? notHere(file))
  const record = place.record
    ? await records.within(transaction, caller, registry.resource(place.resource), place.record, 'for key share of t')
    : undefined
  const row = (await records.forChange(transaction, caller, file, id, 'read', expected)) as FileRow
  // A record was saved with it in between: now it is the record's.
  if (row.record !== place.record) return await lockFile(engine, transaction, caller, id, expected)
  return { row, place, record }
}
