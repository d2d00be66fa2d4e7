"""The key of a seal in a token (PKCS#11): opened for what is sealed at once, and closed after it. Each error says what
to do next.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import pkcs11
from pkcs11.exceptions import PinIncorrect, PinInvalid, PinLenRange, PinLocked, PKCS11Error
from pyhanko.config.pkcs11 import TokenCriteria
from pyhanko.sign.pkcs11 import PKCS11Signer, find_token

NO_DRIVER = (
    "The driver of the token cannot be loaded: PACKET_PKCS11_MODULE is the path of its library ({}), which has to be"
    " on this machine, or in the image, and readable by the portal."
)
ABSENT = "No token called “{}” answers. Put it in or start its service, or set PACKET_PKCS11_TOKEN to one of: {}."
NO_PIN = (
    "The token does not take the PIN. Correct PACKET_PKCS11_PIN and start the worker anew. It is not tried with this"
    " PIN again, as a token locks itself after a few."
)
LOCKED = (
    "The token has locked itself after wrong PINs. Whoever keeps it sets a new PIN, which goes into PACKET_PKCS11_PIN."
)
NO_KEY = (
    "The token has no certificate labeled “{0}” with a private key labeled the same, or more than one. Set"
    " PACKET_PKCS11_LABEL, or write both into the token."
)
SILENT = "The token does not answer ({}). Look whether it is there and its service runs; what waits is sealed after."


class TokenError(ValueError):
    """The token does not sign."""


class PinError(TokenError):
    """The token refused the PIN."""


@contextmanager
def signer(module: str, token: str, label: str, pin: str) -> Iterator[PKCS11Signer]:
    """What signs with the key of a token: `module` is its driver, `label` that of certificate and key. Raises
    TokenError, also for what fails in the block.
    """
    try:
        with _found(module, token).open(user_pin=pin) as session:
            made = PKCS11Signer(session, cert_label=label)
            # Few tokens hash for ECDSA by themselves; all sign a hash.
            made.use_raw_mechanism = _certificate(made, label).public_key.algorithm == "ec"
            yield made
    except (PinIncorrect, PinInvalid, PinLenRange) as error:
        raise PinError(NO_PIN) from error
    except PinLocked as error:
        raise PinError(LOCKED) from error
    except PKCS11Error as error:
        raise TokenError(SILENT.format(type(error).__name__)) from error


def _found(module, token):
    try:
        driver = pkcs11.lib(module)
    except (PKCS11Error, OSError, RuntimeError) as error:
        raise TokenError(NO_DRIVER.format(module)) from error
    wanted = TokenCriteria(label=token)
    if found := find_token(driver.get_slots(token_present=True), token_criteria=wanted):
        return found
    # What came after the driver was loaded is seen by some drivers only when it is begun anew.
    driver.reinitialize()
    slots = driver.get_slots(token_present=True)
    if found := find_token(slots, token_criteria=wanted):
        return found
    there = [each.get_token().label for each in slots]
    raise TokenError(ABSENT.format(token, ", ".join(filter(None, there)) or "(none is there)"))


def _certificate(made, label):
    try:
        return made.signing_cert
    except PKCS11Error as error:
        raise TokenError(NO_KEY.format(label)) from error
