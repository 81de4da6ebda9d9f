import type { Rule } from '@commonhall/kernel'
import { isForPeople } from '../roles/for-people.ts'

export type ScopeFault =
  | { readonly scope: string; readonly code: 'unknown_scope' | 'person_only' }
  | { readonly scope: string; readonly code: 'beyond' }

/** What is wrong with the scopes asked for: unknown ones, those for people, and those that its owner lacks. */
export function scopeFaults(
  rules: ReadonlyMap<string, Rule>,
  modules: ReadonlySet<string>,
  allowed: ReadonlySet<string>,
  scopes: readonly string[],
): ScopeFault[] {
  return scopes.flatMap((scope): ScopeFault[] => {
    const rule = rules.get(scope)
    const [module = ''] = scope.split('.')
    if (!rule || (module !== 'foundation' && !modules.has(module))) return [{ scope, code: 'unknown_scope' }]
    if (isForPeople(scope, rule)) return [{ scope, code: 'person_only' }]
    return allowed.has(scope) ? [] : [{ scope, code: 'beyond' }]
  })
}
