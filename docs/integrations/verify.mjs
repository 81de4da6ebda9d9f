import { createHmac, timingSafeEqual } from 'node:crypto'

/** Whether Commonhall sent this. `body` is what arrived, byte for byte, before anything parses it. */
export function isGenuine(headers, body, secret, now = Date.now() / 1000) {
  const { 'webhook-id': id, 'webhook-timestamp': time, 'webhook-signature': signatures = '' } = headers
  // Older than five minutes: somebody may have kept it, to send it again.
  if (!(Math.abs(now - Number(time)) <= 300)) return false
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64')
  const expected = createHmac('sha256', key).update(`${id}.${time}.`).update(body).digest()
  // There are two signatures for a day after the secret was changed. One that is right is enough.
  return signatures.split(' ').some((signature) => {
    const given = Buffer.from(signature.replace(/^v1,/, ''), 'base64')
    return signature.startsWith('v1,') && given.length === expected.length && timingSafeEqual(given, expected)
  })
}
