import type { RegistrationResponseJSON } from '@simplewebauthn/server'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { refuse, refuseField, say } from '@commonhall/kernel'
import { ownAccount } from '../account/own-account.ts'
import { mailFactorChange } from '../factors/change-mail-job.ts'
import { askToAdd, readNewPasskey } from '../factors/passkeys.ts'
import { makeRecoveryCodes, recoveryCodeHash } from '../factors/recovery-codes.ts'
import type { SignIn } from '../sign-in.ts'
import { addressOf } from '../web-request.ts'

interface PasskeyMade {
  readonly challenge: string
  readonly credential: RegistrationResponseJSON
  readonly name: string
}

interface Added extends Record<string, unknown> {
  readonly outcome: 'added' | 'known' | 'spent' | 'full'
  readonly id: string
  readonly created_at: string
  readonly first: boolean
}

/** `POST /auth/passkeys/registration`. */
export async function offerPasskey(signIn: SignIn, request: FastifyRequest): Promise<object> {
  const owner = await ownAccount(signIn, request, { fresh: true })
  return await askToAdd(signIn, request, owner)
}

/** `POST /auth/passkeys`. With the first factor come the recovery codes, shown this once. */
export async function addPasskey(signIn: SignIn, request: FastifyRequest, reply: FastifyReply): Promise<object> {
  const owner = await ownAccount(signIn, request, { fresh: true })
  const { challenge, credential, name: wished } = request.body as PasskeyMade
  const name = passkeyName(wished)
  const made = await readNewPasskey(signIn, request, owner.sessionId, challenge, credential)
  if (!made) return refuse('bad_passkey', say('engine:factor.bad_passkey'))
  const { credential: id, publicKey, ...details } = made
  const codes = makeRecoveryCodes()
  const hashes = codes.map((code) => recoveryCodeHash(signIn.recoveryKey, owner.userId, code))
  const [added] = await signIn.database.bare<Added>(
    'select * from foundation.add_passkey($1, $2, $3, $4, $5, $6, $7)',
    [owner.sessionId, id, publicKey, { ...details, name }, hashes, addressOf(request), request.id],
  )
  if (added?.outcome !== 'added') return refuse('bad_passkey', say(`engine:factor.not_added.${added?.outcome ?? ''}`))
  await mailFactorChange(signIn, owner, 'passkey-added')
  reply.code(201)
  return { id: added.id, name, created_at: added.created_at, ...(added.first ? { recovery_codes: codes } : {}) }
}

/** `PATCH /auth/passkeys/{id}`. */
export async function renamePasskey(signIn: SignIn, request: FastifyRequest): Promise<object> {
  const { sessionId } = await ownAccount(signIn, request, { fresh: true })
  const name = passkeyName((request.body as { name: string }).name)
  const [passkey] = await signIn.database.bare('select * from foundation.rename_passkey($1, $2, $3)', [
    sessionId,
    (request.params as { id: string }).id,
    name,
  ])
  return passkey ?? refuse('not_found', say('engine:factor.no_passkey'))
}

/** `DELETE /auth/passkeys/{id}`. */
export const removePasskey = (signIn: SignIn, request: FastifyRequest, reply: FastifyReply): Promise<null> =>
  removeFactor(signIn, request, reply, (request.params as { id: string }).id)

/** `DELETE /auth/totp`. */
export const removeApp = (signIn: SignIn, request: FastifyRequest, reply: FastifyReply): Promise<null> =>
  removeFactor(signIn, request, reply, null)

async function removeFactor(
  signIn: SignIn,
  request: FastifyRequest,
  reply: FastifyReply,
  passkey: string | null,
): Promise<null> {
  const owner = await ownAccount(signIn, request, { fresh: true })
  const [row] = await signIn.database.bare<{ outcome: 'removed' | 'unknown' | 'required' }>(
    'select outcome from foundation.remove_factor($1, $2, $3, $4)',
    [owner.sessionId, passkey, addressOf(request), request.id],
  )
  if (row?.outcome === 'required') return refuse('factor_required', say('engine:factor.required'), { status: 409 })
  if (row?.outcome !== 'removed') return refuse('not_found', say(`engine:factor.${passkey ? 'no_passkey' : 'no_app'}`))
  await mailFactorChange(signIn, owner, passkey ? 'passkey-removed' : 'totp-removed')
  reply.code(204)
  return null
}

function passkeyName(wished: string): string {
  const name = wished.trim()
  if (name) return name
  return refuseField('name', 'required', say('kernel:invalid.required', { label: say('engine:sign_in.label.name') }))
}
