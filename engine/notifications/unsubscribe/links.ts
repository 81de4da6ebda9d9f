import { createHmac, timingSafeEqual } from 'node:crypto'
import { deriveSecret, type Settings } from '../../settings.ts'
import type { Person } from '../recipients.ts'

/** In place of a kind: all that an org mails, but what everybody gets. */
export const allMail = ''

/** Whose mail of which kind a link switches off. Ids alone: an address in a link would stand in logs on its way. */
export interface Unsubscribed {
  readonly org: string
  readonly person: Pick<Person, 'user_id' | 'member_id'>
  readonly notice: string
}

const macBytes = 16
const idBytes = 16

/** Makes the links under mails, and knows which it has made. They hold for as long as the server's secret does. */
export class UnsubscribeLinks {
  readonly #key: Buffer

  constructor(settings: Pick<Settings, 'secret'>) {
    this.#key = deriveSecret(settings, 'unsubscribe links')
  }

  seal({ org, person: { user_id: user, member_id: member }, notice }: Unsubscribed): string {
    const whose = Buffer.from(user ? 'u' : 'm')
    const said = Buffer.concat([bytesOf(org), whose, bytesOf(user ?? member ?? ''), Buffer.from(notice)])
    return Buffer.concat([this.#sign(said), said]).toString('base64url')
  }

  /** What a link says; undefined where it is none of ours. */
  open(token: string): Unsubscribed | undefined {
    const bytes = Buffer.from(token, 'base64url')
    const said = bytes.subarray(macBytes)
    const isOurs = said.length > 2 * idBytes && timingSafeEqual(bytes.subarray(0, macBytes), this.#sign(said))
    if (!isOurs || bytes.toString('base64url') !== token) return undefined
    const id = idOf(said.subarray(idBytes + 1, 2 * idBytes + 1))
    const isUser = said.subarray(idBytes, idBytes + 1).toString() === 'u'
    return {
      org: idOf(said.subarray(0, idBytes)),
      person: { user_id: isUser ? id : null, member_id: isUser ? null : id },
      notice: said.subarray(2 * idBytes + 1).toString(),
    }
  }

  #sign(said: Buffer): Buffer {
    return createHmac('sha256', this.#key).update(said).digest().subarray(0, macBytes)
  }
}

const bytesOf = (id: string) => Buffer.from(id.replaceAll('-', ''), 'hex')

const idOf = (bytes: Buffer) => bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
