"""An authority for time that is set stamps each seal, and whoever checks a file learns when; without one there is no
stamp, and pages say so.
"""

import threading
from contextlib import closing
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from asn1crypto import pem, tsp
from cryptography.hazmat.primitives.asymmetric import rsa
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse
from pyhanko.sign.timestamps.dummy_client import DummyTimeStamper

from agencies.models import User
from evidence import vault
from leads.actions import seals
from leads.models import PacketSeal
from leads.packets import certificates, checking
from tests.leads import packing
from tests.leads.releasing import give, packed, prepared, sealed
from tests.leads.test_packet_seals import certificate, secret

AT = datetime.now(UTC).replace(microsecond=0)
SAID = f"An authority for time stamped the seal on {AT:%-d %b %Y at %H:%M:%S} UTC."
NONE = "No authority for time stamped the seal."


@pytest.fixture(scope="module")
def authority():
    """(address, certificate) of an authority for time that answers as RFC 3161 says."""
    key = rsa.generate_private_key(65537, 2048)
    own = certificate(key)
    stamps = DummyTimeStamper(own, secret(key), fixed_dt=AT)

    class Answers(BaseHTTPRequestHandler):
        def do_POST(self):
            asked = tsp.TimeStampReq.load(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.end_headers()
            self.wfile.write(stamps.request_tsa_response(asked).dump())

        def log_message(self, *_given):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Answers) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/", own
        server.shutdown()


@pytest.fixture
def stamping(authority, settings, tmp_path):
    """The settings with that authority, as docs/deploy.md says."""
    settings.MEDIA_ROOT = tmp_path / "files"
    (tmp_path / "roots").write_bytes(
        b"".join(pem.armor("CERTIFICATE", each.dump()) for each in (*certificates.roots(), authority[1]))
    )
    settings.PACKET_TIMESTAMP_URL, settings.PACKET_ROOTS = authority[0], str(tmp_path / "roots")
    return settings


def kept(sha256):
    with vault.opened(sha256) as file:
        return file.read()


def stamped(sha256):
    with vault.opened(sha256) as file:
        found = checking.check(file, certificates.roots())
    assert found.is_authentic
    return found.stamped


def asked(client, content):
    upload = SimpleUploadedFile("packet.pdf", content)
    return client.post(reverse("packet_verify"), {"file": upload}).content.decode()


def test_each_seal_bears_the_stamp_of_the_authority_that_is_set(stamping, city, line, client, tmp_path, capsys):
    version = sealed(city, line)
    copy = packed(prepared(give(city, version)))
    seal = PacketSeal.objects.get(version=version)
    assert (seal.timed, stamped(seal.pdf_sha256), stamped(copy.copy_sha256)) == (True, AT, AT)
    assert SAID in asked(client, kept(copy.copy_sha256))
    client.force_login(city.prosecutor)
    (tmp_path / "bag.zip").write_bytes(b"".join(client.get(reverse("packet_bag", args=[copy.pk])).streaming_content))
    call_command("verify_packet", tmp_path / "bag.zip")
    call_command("verify_seal")
    assert capsys.readouterr().out.count("An authority for time stamped the seal on") == 2
    client.force_login(city.detective)
    page = client.get(version.packet.get_absolute_url()).content.decode()
    assert "Sealed, with the stamp of an authority for time" in page


def test_without_one_there_is_no_stamp_and_every_page_says_so(city, line, client, tmp_path, settings, capsys):
    settings.MEDIA_ROOT = tmp_path / "files"
    version = sealed(city, line)
    seal = PacketSeal.objects.get(version=version)
    assert (seal.timed, stamped(seal.pdf_sha256)) == (False, None)
    assert NONE in asked(client, kept(seal.pdf_sha256))
    (tmp_path / "x.pdf").write_bytes(kept(seal.pdf_sha256))
    call_command("verify_packet", tmp_path / "x.pdf")
    assert NONE in capsys.readouterr().out
    client.force_login(city.detective)
    page = client.get(version.packet.get_absolute_url()).content.decode()
    assert "Sealed, without the stamp of an authority for time: none was set" in page


def test_what_the_authority_does_not_answer_for_waits_and_is_sealed_when_it_does(stamping, city, line):
    answers, stamping.PACKET_TIMESTAMP_URL = stamping.PACKET_TIMESTAMP_URL, "http://127.0.0.1:9/"
    version, by = packing.build(packing.version(packing.make(city, line))), User.objects.system()
    assert seals.seal(version=version, by=by) is None
    assert not PacketSeal.objects.exists()
    stamping.PACKET_TIMESTAMP_URL = answers
    assert seals.seal(version=version, by=by).timed


def test_the_stamp_of_an_authority_that_nobody_vouches_for_is_found(stamping, city, line):
    version = sealed(city, line)
    stamping.PACKET_ROOTS = ""
    with closing(vault.opened(PacketSeal.objects.get(version=version).pdf_sha256)) as file:
        assert checking.check(file, certificates.roots()).changed == (checking.THE_SIGNATURE,)
