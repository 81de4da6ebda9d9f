import type { FastifyReply, FastifyRequest } from 'fastify'
import { refuse, say } from '@commonhall/kernel'
import { beginTry, failTry, knownDevice } from '../attempt.ts'
import { readCode } from '../factors/codes.ts'
import { mailFactorChange } from '../factors/change-mail-job.ts'
import { refuseOtherSite } from '../forgery.ts'
import { makeToken, tokenHash } from '../opaque-token.ts'
import { type Carrier, rememberDevice, type Session, sessionReply } from '../session-reply.ts'
import type { SignIn } from '../sign-in.ts'
import { addressOf, agentOf } from '../web-request.ts'

interface SecondStepTaken {
  readonly ticket: string
  readonly method: 'totp' | 'recovery-code'
  readonly code: string
  readonly session?: Carrier
}

/** `POST /auth/second-factor`. A wrong code counts and locks as a wrong password does; the ticket stays good. */
export async function takeSecondStep(signIn: SignIn, request: FastifyRequest, reply: FastifyReply): Promise<object> {
  const { ticket: slip, method, code, session: carrier = 'token' } = request.body as SecondStepTaken
  if (carrier === 'cookie') refuseOtherSite(request, signIn.settings.publicUrl)
  const known = carrier === 'cookie' ? knownDevice(signIn, request) : null
  const ticket = signIn.tickets.read(slip) ?? ticketSpent()
  const { userId, email, nonce } = ticket
  // A ticket from a known browser is good in that browser alone.
  if (ticket.device !== null && ticket.device !== known) return ticketSpent()
  const device = carrier === 'cookie' ? (known ?? crypto.randomUUID()) : null
  const refreshToken = makeToken()
  const session = await signIn.turns.take(email.toLowerCase(), async () => {
    const opening = await beginTry(signIn, request, email, ticket.device)
    if (opening.user_id !== userId) return ticketSpent()
    const shown = await readCode(signIn, userId, method, code)
    if (shown) {
      const { verdict } = opening
      const hash = tokenHash(refreshToken)
      const digest = Buffer.from(ticket.digest, 'hex')
      const [started] = await signIn.database.bare<Session>(
        'select * from foundation.finish_sign_in($1, $2, $3, $4, $5, $6, $7, $8, $9)',
        [userId, digest, { ...shown, nonce }, hash, agentOf(request), device, verdict, addressOf(request), request.id],
      )
      if (started) return started
    }
    await failTry(signIn, request, opening, email, ticket.device, 'second-factor-failed')
    return refuse('wrong_code', say(`engine:factor.wrong_code.${method}`), { status: 401 })
  })
  if (method === 'recovery-code') await mailFactorChange(signIn, session.person.user, 'recovery-code-used')
  if (device) rememberDevice(signIn, reply, device)
  return await sessionReply(signIn, reply, carrier, session, refreshToken)
}

const ticketSpent = (): never => refuse('ticket_spent', say('engine:factor.ticket_spent'), { status: 401 })
