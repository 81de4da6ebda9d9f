import { isUuid, labelOf, type Resource, say, targetOf } from '@commonhall/kernel'
import { tableOf } from '../database/draft.ts'
import type { Transaction } from '../database/pool.ts'
import { titleSql } from '../records/columns.ts'
import type { Registry } from '../registry.ts'
import type { Plan } from './read-row.ts'
import type { GoodRow, Outcome } from './outcome.ts'

/**
 * Puts the ids of the records in place of the words that name them in the file: the target's natural key, its title as
 * an export prints it, or its id. One statement per reference and chunk.
 */
export async function resolveReferences(
  transaction: Transaction,
  registry: Registry,
  plan: Plan,
  rows: readonly GoodRow[],
  outcome: Outcome,
): Promise<readonly GoodRow[]> {
  let left = rows
  for (const [index, name] of plan.names.entries()) {
    const target = registry.resources.get(targetOf(plan.resource.fields[name]) ?? '')
    if (!target) continue
    const words = [
      ...new Set(left.map(({ values }) => values[index]).filter((value): value is string => typeof value === 'string')),
    ]
    const found = words.length ? await findRecords(transaction, target, words) : new Map<string, string>()
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
): Promise<Map<string, string>> {
  const found = new Map<string, string>()
  const look = async (match: string, among: readonly string[]) => {
    if (!among.length) return
    const { rows } = await transaction.query<{ word: string; id: string }>(
      `select w.word, min(t.id::text) as id from unnest($1::text[]) w (word) join ${tableOf(target)} t on ${match}
      group by w.word having count(*) = 1`,
      [among],
    )
    for (const { word, id } of rows) found.set(word, id)
  }
  const missing = () => words.filter((word) => !found.has(word))
  if (target.naturalKey) await look(`t."${target.naturalKey}" = w.word::citext`, words)
  await look('t.id = w.word::uuid', missing().filter(isUuid))
  await look(`${titleSql(target, 't')} = w.word`, missing())
  return found
}
