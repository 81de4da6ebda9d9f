import type { SignIn } from '../sign-in.ts'
import { recoveryCodeHash } from './recovery-codes.ts'
import type { Shown } from './shown.ts'
import { stepOfCode } from './totp.ts'

/** The code that was typed, to be used up; null when it is wrong as far as can be told without using it. */
export async function readCode(
  signIn: SignIn,
  userId: string,
  method: 'totp' | 'recovery-code',
  code: string,
): Promise<Extract<Shown, { nonce?: string }> | null> {
  if (method === 'recovery-code') {
    return { method, hash: recoveryCodeHash(signIn.recoveryKey, userId, code).toString('hex') }
  }
  const [row] = await signIn.database.bare<{ sealed: string | null }>('select foundation.totp_secret($1) as sealed', [
    userId,
  ])
  const secret = row?.sealed ? signIn.appSecrets.open(row.sealed) : null
  const step = secret === null ? null : stepOfCode(secret, code)
  return step === null ? null : { method, step }
}
