import { userInfo } from 'node:os'
import { say } from '@commonhall/kernel'

/** Whoever sits at the command line, as audit trails call them: by their account on this machine. */
export const commander = () => ({ name: say('cli:commander', { account: userInfo().username }) })
