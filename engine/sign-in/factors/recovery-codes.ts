import { createHmac, randomInt } from 'node:crypto'

const many = 10
/** Without letters that are read as others: no i, l, o, u. */
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz'
const groups = 3
const groupLength = 4

/** Ten codes such as `k7dp-3mxq-9tvw`, 60 bits each: to be written down once. */
export const makeRecoveryCodes = (): string[] => Array.from({ length: many }, () => makeCode())

const makeCode = () => Array.from({ length: groups }, makeGroup).join('-')

const makeGroup = () => Array.from({ length: groupLength }, () => alphabet.charAt(randomInt(alphabet.length))).join('')

/** What is kept of a code. The server's key goes in, so that nobody can try codes with the database alone. */
export const recoveryCodeHash = (key: Buffer, userId: string, code: string): Buffer =>
  createHmac('sha256', key)
    .update(`${userId} ${asMade(code)}`)
    .digest()

/** However it was typed: capitals, spaces or dashes elsewhere, o for zero, i or l for one. */
const asMade = (code: string) => code.toLowerCase().replace(/[\s-]/g, '').replaceAll('o', '0').replace(/[il]/g, '1')
