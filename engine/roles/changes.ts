import { type Rule, type RoleName, say } from '@commonhall/kernel'
import type { KeptRole } from '../rules.ts'

/** Yes, no, or null: as the modules have it. */
export type Wanted = Readonly<Record<string, boolean | null>>

/** What a role would be after a change, and what it gains and loses by it. */
export interface Changed {
  readonly changes: Readonly<Record<string, boolean>>
  readonly given: readonly string[]
  readonly taken: readonly string[]
}

type RuleMap = ReadonlyMap<string, Rule>

/** Whether a role of this name may do it before the org changes anything; one of the org's own starts with nothing. */
export const startsWith = (rule: Rule, name: string) => rule.roles.includes(name as RoleName)

/** Applies a change. What is then as the modules have it is no difference any more, and is not kept. */
export function changeRole(rules: RuleMap, role: KeptRole, wanted: Wanted): Changed {
  const changes = { ...role.changes }
  const [given, taken]: [string[], string[]] = [[], []]
  for (const [permission, asked] of Object.entries(wanted)) {
    const rule = rules.get(permission)
    if (!rule) continue
    const usual = startsWith(rule, role.name)
    const before = role.changes[permission] ?? usual
    const after = asked ?? usual
    if (after === usual) delete changes[permission]
    else changes[permission] = after
    if (after !== before) (after ? given : taken).push(permission)
  }
  return { changes, given, taken }
}

/** Why this permission of this role cannot be changed by anybody; undefined when it can. */
export const fixedBecause = (role: string, permission: string): string | undefined =>
  role === 'admin' && permission.startsWith('foundation.') ? say('roles:admin_keeps') : undefined
