import { queryOptions } from '@tanstack/react-query'
import { call } from './http.ts'

/** A browser or program in which the person is signed in. */
export interface OpenSession {
  readonly id: string
  readonly device: string
  readonly address: string | null
  readonly started_at: string
  readonly last_seen_at: string
  readonly second_factor: 'passkey' | 'totp' | 'recovery-code' | null
  readonly current: boolean
}

export const sessionsQuery = queryOptions({
  queryKey: ['sessions'],
  queryFn: ({ signal }) => call<{ readonly data: readonly OpenSession[] }>('GET', '/auth/sessions', { signal }),
})

export const endSession = (id: string) => call<void>('DELETE', `/auth/sessions/${id}`)

export const endOtherSessions = () =>
  call<{ readonly ended: number }>('POST', '/auth/sessions/end-others', { body: {} })

export const changeEmail = (email: string) => call<void>('POST', '/auth/email/change', { body: { email } })

export const verifyEmail = () => call<void>('POST', '/auth/email/verification', { body: {} })

export const confirmEmail = (token: string) =>
  call<{ readonly email: string }>('POST', '/auth/email/confirm', { body: { token } })
