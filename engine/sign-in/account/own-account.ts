import { refuse, say } from '@commonhall/kernel'
import { freshFor } from '../../rules.ts'
import { authenticate, notSignedIn } from '../authenticate.ts'
import type { SignIn } from '../sign-in.ts'
import type { WebRequest } from '../web-request.ts'

/** The person behind a living session. */
export interface OwnAccount {
  readonly sessionId: string
  readonly userId: string
  readonly email: string
  readonly emailVerified: boolean
}

interface AccountRow extends Record<string, unknown> {
  readonly user_id: string
  readonly email: string
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
  const [row] = await signIn.database.bare<AccountRow>(
    'select user_id, email, proved_at, email_verified from foundation.own_account($1)',
    [sessionId],
  )
  if (!row) return notSignedIn()
  if (fresh && Date.now() - Date.parse(row.proved_at) > freshFor)
    refuse('proof_needed', say('engine:rule.proof_needed'))
  return { sessionId, userId: row.user_id, email: row.email, emailVerified: row.email_verified }
}
