import type { IncomingHttpHeaders } from 'node:http'
import { isIP } from 'node:net'

/** What sign-in looks at in a request; Fastify's requests have it. */
export interface WebRequest {
  readonly method: string
  readonly headers: IncomingHttpHeaders
  readonly ip: string
  readonly id: string
}

/**
 * The caller's address as PostgreSQL's `inet` reads it: IPv4 in its own form, and without an interface's name. A proxy
 * that passes on something else makes all its callers one network.
 */
export function addressOf({ ip }: WebRequest): string {
  const address = ip.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '')
  return isIP(address) ? address : '0.0.0.0'
}

/** What the browser calls itself, for the list of sessions. */
export const agentOf = ({ headers }: WebRequest): string | null =>
  headers['user-agent']?.replace(/[^\x20-\x7e]/g, '').slice(0, 200) || null
