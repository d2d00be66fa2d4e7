"""Packets sealed with a key that never leaves its token: SoftHSM stands for one, by the settings that an HSM has."""

import io
import os
import secrets
import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pkcs11
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from django.core.management import CommandError, call_command
from pkcs11.util.x509 import decode_x509_certificate
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from evidence import vault
from leads.models import PacketSeal
from leads.packets import certificates, keytoken, signing
from leads.packets.apart import apart
from leads.packets.signatures import Seal, check_signature
from tests.leads.releasing import sealed

DRIVERS = (
    "/usr/lib/softhsm/libsofthsm2.so",
    "/usr/lib64/pkcs11/libsofthsm2.so",
    "/opt/homebrew/lib/softhsm/libsofthsm2.so",
)
DRIVER = next(filter(os.path.exists, DRIVERS), "")
PIN = "271828"
pytestmark = pytest.mark.skipif(
    not (DRIVER and shutil.which("softhsm2-util")), reason="There is no SoftHSM (softhsm2) on this machine."
)


def _softhsm(*arguments):
    subprocess.run(["softhsm2-util", *map(str, arguments)], check=True, capture_output=True)


def _issued(key, now):
    """A certificate that nobody vouches for but itself."""
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, f"Custodian of {type(key).__name__}")])
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    made = made.serial_number(x509.random_serial_number())
    made = made.not_valid_before(now - timedelta(days=9)).not_valid_after(now + timedelta(days=900))
    use = dict.fromkeys(("key_encipherment", "data_encipherment", "key_agreement", "key_cert_sign", "crl_sign"), False)
    use |= {"digital_signature": True, "content_commitment": True, "encipher_only": False, "decipher_only": False}
    made = made.add_extension(x509.KeyUsage(**use), critical=True)
    return made.sign(key, hashes.SHA256()).public_bytes(Encoding.DER)


@pytest.fixture(scope="module")
def token(tmp_path_factory):
    """A token with two keys, labeled by their kind, that the portal is told the PIN of: {label: its certificate}."""
    folder = tmp_path_factory.mktemp("token")
    (folder / "tokens").mkdir()
    conf = folder / "softhsm2.conf"
    conf.write_text(f"directories.tokendir = {folder}/tokens\nobjectstore.backend = file\nlog.level = ERROR\n")
    before, os.environ["SOFTHSM2_CONF"] = os.environ.get("SOFTHSM2_CONF"), str(conf)
    _softhsm("--init-token", "--free", "--label", "Seal of the center", "--pin", PIN, "--so-pin", "314159")
    made = {}
    keys = {"ec": ec.generate_private_key(ec.SECP256R1()), "rsa": rsa.generate_private_key(65537, 2048)}
    for number, (label, key) in enumerate(keys.items(), 1):
        (folder / label).write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
        _softhsm(
            "--import",
            folder / label,
            "--token",
            "Seal of the center",
            "--label",
            label,
            "--id",
            f"0{number}",
            "--pin",
            PIN,
        )
        made[label] = _issued(key, datetime.now(UTC))
    driver = pkcs11.lib(DRIVER)
    driver.reinitialize()
    with driver.get_token(token_label="Seal of the center").open(user_pin=PIN, rw=True) as session:
        for label, certificate in made.items():
            values = decode_x509_certificate(certificate)
            session.create_object(values | {pkcs11.Attribute.LABEL: label, pkcs11.Attribute.TOKEN: True})
    yield made
    os.environ.pop("SOFTHSM2_CONF") if before is None else os.environ.update(SOFTHSM2_CONF=before)


@pytest.fixture
def by_token(token, settings, tmp_path):
    settings.PACKET_PKCS11_MODULE, settings.PACKET_PKCS11_TOKEN = DRIVER, "Seal of the center"
    settings.PACKET_PKCS11_LABEL, settings.PACKET_PKCS11_PIN = "ec", PIN
    settings.PACKET_ROOTS, settings.SYNTHETIC_DATA = str(tmp_path / "roots"), False
    Path(settings.PACKET_ROOTS).write_bytes(token["ec"])
    return settings


