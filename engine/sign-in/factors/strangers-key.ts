import { generateKeyPairSync } from 'node:crypto'

const { x = '', y = '' } = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' })

/**
 * A key that nobody holds, for passkeys that nobody has: checking against it takes as long. In COSE: key type EC2,
 * algorithm ES256, curve P-256, x, y.
 */
export const strangersKey: Buffer = Buffer.concat([
  Buffer.from('a5010203262001215820', 'hex'),
  Buffer.from(x, 'base64url'),
  Buffer.from('225820', 'hex'),
  Buffer.from(y, 'base64url'),
])
