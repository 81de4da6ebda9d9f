#!/bin/sh
# The signature of a message, as Commonhall writes it: sign.sh SECRET ID TIMESTAMP < body
# Compare it with what stands in webhook-signature, or sign a message of your own to try a receiver.
set -eu
key=$(printf '%s' "${1#whsec_}" | openssl base64 -d -A | od -An -v -tx1 | tr -d ' \n')
signature=$({ printf '%s.%s.' "$2" "$3"; cat; } |
  openssl dgst -sha256 -mac HMAC -macopt "hexkey:$key" -binary | openssl base64 -A)
printf 'v1,%s\n' "$signature"
