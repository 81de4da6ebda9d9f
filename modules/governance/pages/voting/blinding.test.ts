import { expect, test, vi } from 'vitest'
import { toBase64url } from './base64url.ts'
import { blind } from './blinding.ts'

test('all chance in a blinded paper is from WebCrypto', async () => {
  const algorithm = { name: 'RSA-PSS', hash: 'SHA-384', modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]) }
  const { publicKey } = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
  const spki = new Uint8Array(await crypto.subtle.exportKey('spki', publicKey))
  const key = { public_key: toBase64url(spki) } as Parameters<typeof blind>[0]
  const token = new Uint8Array(65).fill(4)
  const random = vi.spyOn(crypto, 'getRandomValues')
  try {
    const first = await blind(key, token)
    const drawn = random.mock.calls.map(([bytes]) => bytes?.byteLength)
    // The prefix, the salt of the encoding, and the number that hides it, drawn again where it is too large.
    expect(drawn.slice(0, 3)).toEqual([32, 48, 256])
    random.mockImplementation((bytes) => {
      if (bytes instanceof Uint8Array) bytes.fill(7)
      return bytes
    })
    const [one, other] = [await blind(key, token), await blind(key, token)]
    expect(one).toEqual(other)
    expect(one).not.toEqual(first)
  } finally {
    random.mockRestore()
  }
})