def test_a_packet_is_sealed_by_a_key_in_a_token_and_other_validators_find_it_whole(
    by_token, city, line, tmp_path, capsys
):
    version = sealed(city, line)
    seal, (root,) = PacketSeal.objects.get(version=version), certificates.roots()
    assert seal.certificate == root.sha256.hex()
    with vault.opened(seal.pdf_sha256) as file:
        content = file.read()
    known = ValidationContext(trust_roots=[root], allow_fetching=False)
    status = apart(lambda: validate_pdf_signature(PdfFileReader(io.BytesIO(content)).embedded_signatures[0], known))
    assert status.bottom_line
    (tmp_path / "x.pdf").write_bytes(content)
    call_command("verify_packet", tmp_path / "x.pdf")
    assert "Authentic: Packet" in capsys.readouterr().out
    if shutil.which("pdfsig"):
        said = subprocess.run(["pdfsig", "-nocert", tmp_path / "x.pdf"], capture_output=True, text=True, check=False)
        assert "Signature is Valid" in said.stdout


@pytest.mark.parametrize("kind", ["ec", "rsa"])
def test_a_token_signs_with_either_kind_of_key_and_again_after_that(kind, token):
    for content in (b"one", b"two"):
        with keytoken.signer(DRIVER, "Seal of the center", kind, PIN) as signer:
            made = signing.sign_bytes(content, signing.Sealer(signer, ()))
        roots = signing.certificates(token[kind])
        assert check_signature(content, made, roots) == Seal(content=True, itself=True)


@pytest.mark.parametrize(
    ("setting", "value", "says"),
    [
        ("MODULE", "/usr/lib/none.so", "the path of its library (/usr/lib/none.so)"),
        ("TOKEN", "Another", "set PACKET_PKCS11_TOKEN to one of: Seal of the center"),
        ("LABEL", "none", "no certificate labeled “none” with a private key labeled the same"),
        ("PIN", "", "The token does not take the PIN. Correct PACKET_PKCS11_PIN"),
    ],
)
def test_what_keeps_a_token_from_sealing_is_told_with_what_to_do_next(by_token, setting, value, says):
    setattr(by_token, f"PACKET_PKCS11_{setting}", value)
    with pytest.raises(CommandError) as told:
        call_command("verify_seal")
    assert says in str(told.value)


def test_a_pin_that_was_refused_is_not_tried_until_the_token_locks_itself(by_token, monkeypatch):
    asked = []
    real = keytoken.signer
    monkeypatch.setattr(keytoken, "signer", lambda *given: asked.append(given) or real(*given))
    # Another one in each run: what was refused is remembered for a day.
    by_token.PACKET_PKCS11_PIN = f"{secrets.randbelow(10**12):012}"
    for _ in range(5):
        with pytest.raises(certificates.Unsealed, match="does not take the PIN"), certificates.sealer():
            pass
    assert len(asked) == 1
    by_token.PACKET_PKCS11_PIN = PIN
    with certificates.sealer() as sealer:
        assert sealer.signer.signing_cert.subject.native["common_name"] == "Custodian of ECPrivateKey"


def test_the_command_says_as_whom_packets_are_sealed_and_whether_anybody_knows_that(by_token, token, capsys):
    call_command("verify_seal")
    assert "Packets are sealed as Common Name: Custodian of" in capsys.readouterr().out
    Path(by_token.PACKET_ROOTS).write_bytes(token["rsa"])
    with pytest.raises(CommandError, match="not known by the certificates of PACKET_ROOTS"):
        call_command("verify_seal")
    by_token.PACKET_ROOTS = ""
    with pytest.raises(CommandError, match="nobody said by which certificates it is known"):
        call_command("verify_seal")
