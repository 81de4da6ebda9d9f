import type { Actor, Rule } from '@commonhall/kernel'
import { type KeptRole, permissionsOf } from '../rules.ts'

type RuleMap = ReadonlyMap<string, Rule>

/** What these roles would give that whoever gives them lacks: nobody hands out more than they hold. Empty is fine. */
export function withinOwn(rules: RuleMap, own: ReadonlySet<string>, roles: readonly KeptRole[]): string[] {
  return [...permissionsOf(rules, roles)].filter((permission) => !own.has(permission))
}

/**
 * What a person may hand on: what they hold. Admins also what the admin role starts with, or else a permission that
 * they have taken from themselves would be lost to the org. A key hands on no more than its scopes.
 */
export function reachOf(rules: RuleMap, actor: Actor, isKey: boolean): ReadonlySet<string> {
  if (isKey || !actor.roles.includes('admin')) return actor.permissions
  return actor.permissions.union(permissionsOf(rules, [{ name: 'admin', changes: {} }]))
}
