"""The seal of a packet: a signature over the bytes of a PDF (PAdES) or of a list of hashes (CMS, detached), and the
certificate it is made with. Pure: bytes in, bytes out.
"""

import asyncio
import io
from datetime import datetime, timedelta
from typing import NamedTuple

from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID
from pyhanko.keys import load_certs_from_pemder_data
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers
from pyhanko.sign.timestamps import TimeStamper

from leads.packets.apart import apart

FIELD = "Seal"
DIGEST = "sha256"
YEARS = 10


class Sealer(NamedTuple):
    """What signs: the signer (a key in a file or in a token), the roots that its certificate is known by, and where
    the time is asked for, if anywhere.
    """

    signer: signers.Signer
    roots: tuple[asn1.Certificate, ...]
    timestamper: TimeStamper | None = None


def certificates(pem: bytes) -> tuple[asn1.Certificate, ...]:
    """The certificates of a PEM or DER file. Raises ValueError for anything else."""
    found = tuple(load_certs_from_pemder_data(pem))
    if not found:
        raise ValueError("There is no certificate in this file.")
    return found


def from_pkcs12(data: bytes, passphrase: bytes | None, timestamper: TimeStamper | None = None) -> Sealer:
    """The key and certificates of a PKCS#12 file. What it holds beside the signer's own is what that is known by; a
    certificate that stands alone is known by itself. Raises ValueError.
    """
    try:
        signer = signers.SimpleSigner.load_pkcs12_data(data, other_certs=[], passphrase=passphrase)
    except Exception as error:
        raise ValueError("The file with the certificate cannot be read with this password.") from error
    others = [each for each in signer.cert_registry if each != signer.signing_cert]
    return Sealer(signer, tuple(others or [signer.signing_cert]), timestamper)


def self_made(organization: str, now: datetime) -> tuple[bytes, bytes]:
    """(PKCS#12 without a password, PEM of the root) of a new root and a certificate of its: for fictional data alone,
    as nobody vouches for it.
    """
    root, root_key = _certificate(organization, "Root of the demo", now)
    leaf, key = _certificate(organization, "Records custodian", now, root, root_key)
    kept = pkcs12.serialize_key_and_certificates(b"seal", key, leaf, [root], serialization.NoEncryption())
    return kept, root.public_bytes(serialization.Encoding.PEM)


def _name(organization, common):
    return x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, organization[:64]),
            x509.NameAttribute(NameOID.COMMON_NAME, common),
        ]
    )


def _certificate(organization, common, now, issuer=None, issuer_key=None):
    key = ec.generate_private_key(ec.SECP256R1())
    is_root, name = issuer is None, _name(organization, common)
    use = dict.fromkeys(("key_encipherment", "data_encipherment", "key_agreement", "encipher_only"), False)
    use |= {"decipher_only": False, "digital_signature": not is_root, "content_commitment": not is_root}
    use |= {"key_cert_sign": is_root, "crl_sign": is_root}
    signing_key = issuer_key or key
    built = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name if is_root else issuer.subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=365 * YEARS))
        .add_extension(x509.BasicConstraints(ca=is_root, path_length=None), critical=True)
        .add_extension(x509.KeyUsage(**use), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(signing_key.public_key()), critical=False)
    )
    return built.sign(signing_key, hashes.SHA256()), key


def sign_pdf(pdf: bytes, sealer: Sealer, said: str) -> bytes:
    """A PDF with its seal (PAdES, SHA-256) appended: what is there stays as it is, tags and all. `said` is what the
    signature says it is of; it lies in the signed range. Asks the time of the sealer's authority where it has one:
    raises pyhanko's TimestampRequestError where that does not answer.
    """
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    fields.append_signature_field(writer, fields.SigFieldSpec(FIELD))
    meta = signers.PdfSignatureMetadata(
        field_name=FIELD, subfilter=fields.SigSeedSubFilter.PADES, reason=said, md_algorithm=DIGEST
    )
    signed = apart(lambda: signers.sign_pdf(writer, meta, signer=sealer.signer, timestamper=sealer.timestamper))
    return signed.getvalue()


def sign_bytes(data: bytes, sealer: Sealer) -> bytes:
    """A detached signature (CMS, DER) of some bytes."""
    making = sealer.signer.async_sign_general_data(
        data, digest_algorithm=DIGEST, detached=True, timestamper=sealer.timestamper, use_cades=True
    )
    return apart(lambda: asyncio.run(making)).dump()
