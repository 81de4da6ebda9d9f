import type { RoleName, Rule } from '@commonhall/kernel'
import { hasModule, type OpenOrg } from '../caller.ts'
import type { Registry } from '../registry.ts'
import { isForPeople } from './for-people.ts'
import { partsOf, permissionLabel, thingLabel } from './permission-words.ts'

/** A permission as people read it. */
export interface KnownPermission {
  readonly permission: string
  readonly label: string
  /** The roles that have it unless the org decides otherwise. */
  readonly defaults: readonly RoleName[]
  /** Asks people to prove again who they are. */
  readonly fresh: boolean
  /** No key may do it. */
  readonly people_only: boolean
  /** The member whose record it is may, whatever their role. */
  readonly own: boolean
  /** When it is not open to anybody, though their role has it. */
  readonly unless: readonly string[]
}

export interface Thing {
  readonly name: string
  readonly label: string
  readonly permissions: readonly KnownPermission[]
}

export interface ModulePermissions {
  readonly name: string
  readonly label: string
  readonly things: readonly Thing[]
}

/** The order in which people think of them; what a module adds stands between changing and putting away. */
const order = ['read', '*.read', 'create', 'update', '*.write', '*', 'archive', 'delete', 'remove', 'import', 'export']

const rankOf = (permission: string): number => {
  const { act } = partsOf(permission)
  const known = order.indexOf(act)
  return known >= 0 ? known : order.indexOf(act.includes('.') ? act.replace(/^[^.]+/, '*') : '*')
}

/** Every permission of the modules that are switched on, by module and thing. */
export function permissionList(registry: Registry, org: Pick<OpenOrg, 'modules'>): ModulePermissions[] {
  const on = registry.modules.filter(({ name }) => hasModule(org, name))
  // The house's own stands last, as in the navigation.
  const ordered = [...on.filter(({ name }) => name !== 'foundation'), ...on.filter(({ name }) => name === 'foundation')]
  return ordered
    .map(({ name, label, rules = {} }) => ({ name, label, things: thingsOf(registry, rules) }))
    .filter(({ things }) => things.length)
}

function thingsOf(registry: Registry, rules: Readonly<Record<string, Rule>>): Thing[] {
  const groups = Map.groupBy(Object.entries(rules), ([permission]) => partsOf(permission).thing)
  return [...groups].map(([name, entries]) => ({
    name,
    label: thingLabel(registry, name),
    permissions: entries
      .toSorted(([one], [other]) => rankOf(one) - rankOf(other))
      .map(([permission, rule]) => ({
        permission,
        label: permissionLabel(registry, permission),
        defaults: rule.roles,
        fresh: rule.fresh,
        people_only: isForPeople(permission, rule),
        own: rule.owners.length > 0,
        unless: rule.vetoes.map(({ reason }) => reason),
      })),
  }))
}
