import type { FastifyRequest } from 'fastify'
import { refuse, refuseField, say } from '@commonhall/kernel'
import { ownAccount } from '../account/own-account.ts'
import { mailFactorChange } from '../factors/change-mail-job.ts'
import { makeRecoveryCodes, recoveryCodeHash } from '../factors/recovery-codes.ts'
import { makeAppSetup, stepOfCode } from '../factors/totp.ts'
import type { SignIn } from '../sign-in.ts'
import { addressOf } from '../web-request.ts'

/** `POST /auth/totp`. What the app is given; it counts once a code of it has come back, and an older app until then. */
export async function offerApp(signIn: SignIn, request: FastifyRequest): Promise<object> {
  const owner = await ownAccount(signIn, request, { fresh: true })
  const setup = await makeAppSetup(owner.email)
  const sealed = signIn.appSecrets.close(setup.secret)
  await signIn.database.bare('select foundation.offer_totp($1, $2)', [owner.sessionId, sealed])
  return setup
}

/** `POST /auth/totp/confirm`. The code that confirms is used up by it. */
export async function confirmApp(signIn: SignIn, request: FastifyRequest): Promise<object> {
  const owner = await ownAccount(signIn, request, { fresh: true })
  const [row] = await signIn.database.bare<{ sealed: string | null }>('select foundation.pending_totp($1) as sealed', [
    owner.sessionId,
  ])
  const secret = row?.sealed ? signIn.appSecrets.open(row.sealed) : null
  if (secret === null) return refuse('app_not_offered', say('engine:factor.app_not_offered'), { status: 409 })
  const step = stepOfCode(secret, (request.body as { code: string }).code)
  if (step === null) return wrongCode()
  const codes = makeRecoveryCodes()
  const hashes = codes.map((code) => recoveryCodeHash(signIn.recoveryKey, owner.userId, code))
  const [confirmed] = await signIn.database.bare<{ first: boolean }>(
    'select first from foundation.confirm_totp($1, $2, $3, $4, $5, $6)',
    [owner.sessionId, row?.sealed, step, hashes, addressOf(request), request.id],
  )
  if (!confirmed) return refuse('app_not_offered', say('engine:factor.app_not_offered'), { status: 409 })
  await mailFactorChange(signIn, owner, 'totp-added')
  return confirmed.first ? { recovery_codes: codes } : {}
}

function wrongCode(): never {
  refuseField('code', 'wrong_code', say('engine:factor.wrong_code.totp'))
}

/** `POST /auth/recovery-codes`. New codes; the old ones stop working. */
export async function renewRecoveryCodes(signIn: SignIn, request: FastifyRequest): Promise<object> {
  const owner = await ownAccount(signIn, request, { fresh: true })
  const codes = makeRecoveryCodes()
  const hashes = codes.map((code) => recoveryCodeHash(signIn.recoveryKey, owner.userId, code))
  const values = [owner.sessionId, hashes, addressOf(request), request.id]
  const [row] = await signIn.database.bare<{ done: boolean }>(
    'select foundation.renew_recovery_codes($1, $2, $3, $4) as done',
    values,
  )
  if (!row?.done) return refuse('no_factor', say('engine:factor.no_factor'), { status: 409 })
  await mailFactorChange(signIn, owner, 'recovery-codes-made')
  return { recovery_codes: codes }
}
