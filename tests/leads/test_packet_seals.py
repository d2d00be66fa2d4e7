"""A seal is found whole or broken by bytes alone, and what was changed is named."""

import hashlib
import io
import shutil
import subprocess
import zipfile
from datetime import UTC, datetime, timedelta

import pdfua
import pikepdf
import pytest
import typst
from asn1crypto import keys
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import signers
from pyhanko.sign.timestamps.dummy_client import DummyTimeStamper
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import SimpleCertificateStore

from leads.packets import bag, bagging, checking, signatures, signing
from leads.packets.apart import apart

SAID = "Packet PK-12 version 3"
PAGE = b'#set document(title: "x")\n= Hello\nOne page.'


@pytest.fixture(scope="module")
def sealer():
    kept, _root = signing.self_made("Tri-Rivers CGIC", datetime.now(UTC))
    return signing.from_pkcs12(kept, None)


@pytest.fixture(scope="module")
def page():
    return typst.compile(PAGE, format="pdf", pdf_standards=["a-3a", "ua-1"])


@pytest.fixture(scope="module")
def pdf(sealer, page):
    return signing.sign_pdf(page, sealer, SAID)


def item(name, content):
    return bag.Item(name, hashlib.sha256(content).hexdigest(), len(content), lambda: io.BytesIO(content))


@pytest.fixture(scope="module")
def items(pdf):
    files = {"packet.pdf": pdf, "packet.json": b'{"lead":1}', bag.safe_name("../../etc/pass wd.txt", 1): b"report"}
    return [item(*each) for each in files.items()]


@pytest.fixture(scope="module")
def whole(items, sealer):
    tags = {name: text.encode() for name, text in bagging.tag_files(items, {"External-Identifier": SAID}).items()}
    tags[bag.SIGNATURE] = signing.sign_bytes(tags[bag.TAGS], sealer)
    return b"".join(bag.chunks("PK-12-version-3", items, tags))


def check(content, sealer):
    return checking.check(io.BytesIO(content), sealer.roots)


def test_a_sealed_pdf_and_its_bag_are_authentic_and_say_what_they_are_of(pdf, whole, sealer):
    sha256 = hashlib.sha256(pdf).hexdigest()
    assert check(pdf, sealer) == checking.Verdict("pdf", said=SAID, sha256=sha256)
    assert check(whole, sealer) == checking.Verdict("bag", said=SAID, sha256=sha256)


def test_the_seal_of_somebody_else_is_none(pdf, whole):
    kept, _root = signing.self_made("Tri-Rivers CGIC", datetime.now(UTC))
    other = signing.from_pkcs12(kept, None)
    assert check(pdf, other).changed == (checking.THE_SIGNATURE,)
    assert not check(whole, other).is_authentic


def test_other_validators_find_the_seal_whole_and_a_changed_byte(pdf, sealer):
    """Pyhanko's own."""

    def status(content):
        known = ValidationContext(trust_roots=list(sealer.roots), allow_fetching=False)
        return apart(lambda: validate_pdf_signature(PdfFileReader(io.BytesIO(content)).embedded_signatures[0], known))

    assert status(pdf).bottom_line
    broken = bytearray(pdf)
    broken[pdf.index(b"stream") + 40] ^= 1
    assert not status(bytes(broken)).intact


def test_pdfsig_finds_the_seal_whole(pdf, tmp_path):
    if not shutil.which("pdfsig"):
        pytest.skip("There is no pdfsig (poppler-utils) on this machine.")
    (tmp_path / "x.pdf").write_bytes(pdf)
    said = subprocess.run(["pdfsig", "-nocert", tmp_path / "x.pdf"], capture_output=True, text=True, check=False).stdout
    assert "Signature is Valid" in said
    assert "Total document signed" in said


