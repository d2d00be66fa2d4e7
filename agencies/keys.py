"""Secrets that are shown once: links of invitations, keys of programs. Only their hashes are stored."""

import hashlib
import secrets


def new(prefix=""):
    """A secret of 256 random bits, safe in an address."""
    return prefix + secrets.token_urlsafe(32)


def hashed(secret):
    """SHA-256 in hex: enough for what nobody can guess, and the same each time, so that a row is found by it."""
    return hashlib.sha256(secret.encode(errors="surrogatepass")).hexdigest()
