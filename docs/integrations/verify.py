import base64
import hashlib
import hmac
import time


def is_genuine(headers, body, secret, now=None):
    """Whether Commonhall sent this. `body` is the bytes that arrived, before anything parses them."""
    sent = headers.get("webhook-timestamp", "")
    # Older than five minutes: somebody may have kept it, to send it again.
    if not sent.isdecimal() or abs((now or time.time()) - int(sent)) > 300:
        return False
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = f"{headers.get('webhook-id')}.{sent}.".encode() + body
    expected = "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    # There are two signatures for a day after the secret was changed. One that is right is enough.
    signatures = headers.get("webhook-signature", "").split(" ")
    return any(hmac.compare_digest(expected.encode(), given.encode()) for given in signatures)
