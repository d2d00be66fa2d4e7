"""Whether a detached signature is of some bytes and by whom it is said to be. Pure; needs nothing but the certificates
that it is known by, and follows no others.
"""

import asyncio
import hashlib
import io
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import NamedTuple

from asn1crypto import cms, x509
from pyhanko.sign.validation import async_validate_detached_cms
from pyhanko.sign.validation.generic_cms import validate_sig_integrity
from pyhanko_certvalidator import ValidationContext

from leads.packets.apart import apart

# The name of the hash, as signatures here write it (DER).
SHA_256 = bytes.fromhex("300d06096086480165030402010500")
# Certificates of a stamp of time: its authority's own and those above it.
MOST_OF_A_STAMP = 5
CHUNK = 256 * 1024


class Seal(NamedTuple):
    """What became of a signature: sound, of other content, or broken itself; and when an authority for time that the
    roots vouch for stamped it, if any did.
    """

    content: bool
    itself: bool
    stamped: datetime | None = None


BROKEN = Seal(content=True, itself=False)


def check_signature(content: bytes | io.RawIOBase, der: bytes, roots: Iterable[x509.Certificate]) -> Seal:
    """Whether a detached signature is of this content, which may be a file, and by whom the roots vouch for. What the
    signature does not cover of itself has to be as the signer writes it.
    """
    roots, file = list(roots), io.BytesIO(content) if isinstance(content, bytes) else content
    try:
        info = cms.ContentInfo.load(der, strict=True)
        signed = info["content"]
        known = ValidationContext(trust_roots=roots, allow_fetching=False, moment=_moment(signed))
        stated = _stated(signed["signer_infos"][0])
        if stated != _digest(file):
            return Seal(content=False, itself=True) if _signs(signed, stated, known) else BROKEN
        # Asked first: among certificates of a stranger the way to a root is looked for without end.
        if not (_is_filled(info) and _is_filled(signed) and _is_plain(signed, roots)):
            return BROKEN
        file.seek(0)
        status = apart(lambda: asyncio.run(async_validate_detached_cms(file, signed, known)))
        stamp = status.timestamp_validity
        # The signature does not cover it: that of a stranger is one that somebody put there since.
        if not all(each.intact and each.valid and each.trusted for each in (status, stamp) if each):
            return BROKEN
    except Exception:  # what a stranger made of it may fail anywhere in a reader of signatures
        return BROKEN
    return Seal(content=True, itself=True, stamped=stamp.timestamp if stamp else None)


def _digest(file):
    file.seek(0)
    digest = hashlib.sha256()
    for piece in iter(lambda: file.read(CHUNK), b""):
        digest.update(piece)
    return digest.digest()


def _moment(signed):
    """Now, or the last moment at which its certificates held: that one has ended since changes nothing in the file."""
    unsigned = signed["signer_infos"][0]["unsigned_attrs"]
    stamps = [] if unsigned.native is None else [stamp for each in unsigned for stamp in each["values"]]
    holders = [signed, *(stamp["content"] for stamp in stamps)]
    ends = [each.chosen.not_valid_after for holder in holders for each in holder["certificates"]]
    return min([datetime.now(UTC), *ends])


def _stated(signer):
    """The hash that a signature says its content has."""
    return next(each["values"][0].native for each in signer["signed_attrs"] if each["type"].native == "message_digest")


def _signs(signed, digest, known):
    """Whether a signature is itself sound, whatever its content is by now."""
    signer = signed["signer_infos"][0]
    serial = signer["sid"].chosen["serial_number"].native
    certificate = next(each.chosen for each in signed["certificates"] if each.chosen.serial_number == serial)
    whole, valid = validate_sig_integrity(signer, certificate, "data", digest, sig_validator=known.sig_validator)
    return whole and valid


def _is_filled(value):
    """Whether what a value says of its length is what its parts have: zeros behind the last would go for some of it."""
    return value.contents == b"".join(value[name].dump() for name in value)


def _is_plain(signed, roots):
    """Whether nothing was added to a signature, or written otherwise than the signer writes it: of what the signature
    does not cover, a reader of signatures lets several spellings pass.
    """
    given = [each.chosen for each in signed["certificates"]]
    signer = signed["signer_infos"][0]
    sid = signer["sid"].chosen
    own = [each for each in given if each.serial_number == sid["serial_number"].native]
    others = {each.sha256 for each in given if each not in own}
    return (
        others <= {each.sha256 for each in roots}
        and [each.issuer.dump() for each in own] == [sid["issuer"].dump()]
        and len(signed["signer_infos"]) == 1
        and signed["crls"].native is None
        and _is_stamped_plainly(signer["unsigned_attrs"])
        and (signed["version"].native, signer["version"].native) == ("v1", "v1")
        and [each.dump() for each in signed["digest_algorithms"]] == [SHA_256]
        and signer["digest_algorithm"].dump() == SHA_256
    )


def _is_stamped_plainly(unsigned):
    """Whether nothing stands beside a signature but one stamp of time at most, with its few certificates."""
    given = [] if unsigned.native is None else list(unsigned)
    stamps = [stamp for each in given for stamp in each["values"]]
    return len(stamps) <= 1 and all(
        each["type"].native == "signature_time_stamp_token"
        and all(len(stamp["content"]["certificates"]) <= MOST_OF_A_STAMP for stamp in each["values"])
        for each in given
    )
