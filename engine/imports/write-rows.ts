import type { Context, Actor } from '@commonhall/kernel'
import type { Transaction } from '../database/pool.ts'
import type { Registry } from '../registry.ts'
import { findFields } from './search.ts'
import { insert } from './insert-rows.ts'
import { judgeRows } from './judge-rows.ts'
import { type GoodRow, Outcome } from './outcome.ts'
import { type Plan, readRow } from './read-row.ts'
import { resolveReferences } from './references.ts'
import { bringsOwnAlone, checkOwn } from './theirs.ts'

/** A stored row: its number, then its cells. */
export type StoredRow = readonly [row: number, ...cells: string[]]

/** In whose name rows are written, and how a module meets them. */
export interface Hand {
  readonly actor: Actor
  readonly context: (transaction: Transaction) => Context
}

/** Brings rows in: every good one is written, every bad one is named. The same for a run and for a dry run. */
export async function writeRows(
  transaction: Transaction,
  registry: Registry,
  plan: Plan,
  importId: string,
  stored: readonly StoredRow[],
  { actor, context }: Hand,
): Promise<Outcome> {
  const { resource } = plan
  const outcome = new Outcome(plan)
  const read: GoodRow[] = []
  for (const [row, ...cells] of stored) {
    const one = readRow(plan, cells)
    if (one.ok) read.push({ row, cells, values: one.values })
    else outcome.refuseRow(row, cells, one.faults)
  }
  const own = bringsOwnAlone(registry, resource, actor)
  const met = { context: context(transaction), own }
  const found = plan.searches.length ? await findFields(transaction, registry, plan, read, outcome, met) : read
  const resolved = await resolveReferences(transaction, registry, plan, found, outcome, own ? actor : null)
  const batch = await judgeRows(registry, plan, resolved, outcome, () => met.context)
  const check = own
    ? (rows: readonly number[]) => checkOwn(transaction, registry, resource, actor, importId, rows)
    : null
  await insert({ transaction, resource, importId, outcome, check }, batch)
  outcome.refused.sort((a, b) => a.row - b.row)
  return outcome
}
