import { createHash } from 'node:crypto'
import { refuse, say } from '@commonhall/kernel'
import type { SignIn } from '../sign-in.ts'

/** What the right password gives to somebody who has a second step: five minutes to take it. */
export interface Ticket {
  readonly userId: string
  readonly email: string
  /** The password that was right, as far as to tell whether it still is. */
  readonly digest: string
  /** The known browser that it was given to, where the account may be locked for others. */
  readonly device: string | null
}

export const passwordDigest = (hash: string): string => createHash('sha256').update(hash).digest('hex')

/** Asks for the second step, with all that it takes. */
export function askSecondStep(signIn: SignIn, ticket: Ticket, methods: readonly string[]): never {
  const members = { ticket: signIn.tickets.write(ticket), methods }
  refuse('second_factor', say('engine:factor.second_step'), { members })
}
