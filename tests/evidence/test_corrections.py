"""Correcting what was recorded: only what a person changed changes."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from agencies.access import Refused
from agencies.models import AuditEvent
from evidence.actions import acquisitions, exhibits, incidents, traces
from evidence.models import Exhibit, Firearm, Incident

PISTOL = {"make": "Glock", "model": "19", "caliber": "9 mm", "type_code": "PI", "serial": "ABC1234"}
EARLIER = timezone.now() - timedelta(days=1)


def case(city, **values):
    facts = {"case_number": "26-1", "kind": "homicide", "occurred_at": EARLIER, "address": "Elm St"} | values
    return incidents.record(agency=city.papd, by=city.technician, **facts)


def shown(client, name, made):
    """What the form's fields hold in a browser, by name."""
    form = client.get(reverse(name, args=[made.pk])).context["form"]
    values = {each.name: each.value() for each in form}
    widgets = {each.name: each.field.widget for each in form}
    texts = {
        name: "on" if value is True else widgets[name].format_value(value)
        for name, value in values.items()
        if value not in (None, False)
    }
    return {name: text[0] if isinstance(text, list) else text for name, text in texts.items() if text is not None}


# The second is the later of the two hours that the clock of Chicago shows in the night of 1 November 2026.
@pytest.mark.parametrize(
    "at", [datetime(2026, 6, 3, 4, 10, 42, 5000, tzinfo=UTC), datetime(2025, 11, 2, 7, 30, tzinfo=UTC)]
)
def test_correcting_the_address_leaves_the_moment_to_the_second_and_in_its_half_of_the_repeated_hour(client, city, at):
    made = case(city, occurred_at=at)
    client.force_login(city.technician)
    values = shown(client, "incident_edit", made) | {"address": "Oak St"}
    assert client.post(reverse("incident_edit", args=[made.pk]), values).status_code == 302
    found = Incident.objects.get()
    assert (found.occurred_at, found.address) == (at, "Oak St")
    assert list(AuditEvent.objects.get(verb="incident.corrected").data["changes"]) == ["address"]
    values = shown(client, "incident_edit", made) | {"occurred_at": "2026-06-02T01:00"}
    client.post(reverse("incident_edit", args=[made.pk]), values)
    assert Incident.objects.get().occurred_at == datetime(2026, 6, 2, 6, 0, tzinfo=UTC)


@pytest.mark.parametrize("text", ["9\nBcc: evil@x.example", "9\u20281", "9\x07"])
def test_a_field_of_one_line_takes_no_line_breaks_and_no_control_characters(client, city, text):
    made = case(city)
    client.force_login(city.technician)
    for name, field in (("exhibit_new", "number"), ("exhibit_new", "storage"), ("incident_edit", "district")):
        form = client.post(reverse(name, args=[made.pk]), {field: text}).context["form"]
        assert "one line" in str(form.errors[field])
    form = client.post(reverse("incident_edit", args=[made.pk]), {"narrative": "Two\nlines"}).context["form"]
    assert "narrative" not in form.errors


def test_a_receipt_is_on_the_clock_of_the_site_that_is_chosen(client, city):
    city.lab.zone = "America/New_York"
    city.lab.save(update_fields=["zone"])
    item = exhibits.add(incident=case(city), by=city.technician, number="1", kind="casing_group", collected_at=EARLIER)
    client.force_login(city.technician)
    at = datetime.now(UTC).replace(second=0, microsecond=0) - timedelta(hours=2)
    typed = at.astimezone(ZoneInfo("America/New_York")).strftime("%Y-%m-%dT%H:%M")
    client.post(reverse("acquisition_receive", args=[item.pk]), {"site": city.lab.pk, "received_at": typed})
    assert item.acquisitions.get().received_at == at


def gun(city, **described):
    facts = {"number": "1", "kind": "firearm", "collected_at": EARLIER, "caliber": "9 mm"} | described.pop("facts", {})
    return exhibits.add(incident=case(city), by=city.technician, firearm=PISTOL | described, **facts)


def exhibit():
    return Exhibit.objects.get()


