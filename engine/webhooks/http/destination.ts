import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'
import { inTime } from '../../in-time.ts'
import type { MayReach } from './addresses.ts'

/** Finds the network addresses behind a name. */
export type Resolve = (name: string) => Promise<readonly string[]>

/** Why nothing is sent to an address: a key of `webhooks:fault`. */
export type Fault = 'no_url' | 'no_http' | 'user_info' | 'bad_port' | 'no_address' | 'closed_address'

/** Where to connect: the very address that was looked at. Nothing looks the name up again. */
export interface Destination {
  readonly url: URL
  readonly address: string
}

/**
 * Ports below 1024 other than those of the web, and those on which other programs wait that take a line of HTTP for
 * something else: what the Fetch standard blocks, and stores of data.
 */
const closedPorts = new Set([
  1719, 1720, 1723, 2049, 3306, 3659, 4045, 4190, 5060, 5061, 5432, 6000, 6379, 6566, 6665, 6666, 6667, 6668, 6669,
  6679, 6697, 9042, 9200, 9300, 10080, 11211, 27017,
])

const longestName = 5_000

/** By the machine's own rules: its hosts file counts. */
export const resolveBySystem: Resolve = async (name) =>
  (await lookup(name, { all: true })).map(({ address }) => address)

/** The address as the URL standard reads it, which turns every spelling of an IPv4 address into the usual one. */
export function readUrl(text: string): URL | Fault {
  const url = URL.parse(text)
  if (!url) return 'no_url'
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return 'no_http'
  if (url.username || url.password) return 'user_info'
  const port = Number(url.port || (url.protocol === 'https:' ? 443 : 80))
  return port === 80 || port === 443 || (port >= 1024 && !closedPorts.has(port)) ? url : 'bad_port'
}

/** Looks a name up once, and lets it pass only if each address behind it may be reached. */
export async function findDestination(
  text: string,
  mayReach: MayReach,
  resolve: Resolve = resolveBySystem,
): Promise<Destination | Fault> {
  const url = readUrl(text)
  if (typeof url === 'string') return url
  const name = url.hostname.replace(/^\[|\]$/g, '')
  const addresses = isIP(name)
    ? [name]
    : await inTime(
        resolve(name).catch(() => []),
        longestName,
        [],
      )
  const [first] = addresses
  if (first === undefined) return 'no_address'
  return addresses.every(mayReach) ? { url, address: first } : 'closed_address'
}
