import { tmpdir } from 'node:os'
import { beforeAll, describe, expect, test } from 'vitest'
import { addWords } from '@commonhall/kernel'
import { readSettings } from './settings.ts'
import { words } from './words/en.ts'

const secret = 'x'.repeat(32)
const read = (environment: Record<string, string>) =>
  readSettings({ DATA_DIR: tmpdir(), JWT_SECRET: secret, ...environment })

beforeAll(() => addWords('engine', words))

describe('in production', () => {
  test.each(['', 'a', 'x'.repeat(31)])('the secret %j is refused with a sentence', (JWT_SECRET) => {
    expect(() => read({ NODE_ENV: 'production', JWT_SECRET })).toThrow(/^JWT_SECRET must .* 32 .*\.$/)
  })

  test('32 characters are enough, and elsewhere any will do', () => {
    expect(read({ NODE_ENV: 'production' }).secret).toBe(secret)
    expect(read({ JWT_SECRET: 'a' }).secret).toBe('a')
  })
})

test.each(['abc', '1', '0', '-3', '2.5', '201', '1e1000'])('%j connections are refused', (DATABASE_CONNECTIONS) => {
  expect(() => read({ DATABASE_CONNECTIONS })).toThrow('DATABASE_CONNECTIONS must be a whole number from 2 to 200.')
})

test.each([
  ['', 10],
  ['2', 2],
  ['200', 200],
])('%j connections are %i', (DATABASE_CONNECTIONS, most) => {
  expect(read({ DATABASE_CONNECTIONS }).connections).toBe(most)
})

test.each(['-1', '65536', 'http', '80.5'])('port %j is refused', (PORT) => {
  expect(() => read({ PORT })).toThrow('PORT must be a whole number from 0 to 65535.')
})

describe('TRUST_PROXY', () => {
  /** Which of three peers are taken for proxies: the one that connects, the one behind it, a stranger further on. */
  const trusted = (TRUST_PROXY: string) => {
    const { trustProxy } = read({ TRUST_PROXY })
    return ['10.0.0.1', '192.168.7.7', '203.0.113.9'].map((peer, hop) => trustProxy(peer, hop))
  }

  test.each([
    ['', [false, false, false]],
    ['0', [false, false, false]],
    ['1', [true, false, false]],
    ['2', [true, true, false]],
    ['10.0.0.1', [true, false, false]],
    ['10.0.0.0/8, 192.168.0.0/16', [true, true, false]],
    ['::1', [false, false, false]],
  ])('%j trusts %j', (value, peers) => expect(trusted(value)).toEqual(peers))

  test.each(['true', '-1', '10.0.0.300', '10.0.0.0/33', 'proxy.example', '10.0.0.1,,'])('%j is refused', (value) => {
    expect(() => read({ TRUST_PROXY: value })).toThrow(/^TRUST_PROXY must .*\.$/)
  })

  test('an IPv4 peer is known also when the system writes it as IPv6', () => {
    expect(read({ TRUST_PROXY: '10.0.0.0/8' }).trustProxy('::ffff:10.0.0.1', 0)).toBe(true)
  })
})
