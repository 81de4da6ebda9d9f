import { hash, verify } from '@node-rs/argon2'
import { say } from '@commonhall/kernel'
import { Gate, refuseBusy } from '../gate.ts'
import { normalPassword } from './policy.ts'

/** Argon2id (the library's default) with what OWASP asks for: 19 MiB, two passes, one lane. About 36 ms. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1, outputLen: 32 } as const

/** Two hashes at once, so that a flood of sign-ins leaves threads and memory to everybody else. */
const gate = new Gate(2, 200, { sendAway: () => refuseBusy(say('engine:sign_in.busy')) })

export const hashPassword = (password: string): Promise<string> => gate.pass(() => hash(normalPassword(password), cost))

let nobody: Promise<string> | undefined

/**
 * Whether the password is the one behind the hash. For somebody who has none, or does not exist, just as much work is
 * done: the time tells nothing.
 */
export async function isPassword(kept: string | null, password: string): Promise<boolean> {
  const compared = kept ?? (await (nobody ??= hash(crypto.randomUUID(), cost)))
  const right = await gate.pass(() => verify(compared, normalPassword(password)))
  return right && kept !== null
}

/** Makes the hash that strangers are compared with, before the first of them comes. */
export const prepareDummy = async (): Promise<void> => void (await (nobody ??= hash(crypto.randomUUID(), cost)))
