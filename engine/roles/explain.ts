import type { Rule } from '@commonhall/kernel'
import type { KeptRole } from '../rules.ts'
import { startsWith } from './changes.ts'
import type { ModulePermissions } from './permission-list.ts'

/** A role as an explanation needs it. */
export interface ExplainedRole extends KeptRole {
  readonly id: string
  readonly label: string
}

/** When the org last changed what a role may do, and who did; null where the trail does not tell or is not for all. */
export type ChangedBy = (role: string, permission: string) => { at: string; by: string | null } | null

interface Because {
  readonly role: string
  readonly label: string
  /** As every org starts, or as this one has decided. */
  readonly as: 'default' | 'changed'
  readonly changed: { readonly at: string; readonly by: string | null } | null
}

export interface Explained {
  readonly permission: string
  readonly label: string
  readonly allowed: 'yes' | 'own' | 'no'
  /** The roles of theirs that give it. */
  readonly because: readonly Because[]
  /** The roles of theirs from which the org took it. */
  readonly taken: readonly Because[]
  /** Roles of the org that would give it. */
  readonly through: readonly string[]
  readonly own: boolean
  readonly fresh: boolean
  readonly people_only: boolean
  readonly unless: readonly string[]
}

interface Person {
  readonly roles: readonly ExplainedRole[]
  /** What some records are theirs as: null for the member that they are, a resource for whom they stand for. */
  readonly as: ReadonlySet<string | null>
  /** The scopes of a key; whatever the roles say, it may no more. */
  readonly only?: ReadonlySet<string> | undefined
}

interface Ground {
  readonly rules: ReadonlyMap<string, Rule>
  readonly modules: readonly ModulePermissions[]
  readonly roles: readonly ExplainedRole[]
  readonly changedBy: ChangedBy
}

const gives = (rule: Rule, { name, changes }: KeptRole, permission: string) =>
  changes[permission] ?? startsWith(rule, name)

/** What a person can do, and why: each permission with the roles that give it, took it, or would give it. */
export function explain({ rules, modules, roles, changedBy }: Ground, person: Person) {
  const because = (role: ExplainedRole, permission: string): Because => {
    const isChanged = permission in role.changes
    const { id, label } = role
    return {
      role: id,
      label,
      as: isChanged ? 'changed' : 'default',
      changed: isChanged ? changedBy(id, permission) : null,
    }
  }
  const explainOne = (known: ModulePermissions['things'][number]['permissions'][number]): Explained => {
    const { permission, label, own, fresh, people_only, unless } = known
    const rule = rules.get(permission) as Rule
    const giving = person.roles.filter((role) => gives(rule, role, permission))
    const byParty = rule.parties && [...person.as].some((one) => one !== null)
    const isOpen = byParty || (giving.length > 0 && (person.only?.has(permission) ?? true))
    const isTheirs = rule.owners.some(({ party }) => person.as.has(party))
    return {
      permission,
      label,
      allowed: isOpen ? 'yes' : isTheirs ? 'own' : 'no',
      because: giving.map((role) => because(role, permission)),
      taken: person.roles
        .filter((role) => role.changes[permission] === false && startsWith(rule, role.name))
        .map((role) => because(role, permission)),
      through: roles.filter((role) => gives(rule, role, permission)).map((role) => role.label),
      own,
      fresh,
      people_only,
      unless,
    }
  }
  return modules.map((module) => ({
    name: module.name,
    label: module.label,
    things: module.things.map(({ name, label, permissions }) => ({
      name,
      label,
      permissions: permissions.map(explainOne),
    })),
  }))
}
