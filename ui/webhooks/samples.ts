/** How a receiver tells a real message, to be copied. The same as in docs/integrations, whose test runs them. */
export const samples = {
  Node: `import { createHmac, timingSafeEqual } from 'node:crypto'

/** Whether Commonhall sent this. \`body\` is what arrived, byte for byte, before anything parses it. */
export function isGenuine(headers, body, secret, now = Date.now() / 1000) {
  const { 'webhook-id': id, 'webhook-timestamp': time, 'webhook-signature': signatures = '' } = headers
  // Older than five minutes: somebody may have kept it, to send it again.
  if (!(Math.abs(now - Number(time)) <= 300)) return false
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64')
  const expected = createHmac('sha256', key).update(\`\${id}.\${time}.\`).update(body).digest()
  // There are two signatures for a day after the secret was changed. One that is right is enough.
  return signatures.split(' ').some((signature) => {
    const given = Buffer.from(signature.replace(/^v1,/, ''), 'base64')
    return signature.startsWith('v1,') && given.length === expected.length && timingSafeEqual(given, expected)
  })
}`,
  Python: `import base64
import hashlib
import hmac
import time


def is_genuine(headers, body, secret, now=None):
    """Whether Commonhall sent this. \`body\` is the bytes that arrived, before anything parses them."""
    sent = headers.get("webhook-timestamp", "")
    # Older than five minutes: somebody may have kept it, to send it again.
    if not sent.isdecimal() or abs((now or time.time()) - int(sent)) > 300:
        return False
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = f"{headers.get('webhook-id')}.{sent}.".encode() + body
    expected = "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    # There are two signatures for a day after the secret was changed. One that is right is enough.
    signatures = headers.get("webhook-signature", "").split(" ")
    return any(hmac.compare_digest(expected.encode(), given.encode()) for given in signatures)`,
  Shell: `#!/bin/sh
# The signature of a message, as Commonhall writes it: sign.sh SECRET ID TIMESTAMP < body
# Compare it with what stands in webhook-signature, or sign a message of your own to try a receiver.
set -eu
key=$(printf '%s' "\${1#whsec_}" | openssl base64 -d -A | od -An -v -tx1 | tr -d ' \\n')
signature=$({ printf '%s.%s.' "$2" "$3"; cat; } |
  openssl dgst -sha256 -mac HMAC -macopt "hexkey:$key" -binary | openssl base64 -A)
printf 'v1,%s\\n' "$signature"`,
} as const
