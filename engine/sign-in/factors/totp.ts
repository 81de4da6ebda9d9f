import { Secret, TOTP } from 'otpauth'

const period = 30
/** What every app can do, whatever else its makers say. */
const shape = { algorithm: 'SHA1', digits: 6, period } as const
const issuer = 'Commonhall'
const secretBytes = 20

/** What an authenticator app is given, as text, as an address, and as a picture of that address. */
export interface AppSetup {
  readonly secret: string
  readonly uri: string
  readonly qr: string
}

/** A new secret for the app of the person with this address. */
export async function makeAppSetup(email: string): Promise<AppSetup> {
  const secret = new Secret({ size: secretBytes })
  const uri = new TOTP({ ...shape, issuer, label: email, secret }).toString()
  const { default: qrcode } = await import('qrcode')
  const qr = await qrcode.toString(uri, { type: 'svg', errorCorrectionLevel: 'M', margin: 2 })
  return { secret: secret.base32, uri, qr }
}

/** The half minute that a code is for, counted from 1970; null when it is for none near now. One early or late goes. */
export function stepOfCode(secret: string, code: string, timestamp: number = Date.now()): number | null {
  const token = code.replace(/\s/g, '')
  const key = Secret.fromBase32(secret)
  const delta = /^\d{6}$/.test(token) ? TOTP.validate({ ...shape, token, secret: key, timestamp, window: 1 }) : null
  return delta === null ? null : Math.floor(timestamp / 1_000 / period) + delta
}
