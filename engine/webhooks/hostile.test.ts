import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { asOwner, cast, eventually, openHouse, type TestHouse, type Voice } from '@commonhall/engine/testing'
import { testSettings } from '../testing/settings.ts'
import { readMayReach } from './http/addresses.ts'
import { findDestination } from './http/destination.ts'
import { Receiver } from './testing/receiver.ts'

/** Names that somebody hostile has in the DNS; each answers what it is asked for the first, the second … time. */
const names = new Map<string, string[][]>()
const asked: string[] = []

// Others may have read the house into memory with the resolver that there really is.
vi.hoisted(() => vi.resetModules())
vi.mock('node:dns/promises', () => ({
  lookup: async (name: string) => {
    asked.push(name)
    const answers = names.get(name.replace(/\.$/, '')) ?? []
    const answer = (answers.length > 1 ? answers.shift() : answers[0]) ?? []
    if (!answer.length) throw new Error('ENOTFOUND')
    return await Promise.resolve(answer.map((address) => ({ address })))
  },
}))

/** Everything that listens on this machine, as far as the addresses below lead to it. It counts who comes. */
class Doors {
  readonly came: string[] = []
  readonly #servers: Server[] = []
  readonly #sockets: Socket[] = []
  port = 0

  async open(): Promise<void> {
    for (const address of ['127.0.0.1', '::1', '127.0.0.3']) {
      const server = createServer((socket) => {
        this.came.push(address)
        this.#sockets.push(socket)
        socket.end('HTTP/1.1 204 No Content\r\n\r\n')
      })
      const opened = await new Promise<boolean>((done) => {
        server.once('error', () => done(false))
        server.listen(this.port, address, () => done(true))
      })
      if (opened) this.#servers.push(server)
      this.port ||= (server.address() as AddressInfo).port
    }
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy()
    for (const server of this.#servers) await new Promise((done) => server.close(done))
  }
}

const doors = new Doors()
/** The only receiver that may be reached. */
const receiver = new Receiver()
let house: TestHouse
let admin: Voice
let own: string

beforeAll(async () => {
  await doors.open()
  await receiver.listen(0, '127.0.0.2')
  house = await openHouse({ settings: { ...testSettings, environment: { WEBHOOK_NETWORKS: '127.0.0.2' } } })
  await house.engine.startWork()
  own = `http://127.0.0.2:${receiver.port}/hook`
})
beforeEach(async () => {
  admin = await house.as(cast.admin)
  doors.came.length = 0
})
afterAll(async () => {
  await house.close()
  await doors.close()
  await receiver.close()
  vi.resetModules()
})

/** Names as nip.io and its like have them, and those that only look like others. */
const hostileNames: Readonly<Record<string, string[]>> = {
  localhost: ['127.0.0.1', '::1'],
  'localhost.localdomain': ['127.0.0.1'],
  ip6: ['::1'],
  'app.localhost': ['127.0.0.1'],
  '127.0.0.1.nip.io': ['127.0.0.1'],
  'customer1.app.localhost.my.company.127.0.0.1.nip.io': ['127.0.0.1'],
  '7f000001.nip.io': ['127.0.0.1'],
  'mapped.example': ['::ffff:127.0.0.1'],
  'private.example': ['10.0.0.8'],
  'office.example': ['192.168.1.1'],
  'metadata.google.internal': ['169.254.169.254'],
  'two-faced.example': ['93.184.215.14', '127.0.0.1'],
  'two-faced-6.example': ['2606:2800:21f:cb07::1', '::1'],
  'unspecified.example': ['0.0.0.0'],
  'ula.example': ['fd00::1'],
  'linked.example': ['fe80::1%lo'],
}

/** This machine in every spelling, ways around by IPv6, and what is private, shared or reserved. */
const hosts = `
  127.0.0.1 127.1 127.0.1 127.127.127.127 127.0.0.3 127.0.0.1. 2130706433 0x7f000001 0x7f.0.0.1
  0X7F.0x0.0x0.0x1 0177.0.0.1 017700000001 0177.0x0.1 0x7f.1 00000177.00.00.01 ①②⑦.⓪.⓪.① １２７．０．０．１ 127。0。0。1
  %31%32%37.0.0.1 0 0.0.0.0 0x0 [::] [::1] [0:0:0:0:0:0:0:1] [::ffff:127.0.0.1] [::ffff:7f00:1] [::127.0.0.1]
  [::ffff:0:127.0.0.1] [64:ff9b::127.0.0.1] [64:ff9b:1::7f00:1] [2002:7f00:1::] [2001:0:7f00:1::1] [fe80::1]
  [fd00::1] [fec0::1] [ff02::1] [100::1] [2001:db8::1] [5f00::1] [4000::1] 10.0.0.1 172.16.0.1 192.168.0.1
  169.254.169.254 100.64.0.1 100.100.100.200 168.63.129.16 192.0.0.192 198.18.0.1 224.0.0.1 240.0.0.1
  255.255.255.255 203.0.113.9 LOCALHOST localhost.
`

const spellings = (port: number) =>
  [...hosts.trim().split(/\s+/), ...Object.keys(hostileNames)].map((host) => `http://${host}:${port}/`)

const others = (port: number) => [
  `http://user:pass@127.0.0.2:${port}/`,
  `http://127.0.0.2@127.0.0.1:${port}/`,
  `http://127.0.0.1:${port}\\@127.0.0.2/`,
  'http://127.0.0.2:22/',
  'http://127.0.0.2:6379/',
  'http://127.0.0.2:0/',
  `gopher://127.0.0.1:${port}/`,
  'file:///etc/passwd',
  'data:text/plain,x',
  `//127.0.0.1:${port}/`,
  'no address',
]

const hostile = () => {
  for (const [name, addresses] of Object.entries(hostileNames)) names.set(name, [addresses])
  return [...spellings(doors.port), ...others(doors.port)]
}

const newWebhook = async (url: string) =>
  await admin.post('/webhooks', { name: 'Hook', url, events: ['members.member.created'] })

/** Sends a test to an address, which got into the table some other way; answers what came of it. */
async function sendTo(url: string): Promise<[string, string]> {
  const made = await newWebhook(own)
  expect(made.statusCode, made.body).toBe(201)
  const { id } = made.json()
  await asOwner(house, 'update foundation.webhook_setup set url = $2 where id = $1', [id, url])
  const { delivery } = (await admin.post(`/webhooks/${id}/test`)).json()
  const done = await eventually(async () => {
    const one = (await admin.get(`/webhooks/${id}/deliveries/${delivery}`)).json()
    expect(one.state).not.toBe('waiting')
    return one
  })
  await admin.delete(`/webhooks/${id}`)
  return [url, done.last.outcome]
}

describe('of the hostile addresses', () => {
  test('there are more than forty, and most of them lead somewhere without these precautions', async () => {
    expect(hostile().length).toBeGreaterThan(70)
    for (const host of ['2130706433', '0x7f.1', '①②⑦.⓪.⓪.①', '[::ffff:7f00:1]'])
      await fetch(`http://${host}:${doors.port}/`, { headers: { connection: 'close' } })
    expect(doors.came).toHaveLength(4)
  })

  test('none is taken as the address of a webhook, each with a sentence', async () => {
    for (const url of hostile()) {
      const reply = await newWebhook(url)
      expect([url, reply.statusCode]).toEqual([url, 422])
      expect(reply.json().errors).toMatchObject([{ path: 'url', message: expect.stringMatching(/\.$/) }])
    }
    expect(doors.came).toEqual([])
  })

  test('none is connected to, however it got there', async () => {
    const kept = expect.stringMatching(/^(closed_address|user_info|bad_port|no_http|no_url|no_address)$/)
    const urls = hostile()
    for (let at = 0; at < urls.length; at += 45)
      for (const [url, outcome] of await Promise.all(urls.slice(at, at + 45).map(sendTo)))
        expect([url, outcome]).toEqual([url, kept])
    expect(doors.came).toEqual([])
  })
})

test('a redirect is a failure, and is not followed', async () => {
  for (const status of [301, 302, 303, 307, 308]) {
    receiver.answer = () => ({ status, headers: { location: `http://127.0.0.1:${doors.port}/` } })
    expect(await sendTo(own)).toEqual([own, 'redirected'])
  }
  expect(doors.came).toEqual([])
})

test('a name that leads elsewhere the second time is looked up once a try, and connected to as it was', async () => {
  receiver.answer = () => ({ status: 204 })
  const url = `http://rebinding.example:${receiver.port}/`
  names.set('rebinding.example', [['127.0.0.2'], ['127.0.0.1']])
  asked.length = 0
  expect(await sendTo(url)).toEqual([url, 'delivered'])
  expect(asked).toEqual(['rebinding.example'])
  expect(receiver.received.at(-1)?.headers.host).toBe(`rebinding.example:${receiver.port}`)
  expect(await sendTo(url)).toEqual([url, 'closed_address'])
  expect(doors.came).toEqual([])
})

test('a proxy that the environment names is not asked', async () => {
  vi.stubEnv('NODE_USE_ENV_PROXY', '1')
  for (const name of ['HTTP_PROXY', 'http_proxy', 'ALL_PROXY']) vi.stubEnv(name, `http://127.0.0.1:${doors.port}`)
  expect(await sendTo(own)).toEqual([own, 'delivered'])
  expect(doors.came).toEqual([])
  vi.unstubAllEnvs()
})

test.each([
  ['https://example.org/hook', ['93.184.215.14'], '93.184.215.14'],
  ['https://[2606:2800:21f:cb07::1]/', [], '2606:2800:21f:cb07::1'],
  ['http://93.184.215.14:8080/', [], '93.184.215.14'],
])('%s may be reached', async (url, addresses, to) => {
  const found = await findDestination(url, readMayReach(), () => Promise.resolve(addresses))
  expect(found).toMatchObject({ address: to })
})

test('networks that are named may be reached, and nothing beside them', () => {
  const mayReach = readMayReach('192.168.10.0/24, fd12:3456::/32, 10.1.2.3')
  for (const address of ['192.168.10.7', 'fd12:3456::9', '10.1.2.3', '::ffff:192.168.10.7', '1.1.1.1'])
    expect([address, mayReach(address)]).toEqual([address, true])
  for (const address of ['192.168.11.7', 'fd12:3457::9', '10.1.2.4', '127.0.0.1', 'nonsense', ''])
    expect([address, mayReach(address)]).toEqual([address, false])
  for (const wrong of ['office', '10.0.0.0/40', '10.0.0.0/8;', 'fd00::/129'])
    expect(() => readMayReach(wrong)).toThrow(/WEBHOOK_NETWORKS/)
})
