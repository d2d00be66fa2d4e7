"""Anybody with the file learns whether it is as it was sealed, and nothing else; and what an office writes itself."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import transaction
from django.urls import reverse

from agencies.access import Refused
from evidence import vault
from leads.actions import packets, releases, wordings
from leads.packets import carried, wording
from leads.queries import releases as queries
from leads.views import sealing
from tests.agencies.test_bodies import MEGABYTE, Unread
from tests.leads.guarded import refused
from tests.leads.releasing import SOON, give, prepared, sealed
from tests.scenery import scene


@scene
def version(city, line):
    return sealed(city, line)


@scene
def copy(city, version):
    return prepared(give(city, version))


def opened(release):
    with vault.opened(release.copy_sha256) as file:
        return file.read()


def checked(client, content, name="packet.pdf"):
    upload = SimpleUploadedFile(name, content)
    return client.post(reverse("packet_verify"), {"file": upload}).content.decode()


def test_anybody_with_the_file_learns_whether_it_is_whole_and_stands_and_nothing_else(copy, version, city, client):
    content = opened(copy)
    page = checked(client, content)
    assert f"Authentic: {version.packet.number}, version 1" in page
    for word in (version.packet.title, version.packet.lead.number, copy.to.name, city.papd.name):
        assert word not in page
    broken = bytearray(content)
    broken[len(content) // 3] ^= 1
    assert "What was changed: the signed range." in checked(client, bytes(broken))
    assert "This is no packet" in checked(client, b"hello")
    with transaction.atomic():
        give(city, packets.ask(packet=version.packet, by=city.detective, now=SOON))
        page = checked(client, content)
        assert f"Authentic, and superseded: {version.packet.number}, version 1" in page
        assert "A newer version was released since." in page
        transaction.set_rollback(True)
    releases.retract(version=version, reason="Wrong gun", by=city.supervisor)
    page = checked(client, content)
    assert "Authentic, and retracted" in page
    assert "Wrong gun" not in page


def says(length):
    """A form of that many bytes, none of which is to be read."""
    return {"CONTENT_TYPE": "multipart/form-data; boundary=x", "CONTENT_LENGTH": str(length), "wsgi.input": Unread()}


def test_what_is_sent_to_be_checked_is_counted_before_it_is_read(client, settings, db):
    settings.PACKET_CHECKS_PER_MINUTE = 2
    answers = [client.post(reverse("packet_verify"), {"file": SimpleUploadedFile("x", b"x")}) for _ in range(2)]
    answers.append(client.generic("POST", reverse("packet_verify"), **says(100 * MEGABYTE)))
    assert [each.status_code for each in answers] == [200, 200, 429]
    assert "Too many files were sent from your network." in answers[-1].content.decode()
    assert 1 <= int(answers[-1]["Retry-After"]) <= 60


def test_what_is_too_large_and_what_comes_while_others_are_looked_at_is_not_read(client, city, settings):
    settings.PACKET_CHECKS_PER_MINUTE = 100

    def answer(length):
        return client.generic("POST", reverse("packet_verify"), **says(length))

    for person in (None, city.detective):
        if person:
            client.force_login(person)
        told = answer(201 * MEGABYTE)
        assert (told.status_code, "more than 200 MB" in told.content.decode()) == (413, True)
    with sealing.PLACES, sealing.PLACES:
        busy = answer(100)
        assert (busy.status_code, busy["Retry-After"]) == (503, "5")
        assert "Other files are being checked." in busy.content.decode()
        assert client.get(reverse("packet_verify")).status_code == 200
    for _ in range(3):
        assert "This is no packet" in checked(client, b"hello"), "each place is given back"


def test_the_command_needs_the_file_and_the_certificate_alone(
    copy, client, tmp_path, capsys, django_assert_num_queries
):
    certificate, file = tmp_path / "root.pem", tmp_path / "packet.pdf"
    certificate.write_bytes(client.get(reverse("packet_certificate")).content)
    file.write_bytes(opened(copy))
    with django_assert_num_queries(0):
        call_command("verify_packet", file, certificate=certificate)
    assert f"Authentic: {carried.said(copy.version.packet.number, 1)}" in capsys.readouterr().out
    file.write_bytes(file.read_bytes()[:-100] + b"x" * 100)
    with pytest.raises(CommandError, match="changed since it was sealed"):
        call_command("verify_packet", file, certificate=certificate)


def test_a_text_has_places_from_a_list_and_nothing_else(city, client):
    for text, why in (
        ("Dear {nobody}", "no place called {nobody}"), ("{recipient.email}", "no place called"), ("a } b", "alone"),
        ("{}", "no place called"), ("{recipient!r}", "no place called"), ("{{recipient}}", "alone"),
    ):  # fmt: skip
        assert why in wording.problem(text), text
        with pytest.raises(Refused, match=r"place|brace"):
            wordings.write(agency=city.papd, kind="letter", text=text, by=city.supervisor)
    assert wording.filled("To {recipient}", {"recipient": "{office}"}) == "To {office}"
    client.force_login(city.supervisor)
    shown = client.post(
        reverse("wording_write", args=[city.papd.pk]), {"kind": "letter", "text": "To {office}", "show": 1}
    )
    assert "To Harbor County District Attorney" in shown.content.decode()
    assert queries.wording(city.papd, "letter") == ""
    made = wordings.write(agency=city.papd, kind="letter", text="To {recipient}", by=city.supervisor)
    assert queries.wording(city.papd, "letter") == "To {recipient}"
    refused(lambda: type(made).objects.update(text="Else"))
