import { queryOptions } from '@tanstack/react-query'
import { call } from './http.ts'
import type { Session } from './session.ts'

/** What the link in an invitation leads to. */
export interface Invitation {
  readonly org: { readonly slug: string; readonly name: string; readonly accent?: string }
  readonly email: string
  readonly name: string | null
  readonly invited_by: string | null
  readonly has_account: boolean
  readonly expires_at: string
}

export const invitationQuery = (token: string) =>
  queryOptions({
    queryKey: ['invitation', token],
    queryFn: ({ signal }) => call<Invitation>('GET', `/auth/invitations/${encodeURIComponent(token)}`, { signal }),
  })

/** As somebody new: the answer is their first session. */
export const acceptAsNew = (token: string, name: string, password: string) =>
  call<Session>('POST', `/auth/invitations/${encodeURIComponent(token)}/accept`, {
    body: { name, password, session: 'cookie' },
  })

/** As somebody who is signed in. */
export const acceptInvitation = (token: string) =>
  call<{ readonly org: unknown }>('POST', `/auth/invitations/${encodeURIComponent(token)}/accept`, { body: {} })
