import { refuse, refuseField, say } from '@commonhall/kernel'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { commonPasswords } from '../common-passwords.ts'
import { tokenHash } from '../opaque-token.ts'
import { hashPassword } from '../password-hash.ts'
import { passwordFault, type PasswordOwner } from '../policy.ts'
import { sayFault } from '../say-fault.ts'
import { resetMailJob, type ResetMailWanted } from '../reset-mail-job.ts'
import type { SignIn } from '../sign-in.ts'
import { addressOf } from '../web-request.ts'

/** `POST /auth/password/reset-request`. Always 202: the person is only looked up later, by the job that mails. */
export async function requestReset(signIn: SignIn, request: FastifyRequest, reply: FastifyReply): Promise<object> {
  const { email } = request.body as { email: string }
  const [row] = await signIn.database.bare<{ allowed: boolean }>(
    'select foundation.allow_reset($1, $2, $3) as allowed',
    [email, addressOf(request), request.id],
  )
  if (row?.allowed) await signIn.enqueue(resetMailJob, { email } satisfies ResetMailWanted)
  reply.code(202)
  return { detail: say('engine:sign_in.reset_requested') }
}

/** `POST /auth/password/reset-confirm`. A password that is refused does not spend the link. */
export async function confirmReset(signIn: SignIn, request: FastifyRequest, reply: FastifyReply): Promise<null> {
  const { token, password } = request.body as { token: string; password: string }
  const hash = tokenHash(token)
  const [owner] = await signIn.database.bare<PasswordOwner & Record<string, unknown>>(
    'select email, name, orgs from foundation.reset_subject($1)',
    [hash],
  )
  if (!owner) return linkSpent()
  const fault = passwordFault(password, owner, await commonPasswords())
  if (fault) {
    refuseField('password', fault.code, sayFault(fault))
  }
  const [row] = await signIn.database.bare<{ done: boolean }>(
    'select foundation.confirm_reset($1, $2, $3, $4) as done',
    [hash, await hashPassword(password), addressOf(request), request.id],
  )
  if (!row?.done) return linkSpent()
  reply.code(204)
  return null
}

const linkSpent = (): never => refuse('reset_spent', say('engine:sign_in.reset_spent'))
