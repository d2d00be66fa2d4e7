"""The certificate that packets are sealed with: a file, a token (PKCS#11), or one made at first use."""

import importlib
import os
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from pyhanko.sign.timestamps import HTTPTimeStamper

from leads.packets import signing

NONE = (
    "No certificate is set to seal packets with, so none is sealed or released. Ask your administrator to set"
    " PACKET_PKCS12 or PACKET_PKCS11_MODULE."
)


class Unsealed(ValueError):  # noqa: N818 - said to a person as it is
    """There is nothing to seal with."""


def sealer():
    """What signs packets, by the settings. Raises Unsealed."""
    asks = HTTPTimeStamper(settings.PACKET_TIMESTAMP_URL) if settings.PACKET_TIMESTAMP_URL else None
    try:
        if settings.PACKET_PKCS11_MODULE:
            return _token(asks)
        if settings.PACKET_PKCS12:
            passphrase = settings.PACKET_PKCS12_PASSWORD.encode() or None
            return signing.from_pkcs12(Path(settings.PACKET_PKCS12).read_bytes(), passphrase, asks)
    except (OSError, ValueError) as error:
        raise Unsealed(f"Packets cannot be sealed: {error}") from error
    if settings.SYNTHETIC_DATA:
        return signing.from_pkcs12(_self_made(), None, asks)
    raise Unsealed(NONE)


def roots():
    """The certificates that seals of this installation are known by. Raises Unsealed."""
    if settings.PACKET_ROOTS:
        try:
            return signing.certificates(Path(settings.PACKET_ROOTS).read_bytes())
        except (OSError, ValueError) as error:
            raise Unsealed(f"The certificates of PACKET_ROOTS cannot be read: {error}") from error
    return sealer().roots


def _token(asks):
    """A key that never leaves its token. The driver is a package of its own, as few have a token."""
    try:
        driver = importlib.import_module("pyhanko.sign.pkcs11")
    except ImportError as error:
        raise Unsealed("Install python-pkcs11 to seal packets with a token (PACKET_PKCS11_MODULE).") from error
    session = driver.open_pkcs11_session(
        settings.PACKET_PKCS11_MODULE, token_label=settings.PACKET_PKCS11_TOKEN, user_pin=settings.PACKET_PKCS11_PIN
    )
    signer = driver.PKCS11Signer(session, cert_label=settings.PACKET_PKCS11_LABEL)
    return signing.Sealer(signer, (signer.signing_cert,), asks)


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
