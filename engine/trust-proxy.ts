import { BlockList, isIP } from 'node:net'
import { say } from '@commonhall/kernel'

/** Whether a peer is a proxy of ours, whose word about where a request comes from counts. Hop 0 is who connects. */
export type TrustProxy = (address: string | undefined, hop: number) => boolean

/**
 * Reads TRUST_PROXY: how many proxies stand in front, or their addresses and networks. Whatever lies beyond them was
 * written by the client and is not believed.
 */
export function readTrustProxy(text: string): TrustProxy {
  if (/^\d{1,2}$/.test(text)) return (_address, hop) => hop < Number(text)
  const proxies = new BlockList()
  for (const network of text.split(',').map((part) => part.trim())) addNetwork(proxies, network)
  return (address = '') => isIP(address) !== 0 && proxies.check(address, familyOf(address))
}

function addNetwork(proxies: BlockList, network: string): void {
  const [, address = '', length] = /^([^/]*)(?:\/(\d{1,3}))?$/.exec(network) ?? []
  const widest = isIP(address) === 6 ? 128 : 32
  if (!isIP(address) || Number(length ?? widest) > widest) throw new Error(say('engine:settings.bad_proxy'))
  proxies.addSubnet(address, Number(length ?? widest), familyOf(address))
}

const familyOf = (address: string) => (isIP(address) === 6 ? 'ipv6' : 'ipv4')
