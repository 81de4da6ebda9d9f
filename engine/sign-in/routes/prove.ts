import type { AuthenticationResponseJSON } from '@simplewebauthn/server'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { refuse, refuseField, say } from '@commonhall/kernel'
import { tooMany } from '../attempt.ts'
import { authenticate, notSignedIn } from '../authenticate.ts'
import { mailFactorChange } from '../factors/change-mail-job.ts'
import { readCode } from '../factors/codes.ts'
import { readShownPasskey } from '../factors/passkeys.ts'
import type { Shown } from '../factors/shown.ts'
import { isPassword } from '../password-hash.ts'
import type { SignIn } from '../sign-in.ts'
import { addressOf } from '../web-request.ts'

/** Which of the others is there, the method says. */
interface Proof {
  readonly method: Shown['method']
  readonly password?: string
  readonly code?: string
  readonly challenge?: string
  readonly credential?: AuthenticationResponseJSON
}

interface Begun extends Record<string, unknown> {
  readonly user_id: string
  readonly email: string
  readonly name: string
  readonly password_hash: string | null
  readonly methods: readonly string[]
  readonly wait_s: number
}

/** `POST /auth/prove`. Whoever has a second factor shows that one; a password proves those who have none. */
export async function prove(signIn: SignIn, request: FastifyRequest, reply: FastifyReply): Promise<null> {
  const { sessionId } = await authenticate(signIn, request)
  const proof = request.body as Proof
  // One at a time: guesses side by side could each be the fifth.
  await signIn.turns.take(sessionId, () => proveSession(signIn, request, sessionId, proof))
  reply.code(204)
  return null
}

async function proveSession(signIn: SignIn, request: FastifyRequest, sessionId: string, proof: Proof): Promise<void> {
  const guess = proof.method !== 'passkey'
  const [begun] = await signIn.database.bare<Begun>('select * from foundation.begin_proof($1, $2)', [sessionId, guess])
  if (!begun) return notSignedIn()
  if (begun.wait_s) tooMany(begun.wait_s)
  const open = begun.methods.length ? begun.methods : ['password']
  if (!open.includes(proof.method)) refuse('wrong_method', say('engine:factor.wrong_method'))
  const shown = await look(signIn, request, begun, proof)
  const values = [begun.user_id, sessionId, shown, addressOf(request), request.id]
  const [row] = shown
    ? await signIn.database.bare<{ done: boolean }>(
        'select foundation.prove_session($1, $2, $3, $4, $5) as done',
        values,
      )
    : []
  if (row?.done) {
    if (proof.method === 'recovery-code') await mailFactorChange(signIn, begun, 'recovery-code-used')
    return
  }
  const failed = [begun.user_id, sessionId, addressOf(request), request.id]
  await signIn.database.bare('select foundation.fail_proof($1, $2, $3, $4)', failed)
  refuse('wrong_proof', say(`engine:factor.wrong_code.${proof.method}`))
}

async function look(signIn: SignIn, request: FastifyRequest, begun: Begun, proof: Proof): Promise<Shown | null> {
  const { user_id: userId, password_hash: hash } = begun
  const { method, password, code, challenge, credential } = proof
  if (method === 'password') {
    return (await isPassword(hash, password ?? missing('password'))) && hash ? { method, hash } : null
  }
  if (method !== 'passkey') return await readCode(signIn, userId, method, code ?? missing('code'))
  const asked = challenge ?? missing('challenge')
  const seen = await readShownPasskey(signIn, request, asked, credential ?? missing('credential'))
  return seen.userId === userId ? seen.shown : null
}

function missing(path: string): never {
  refuseField(path, 'required', say('kernel:invalid.required', { label: say(`engine:sign_in.label.${path}`) }))
}
