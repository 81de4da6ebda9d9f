import { queryOptions } from '@tanstack/react-query'
import type { Allowed } from './catalog.ts'
import { call } from './http.ts'
import type { Row } from './records.ts'

export interface MatrixRole {
  readonly id: string
  readonly name: string
  readonly label: string
  readonly version: number
  readonly built_in: boolean
  readonly people: number
  /** Where the org differs from the start. */
  readonly changes: Readonly<Record<string, boolean>>
  readonly requires_second_factor: boolean
  readonly can: { readonly update: Allowed; readonly delete: Allowed }
}

interface Spoken {
  readonly permission: string
  readonly label: string
  readonly fresh: boolean
  /** For people: no key may do it. */
  readonly people_only: boolean
  readonly own: boolean
  readonly unless: readonly string[]
}

export interface MatrixPermission extends Spoken {
  /** Names of the roles that start with it. */
  readonly defaults: readonly string[]
  /** Whether one may give it, or why not. */
  readonly yours: Allowed
  /** By name of the role: why it can never be changed. */
  readonly fixed: Readonly<Record<string, string>>
}

interface Because {
  readonly role: string
  readonly label: string
  readonly as: 'default' | 'changed'
  readonly changed: { readonly at: string; readonly by: string | null } | null
}

export interface ExplainedPermission extends Spoken {
  readonly allowed: 'yes' | 'own' | 'no'
  readonly because: readonly Because[]
  readonly taken: readonly Because[]
  readonly through: readonly string[]
}

export interface Thing<Permission> {
  readonly name: string
  readonly label: string
  readonly permissions: readonly Permission[]
}

export interface Part<Permission> {
  readonly name: string
  readonly label: string
  readonly things: readonly Thing<Permission>[]
}

export interface Matrix {
  readonly roles: readonly MatrixRole[]
  readonly modules: readonly Part<MatrixPermission>[]
  readonly can: { readonly create: Allowed; readonly invite: Allowed }
  /** The resource whose records are people's own. */
  readonly own_record_kind: string | null
  /** Resources whose records people can stand for. */
  readonly party_kinds: readonly string[]
}

export interface Explanation {
  readonly person: {
    readonly id: string
    readonly name: string
    readonly state: string
    readonly own_record: { readonly resource: string | null; readonly id: string } | null
    readonly stands_for: readonly { readonly resource: string; readonly id: string }[]
  }
  readonly roles: readonly { readonly id: string; readonly label: string }[]
  readonly own_record_kind: string | null
  readonly party_kinds: readonly string[]
  readonly second_factor_required_by: readonly string[]
  readonly modules: readonly Part<ExplainedPermission>[]
}

export interface Grant {
  readonly role: string
  readonly name: string
  readonly label: string
  readonly requires_second_factor: boolean
  readonly granted_at: string
  readonly granted_by: string | null
  readonly granted_by_name: string | null
}

export interface Grants {
  readonly data: readonly Grant[]
  readonly can: { readonly create: Allowed; readonly delete: Allowed }
}

const at = (org: string, path: string) => `/orgs/${org}/${path}`

export const matrixQuery = (org: string) =>
  queryOptions({
    queryKey: ['org', org, 'matrix'],
    queryFn: ({ signal }) => call<Matrix>('GET', at(org, 'roles/matrix'), { signal }),
  })

export const explanationQuery = (org: string, person: string) =>
  queryOptions({
    queryKey: ['org', org, 'explanation', person],
    queryFn: ({ signal }) => call<Explanation>('GET', at(org, `users/${person}/permissions`), { signal }),
  })

export const grantsQuery = (org: string, person: string) =>
  queryOptions({
    queryKey: ['org', org, 'grants', person],
    queryFn: ({ signal }) => call<Grants>('GET', at(org, `users/${person}/grants`), { signal }),
  })

export interface RoleChange {
  readonly label?: string
  readonly permissions?: Readonly<Record<string, boolean | null>>
  readonly requires_second_factor?: boolean
}

export const createRole = (org: string, body: { label: string; copy_of?: string }) =>
  call<Row>('POST', at(org, 'roles'), { body })

export const changeRole = (org: string, role: Pick<MatrixRole, 'id' | 'version'>, body: RoleChange) =>
  call<Row>('PATCH', at(org, `roles/${role.id}`), { body, version: role.version })

export const deleteRole = (org: string, role: Pick<MatrixRole, 'id' | 'version'>) =>
  call<void>('DELETE', at(org, `roles/${role.id}`), { version: role.version })

export const giveRole = (org: string, person: string, role: string) =>
  call<Grants>('POST', at(org, `users/${person}/grants`), { body: { role } })

export const takeRole = (org: string, person: string, role: string) =>
  call<void>('DELETE', at(org, `users/${person}/grants/${role}`))

export const setDisabled = (org: string, person: string, isDisabled: boolean) =>
  call<Row>('POST', at(org, `users/${person}/${isDisabled ? 'disable' : 'enable'}`), { body: {} })

/** The record that a person is, and those that they stand for, by resource; null for none. */
export interface Ties {
  readonly own_record?: string | null
  readonly stands_for?: Readonly<Record<string, string | null>>
}

export const tieTo = (org: string, person: string, ties: Ties) =>
  call<Row>('PATCH', at(org, `users/${person}`), { body: ties })

export const removePerson = (org: string, person: string) => call<void>('DELETE', at(org, `users/${person}`))

export const invite = (org: string, body: { email: string; name: string; roles: readonly string[] } & Ties) =>
  call<Row>('POST', at(org, 'invitations'), { body })

export const actOnInvitation = (org: string, id: string, act: 'resend' | 'revoke') =>
  call<unknown>('POST', at(org, `invitations/${id}/${act}`), { body: {} })
