import { type Actor, isUuid, labelOf, type Resource, say, targetOf } from '@commonhall/kernel'
import { tableOf } from '../database/draft.ts'
import type { Transaction } from '../database/pool.ts'
import { titleSql } from '../records/columns.ts'
import { Values } from '../records/list-sql.ts'
import type { Registry } from '../registry.ts'
import type { Plan } from './read-row.ts'
import type { GoodRow, Outcome } from './outcome.ts'
import { nameable } from './theirs.ts'

/**
 * Puts the ids of the records in place of the words that name them in the file: the target's natural key, its title as
 * an export prints it, or its id. One statement per reference and chunk. `limitedTo` is an actor who brings in only
 * what is their own: what they may not see is not there for them.
 */
export async function resolveReferences(
  transaction: Transaction,
  registry: Registry,
  plan: Plan,
  rows: readonly GoodRow[],
  outcome: Outcome,
  limitedTo: Actor | null,
): Promise<readonly GoodRow[]> {
  let left = rows
  for (const [index, name] of plan.names.entries()) {
    const target = registry.resources.get(targetOf(plan.resource.fields[name]) ?? '')
    if (!target) continue
    const words = [
      ...new Set(left.map(({ values }) => values[index]).filter((value): value is string => typeof value === 'string')),
    ]
    const seen = (bind: Values['bind']) => (limitedTo ? nameable(registry, target, limitedTo, bind) : null)
    const found = words.length ? await findRecords(transaction, target, words, seen) : new Map<string, string>()
    left = left.filter((row) => {
      const word = row.values[index]
      if (typeof word !== 'string') return true
      const id = found.get(word)
      if (id !== undefined) {
        ;(row.values as unknown[])[index] = id
        return true
      }
      outcome.refuse(row, name, say('imports:fault.no_target', wordsFor(target, word)))
      return false
    })
  }
  return left
}

const wordsFor = (target: Resource, value: string) => ({
  target: target.label.toLowerCase(),
  key: (target.naturalKey ? labelOf(target.fields, target.naturalKey) : 'name').toLowerCase(),
  value,
})

async function findRecords(
  transaction: Transaction,
  target: Resource,
  words: readonly string[],
  seen: (bind: Values['bind']) => string | null,
): Promise<Map<string, string>> {
  const found = new Map<string, string>()
  const look = async (match: string, among: readonly string[]) => {
    if (!among.length) return
    const values = new Values()
    const list = values.bind(among)
    const limit = seen(values.bind)
    const { rows } = await transaction.query<{ word: string; id: string }>(
      `select w.word, min(t.id::text) as id from unnest(${list}::text[]) w (word)
      join ${tableOf(target)} t on ${match}${limit ? ` and ${limit}` : ''}
      group by w.word having count(*) = 1`,
      values.list,
    )
    for (const { word, id } of rows) found.set(word, id)
  }
  const missing = () => words.filter((word) => !found.has(word))
  if (target.naturalKey) await look(`t."${target.naturalKey}" = w.word::citext`, words)
  await look('t.id = w.word::uuid', missing().filter(isUuid))
  await look(`${titleSql(target, 't')} = w.word`, missing())
  return found
}