def test_qpdf_finds_no_fault_in_a_sealed_file(pdf, tmp_path):
    if not shutil.which("qpdf"):
        pytest.skip("There is no qpdf on this machine.")
    (tmp_path / "x.pdf").write_bytes(pdf)
    done = subprocess.run(["qpdf", "--check", tmp_path / "x.pdf"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_the_tags_for_screen_readers_and_the_pages_stay_what_they_were(page, pdf, tmp_path):
    assert pdf.startswith(page)
    (tmp_path / "sealed.pdf").write_bytes(pdf)
    assert pdfua.validate(str(tmp_path / "sealed.pdf")).findings == ()
    with pikepdf.open(io.BytesIO(pdf)) as opened, pikepdf.open(io.BytesIO(page)) as before:
        assert opened.Root.MarkInfo.Marked
        assert len(opened.Root.StructTreeRoot.K) == len(before.Root.StructTreeRoot.K)
        assert opened.check_pdf_syntax() == [], "what qpdf --check says"
        assert b"pdfuaid" in opened.Root.Metadata.read_bytes()


def certificate(key, issuer_key=None):
    """One that says of itself, and of who issued it, nothing but the same name."""
    told, use = datetime.now(UTC), [ExtendedKeyUsageOID.TIME_STAMPING]
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Authority for time")])
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    made = made.serial_number(x509.random_serial_number()).add_extension(x509.ExtendedKeyUsage(use), critical=True)
    made = made.not_valid_before(told - timedelta(days=1)).not_valid_after(told + timedelta(days=9))
    return signing.certificates(made.sign(issuer_key or key, hashes.SHA256()).public_bytes(Encoding.DER))[0]


def secret(key):
    return keys.PrivateKeyInfo.load(key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption()))


def ring(many):
    """Certificates of which each was issued by the next, and the last by the first: ways through it go on and on."""
    made = [ec.generate_private_key(ec.SECP256R1()) for _ in range(many)]
    store = SimpleCertificateStore()
    store.register_multiple(certificate(key, made[place - 1]) for place, key in enumerate(made))
    return store


def test_an_authority_stamps_the_time(page, sealer):
    key = rsa.generate_private_key(65537, 2048)
    authority = certificate(key)
    clock = DummyTimeStamper(authority, secret(key))
    signed = signing.sign_pdf(page, sealer._replace(timestamper=clock), SAID)
    assert checking.check(io.BytesIO(signed), [*sealer.roots, authority]).is_authentic
    known = ValidationContext(trust_roots=[*sealer.roots, authority], allow_fetching=False)
    status = apart(lambda: validate_pdf_signature(PdfFileReader(io.BytesIO(signed)).embedded_signatures[0], known))
    assert status.timestamp_validity.valid


def test_what_was_sealed_stays_authentic_when_its_certificate_has_ended(page):
    kept, _root = signing.self_made("Tri-Rivers CGIC", datetime.now(UTC) - timedelta(days=365 * 11))
    ended = signing.from_pkcs12(kept, None)
    assert ended.signer.signing_cert.not_valid_after < datetime.now(UTC)
    signed = signing.sign_pdf(page, ended, SAID)
    assert check(signed, ended).is_authentic
    assert check(signed[:99] + b"x" + signed[100:], ended).changed == (checking.SIGNED_RANGE,)


def test_no_way_is_looked_for_among_the_certificates_of_a_stranger(sealer, monkeypatch):
    """Eight of them kept a reader of signatures busy for a quarter of a minute, twelve for days."""
    key = rsa.generate_private_key(65537, 2048)
    stranger = signers.SimpleSigner(signing_cert=certificate(key), signing_key=secret(key), cert_registry=ring(3))
    clock = DummyTimeStamper(certificate(key), secret(key), certs_to_embed=ring(5))
    own = signing.sign_bytes(b"x", sealer)
    files = [
        signing.sign_bytes(b"x", signing.Sealer(stranger, sealer.roots)),
        signing.sign_bytes(b"x", sealer._replace(timestamper=clock)),
    ]
    asked = []
    real = signatures.async_validate_detached_cms
    monkeypatch.setattr(signatures, "async_validate_detached_cms", lambda *given: asked.append(given) or real(*given))
    for file in files:
        assert signatures.check_signature(b"x", file, sealer.roots) == signatures.BROKEN
    assert asked == []
    assert signatures.check_signature(b"x", own, sealer.roots) == signatures.Seal(content=True, itself=True)
    assert len(asked) == 1


def test_a_zip_that_names_one_item_many_times_is_not_read_as_often(sealer, monkeypatch):
    read = []
    monkeypatch.setattr(checking, "_hashed", lambda _opened, name: read.append(name) or "")
    many = [("a/b", [b""]), ("a/b", [b""]), ("a/b", [b"x" * 1000])]
    assert check(b"".join(bag.zipped(many)), sealer) == checking.Verdict("bag", (checking.AROUND,))
    assert read == []


def test_a_zip_whose_list_is_longer_than_that_of_a_bag_is_not_opened(sealer, monkeypatch):
    few = b"".join(bag.zipped([("a/b", [b""])]))
    large = few[:-22] + b"PK\x06\x07" + bytes(16) + few[-22:]
    long = b"".join(bag.zipped((f"a/{number:0200}", [b""]) for number in range(2500)))
    monkeypatch.setattr(checking.zipfile, "ZipFile", None)
    for file in (long, large, few + b"comment", few[:-30], b"PK\x03\x04"):
        assert check(file, sealer) == checking.Verdict("bag", (checking.AROUND,))


def test_a_signature_that_says_it_is_longer_than_its_parts_is_none(sealer):
    """Zeros fill its place in a PDF: a single bit of its length, changed, took some of them in."""
    own = signing.sign_bytes(b"x", sealer)
    longer = own[:2] + (int.from_bytes(own[2:4]) + 2).to_bytes(2) + own[4:] + bytes(2)
    assert signatures.check_signature(b"x", own, sealer.roots) == signatures.Seal(content=True, itself=True)
    assert signatures.check_signature(b"x", longer, sealer.roots) == signatures.BROKEN


# On a machine that is at work elsewhere, one check may take as long as it likes.
FLIPS = settings(max_examples=15, phases=[Phase.generate], database=None, deadline=None)


@FLIPS
@given(place=st.integers(0, 2**32), bit=st.integers(0, 7), of_signature=st.booleans())
def test_any_flipped_bit_of_a_pdf_is_found_and_named(pdf, sealer, place, bit, of_signature):
    first, second, _rest = map(int, checking.RANGE.findall(pdf)[-1])
    inside = (first + 1, second - 1) if of_signature else (0, first)
    at = inside[0] + place % (inside[1] - inside[0])
    broken = bytearray(pdf)
    broken[at] ^= 1 << bit
    assert check(bytes(broken), sealer).changed == (checking.THE_SIGNATURE if of_signature else checking.SIGNED_RANGE,)


@FLIPS
@given(place=st.integers(0, 2**32), bit=st.integers(0, 7), around=st.booleans())
def test_any_flipped_bit_of_a_bag_is_found_and_its_item_named(whole, pdf, sealer, place, bit, around):
    start, end = whole.index(pdf), whole.index(pdf) + len(pdf)
    at = end + place % (len(whole) - end) if around else start + place % len(pdf)
    broken = bytearray(whole)
    broken[at] ^= 1 << bit
    found = check(bytes(broken), sealer)
    assert not found.is_authentic
    if around:
        assert found.changed
    else:
        assert "data/packet.pdf" in found.changed


def test_what_is_added_taken_out_or_put_for_another_is_named(items, whole, sealer):
    with zipfile.ZipFile(io.BytesIO(whole)) as opened:
        files = {each: opened.read(each) for each in opened.namelist()}

    def changed(**values):
        made = {name: [content] for name, content in (files | values).items() if content is not None}
        return check(b"".join(bag.zipped(made.items())), sealer).changed

    folder = "PK-12-version-3/"
    assert changed() == ()
    assert changed(**{f"{folder}data/more.txt": b"x"}) == ("data/more.txt",)
    assert changed(**{f"{folder}data/packet.json": None}) == ("data/packet.json",)
    assert changed(**{f"{folder}data/packet.json": b"{}"}) == ("data/packet.json",)
    assert bag.PAYLOAD in changed(**{f"{folder}{bag.PAYLOAD}": b""})


@given(st.binary(max_size=300))
def test_whatever_is_sent_is_answered(content):
    kept = signing.certificates(ROOT)
    for start in (b"", b"%PDF", b"PK\x03\x04", b"%PDF /ByteRange [0 4 5 1]"):
        assert not checking.check(io.BytesIO(start + content), kept).is_authentic


def test_a_packed_zip_is_not_unpacked(sealer):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("x/bagit.txt", b"0" * 10_000_000)
    assert check(file.getvalue(), sealer).changed == (checking.AROUND,)


def test_a_certificate_is_read_with_its_password_alone():
    with pytest.raises(ValueError, match="password"):
        signing.from_pkcs12(b"nothing", b"x")
    with pytest.raises(ValueError, match="Insufficient"):
        signing.certificates(b"")


ROOT = signing.self_made("Tri-Rivers CGIC", datetime.now(UTC))[1]
