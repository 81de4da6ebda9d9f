import ipaddr from 'ipaddr.js'
import { say } from '@commonhall/kernel'

type Address = ReturnType<typeof ipaddr.parse>
type Network = readonly [Address, number]

/** Whether a webhook may be sent to a network address. */
export type MayReach = (address: string) => boolean

/** All that is handed out to the internet; the rest of IPv6 is for other purposes, or for none yet. */
const globalUnicast = ipaddr.IPv6.parseCIDR('2000::/3')

/** Looks public and is the inside of a cloud: the host that answers each machine of Azure. */
const insideOfClouds = new Set(['168.63.129.16'])

/**
 * Reads WEBHOOK_NETWORKS: networks beside the internet that webhooks may reach, such as that of the office.
 * @throws {Error} that says what is wrong with it.
 */
export function readMayReach(named = ''): MayReach {
  const networks = named
    .split(',')
    .map((one) => one.trim())
    .filter(Boolean)
    .map(readNetwork)
  return (text) => {
    // What names an interface is no address that others could have.
    if (text.includes('%') || !ipaddr.isValid(text)) return false
    // An IPv4 address in IPv6 clothes is what is inside.
    const address = ipaddr.process(text)
    return networks.some((network) => isIn(address, network)) || isPublic(address)
  }
}

function readNetwork(text: string): Network {
  const whole = text.includes('/') ? text : `${text}/${text.includes(':') ? 128 : 32}`
  if (ipaddr.isValidCIDR(whole)) return ipaddr.parseCIDR(whole)
  throw new Error(say('webhooks:bad_networks', { text }))
}

const isIn = (address: Address, [network, length]: Network) =>
  address.kind() === network.kind() && address.match([network, length] as never)

/** Neither loopback, private, link-local, shared, multicast or reserved, nor a way through to such by translation. */
function isPublic(address: Address): boolean {
  if (address.range() !== 'unicast' || insideOfClouds.has(address.toString())) return false
  return address.kind() === 'ipv4' || address.match(globalUnicast)
}
