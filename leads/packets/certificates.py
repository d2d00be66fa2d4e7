"""The certificate that packets are sealed with: a file, a token (PKCS#11), or one made at first use."""

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.core.cache import cache
from django.utils.crypto import salted_hmac
from pyhanko.sign.timestamps import HTTPTimeStamper
from redis.exceptions import RedisError

from leads.packets import keytoken, signing

log = logging.getLogger(__name__)
NONE = (
    "No certificate is set to seal packets with, so none is sealed or released. Ask your administrator to set"
    " PACKET_PKCS12 or PACKET_PKCS11_MODULE."
)
NO_ROOTS = (
    "The seal is in a token, and nobody said by which certificates it is known: set PACKET_ROOTS to a file with those"
    " above the one in the token, or with that one if nobody vouches for it."
)
ENDED = (
    "Packets cannot be sealed: the certificate ended on {}. Put the next one in its place, and leave the roots of this"
    " one in PACKET_ROOTS: what was sealed with it stays as it is."
)
# A token locks itself after a few wrong PINs, and what waits to be sealed is tried every minute.
REFUSED_FOR = 24 * 3600


class Unsealed(ValueError):
    """There is nothing to seal with."""


@contextmanager
def sealer() -> Iterator[signing.Sealer]:
    """What signs packets, by the settings, as long as the block lasts: a token is open no longer. Raises Unsealed."""
    asks = HTTPTimeStamper(settings.PACKET_TIMESTAMP_URL) if settings.PACKET_TIMESTAMP_URL else None
    if not settings.PACKET_PKCS11_MODULE:
        yield _in_force(_of_file(asks))
        return
    try:
        with _token() as signer:
            yield _in_force(signing.Sealer(signer, (), asks))
    except keytoken.TokenError as error:
        raise Unsealed(f"Packets cannot be sealed: {error}") from error


def _in_force(made):
    """What signs, unless its certificate has ended: no other reader of PDF would find such a seal whole."""
    ends = made.signer.signing_cert.not_valid_after
    if ends < datetime.now(UTC):
        raise Unsealed(ENDED.format(f"{ends:%Y-%m-%d}"))
    return made


def roots():
    """The certificates that seals of this installation are known by. Raises Unsealed."""
    if settings.PACKET_ROOTS:
        try:
            return signing.certificates(Path(settings.PACKET_ROOTS).read_bytes())
        except (OSError, ValueError) as error:
            raise Unsealed(f"The certificates of PACKET_ROOTS cannot be read: {error}") from error
    if settings.PACKET_PKCS11_MODULE:
        raise Unsealed(NO_ROOTS)
    return _of_file(None).roots


def _of_file(asks):
    try:
        if settings.PACKET_PKCS12:
            passphrase = settings.PACKET_PKCS12_PASSWORD.encode() or None
            return signing.from_pkcs12(Path(settings.PACKET_PKCS12).read_bytes(), passphrase, asks)
    except (OSError, ValueError) as error:
        raise Unsealed(f"Packets cannot be sealed: {error}") from error
    if settings.SYNTHETIC_DATA:
        return signing.from_pkcs12(_self_made(), None, asks)
    raise Unsealed(NONE)


@contextmanager
def _token():
    """The key in the token. A PIN that it refused is not tried again."""
    said = (settings.PACKET_PKCS11_MODULE, settings.PACKET_PKCS11_TOKEN, settings.PACKET_PKCS11_LABEL)
    pin = settings.PACKET_PKCS11_PIN
    key = f"packet_pin:{salted_hmac('leads.packets.certificates', '|'.join((*said, pin))).hexdigest()}"
    if _remembered(cache.get, key):
        raise keytoken.PinError(keytoken.NO_PIN)
    try:
        with keytoken.signer(*said, pin) as signer:
            yield signer
    except keytoken.PinError:
        _remembered(cache.set, key, True, REFUSED_FOR)
        raise


def _remembered(ask, *given):
    try:
        return ask(*given)
    except (RedisError, OSError):
        log.warning("Whether the token refused its PIN is not remembered: the cache does not answer.")
        return None


def _self_made():
    """Made once, whichever process is the first: the name appears with the whole file behind it."""
    kept = settings.VAR_DIR / "packet-seal.p12"
    if not kept.exists():
        kept.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        made, _root = signing.self_made(settings.CENTER_NAME, datetime.now(UTC))
        beside = kept.with_name(f"{kept.name}.{os.getpid()}")
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(made)
        try:
            os.link(beside, kept)
        except FileExistsError:
            pass
        finally:
            beside.unlink()
    return kept.read_bytes()
