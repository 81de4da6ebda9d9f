import { queryOptions } from '@tanstack/react-query'
import { call } from './http.ts'
import type { GivenPasskey, MadePasskey } from './passkey.ts'
import type { Session } from './session.ts'

/** A way to show that it is you. */
export type Way = 'passkey' | 'totp' | 'recovery-code' | 'password'

export interface Passkey {
  readonly id: string
  readonly name: string
  readonly created_at: string
  readonly last_used_at: string | null
  readonly synced: boolean
}

/** What one can prove oneself with, and who asks for it. */
export interface Factors {
  readonly passkeys: readonly Passkey[]
  readonly totp: { readonly confirmed_at: string } | null
  readonly recovery_codes: { readonly left: number; readonly made_at: string } | null
  readonly required_by: readonly { readonly org: string; readonly role: string }[]
  readonly prove_with: readonly Way[]
  readonly proved_at: string
}

/** What was shown: a passkey's signature, a code, or a password. */
export type Shown =
  | ({ readonly method: 'passkey' } & GivenPasskey)
  | { readonly method: 'totp' | 'recovery-code'; readonly code: string }
  | { readonly method: 'password'; readonly password: string }

/** The first factor brings recovery codes with it; they are told this one time. */
export interface MaybeCodes {
  readonly recovery_codes?: readonly string[]
}

export const factorsQuery = queryOptions({
  queryKey: ['factors'],
  queryFn: ({ signal }) => call<Factors>('GET', '/auth/factors', { signal }),
})

export const hasSecondStep = ({ passkeys, totp }: Pick<Factors, 'passkeys' | 'totp'>) => passkeys.length > 0 || !!totp

export const prove = (shown: Shown) => call<void>('POST', '/auth/prove', { body: shown })

export const addPasskey = (made: MadePasskey, name: string) =>
  call<Passkey & MaybeCodes>('POST', '/auth/passkeys', { body: { ...made, name } })

export const renamePasskey = (id: string, name: string) =>
  call<void>('PATCH', `/auth/passkeys/${id}`, { body: { name } })

export const removePasskey = (id: string) => call<void>('DELETE', `/auth/passkeys/${id}`)

export interface TotpSecret {
  readonly secret: string
  readonly uri: string
  /** An SVG picture, as text. */
  readonly qr: string
}

export const beginTotp = () => call<TotpSecret>('POST', '/auth/totp', { body: {} })

export const confirmTotp = (code: string) => call<MaybeCodes>('POST', '/auth/totp/confirm', { body: { code } })

export const removeTotp = () => call<void>('DELETE', '/auth/totp')

export const makeRecoveryCodes = () =>
  call<{ readonly recovery_codes: readonly string[] }>('POST', '/auth/recovery-codes', { body: {} })

/** Ends a sign-in that began with the password. */
export const finishSignIn = (ticket: string, method: 'totp' | 'recovery-code', code: string) =>
  call<Session>('POST', '/auth/second-factor', { body: { ticket, method, code, session: 'cookie' } })

export const signInByPasskey = ({ challenge, credential }: GivenPasskey) =>
  call<Session>('POST', '/auth/passkey/login', { body: { challenge, credential, session: 'cookie' } })
