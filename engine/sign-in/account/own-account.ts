import { permitFresh } from '../../rules.ts'
import { authenticate, notSignedIn } from '../authenticate.ts'
import type { SignIn } from '../sign-in.ts'
import type { WebRequest } from '../web-request.ts'

/** The person behind a living session. */
export interface OwnAccount {
  readonly sessionId: string
  readonly userId: string
  readonly email: string
  readonly name: string
  readonly emailVerified: boolean
}

interface AccountRow extends Record<string, unknown> {
  readonly user_id: string
  readonly email: string
  readonly name: string
  readonly proved_at: string
  readonly email_verified: boolean
}

/**
 * Who sends this request, for what only people do with their own account; an API key is nobody here. `fresh`: they must
 * have proved within ten minutes who they are.
 * @throws {Refusal} `not_signed_in` (401), `csrf` or `proof_needed` (403).
 */
export async function ownAccount(
  signIn: SignIn,
  request: WebRequest,
  { fresh = false }: { readonly fresh?: boolean } = {},
): Promise<OwnAccount> {
  const { sessionId } = await authenticate(signIn, request)
  const [row] = await signIn.database.bare<AccountRow>('select * from foundation.own_account($1)', [sessionId])
  if (!row) return notSignedIn()
  if (fresh) permitFresh({ provedAt: Date.parse(row.proved_at) })
  const { user_id: userId, email, name, email_verified: emailVerified } = row
  return { sessionId, userId, email, name, emailVerified }
}
