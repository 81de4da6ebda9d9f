import { isUuid, refuse, say } from '@commonhall/kernel'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { clearedCookies } from '../cookies.ts'
import type { SignIn } from '../sign-in.ts'
import { addressOf } from '../web-request.ts'
import { deviceOf } from './device.ts'
import { ownAccount } from './own-account.ts'

interface SessionRow extends Record<string, unknown> {
  readonly device: string | null
}

/** `GET /auth/sessions`: where the person is signed in now, this session first. */
export async function listSessions(signIn: SignIn, request: FastifyRequest): Promise<object> {
  const { sessionId } = await ownAccount(signIn, request)
  const rows = await signIn.database.bare<SessionRow>(
    `select id, device, address, started_at, last_seen_at, second_factor, current
    from foundation.own_sessions($1)`,
    [sessionId],
  )
  return { data: rows.map((row) => ({ ...row, device: deviceOf(row.device) })) }
}

/** `DELETE /auth/sessions/{id}`. Whoever holds that session is out with their next request. */
export async function endSession(signIn: SignIn, request: FastifyRequest, reply: FastifyReply): Promise<null> {
  const { sessionId } = await ownAccount(signIn, request)
  const { id } = request.params as { id: string }
  const [row] = isUuid(id)
    ? await signIn.database.bare<{ ended: boolean }>('select foundation.end_own_session($1, $2, $3, $4) as ended', [
        sessionId,
        id,
        addressOf(request),
        request.id,
      ])
    : []
  if (!row?.ended) refuse('not_found', say('engine:account.no_session'))
  if (id === sessionId && !request.headers.authorization) reply.header('set-cookie', clearedCookies())
  reply.code(204)
  return null
}

/** `POST /auth/sessions/end-others`: signs the person out everywhere else. */
export async function endOtherSessions(signIn: SignIn, request: FastifyRequest): Promise<object> {
  const { sessionId } = await ownAccount(signIn, request)
  const [row] = await signIn.database.bare<{ ended: number }>(
    'select foundation.end_other_sessions($1, $2, $3) as ended',
    [sessionId, addressOf(request), request.id],
  )
  return { ended: row?.ended ?? 0 }
}
