"""One case, one number: whether hyphens count is a rule of the agency, for files, for what is typed, for notices."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from agencies.access import Refused
from evidence import keys, search
from evidence.actions import incidents
from evidence.imports import mapping
from evidence.models import Incident
from leads.actions import events
from leads.models import LeadEvent
from tests import factories
from tests.evidence.import_city import beside_step, checked, correct, loaded, take
from tests.leads.test_notices_import import run

pytestmark = pytest.mark.usefixtures("stored_files")

UNEVEN = "case_number,date,time\n53-160,2026-06-03,23:10\n531-60,2026-06-04,01:20\n53-1601,2026-06-05,01:20\n"
EVEN = "case_number,date,time\n53-160,2026-06-03,23:10\n54-161,2026-06-04,01:20\n"


def numbers():
    return sorted(Incident.objects.values_list("case_number", "case_key"))


def test_a_second_file_whose_own_numbers_would_not_tell_follows_the_rule_of_the_agency(city):
    loaded(city.papd, UNEVEN)
    batch = take(city.papd, EVEN)
    assert batch.mapping["hyphens_count"], "and the box on the page says so"
    assert loaded(city.papd, EVEN).counts["unchanged"] == 1
    assert Incident.objects.filter(case_number="53-160").count() == 1


def test_a_number_typed_by_hand_is_kept_and_found_by_the_rule_of_the_agency(client, city):
    loaded(city.papd, UNEVEN)
    with pytest.raises(Refused, match="has a case 53-160 already"):
        incidents.record(
            agency=city.papd, by=city.technician, case_number=" 53-160 ", kind="homicide", occurred_at=timezone.now()
        )
    client.force_login(city.technician)
    page = client.get(reverse("incidents"), {"q": "53-160"}).content.decode()
    assert "1 incident under" in page
    assert "531-60" not in page
    form = client.post(reverse("incident_new"), {"case_number": "531-60", "kind": "homicide"}).context["form"]
    assert "has a case 531-60 already" in str(form.errors["case_number"])


def test_cases_from_before_the_rule_are_known_again_by_the_first_file_under_it(city):
    made = incidents.record(
        agency=city.papd, by=city.technician, case_number="53-160", kind="homicide", occurred_at=timezone.now()
    )
    assert made.case_key == "53160"
    assert checked(city.papd, UNEVEN).counts["new"] == 2
    assert numbers() == [("53-160", "53160")], "a check changes nothing"
    batch = loaded(city.papd, UNEVEN)
    assert (batch.counts["new"], Incident.objects.count()) == (2, 3)
    assert ("53-160", "53-160") in numbers()


def typed(city, number):
    return incidents.record(
        agency=city.papd, by=city.technician, case_number=number, kind="homicide", occurred_at=timezone.now()
    )


def lines(*numbers):
    return "case_number,date,time\n" + "".join(f"{number},2026-06-03,23:10\n" for number in numbers)


def test_cases_whose_number_has_another_separator_are_known_again_under_the_rule_too(city):
    for number in ("26 1234", "53/16", "7.99", "2618844"):
        typed(city, number)
    batch = loaded(city.papd, UNEVEN + "26 1234,2026-06-03,23:10\n53/16,2026-06-03,23:10\n7.99,2026-06-03,23:10\n")
    assert batch.counts["new"] == 3
    assert {"26-1234", "53-16", "7-99", "2618844"} <= {key for _number, key in numbers()}


def test_a_number_that_was_made_keeps_its_key_under_the_rule(city):
    nameless = "date,time,address\n2026-06-03,23:10,100 QUARRY ST\n2026-06-04,23:10,5 LOCK ST\n"
    loaded(city.papd, nameless)
    loaded(city.papd, UNEVEN)
    assert loaded(city.papd, nameless).counts["new"] == 0
    assert Incident.objects.count() == 5


def test_a_dry_run_locks_no_case_and_says_what_the_load_then_does(city):
    typed(city, "53-160")
    typed(city, "26-7")
    with CaptureQueriesContext(connection) as ran:
        counts = checked(city.papd, UNEVEN).counts
    assert not [each for each in ran if "update evidence_incident " in each["sql"]]
    assert not keys.hyphens_count(city.papd)
    assert counts["new"] == loaded(city.papd, UNEVEN).counts["new"] == 2


def test_a_number_typed_without_its_hyphens_finds_the_cases_it_can_mean(client, city):
    loaded(city.papd, UNEVEN)
    loaded(city.gmpd, lines("5-3160"))
    client.force_login(city.coordinator)
    page = client.get(reverse("incidents"), {"q": "053160"}).content.decode()
    assert "3 incidents under" in page
    assert "53-1601" not in page
    assert "1 incident under" in client.get(reverse("incidents"), {"q": "531601"}).content.decode()
    assert "0 incidents under" in client.get(reverse("incidents"), {"q": "--"}).content.decode()
    assert search.find(city.coordinator, "531601") == Incident.objects.get(case_number="53-1601").get_absolute_url()


def test_an_event_is_matched_by_hand_by_a_number_typed_without_its_hyphens(client, city):
    loaded(city.papd, UNEVEN)
    head = "Lead Number,Notice Date,Agency,Case Number,Date\n"
    run(city.center, head + "26-1,,Port Alder PD,53-160,\n26-1,,Port Alder PD,99-1234,\n", city.analyst)
    waiting = LeadEvent.objects.waiting().get()
    client.force_login(city.analyst)
    assert client.post(reverse("event_match", args=[waiting.pk]), {"case_number": "0531601"}).status_code == 302
    waiting.refresh_from_db()
    assert waiting.incident.case_number == "53-1601"


def test_the_rule_is_shown_as_set_and_cannot_be_taken_away(client, city):
    batch = take(city.papd, EVEN)
    client.force_login(city.technician)
    box = client.get(reverse("import_columns", args=[batch.pk])).context["form"]["hyphens_count"]
    assert not box.field.disabled
    assert "for good" in box.help_text
    loaded(city.papd, UNEVEN)
    form = client.get(reverse("import_columns", args=[batch.pk])).context["form"]
    box = form["hyphens_count"]
    assert (box.field.disabled, box.value()) == (True, True)
    assert "Port Alder PD" in box.help_text
    values = {each.name: each.value() or "" for each in form} | {"hyphens_count": ""}
    client.post(reverse("import_columns", args=[batch.pk]), values)
    batch.refresh_from_db()
    assert batch.mapping["hyphens_count"] is True


def test_other_agencies_and_files_without_the_rule_are_as_before(city):
    loaded(city.papd, UNEVEN)
    loaded(city.gmpd, EVEN)
    assert not keys.hyphens_count(city.gmpd)
    assert sorted(Incident.objects.filter(agency=city.gmpd).values_list("case_key", flat=True)) == ["53160", "54161"]


def test_a_mapping_that_says_nothing_of_hyphens_does_not_undo_the_rule(city):
    loaded(city.papd, UNEVEN)
    columns = mapping.from_dict(take(city.papd, EVEN).mapping | {"hyphens_count": False})
    assert loaded(city.papd, EVEN, columns=columns).counts["unchanged"] == 1


def test_a_notice_finds_the_case_with_its_hyphens_and_never_the_one_with_others(city):
    loaded(city.papd, UNEVEN)
    head = "Lead Number,Notice Date,Agency,Case Number,Date\n"
    named = [("26-1", "53-160"), ("26-1", "99-1234"), ("26-2", "5316-0"), ("26-2", "99-1235")]
    run(city.center, head + "".join(f"{lead},,Port Alder PD,{case},\n" for lead, case in named), city.analyst)
    assert [event.case_number for event in LeadEvent.objects.filter(incident__isnull=False)] == ["53-160"]
    assert "5316-0" in [event.case_number for event in LeadEvent.objects.waiting()]


def test_a_waiting_event_is_tied_when_a_file_brings_the_case_with_its_hyphens(city):
    head = "Lead Number,Notice Date,Agency,Case Number,Date\n"
    lines = "26-1,07/14/2026,Port Alder PD,53-160,\n26-1,07/14/2026,Port Alder PD,99-1234,\n"
    run(city.center, head + lines, city.analyst)
    assert LeadEvent.objects.waiting().count() == 2
    loaded(city.papd, UNEVEN)
    events.match_waiting(by=city.coordinator)
    assert LeadEvent.objects.get(incident__isnull=False).incident.case_key == "53-160"


@pytest.mark.parametrize("number", ["\N{CIRCLED NUMBER TEN}" * 30, "⑩" * 21])
def test_a_number_whose_key_is_longer_than_is_kept_is_refused_beside_its_field(client, city, number):
    client.force_login(city.technician)
    form = client.post(reverse("incident_new"), {"case_number": number, "kind": "homicide"}).context["form"]
    assert "longer than 40" in str(form.errors["case_number"])
    with pytest.raises(Refused, match="longer than 40"):
        incidents.record(
            agency=city.papd, by=city.technician, case_number=number, kind="homicide", occurred_at=timezone.now()
        )


@pytest.mark.django_db(transaction=True)
def test_a_number_typed_while_the_first_file_under_the_rule_is_loaded_waits_for_it(monkeypatch):
    city = factories.City()
    came = beside_step(monkeypatch, "write", lambda: typed(city, "53-160"))
    loaded(city.papd, UNEVEN)
    [(other, waited)] = came
    with pytest.raises(Refused, match="has a case 53-160 already"):
        other.ended()
    assert waited
    assert [key for _number, key in numbers()] == ["53-160", "53-1601", "531-60"]


@pytest.mark.django_db(transaction=True)
def test_a_number_corrected_while_the_rule_comes_gets_the_key_of_its_new_number(monkeypatch):
    city = factories.City()
    typed(city, "77-160")
    came = beside_step(monkeypatch, "rekey", lambda: correct(city, case_number="77-161"))
    loaded(city.papd, UNEVEN)
    [(other, waited)] = came
    other.ended()
    assert waited
    assert ("77-161", "77-161") in numbers()


@pytest.mark.django_db(transaction=True)
def test_a_number_typed_while_a_later_file_is_loaded_does_not_wait(monkeypatch):
    city = factories.City()
    loaded(city.papd, UNEVEN)
    came = beside_step(monkeypatch, "write", lambda: typed(city, "88-1"))
    loaded(city.papd, EVEN)
    [(other, waited)] = came
    other.ended()
    assert not waited
    assert ("88-1", "88-1") in numbers()
