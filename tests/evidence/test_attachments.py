"""Photos and files of incidents and exhibits: taken in by what they are, shown without what the camera wrote, never
lost and never doubled.
"""

import hashlib
import io
import uuid

import pytest
from django.urls import reverse
from PIL import Image

from agencies import access
from agencies.models import AuditEvent
from evidence import kinds, tasks, vault
from evidence.actions import attachments
from evidence.models import Attachment, Picture, StoredFile
from tests import factories
from tests.evidence.intake import case, page, text
from tests.evidence.photos import DEVICE, PLACE, attached, jpeg, upload

SECRETS = (DEVICE.encode(), b"Exif", b"2026:07:15", b"GPS")


@pytest.fixture(autouse=True)
def _vault(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"


def verbs():
    return list(AuditEvent.objects.filter(verb__startswith="file.").order_by("pk").values_list("verb", flat=True))


def body(answer):
    return b"".join(answer)


def test_a_photo_is_seen_without_what_the_camera_wrote_and_its_original_stays_as_it_came(client, city):
    made, content = factories.incident(city.papd), jpeg(size=(3000, 2000), orientation=6)
    photo = attached(made, city.technician, content)
    picture, address = photo.file.picture, reverse("attachment_file", args=[photo.pk])
    assert (picture.width, picture.height) == (2000, 3000), "upright"
    assert (picture.lat, picture.lng) == pytest.approx(PLACE, abs=1e-5)
    assert picture.device.endswith(DEVICE)
    assert picture.clock == "2026-07-15 22:41:07 -05:00"
    client.force_login(city.detective)
    for how, longest in (("shown", 2560), ("thumbnail", 480)):
        answer = client.get(address, {"as": how})
        assert answer["Content-Type"] == "image/jpeg"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in answer["Content-Security-Policy"]
        shown = body(answer)
        assert not any(secret in shown for secret in SECRETS)
        size = Image.open(io.BytesIO(shown)).size
        assert max(size) == longest
        assert size[0] < size[1]
    answer = client.get(address, {"as": "file"})
    assert answer["Content-Disposition"].startswith("attachment")
    assert not any(secret in body(answer) for secret in SECRETS)
    assert client.get(address, {"as": "original"}).status_code == 403
    client.force_login(city.technician)
    assert body(client.get(address, {"as": "original"})) == content
    assert photo.file.sha256 == hashlib.sha256(content).hexdigest()
    assert verbs()[-4:] == ["file.shown", "file.shown", "file.downloaded", "file.original"]


def test_place_and_camera_are_told_to_who_may_edit_alone(client, city):
    photo = attached(factories.incident(city.papd), city.technician, caption="Marker 3")
    told = text(page(client, city.technician, "attachment", photo.pk))
    assert "41.90120, -87.65080" in told
    assert DEVICE in told
    seen = text(page(client, city.detective, "attachment", photo.pk))
    assert "Marker 3" in seen
    assert "41.90120" not in seen
    assert DEVICE not in seen


def test_a_page_with_thumbnails_is_one_row_of_the_log_and_a_thumbnail_asked_for_by_itself_another(client, city):
    made = factories.incident(city.papd)
    photos = [attached(made, city.technician) for _ in range(3)]
    before = verbs()
    shown = page(client, city.detective, "incident", made.pk)
    event = AuditEvent.objects.get(verb="file.seen")
    assert sorted(event.data["ids"]) == [photo.pk for photo in photos]
    thumbnails = [tile["thumbnail"] for tile in shown.context["files"]["photos"]]
    assert all(body(client.get(each)) for each in thumbnails)
    assert verbs() == [*before, "file.seen"]
    client.force_login(city.commander)
    assert body(client.get(thumbnails[0])), "another person's word is none"
    assert body(client.get(thumbnails[1].partition("&")[0]))
    assert verbs() == [*before, "file.seen", "file.shown", "file.shown"]


REFUSED = {
    "page.jpg": b"<!DOCTYPE html><script>alert(1)</script>",
    "drawing.png": b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    "program.jpg": b"MZ\x90\0\3\0\0\0",
    "gif.jpg": b"GIF89a\1\0\1\0\0\0\0;",
    "half.jpg": jpeg()[:40],
    "bomb.png": None,
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_a_file_is_decides_and_not_its_name(client, city, name):
    content = REFUSED[name] or bomb()
    made = factories.incident(city.papd)
    client.force_login(city.technician)
    answer = client.post(reverse("incident_file_new", args=[made.pk]), {"uploads": upload(content, name)})
    assert answer.status_code == 200
    assert answer.context["form"].errors["uploads"][0].startswith(f"{name}: ")
    assert not StoredFile.objects.exists()
    assert not list(vault._root().iterdir()), "nothing is left behind"


def bomb():
    """A PNG of 40 kB that says it has two hundred million pixels."""
    file = io.BytesIO()
    Image.new("1", (20000, 10000)).save(file, "PNG")
    return file.getvalue()


def test_papers_are_handed_out_as_downloads_that_end_as_their_kind(client, city):
    made = factories.incident(city.papd)
    client.force_login(city.technician)
    files = [upload(b"%PDF-1.7\n", "report.pdf"), upload(b"var x = 1", "run.js"), upload(b"a,b\n1,2\n", "list.csv")]
    assert client.post(reverse("incident_file_new", args=[made.pk]), {"uploads": files}).status_code == 302
    named = {each.file.name: each for each in Attachment.objects.select_related("file")}
    assert [named[name].kind for name in ("report.pdf", "run.js")] == ["document", "document"]
    for name, given in (("report.pdf", "report.pdf"), ("run.js", "run.js.txt"), ("list.csv", "list.csv")):
        answer = client.get(reverse("attachment_file", args=[named[name].pk]))
        assert answer["Content-Disposition"] == f'attachment; filename="{given}"'
        assert answer["Content-Type"] == "application/octet-stream"
        body(answer)
        assert client.get(reverse("attachment_file", args=[named[name].pk]), {"as": "shown"}).status_code == 404


def test_a_photo_that_browsers_do_not_show_goes_out_as_the_original_alone(client, city):
    heic = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 40
    photo = attached(factories.incident(city.papd), city.technician, heic, "IMG_1.HEIC")
    address = reverse("attachment_file", args=[photo.pk])
    assert photo.kind == "photo"
    assert "HEIC is a format" in text(page(client, city.detective, "attachment", photo.pk))
    assert client.get(address).status_code == 302
    assert client.get(address, {"as": "shown"}).status_code == 404
    client.force_login(city.technician)
    assert body(client.get(address, {"as": "original"})) == heic


def test_who_does_not_see_the_case_finds_no_photo_and_who_only_sees_it_adds_none(client, city):
    made = factories.incident(city.papd)
    photo = attached(made, city.technician)
    for person, status in ((city.gm_detective, 404), (city.outsider, 404), (city.auditor, 403)):
        client.force_login(person)
        for name in ("attachment", "attachment_file"):
            for how in ({}, {"as": "shown"}, {"as": "thumbnail"}, {"as": "original"}):
                assert client.get(reverse(name, args=[photo.pk]), how).status_code == status
    client.force_login(city.detective)
    assert client.post(reverse("incident_file_new", args=[made.pk]), {"uploads": upload()}).status_code == 403
    assert client.get(reverse("attachment_withdraw", args=[photo.pk])).status_code == 403
    access.share(made, city.lab)
    client.force_login(city.examiner)
    assert client.post(reverse("incident_file_new", args=[made.pk]), {"uploads": upload()}).status_code == 302
    assert Attachment.objects.count() == 2


def test_a_photo_sent_again_is_the_same_and_each_belongs_to_its_exhibit(city):
    made = case(city)
    exhibit, key = made.exhibits.first(), uuid.uuid4()
    first = attachments.add(incident=made, exhibit=exhibit, upload=upload(), by=city.technician, key=key)
    again = attachments.add(incident=made, exhibit=exhibit, upload=upload(), by=city.technician, key=key)
    assert first == again
    assert Attachment.objects.count() == StoredFile.objects.count() == 1
    other = factories.exhibit(factories.incident(city.papd))
    with pytest.raises(access.Refused, match="another case"):
        attachments.add(incident=made, exhibit=other, upload=upload(), by=city.technician)


def test_what_hangs_here_by_mistake_is_withdrawn_and_stays_on_record(client, city):
    photo = attached(factories.incident(city.papd), city.technician, caption="Wrong case")
    client.force_login(city.technician)
    address = reverse("attachment_withdraw", args=[photo.pk])
    assert client.post(address, {"because": ""}).status_code == 200
    assert client.post(address, {"because": "It belongs to another case"}).status_code == 302
    assert client.post(address, {"because": "Twice"}).status_code == 403
    told = text(page(client, city.detective, "attachment", photo.pk))
    assert "It belongs to another case. Withdrawn by Tess Ito" in told
    assert client.get(reverse("attachment_file", args=[photo.pk]), {"as": "shown"}).status_code == 404


def test_a_photo_is_drawn_once_however_often_it_is_asked_and_not_tried_for_ever(client, city):
    made = factories.incident(city.papd)
    photo = attached(made, city.technician)
    before = StoredFile.objects.count()
    tasks.draw_picture(photo.file.picture.pk)
    assert StoredFile.objects.count() == before == 3
    cut = attached(made, city.technician, jpeg(size=(900, 900))[:3000], "cut.jpg")
    assert cut.file.picture.status == Picture.Status.FAILED
    waiting = attached(made, city.technician, drawn=False)
    client.force_login(city.detective)
    address = reverse("attachment_file", args=[waiting.pk])
    assert [client.get(address, {"as": how}).status_code for how in ("thumbnail", "shown", "file")] == [202, 202, 302]
    lost = waiting.file.picture
    Picture.objects.filter(pk=lost.pk).update(attempts=3)
    tasks.draw_picture(lost.pk)
    lost.refresh_from_db()
    assert (lost.status, bool(lost.problem)) == ("failed", True)


def test_a_strip_shows_the_newest_and_a_page_of_its_own_goes_on_by_cursor(client, city, django_assert_num_queries):
    made = factories.incident(city.papd)
    stored = attached(made, city.technician).file
    rows = [
        Attachment(incident=made, agency=city.papd, file=stored, kind="photo", added_at=made.created_at,
                   added_by=city.technician, caption=f"Photo {number}")
        for number in range(59)
    ]  # fmt: skip
    Attachment.objects.bulk_create(rows)
    assert len(page(client, city.detective, "incident", made.pk).context["files"]["photos"]) == 12
    first = page(client, city.detective, "incident_files", made.pk)
    assert len(first.context["files"]["photos"]) == 48
    with django_assert_num_queries(9):
        second = client.get(first.context["older"])
    assert len(second.context["files"]["photos"]) == 12
    assert second.context["older"] == ""


def test_kinds_are_told_by_their_first_bytes(tmp_path):
    heads = {
        kinds.PDF: b"%PDF-1.4", kinds.PNG: b"\x89PNG\r\n\x1a\n", kinds.JPEG: b"\xff\xd8\xff\xe0",
        kinds.WEBP: b"RIFF\0\0\0\0WEBPVP8 ", kinds.MP4: b"\0\0\0\x20ftypisom", kinds.QUICKTIME: b"\0\0\0\x14ftypqt  ",
        kinds.HEIC: b"\0\0\0\x18ftypheic", kinds.TEXT: b"marker,count\n", kinds.PAGE: b"\n <!-- x --> <HTML>",
        kinds.UNKNOWN: b"RIFF\0\0\0\0WAVE",
    }  # fmt: skip
    for kind, head in heads.items():
        place = tmp_path / "file"
        place.write_bytes(head)
        assert kinds.sniff(place) == kind
    assert kinds.name_for("a.exe", kinds.PDF) == "a.exe.pdf"
    assert kinds.name_for("A.JPEG", kinds.JPEG) == "A.JPEG"
