import type { MatrixRole, Part, Thing } from '../wire/roles.ts'

/** What the choice needs to know of a permission. */
interface Choosable {
  readonly permission: string
  readonly label: string
}

interface Held extends Choosable {
  readonly allowed: 'yes' | 'own' | 'no'
  readonly people_only: boolean
}

type Tree<One> = readonly Part<One>[]

const all = <One extends Choosable>(modules: Tree<One>): One[] =>
  modules.flatMap(({ things }) => things.flatMap(({ permissions }) => permissions))

/** The tree with what fits alone; what is empty then is left out. */
function only<One extends Choosable>(modules: Tree<One>, fits: (one: One) => boolean): Part<One>[] {
  const things = (part: Part<One>) =>
    part.things
      .map((thing): Thing<One> => ({ ...thing, permissions: thing.permissions.filter(fits) }))
      .filter(({ permissions }) => permissions.length)
  return modules.map((part) => ({ ...part, things: things(part) })).filter((part) => part.things.length)
}

/** What somebody holds by roles, whatever becomes of their own record. */
export const heldBy = (modules: Tree<Held>): ReadonlySet<string> =>
  new Set(all(modules).flatMap(({ permission, allowed }) => (allowed === 'yes' ? [permission] : [])))

/** What these roles would give. */
export const givenBy = (
  modules: Tree<Choosable & { readonly defaults: readonly string[] }>,
  roles: readonly MatrixRole[],
): ReadonlySet<string> =>
  new Set(
    all(modules).flatMap(({ permission, defaults }) =>
      roles.some(({ name, changes }) => changes[permission] ?? defaults.includes(name)) ? [permission] : [],
    ),
  )

/** What a key may be given: what both its maker and its owner hold, and what is not for people alone. */
export const choosable = <One extends Held>(mine: Tree<One>, owners: ReadonlySet<string>): Part<One>[] =>
  only(mine, (one) => one.allowed === 'yes' && !one.people_only && owners.has(one.permission))

export const namesOf = (modules: Tree<Choosable>): string[] => all(modules).map(({ permission }) => permission)

/**
 * Seeing records of modules, and no field with a rule of its own: `members.member.read`, not
 * `members.member.ssn.read`, and not the trail of all that people do.
 */
export const readingOf = (modules: Tree<Choosable>): string[] =>
  namesOf(modules).filter((name) => /^(?!foundation\.)[^.]+\.[^.]+\.read$/.test(name))

/** The chosen ones in words, thing by thing, and those that there are no words for any more. */
export function spokenScopes(
  modules: Tree<Choosable>,
  scopes: readonly string[],
): { things: Thing<Choosable>[]; unknown: string[] } {
  const wanted = new Set(scopes)
  const things = only(modules, ({ permission }) => wanted.has(permission)).flatMap((part) => part.things)
  for (const { permissions } of things) for (const { permission } of permissions) wanted.delete(permission)
  return { things, unknown: [...wanted] }
}

/** "see, add", as it stands behind what it is about. */
export const actsOf = ({ permissions }: Thing<Choosable>): string[] =>
  permissions.map(({ label }) => label.charAt(0).toLowerCase() + label.slice(1))

/** Of one thing, how much a key could do at most. */
export const wholeOf = (modules: Tree<Held>, name: string): number =>
  modules
    .flatMap(({ things }) => things.filter((thing) => thing.name === name))
    .reduce((sum, { permissions }) => sum + permissions.filter((one) => !one.people_only).length, 0)
