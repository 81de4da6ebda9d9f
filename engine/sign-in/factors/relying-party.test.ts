import { expect, test } from 'vitest'
import type { Refusal } from '@commonhall/kernel'
import { relyingParty } from './relying-party.ts'

const ask = (publicUrl: string, origin?: string) => {
  try {
    const headers = origin === undefined ? {} : { origin }
    return relyingParty(publicUrl, { method: 'POST', headers, ip: '127.0.0.1', id: 'r' })
  } catch (error) {
    const { status, code, members } = error as Refusal
    return { status, code, ...members }
  }
}

test.each([
  ['https://hall.example.org', undefined, 'hall.example.org', 'https://hall.example.org'],
  ['https://hall.example.org', 'https://hall.example.org', 'hall.example.org', 'https://hall.example.org'],
  ['https://hall.example.org:8443/base', undefined, 'hall.example.org', 'https://hall.example.org:8443'],
  ['http://127.0.0.1:3000', 'http://localhost:3000', 'localhost', 'http://localhost:3000'],
  ['http://127.0.0.1:3000', 'http://localhost:5173', 'localhost', 'http://localhost:5173'],
  ['http://127.0.0.1:3000', undefined, 'localhost', 'http://localhost:3000'],
  ['http://localhost:3000', 'http://localhost:3000', 'localhost', 'http://localhost:3000'],
  ['http://localhost', 'http://localhost', 'localhost', 'http://localhost'],
])('at %s, asked from %s, a passkey is for %s', (publicUrl, origin, id, expected) => {
  expect(ask(publicUrl, origin)).toEqual({ id, origin: expected })
})

test.each([
  ['http://127.0.0.1:3000', 'http://127.0.0.1:3000', 'http://localhost:3000'],
  ['http://0.0.0.0:3000', 'http://127.0.0.1:4000', 'http://localhost:4000'],
  ['http://[::1]:3000', 'http://[::1]:3000', 'http://localhost:3000'],
  ['http://localhost:3000', 'https://evil.example:3000', 'http://localhost:3000'],
  ['https://hall.example.org', 'https://www.hall.example.org', 'https://hall.example.org'],
  ['https://hall.example.org', 'http://hall.example.org', 'https://hall.example.org'],
  ['https://hall.example.org', 'http://localhost:3000', 'https://hall.example.org'],
  ['https://hall.example.org', 'null', undefined],
])('at %s a page of %s is shown the way to %s', (publicUrl, origin, address) => {
  if (address === undefined) expect(ask(publicUrl, origin)).toMatchObject({ id: 'hall.example.org' })
  else expect(ask(publicUrl, origin)).toEqual({ status: 409, code: 'passkey_address', address })
})

test('an address of mere numbers has no passkeys', () => {
  for (const publicUrl of ['http://192.168.1.20:3000', 'https://[2001:db8::1]'])
    expect(ask(publicUrl)).toEqual({ status: 409, code: 'passkey_address' })
})
