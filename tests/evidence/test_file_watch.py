"""Stored files are watched: a virus does not come in, a file that changes or goes missing raises an alarm, and an
object store holds them as a disk does.
"""

import io
import os
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from agencies.models import AuditEvent, Notification
from cgic import environment
from evidence import filecheck, objects, tasks, vault
from evidence.models import Attachment, FileAlarm, Picture, StoredFile
from leads.models import LeadFile
from tests import factories
from tests.evidence.fakes import EICAR, Bucket, Clamd
from tests.evidence.intake import page, text
from tests.evidence.photos import DEVICE, attached, jpeg, upload
from tests.leads.pages import lead as made_lead


@pytest.fixture(autouse=True)
def _vault(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture
def clamd(settings):
    server = Clamd()
    settings.CLAMD_ADDRESS = server.address
    yield server
    server.end()


def send(client, person, incident, content, name="report.txt"):
    client.force_login(person)
    return client.post(reverse("incident_file_new", args=[incident.pk]), {"uploads": upload(content, name)})


def told(verb):
    return {notice.user.name for notice in Notification.objects.filter(verb=verb).select_related("user")}


def test_what_was_coming_in_when_its_process_was_killed_is_taken_out_after_a_day(settings, db):
    kept = vault.keep([b"whole"], 100, scan=False)
    half = settings.MEDIA_ROOT / "incoming-x"
    half.write_bytes(b"half")
    assert vault.tidy() == 0, "it may still be coming in"
    os.utime(half, (0, 0))
    os.utime(vault.path(kept.sha256), (0, 0))
    tasks.check_files()
    assert (half.exists(), vault.digest(kept.sha256)) == (False, kept.sha256)


def test_a_virus_is_refused_recorded_and_told_to_who_keeps_watch(client, city, clamd):
    incident = factories.incident(city.papd)
    assert send(client, city.technician, incident, b"Three casings.").status_code == 302
    assert StoredFile.objects.get().scanned_at
    refused = send(client, city.technician, incident, EICAR)
    assert "The virus scanner found something" in refused.context["form"].errors["uploads"][0]
    alarm = FileAlarm.objects.get()
    assert (alarm.kind, alarm.detail, alarm.agency, alarm.file) == ("infected", "Eicar-Test-Signature", city.papd, None)
    assert AuditEvent.objects.get(verb="file.infected").data["sha256"] == alarm.sha256
    assert told("file.infected") == {"Ada Min", "Cora Lane", "Otto Rey"}
    assert StoredFile.objects.count() == 1
    lead = made_lead(city, "WCL-2026-00412")
    client.force_login(city.detective)
    body = {"upload": SimpleUploadedFile("x.txt", EICAR), "agency": city.papd.pk}
    assert client.post(reverse("lead_file_add", args=[lead.pk]), body).status_code == 200
    client.force_login(city.technician)
    body = {"file": SimpleUploadedFile("x.csv", EICAR), "agency": city.papd.pk, "kind": "incidents"}
    assert "virus scanner found" in str(client.post(reverse("import_new"), body).context["form"].errors)
    assert FileAlarm.objects.count() == 3
    assert not LeadFile.objects.exists()
    for person in (city.administrator, city.auditor):
        assert "Eicar-Test-Signature" in text(page(client, person, "file_alarms"))
    assert page(client, city.technician, "file_alarms").status_code == 403


NO_ANSWER, TOO_MUCH = "does not answer, so no file", "than the virus scanner looks through"


@pytest.mark.parametrize(
    ("says", "told_so"),
    [
        (b"", NO_ANSWER), (b"stream: OK maybe", NO_ANSWER), (b"stream: ", NO_ANSWER), (None, NO_ANSWER),
        (b"stream: Can't write to file ERROR", NO_ANSWER), (b"INSTREAM size limit exceeded. ERROR", TOO_MUCH),
        (b"stream: Heuristics.Limits.Exceeded.MaxFileSize FOUND", TOO_MUCH),
    ],
)  # fmt: skip
def test_a_scanner_that_does_not_say_clean_lets_nothing_in(client, city, clamd, settings, says, told_so):
    clamd.says = says
    if says is None:
        settings.CLAMD_ADDRESS = "127.0.0.1:1"
    refused = send(client, city.technician, factories.incident(city.papd), b"Three casings.")
    assert told_so in refused.context["form"].errors["uploads"][0]
    assert not StoredFile.objects.exists()
    assert not FileAlarm.objects.exists()
    assert not list(vault._root().iterdir())


def test_what_came_in_before_there_was_a_scanner_waits_for_it(client, city, clamd, settings):
    made, clamd.limit, address = factories.incident(city.papd), 100, settings.CLAMD_ADDRESS
    settings.CLAMD_ADDRESS = ""
    contents = (b"Large. " * 20, b"Clean.", b"Ill: " + EICAR)
    large, clean, ill = (attached(made, city.technician, content, "a.txt") for content in contents)
    settings.CLAMD_ADDRESS = address
    client.force_login(city.detective)
    assert client.get(reverse("attachment_file", args=[clean.pk])).status_code == 302
    tasks.sweep_files()
    assert b"".join(client.get(reverse("attachment_file", args=[clean.pk]))) == b"Clean."
    assert client.get(reverse("attachment_file", args=[ill.pk])).status_code == 302
    assert client.get(reverse("attachment_file", args=[large.pk])).status_code == 302, "nobody has looked at it"
    assert "Virus found" in text(page(client, city.detective, "incident", made.pk))
    assert filecheck.scan() == 0, "each file once"
    clamd.limit = 1000
    assert filecheck.scan() == 1
    assert b"".join(client.get(reverse("attachment_file", args=[large.pk]))) == b"Large. " * 20


def test_a_file_that_was_changed_or_lost_is_found_told_and_not_handed_out_until_it_is_whole(client, city):
    made = factories.incident(city.papd)
    kept, changed, lost = (attached(made, city.technician, each, "a.txt") for each in (b"kept", b"changed", b"lost"))
    tasks.check_files()
    assert StoredFile.objects.exclude(checked_at=None).count() == 3
    assert not FileAlarm.objects.exists()
    place = vault.path(changed.file.sha256)
    place.chmod(0o600)
    place.write_bytes(b"chanGed")
    vault.path(lost.file.sha256).unlink()
    assert filecheck.compare() == (0, [], 0), "compared this week already"
    StoredFile.objects.update(checked_at=timezone.now() - timedelta(days=8))
    done, damaged, _ = filecheck.compare()
    assert (done, [file.pk for file in damaged]) == (3, [changed.file_id, lost.file_id])
    assert {alarm.kind for alarm in FileAlarm.objects.all()} == {"changed", "lost"}
    assert told("file.changed") == told("file.lost") == {"Ada Min", "Cora Lane", "Otto Rey"}
    shown = text(page(client, city.detective, "incident", made.pk))
    assert ("File changed" in shown, "File missing" in shown) == (True, True)
    for one, status in ((kept, 200), (changed, 302), (lost, 302)):
        answer = client.get(reverse("attachment_file", args=[one.pk]))
        assert answer.status_code == status
        b"".join(answer)
    assert "Not handed out" in text(page(client, city.auditor, "file_alarms"))
    with pytest.raises(CommandError, match="2 of 3 files are damaged"):
        call_command("verify_files", stdout=io.StringIO())
    assert FileAlarm.objects.count() == 2, "one alarm while it lasts"
    place.write_bytes(b"changed")
    vault.keep([b"lost"], 10)
    said = io.StringIO()
    call_command("verify_files", stdout=said)
    assert "3 files are as they were stored" in said.getvalue()
    assert not FileAlarm.objects.filter(ended_at=None).exists()
    assert AuditEvent.objects.filter(verb="file.restored").count() == 2
    assert "Whole again" in text(page(client, city.auditor, "file_alarms"))


def test_the_comparison_ends_in_time_and_goes_on_where_it_stopped(city):
    made = factories.incident(city.papd)
    for number in range(3):
        attached(made, city.technician, f"{number}".encode(), "a.txt")
    counts = [filecheck.compare(seconds=-1)[0], *(filecheck.compare(seconds=0.000001)[0] for _ in range(3))]
    assert counts[0] == 0
    assert sum(counts) <= 3
    filecheck.compare()
    assert not StoredFile.objects.filter(checked_at=None).exists()


def test_a_photo_whose_worker_was_lost_is_queued_again(city, monkeypatch):
    queued = []
    monkeypatch.setattr(filecheck, "later", lambda task, *args: queued.append(args))
    made = factories.incident(city.papd)
    attached(made, city.technician)
    waiting = attached(made, city.technician, drawn=False).file.picture
    tasks.sweep_files()
    assert queued == []
    Picture.objects.update(queued_at=timezone.now() - timedelta(minutes=2))
    tasks.sweep_files()
    assert queued == [(waiting.pk,)]


@pytest.fixture
def bucket(settings, monkeypatch):
    server = Bucket()
    for name, value in {
        "FILES_BUCKET": "portal", "FILES_ENDPOINT": server.endpoint, "FILES_REGION": server.region,
        "FILES_KEY": server.key, "FILES_SECRET": server.secret,
    }.items():  # fmt: skip
        monkeypatch.setenv(name, value)
    settings.STORAGES = settings.STORAGES | {"default": environment.file_storage()}
    yield server
    server.end()


def test_an_object_store_holds_files_as_a_disk_does(client, city, bucket, settings):
    made = factories.incident(city.papd)
    photo = attached(made, city.technician, jpeg())
    assert isinstance(default_storage._wrapped, objects.ObjectStorage)
    assert len(bucket.kept) == 3
    assert not list(vault._root().iterdir()), "nothing stays on this machine"
    client.force_login(city.detective)
    answer = client.get(reverse("attachment_file", args=[photo.pk]), {"as": "thumbnail"})
    assert b"".join(answer).startswith(b"\xff\xd8\xff")
    name = next(name for name in bucket.kept if photo.file.sha256 in name)
    bucket.kept[name] += b"!"
    assert [file.pk for file in filecheck.compare()[1]] == [photo.file_id]
    del bucket.kept[name]
    assert vault.digest(photo.file.sha256) is None
    with pytest.raises(vault.Gone, match="gone"):
        vault.opened(photo.file.sha256)
    assert bucket.refused == []
    vault.discard(photo.file.picture.shown.sha256)
    assert len(bucket.kept) == 1
    pieces = [bytes([number]) * vault.CHUNK for number in range(18)]
    large = vault.keep(pieces, 20 * vault.CHUNK)
    assert vault.digest(large.sha256) == large.sha256
    with vault.opened(large.sha256) as opened:
        opened.seek(17 * vault.CHUNK)
        assert opened.read(2) == b"\x11\x11"


@pytest.mark.parametrize(("what", "now"), [("secret", "another"), ("name", "elsewhere")])
def test_a_store_that_refuses_or_is_away_loses_nothing_and_says_so(client, city, bucket, monkeypatch, what, now):
    made = factories.incident(city.papd)
    kept = attached(made, city.technician, b"kept", "a.txt")
    waiting = attached(made, city.technician, drawn=False).file.picture
    was = getattr(bucket, what)
    monkeypatch.setattr(bucket, what, now)
    refused = send(client, city.technician, made, b"Three casings.")
    assert "The store of files does not answer" in refused.context["form"].errors["uploads"][0]
    assert Attachment.objects.count() == 2
    assert client.get(reverse("attachment_file", args=[kept.pk])).status_code == 302
    assert filecheck.compare()[:2] == (0, [])
    with pytest.raises(CommandError, match="does not answer: 0 files were compared"):
        call_command("verify_files", stdout=io.StringIO())
    assert not FileAlarm.objects.exists(), "a store that is away has lost nothing"
    for _ in range(5):
        tasks.draw_picture(waiting.pk)
    monkeypatch.setattr(bucket, what, was)
    tasks.draw_picture(waiting.pk)
    waiting.refresh_from_db()
    assert waiting.status == Picture.Status.READY, "however long the store was away"


def test_one_file_that_the_store_does_not_give_does_not_hold_up_the_others(city, bucket, monkeypatch):
    made = factories.incident(city.papd)
    ill, *_ = (attached(made, city.technician, f"{number}".encode(), "a.txt") for number in range(4))
    digest = vault.digest

    def broken(sha256):
        if sha256 == ill.file.sha256:
            raise objects.StoreError("500")
        return digest(sha256)

    monkeypatch.setattr(vault, "digest", broken)
    assert filecheck.compare()[:2] == (3, [])
    assert StoredFile.objects.get(checked_at=None) == ill.file


def test_a_photo_on_a_lead_goes_out_without_what_the_camera_wrote(client, city):
    lead, content = made_lead(city, "WCL-2026-00412"), jpeg()
    client.force_login(city.detective)
    body = {"upload": SimpleUploadedFile("IMG_1.jpg", content), "agency": city.papd.pk}
    assert client.post(reverse("lead_file_add", args=[lead.pk]), body).status_code == 302
    file = LeadFile.objects.get()
    address = reverse("lead_file", args=[file.pk])
    assert client.get(address).status_code == 302, "it is being prepared"
    tasks.draw_picture(Picture.objects.get().pk)
    given = b"".join(client.get(address))
    assert (given[:3], b"Exif" in given, DEVICE.encode() in given) == (b"\xff\xd8\xff", False, False)
    assert b"".join(client.get(address, {"as": "original"})) == content
    assert AuditEvent.objects.filter(verb="file.original").count() == 1
    StoredFile.objects.filter(pk=file.file_id).update(damage="changed")
    shown = text(client.get(lead.get_absolute_url()))
    assert ("Changed since it was stored" in shown, "?as=original" in shown) == (True, True)
    client.force_login(city.prosecutor)
    assert client.get(address, {"as": "original"}).status_code == 404
