import type { Change, Context, Resource, Verdict } from '@commonhall/kernel'
import type { Registry } from '../registry.ts'
import { accepted } from './accepted.ts'

type Values = Readonly<Record<string, unknown>>

/** What a module says of changes that are about to be written; nothing where none looks at them. */
export async function judgeChanges(
  registry: Registry,
  context: () => Context,
  resource: Resource,
  changes: readonly { readonly was: Values | null; readonly next: Values }[],
): Promise<readonly Verdict[]> {
  const writing = registry.writings.get(resource.name)
  if (!writing || !changes.length) return changes.map(() => ({}))
  return await writing.judge(context(), changes as unknown as readonly Change[])
}

/** The columns to write along with one change; ends in a refusal if it cannot be. */
export async function settled(
  registry: Registry,
  context: () => Context,
  resource: Resource,
  was: Values | null,
  values: Values,
): Promise<Record<string, unknown>> {
  const unset = Object.fromEntries(Object.keys(resource.fields).map((name) => [name, null]))
  const next = { ...unset, ...was, ...values }
  const [verdict = {}] = await judgeChanges(registry, context, resource, [{ was, next }])
  if (verdict.errors) return accepted({ ok: false, errors: verdict.errors })
  return { ...values, ...verdict.sets }
}
