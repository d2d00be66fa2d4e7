"""A form that a phone sends again, because the answer was lost on the way, makes one incident; its photos find it."""

import json
import uuid

import pytest
from django.urls import reverse

from agencies import access
from evidence.actions import incidents
from evidence.models import Attachment, Exhibit, Incident, SentForm
from tests import factories
from tests.evidence.intake import EARLIER, page, text
from tests.evidence.photos import upload

KEY = str(uuid.uuid4())


@pytest.fixture(autouse=True)
def _vault(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"


def form(city, key=KEY, **values):
    return {
        "agency": city.papd.pk, "case_number": "26-1", "kind": "homicide", "occurred_at": "2026-07-15T10:00",
        "victims": 0, "once": key, "exhibit-TOTAL_FORMS": 1, "exhibit-INITIAL_FORMS": 0, "exhibit-0-number": "7",
        "exhibit-0-kind": "casing_group", "exhibit-0-count": 3,
    } | values  # fmt: skip


def photo(key=None, content=None, **values):
    return {"form": KEY, "key": key or str(uuid.uuid4()), "uploads": upload(content), "exhibit": "7"} | values


def test_a_form_sent_again_is_told_as_done_and_makes_no_second_incident(client, city):
    client.force_login(city.technician)
    address = reverse("incident_new")
    first, again = client.post(address, form(city)), client.post(address, form(city))
    made = Incident.objects.get()
    assert first.url == again.url == made.get_absolute_url()
    assert Exhibit.objects.count() == 1
    told = text(client.get(again.url))
    assert f'data-draft-done="incident-{city.papd.pk}"' in told
    other = client.post(address, form(city, case_number="26-2"))
    assert other.status_code == 302
    assert Incident.objects.count() == 2, "who went on writing in the form means another case"
    assert client.post(address, form(city, key=str(uuid.uuid4()))).status_code == 200, "another form is a double"
    assert client.post(address, form(city, key="x", case_number="26-3")).status_code == 200
    assert SentForm.objects.count() == 1


def test_two_that_come_at_once_and_another_person_make_no_double(city):
    facts = {"agency": city.papd, "kind": "homicide", "occurred_at": EARLIER, "once": uuid.UUID(KEY)}
    first = incidents.record(case_number="26-1", by=city.technician, **facts)
    assert incidents.record(case_number="26-1", by=city.technician, **facts) == first
    with pytest.raises(access.Refused):
        incidents.record(case_number="26-1", by=city.coordinator, **facts)


def test_photos_taken_into_a_form_come_after_it_each_once_to_its_exhibit(client, city):
    client.force_login(city.technician)
    address = reverse("intake_photo")
    early = client.post(address, photo(), headers={"accept": "application/json"})
    assert (early.status_code, json.loads(early.content)["detail"]) == (
        404,
        "The form of this photo has not come in yet.",
    )
    client.post(reverse("incident_new"), form(city))
    key = str(uuid.uuid4())
    for _ in range(2):
        assert client.post(address, photo(key)).status_code == 201
    made = Attachment.objects.get()
    assert (made.incident, made.exhibit) == (Incident.objects.get(), Exhibit.objects.get())
    assert client.post(address, photo(exhibit="")).status_code == 201
    refused = client.post(address, photo(content=b"<html>"))
    assert (refused.status_code, "not taken" in json.loads(refused.content)["detail"]) == (400, True)
    assert client.post(address, photo(form="x")).status_code == 400
    client.force_login(city.coordinator)
    assert client.post(address, photo()).status_code == 404, "another person's form is none"
    client.force_login(city.detective)
    assert client.post(address, photo()).status_code == 403
    assert Attachment.objects.count() == 2


def test_without_a_script_photos_come_with_the_form(client, city):
    client.force_login(city.technician)
    sent = client.post(reverse("incident_new"), form(city) | {"photos": [upload(), upload(b"<html>", "x.jpg")]})
    assert Attachment.objects.count() == 1
    assert "x.jpg: This kind of file is not taken" in text(client.get(sent.url))


def test_how_exact_the_phones_place_is_stays_with_it_and_goes_when_the_place_is_moved(client, city):
    client.force_login(city.technician)
    client.post(reverse("incident_new"), form(city) | {"lat": "41.9", "lng": "-87.6", "accuracy": "6"})
    made = Incident.objects.get()
    assert made.accuracy == 6
    assert "by a device within 6 m" in text(page(client, city.detective, "incident", made.pk))
    incidents.correct(incident=made, by=city.technician, seen=made.updated_at, address="Alder Av at 14th")
    made.refresh_from_db()
    assert made.accuracy == 6
    Incident.objects.filter(pk=made.pk).update(lat=41.8)
    made.refresh_from_db()
    assert made.accuracy is None
    client.force_login(city.technician)
    client.post(reverse("incident_new"), form(city, str(uuid.uuid4()), case_number="26-5") | {"accuracy": "6"})
    assert Incident.objects.get(case_number="26-5").accuracy is None, "no place, nothing exact"


def test_an_exhibit_sent_again_is_one_and_its_photos_find_it(client, city):
    made = factories.incident(city.papd)
    client.force_login(city.technician)
    address = reverse("exhibit_new", args=[made.pk])
    data = {
        "number": "3", "kind": "casing_group", "count": 2, "collected_at": "2026-07-15T10:00", "nibin_eligible": "on",
        "once": KEY,
    }  # fmt: skip
    for _ in range(2):
        assert client.post(address, data).status_code == 302
    exhibit = Exhibit.objects.get()
    assert client.post(reverse("intake_photo"), photo(exhibit="3")).status_code == 201
    assert Attachment.objects.get().exhibit == exhibit
    assert client.post(address, data | {"number": "4", "next": "1", "photos": upload()}).url == address
    assert Exhibit.objects.count() == 2, "who went on writing in the form means another item"
    assert Attachment.objects.filter(exhibit__number="4").exists()
    assert client.post(address, data | {"once": str(uuid.uuid4())}).status_code == 200, "another form is a double"