def test_what_was_missing_of_a_firearm_is_added_and_its_trace_can_be_asked_for(client, city):
    made = gun(city, make="", serial="", caliber=".32 Auto", facts={"caliber": ".32 Auto"})
    with pytest.raises(Refused, match="Add what is missing to the firearm"):
        traces.request(firearm=made.firearm, by=city.technician)
    client.force_login(city.technician)
    assert reverse("exhibit_edit", args=[made.pk]) in client.get(made.get_absolute_url()).content.decode()
    values = shown(client, "exhibit_edit", made)
    assert (values["caliber"], values["caliber_other"], values["model"]) == ("other", ".32 Auto", "19")
    values |= {"make": "Colt", "serial": "xyz o1"}
    assert client.post(reverse("exhibit_edit", args=[made.pk]), values).status_code == 302
    found = exhibit()
    assert (found.firearm.make, found.firearm.serial_key, found.caliber) == ("Colt", "XYZ01", ".32 Auto")
    assert found.collected_at == EARLIER
    event = AuditEvent.objects.get(verb="exhibit.corrected")
    assert event.data["changes"] == {"firearm.make": ["", "Colt"], "firearm.serial": ["", "XYZO1"]}
    traces.request(firearm=found.firearm, by=city.technician)


def test_a_firearm_keeps_the_caliber_that_only_its_description_has(client, city):
    made = gun(city, caliber=".32 Auto")
    Exhibit.objects.update(caliber="")
    client.force_login(city.technician)
    values = shown(client, "exhibit_edit", made)
    assert (values["caliber"], values["caliber_other"]) == ("other", ".32 Auto")
    assert client.post(reverse("exhibit_edit", args=[made.pk]), values | {"storage": "Room 4"}).status_code == 302
    found = exhibit()
    assert (found.storage, found.caliber, found.firearm.caliber) == ("Room 4", ".32 Auto", ".32 Auto")
    changes = AuditEvent.objects.get(verb="exhibit.corrected").data["changes"]
    assert changes == {"storage": ["", "Room 4"], "caliber": ["", ".32 Auto"]}
    traces.request(firearm=found.firearm, by=city.technician)


@pytest.mark.parametrize(("item", "described"), [("9 mm", ""), ("", "9 mm"), ("9x19", "9 mm")])
def test_a_firearm_and_its_exhibit_have_one_caliber(city, item, described):
    made = gun(city, caliber=described, facts={"caliber": item})
    assert (made.caliber, made.firearm.caliber) == ("9 mm", "9 mm")


def test_only_the_columns_that_a_correction_of_a_firearm_changes_are_written(city):
    made = gun(city)
    with CaptureQueriesContext(connection) as seen:
        exhibits.correct(exhibit=made, by=city.technician, seen=made.version, firearm={"model": "17"})
    written = [each["sql"] for each in seen if each["sql"].startswith('UPDATE "evidence_firearm"')]
    assert len(written) == 1
    assert '"make" =' not in written[0]
    found = exhibit()
    assert (found.firearm.model, found.firearm.serial) == ("17", "ABC1234")


def become(city, kind, firearm=None):
    found = exhibit()
    exhibits.correct(exhibit=found, by=city.technician, seen=found.version, kind=kind, firearm=firearm)


def test_an_exhibit_becomes_a_firearm_and_no_longer_one_until_a_trace_was_asked_for(city):
    facts = {"number": "1", "kind": "casing_group", "collected_at": EARLIER}
    exhibits.add(incident=case(city), by=city.technician, **facts)
    become(city, "firearm", PISTOL)
    assert exhibit().firearm.serial_key == "ABC1234"
    become(city, "casing_group")
    assert not Firearm.objects.exists()
    last = AuditEvent.objects.filter(verb="exhibit.corrected").latest("id")
    assert last.data["changes"]["firearm.serial"] == ["ABC1234", ""]
    become(city, "firearm", PISTOL)
    traces.request(firearm=exhibit().firearm, by=city.technician)
    with pytest.raises(Refused, match="stays a firearm"):
        become(city, "other")


def test_a_correction_of_an_exhibit_is_refused_with_the_reason(client, city):
    made = gun(city)
    exhibits.add(incident=made.incident, by=city.technician, number="2", kind="other", collected_at=EARLIER)
    client.force_login(city.technician)
    values = shown(client, "exhibit_edit", made)
    acquisitions.receive(exhibit=made, site=city.lab, received_at=EARLIER + timedelta(hours=1), by=city.technician)
    late = (EARLIER + timedelta(hours=2)).astimezone(ZoneInfo(city.papd.zone)).strftime("%Y-%m-%dT%H:%M")
    for wrong, sentence in (
        ({"number": "2"}, "has an exhibit 2 already"),
        ({"nibin_eligible": "", "not_eligible_reason": "Rusty"}, "NIBIN site has received"),
        ({"collected_at": late}, "later than the first hand-over"),
        ({"make": "Colt", "seen": "old"}, "was changed in the meantime"),
    ):
        page = client.post(reverse("exhibit_edit", args=[made.pk]), values | wrong).content.decode()
        assert sentence in page, wrong
    client.force_login(city.detective)
    assert client.get(reverse("exhibit_edit", args=[made.pk])).status_code == 403
