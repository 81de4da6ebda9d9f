import { type Context, defaultOf } from '@commonhall/kernel'
import { judgeChanges } from '../records/writings.ts'
import type { Registry } from '../registry.ts'
import type { GoodRow, Outcome } from './outcome.ts'
import type { Plan } from './read-row.ts'

/** Rows as they are written: their columns in one order. */
export interface Batch {
  readonly names: readonly string[]
  readonly rows: readonly GoodRow[]
}

/** Lets the module of the list look at all rows at once: what it refuses goes, what it sets is written along. */
export async function judgeRows(
  registry: Registry,
  plan: Plan,
  rows: readonly GoodRow[],
  outcome: Outcome,
  context: () => Context,
): Promise<Batch> {
  const { resource, names } = plan
  if (!registry.writings.has(resource.name) || !rows.length) return { names, rows }
  const unset = Object.fromEntries(Object.keys(resource.fields).map((name) => [name, null]))
  const changes = rows.map(({ values }) => ({
    was: null,
    next: { ...unset, ...Object.fromEntries(names.map((name, index) => [name, values[index]])) },
  }))
  const verdicts = await judgeChanges(registry, context, resource, changes)
  const good: { row: GoodRow; sets: Readonly<Record<string, unknown>> }[] = []
  for (const [index, row] of rows.entries()) {
    const { errors, sets = {} } = verdicts[index] as {
      errors?: readonly { path: string; message: string }[]
      sets?: object
    }
    if (errors) outcome.refuseFor(row, errors)
    else good.push({ row, sets: sets as Readonly<Record<string, unknown>> })
  }
  const along = [...new Set(good.flatMap(({ sets }) => Object.keys(sets)))].filter((name) => !names.includes(name))
  const usual = along.map((name) => defaultOf(resource.fields[name]!) ?? null)
  return {
    names: [...names, ...along],
    rows: good.map(({ row, sets }) => ({
      ...row,
      values: [
        ...names.map((name, index) => (Object.hasOwn(sets, name) ? sets[name] : row.values[index])),
        ...along.map((name, index) => (Object.hasOwn(sets, name) ? sets[name] : usual[index])),
      ],
    })),
  }
}
