import { isIP } from 'node:net'
import { refuse, say } from '@commonhall/kernel'
import type { WebRequest } from '../web-request.ts'

/** For whom a passkey is made: a host's name, and the origin of the pages that may use it. */
export interface RelyingParty {
  readonly id: string
  readonly origin: string
}

/**
 * The relying party for a request. Passkeys belong to a name, never to an IP address; so where people try Commonhall
 * out at http://127.0.0.1 it is `localhost`, at whatever port.
 * @throws {Refusal} `passkey_address` for a page at another address; its member `address` says where to go on.
 */
export function relyingParty(publicUrl: string, { headers }: WebRequest): RelyingParty {
  const home = new URL(publicUrl)
  const from = headers.origin !== undefined && URL.canParse(headers.origin) ? new URL(headers.origin) : null
  if (isHere(home.hostname)) return onThisMachine(home, from)
  if (isIP(home.hostname.replace(/^\[|\]$/g, ''))) refuse('passkey_address', say('engine:factor.no_name'), refused())
  if (from && from.origin !== home.origin) elsewhere(home.origin)
  return { id: home.hostname, origin: home.origin }
}

/** Another port of this machine is the same machine: a proxy, a container, the pages' own development server. */
function onThisMachine(home: URL, from: URL | null): RelyingParty {
  const port = (from ?? home).port
  const origin = `http://localhost${port && `:${port}`}`
  if (from && from.origin !== origin) elsewhere(origin)
  return { id: 'localhost', origin }
}

const isHere = (host: string) => host === 'localhost' || host === '[::1]' || /^(127\.|0\.0\.0\.0$)/.test(host)

const refused = (members: object = {}) => ({ status: 409, members: { ...members } })

const elsewhere = (address: string): never =>
  refuse('passkey_address', say('engine:factor.other_address', { address }), refused({ address }))
