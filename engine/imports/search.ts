import { type Context, isUuid, labelOf, say, targetOf } from '@commonhall/kernel'
import type { Transaction } from '../database/pool.ts'
import type { Registry } from '../registry.ts'
import { restore } from '../sheets/index.ts'
import type { GoodRow, Outcome } from './outcome.ts'
import type { Plan, Search } from './read-row.ts'
import { finderTarget } from './targets.ts'
import { nameableAmong } from './theirs.ts'

/** What the columns of a search say in a row: blank ones give way to what is said for all. */
const givenIn = ({ columns, constants }: Search, { cells }: GoodRow): Record<string, string> => ({
  ...constants,
  ...Object.fromEntries(
    columns.flatMap(({ name, column }) => {
      const text = restore((cells[column] ?? '').trim()).trim()
      return text ? [[name, text]] : []
    }),
  ),
})

/** Finds the fields that several columns say together. A field that has a column of its own is not looked for. */
export async function findFields(
  transaction: Transaction,
  registry: Registry,
  plan: Plan,
  rows: readonly GoodRow[],
  outcome: Outcome,
  met: { readonly context: Context; readonly own: boolean },
): Promise<readonly GoodRow[]> {
  let left = rows
  for (const search of plan.searches) left = await findField(transaction, registry, plan, search, left, outcome, met)
  return left
}

async function findField(
  transaction: Transaction,
  registry: Registry,
  plan: Plan,
  search: Search,
  rows: readonly GoodRow[],
  outcome: Outcome,
  { context, own }: { readonly context: Context; readonly own: boolean },
): Promise<readonly GoodRow[]> {
  const { finder, index, columns } = search
  const { fields } = plan.resource
  const open = rows.filter(({ values }) => values[index] === null)
  const asked = open.map((row) => ({
    given: givenIn(search, row),
    values: Object.fromEntries(plan.names.map((name, at) => [name, row.values[at]])),
  }))
  const headings = Object.fromEntries(columns.map(({ name, heading }) => [name, heading]))
  const found = open.length ? await finder.find(context, asked, { headings, hints: plan.hints }) : []
  const ids = found.flatMap((one) => ('value' in one && isUuid(one.value) ? [one.value] : []))
  const seen =
    own && targetOf(fields[finder.into])
      ? await nameableAmong(transaction, registry, plan.resource, finder.into, context.actor, ids)
      : null
  const lost = new Set<GoodRow>()
  for (const [at, row] of open.entries()) {
    const one = found[at] ?? { value: null }
    const label = labelOf(fields, finder.into)
    const fault =
      'message' in one
        ? one
        : one.value === null && fields[finder.into]?.required
          ? { message: say('kernel:invalid.required', { label }) }
          : seen && isUuid(one.value) && !seen.has(one.value)
            ? { message: say('engine:record.no_target', { label }) }
            : undefined
    if (fault) {
      outcome.refuse(row, fault.column === undefined ? finder.into : finderTarget(finder, fault.column), fault.message)
      lost.add(row)
    } else (row.values as unknown[])[index] = 'value' in one ? one.value : null
  }
  return lost.size ? rows.filter((row) => !lost.has(row)) : rows
}
