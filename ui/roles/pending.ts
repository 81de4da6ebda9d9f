import type { Matrix, MatrixPermission, MatrixRole, RoleChange } from '../wire/roles.ts'

/** What is to be saved, by id of the role: permissions with yes or no, and whether it needs a second factor. */
export type Pending = Readonly<Record<string, Required<Pick<RoleChange, 'permissions'>> & RoleChange>>

export const startOf = ({ name }: MatrixRole, { defaults }: MatrixPermission) => defaults.includes(name)

/** As it is kept now. */
export const keptOf = (role: MatrixRole, known: MatrixPermission) =>
  role.changes[known.permission] ?? startOf(role, known)

/** As it would be after saving. */
export const shownOf = (pending: Pending, role: MatrixRole, known: MatrixPermission): boolean =>
  pending[role.id]?.permissions[known.permission] ?? keptOf(role, known)

export const factorOf = (pending: Pending, role: MatrixRole): boolean =>
  pending[role.id]?.requires_second_factor ?? role.requires_second_factor

/** What is left when a role is saved. */
export const without = (pending: Pending, id: string): Pending =>
  Object.fromEntries(Object.entries(pending).filter(([role]) => role !== id))

/** A role of which nothing is to be changed any more is none of the pending. */
const withChange = (pending: Pending, id: string, change: Pending[string]): Pending =>
  Object.keys(change.permissions).length || change.requires_second_factor !== undefined
    ? { ...pending, [id]: change }
    : without(pending, id)

/** Sets one permission. What is again as it is kept is no change. */
export function setPermission(pending: Pending, role: MatrixRole, known: MatrixPermission, isOn: boolean): Pending {
  const before = pending[role.id] ?? { permissions: {} }
  const { [known.permission]: _, ...others } = before.permissions
  const permissions = isOn === keptOf(role, known) ? others : { ...others, [known.permission]: isOn }
  return withChange(pending, role.id, { ...before, permissions })
}

export function setFactor(pending: Pending, role: MatrixRole, isOn: boolean): Pending {
  const { requires_second_factor: _, ...before } = pending[role.id] ?? { permissions: {} }
  return withChange(
    pending,
    role.id,
    isOn === role.requires_second_factor ? before : { ...before, requires_second_factor: isOn },
  )
}

export const permissionsOf = ({ modules }: Pick<Matrix, 'modules'>): MatrixPermission[] =>
  modules.flatMap(({ things }) => things.flatMap(({ permissions }) => permissions))

/** Everything of a role as every organization starts. */
export const setToStart = (pending: Pending, role: MatrixRole, all: readonly MatrixPermission[]): Pending =>
  all.reduce((sofar, known) => setPermission(sofar, role, known, startOf(role, known)), pending)

export interface PendingLine {
  readonly role: MatrixRole
  readonly may: readonly string[]
  readonly mayNot: readonly string[]
  readonly factor: boolean | undefined
}

/** What is to be saved in words, role by role. */
export function linesOf(pending: Pending, { roles, modules }: Matrix): PendingLine[] {
  const named = modules.flatMap(({ things }) =>
    things.flatMap(({ label, permissions }) =>
      permissions.map((known) => [known.permission, `${label}: ${lower(known.label)}`] as const),
    ),
  )
  return roles.flatMap((role): PendingLine[] => {
    const change = pending[role.id]
    if (!change) return []
    const asked = named.filter(([permission]) => permission in change.permissions)
    const [may, mayNot] = [true, false].map((wanted) =>
      asked.filter(([permission]) => change.permissions[permission] === wanted).map(([, words]) => words),
    ) as [string[], string[]]
    return [{ role, may, mayNot, factor: change.requires_second_factor }]
  })
}

export const lower = (words: string) => words.charAt(0).toLowerCase() + words.slice(1)

export const countOf = (pending: Pending): number =>
  Object.values(pending).reduce(
    (sum, { permissions, requires_second_factor: factor }) =>
      sum + Object.keys(permissions).length + (factor === undefined ? 0 : 1),
    0,
  )
