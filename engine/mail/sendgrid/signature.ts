import { createPublicKey, type KeyObject, verify } from 'node:crypto'
import { say } from '@commonhall/kernel'

/** What is older has been played back, or our clock is wrong; in seconds. */
const window = 600

/** The key that SendGrid shows once its events are signed: base64 of an SPKI, without a frame around it. */
export function readWebhookKey(text: string): KeyObject {
  const wrong = () => new Error(say('engine:mail.webhook_key'))
  try {
    const body = text.replaceAll(/-----[A-Z ]+-----|\s/g, '')
    const key = createPublicKey({ key: Buffer.from(body, 'base64'), format: 'der', type: 'spki' })
    if (key.asymmetricKeyDetails?.namedCurve !== 'prime256v1') throw wrong()
    return key
  } catch {
    throw wrong()
  }
}

/** Whether SendGrid has signed exactly these bytes, and lately. */
export function isSigned(
  key: KeyObject,
  { signature, timestamp, body }: { signature: unknown; timestamp: unknown; body: Buffer },
  now = Date.now(),
): boolean {
  if (typeof signature !== 'string' || signature.length > 200) return false
  if (typeof timestamp !== 'string' || !/^\d{10}$/.test(timestamp)) return false
  if (Math.abs(now / 1000 - Number(timestamp)) > window) return false
  const signed = Buffer.concat([Buffer.from(timestamp), body])
  return verify('sha256', signed, key, Buffer.from(signature, 'base64'))
}
