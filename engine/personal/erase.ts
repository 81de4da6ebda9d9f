import { isArchivable, type Personal, refuse, type Resource } from '@commonhall/kernel'
import type { Caller } from '../caller.ts'
import { tableOf } from '../database/draft.ts'
import type { Transaction } from '../database/pool.ts'
import type { Engine } from '../engine.ts'
import { isErased, marksOf, type Part, tracesOf } from './declared.ts'
import { eraseFiles } from './files.ts'
import { objectionsTo } from './objections.ts'

/** What became of the person's sign-in: there was none, it stays for other organizations, or it is gone too. */
export type Fate = 'none' | 'stays' | 'erased'

export interface Erasing {
  readonly engine: Engine
  readonly caller: Caller
  readonly transaction: Transaction
}

/** Takes a person out of all that the org keeps, in this one transaction. Done before: nothing happens. */
export async function erasePerson(act: Erasing, people: Resource, id: string, because: string): Promise<Fate> {
  const { engine, caller, transaction } = act
  const traces = tracesOf(engine.registry, people)
  const record = await lockPerson(act, people, id)
  if (isErased(traces.own, record)) return 'none'
  engine.records.permit(caller, people, 'erase', record)
  const objections = await objectionsTo(engine, caller, transaction, people, id)
  if (objections.length) refuse('conflict', objections.join(' '))
  await transaction.query(`select set_config('app.act', 'erase', true), set_config('app.cause', $1, true)`, [
    `erase:${id}`,
  ])
  const records = [...(await eraseRows(transaction, people, traces.own, 'id', id))]
  for (const { resource, by, personal } of traces.linked)
    records.push(...(await eraseRows(transaction, resource, personal, by, id)))
  for (const part of traces.shared) records.push(...(await eraseShared(transaction, people, part, record[part.by])))
  await eraseFiles(engine, caller, transaction, id, records)
  const { marks, key, names } = marksOf(people, record)
  await transaction.query('select foundation.erase_notifications($1, $2, $3, $4, $5)', [id, records, marks, key, names])
  const { rows } = await transaction.query<{ fate: Fate }>(
    'select foundation.erase_person($1, $2, $3, $4, $5, $6) as fate',
    [id, records, marks, key, names, because],
  )
  return rows[0]?.fate ?? 'none'
}

/** The record, locked, if the caller may see it and erase people at all; whether this one is asked afterwards. */
export async function lockPerson({ engine, caller, transaction }: Erasing, people: Resource, id: string) {
  engine.records.permit(caller, people, 'erase')
  await engine.records.find(caller, people, id)
  const { rows } = await transaction.query(`select * from ${tableOf(people)} where id = $1 for update`, [id])
  return rows[0] ?? {}
}

/** Empties and replaces what is declared in the rows of somebody; answers their ids. */
async function eraseRows(
  transaction: Transaction,
  resource: Resource,
  { erase = [], replace = {} }: Personal,
  by: string,
  value: unknown,
): Promise<string[]> {
  const texts = Object.values(replace)
  const changes = [
    ...erase.map((name) => `"${name}" = null`),
    ...Object.keys(replace).map(
      (name, n) => `"${name}" = replace($${n + 2}::text, '{code}', upper(right(id::text, 8)))`,
    ),
    ...(isArchivable(resource) && by === 'id' ? ['archived_at = coalesce(archived_at, now())'] : []),
  ]
  const text = changes.length
    ? `update ${tableOf(resource)} set ${changes.join(', ')}, version = version + 1, updated_at = now()
      where "${by}" = $1 returning id`
    : `select id from ${tableOf(resource)} where "${by}" = $1`
  const { rows } = await transaction.query<{ id: string }>(text, [value, ...texts])
  return rows.map(({ id }) => id)
}

/** What the person shared with others goes with the last of them; until then it is the others'. */
async function eraseShared(transaction: Transaction, people: Resource, part: Part, id: unknown): Promise<string[]> {
  if (typeof id !== 'string') return []
  const { rowCount } = await transaction.query(`select from ${tableOf(people)} where "${part.by}" = $1 limit 1`, [id])
  return rowCount ? [] : await eraseRows(transaction, part.resource, part.personal, 'id', id)
}
