import { refuse, say } from '@commonhall/kernel'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { tokenHash } from '../opaque-token.ts'
import type { SignIn } from '../sign-in.ts'
import { addressOf } from '../web-request.ts'
import { type EmailLinkWanted, emailLinkJob, emailNoteJob, type EmailNoteWanted } from './email-jobs.ts'
import { type OwnAccount, ownAccount } from './own-account.ts'

/**
 * `POST /auth/email/change`. A link goes to the new address, and a note to the present one. Always 202: whether
 * somebody else has the new address is told only to whoever reads its mail.
 */
export async function changeEmail(signIn: SignIn, request: FastifyRequest, reply: FastifyReply): Promise<object> {
  const account = await ownAccount(signIn, request, { fresh: true })
  const { email } = request.body as { email: string }
  await allowLink(signIn, request, account, email)
  await signIn.enqueue(emailLinkJob, { user: account.userId, email } satisfies EmailLinkWanted)
  await signIn.enqueue(emailNoteJob, { user: account.userId, present: account.email, email } satisfies EmailNoteWanted)
  reply.code(202)
  return { detail: say('engine:account.email.change_requested', { email }) }
}

/** `POST /auth/email/verification`: mails the link that confirms the present address. */
export async function verifyEmail(signIn: SignIn, request: FastifyRequest, reply: FastifyReply): Promise<object> {
  const account = await ownAccount(signIn, request)
  const { userId, email, emailVerified } = account
  reply.code(202)
  if (emailVerified) return { detail: say('engine:account.email.verified_already', { email }) }
  await allowLink(signIn, request, account, email)
  await signIn.enqueue(emailLinkJob, { user: userId, email } satisfies EmailLinkWanted)
  return { detail: say('engine:account.email.verification_requested', { email }) }
}

/** `POST /auth/email/confirm`: with the token of a link. It opens no session, and ends none. */
export async function confirmEmail(signIn: SignIn, request: FastifyRequest): Promise<object> {
  const { token } = request.body as { token: string }
  const [row] = await signIn.database.bare<{ outcome: string; email: string }>(
    'select outcome, email from foundation.confirm_email($1, $2, $3)',
    [tokenHash(token), addressOf(request), request.id],
  )
  if (row?.outcome === 'taken') refuse('conflict', say('engine:account.email.taken', { email: row.email }))
  return row && row.outcome !== 'spent' ? { email: row.email } : refuse('link_spent', say('engine:account.email.spent'))
}

async function allowLink(
  signIn: SignIn,
  request: FastifyRequest,
  { sessionId }: OwnAccount,
  email: string,
): Promise<void> {
  const [row] = await signIn.database.bare<{ wait_s: number }>(
    'select foundation.allow_email_link($1, $2, $3, $4) as wait_s',
    [sessionId, email, addressOf(request), request.id],
  )
  const wait = row?.wait_s ?? 0
  if (!wait) return
  const headers = { 'retry-after': String(wait) }
  refuse('too_many', say('engine:account.email.limited', { count: Math.ceil(wait / 60) }), { headers })
}
