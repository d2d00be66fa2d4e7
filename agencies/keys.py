"""Secrets that are shown once: links of invitations, keys of programs. Only their hashes are stored."""

import base64
import hashlib
import hmac
import secrets

from django.conf import settings
from django.core import signing

OFF = "agencies.notice_off"
OFF_FOR = 60 * 24 * 3600


def new(prefix=""):
    """A secret of 256 random bits, safe in an address."""
    return prefix + secrets.token_urlsafe(32)


def hashed(secret):
    """SHA-256 in hex: enough for what nobody can guess, and the same each time, so that a row is found by it."""
    return hashlib.sha256(secret.encode(errors="surrogatepass")).hexdigest()


def derived(nonce, known=None):
    """The secret that the portal's key makes of a nonce: nobody without the key can tell it from the row. With `known`,
    a hash, it is that of the key, or former key, which gave it; None if none of them did.
    """
    made = (_derive(key, nonce) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS))
    return next((secret for secret in made if known is None or hashed(secret) == known), None)


def _derive(key, nonce):
    digest = hmac.digest(key.encode(), b"agencies.invitation:" + nonce.encode(), "sha256")
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def off_token(person, kind):
    """What the link of a mail carries to stop one kind of notice of one person, and can do nothing else."""
    return signing.dumps([person, kind], salt=OFF)


def read_off_token(token):
    """(person id, kind) of a token that is ours and not too old, else None."""
    try:
        person, kind = signing.loads(token, salt=OFF, max_age=OFF_FOR)
    except signing.BadSignature:
        return None
    return person, kind
