import { refuse, say } from '@commonhall/kernel'
import { authenticate, notSignedIn } from '../authenticate.ts'
import type { SignIn } from '../sign-in.ts'
import type { WebRequest } from '../web-request.ts'

/** Whose factors a request is about. */
export interface Owner extends Record<string, unknown> {
  readonly user_id: string
  readonly email: string
  readonly name: string
  readonly fresh: boolean
  readonly passkeys: readonly { readonly credential: string; readonly transports: readonly string[] }[]
}

/** A person who has just proved who they are, in the session that they did it in. */
export interface ProvenOwner {
  readonly sessionId: string
  readonly owner: Owner
}

/**
 * The person whose living session this is. API keys have no factors.
 * @throws {Refusal} `not_signed_in`, or `proof_needed` when they last proved themselves over ten minutes ago.
 */
export async function provenOwner(signIn: SignIn, request: WebRequest): Promise<ProvenOwner> {
  const { sessionId } = await authenticate(signIn, request)
  const [owner] = await signIn.database.bare<Owner>('select * from foundation.factor_owner($1)', [sessionId])
  if (!owner) return notSignedIn()
  if (!owner.fresh) refuse('proof_needed', say('engine:rule.proof_needed'))
  return { sessionId, owner }
}
