import type { OrgKind } from '@commonhall/kernel'
import { queryOptions } from '@tanstack/react-query'
import { call } from './http.ts'

export interface Seat {
  readonly slug: string
  readonly name: string
  readonly kind: OrgKind
  readonly accent?: string
  readonly roles: readonly string[]
}

export interface Session {
  readonly user: {
    readonly id: string
    readonly email: string
    readonly name: string
    readonly email_verified?: boolean
    readonly is_host?: boolean
  }
  readonly orgs: readonly Seat[]
}

/** Who is signed in, and in which orgs they have a seat. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: ({ signal }) => call<Session>('GET', '/auth/me', { signal }),
  staleTime: 5 * 60_000,
})

export const signIn = (email: string, password: string) =>
  call<Session>('POST', '/auth/login', { body: { email, password, session: 'cookie' } })

export const signOut = () => call<void>('POST', '/auth/logout', { body: {} })

export const askForReset = (email: string) => call<void>('POST', '/auth/password/reset-request', { body: { email } })

export const confirmReset = (token: string, password: string) =>
  call<void>('POST', '/auth/password/reset-confirm', { body: { token, password } })
