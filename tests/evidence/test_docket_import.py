"""Court dockets come in files: on the cases that are here, once each, and where they stand moves on."""

import csv

import pytest
from django.urls import reverse

from agencies import access
from agencies.models import AuditEvent
from agencies.roles import Role
from evidence.models import Incident
from leads import statuswords
from leads.actions import referrals, spellings
from leads.insight import stages
from leads.models import Docket, DocketMove, StatusSpelling
from leads.pages import docket as pages
from leads.queries import court as queries
from tests.apiclient import Program
from tests.evidence.import_city import loaded as load_incidents
from tests.evidence.records_city import checked, counts, found, lines, loaded, undone
from tests.factories import agency, calendar, incident, member
from tests.leads.pages import lead
from tests.scenery import scene
from tests.shared import shared

pytestmark = pytest.mark.usefixtures("stored_files")

DOCKETS = "data/courts/philadelphia_dockets_deid_to_2023.csv"
SHOOTINGS = "data/philadelphia/shooting_victims_2015_2023.csv"
FIRST = """
Case Number | Docket Number | Status | Filed      | Court Level     | OTN
26-000111   | MC-1          | Active | 2026-03-02 | Municipal Court | T-1
26-000111   | CP-1          | Paperd | 2026-04-02 | Common Pleas    | T-1
26-000112   | CP-2          | Hld Ct | 2026-04-03 | Common Pleas    | T-2
"""


@scene
def cases(city):
    return [incident(city.papd, case_number=number) for number in ("26-000111", "26-000112")]


def test_a_file_of_dockets_hangs_on_the_cases_and_says_where_each_stands(city, cases):
    batch = loaded("dockets", city.papd, lines(FIRST), by=city.technician)
    assert counts(batch) == (3, 0, 0, 0)
    one, two = Docket.objects.filter(incident=cases[0]).order_by("number")
    assert (one.number, one.spelling.meaning, one.booking) == ("CP-1", "pending", "T-1")
    assert (two.number, str(two.filed_on), two.court_level) == ("MC-1", "2026-03-02", "Municipal Court")
    assert AuditEvent.objects.get(verb="docket.loaded").data["batch"] == batch.pk


def test_what_comes_again_moves_on_and_what_was_stays_in_its_history(city, cases):
    loaded("dockets", city.papd, lines(FIRST))
    assert counts(loaded("dockets", city.papd, lines(FIRST))) == (0, 0, 3, 0)
    batch = loaded("dockets", city.papd, lines(FIRST.replace("| Active", "| Closed")))
    assert counts(batch) == (0, 1, 2, 0)
    moved = Docket.objects.get(number="MC-1")
    assert [each.status_raw for each in moved.moves.all()] == ["Active", "Closed"]
    assert (Docket.objects.count(), DocketMove.objects.count()) == (3, 4)
    card = pages.row(next(each for each in queries.dockets(city.supervisor, cases) if each == moved))
    assert card["status"] == "Closed by the court (\u201cClosed\u201d)"
    assert card["moves"][0][1] == "Charged, pending (\u201cActive\u201d)"

    assert undone(batch).status == "undone"
    moved.refresh_from_db()
    assert (moved.status_raw, moved.moves.count()) == ("Active", 1)


def test_a_spelling_that_nobody_knows_waits_and_is_folded_once_somebody_says_what_it_means(city, cases):
    batch = loaded("dockets", city.papd, lines(FIRST))
    assert found(batch, "review") == [(4, "C", "unknown_status")]
    assert [(each.raw, each.many) for each in queries.waiting(city.analyst)] == [("Hld Ct", 1)]
    waiting = queries.waiting(city.prosecutor)
    assert [(each.raw, each.many) for each in waiting] == [("Hld Ct", 0)], "of dockets that one sees"
    assert "not said yet" in pages.row(Docket.objects.get(number="CP-2"))["status"]

    spellings.say(spelling=waiting[0], meaning="pending", by=city.prosecutor)
    assert queries.waiting(city.prosecutor) == []
    assert Docket.objects.get(number="CP-2").spelling.meaning == "pending"
    later = loaded("dockets", city.papd, lines(FIRST.replace("CP-2 ", "CP-3 ").replace("Hld Ct", "HLD. CT")))
    assert found(later, "review") == []
    assert Docket.objects.get(number="CP-3").spelling.meaning == "pending"


def test_of_a_long_history_the_last_is_shown_and_of_many_dockets_how_many_at_least(city, cases, client, monkeypatch):
    for status in ("Active", "Closed", "Active"):
        loaded("dockets", city.papd, lines(FIRST.replace("| Active", f"| {status}")))
    loaded("dockets", city.papd, lines(FIRST.replace("CP-2 ", "CP-4 ")))
    loaded("dockets", city.papd, lines(FIRST.replace("CP-2 ", "CP-5 ")))
    monkeypatch.setattr(queries, "MOST_MOVES", 2)
    monkeypatch.setattr(queries, "MOST_COUNTED", 1)
    row = next(pages.row(each) for each in queries.dockets(city.supervisor, cases) if each.number == "MC-1")
    assert ([words.split(" (")[0] for _day, words in row["moves"]], row["moves_cut"]) == (
        ["Closed by the court", "Charged, pending"],
        True,
    )
    assert [(each.raw, each.many) for each in queries.waiting(city.analyst)] == [("Hld Ct", 2)]
    client.force_login(city.analyst)
    assert "2 dockets" in client.get(reverse("court_statuses")).content.decode()


def test_a_case_that_is_not_here_is_an_error_and_a_docket_that_stands_twice_is_loaded_once(city, cases):
    more = "26-999999 | CP-9 | Active |  |  |\n" + FIRST.strip().splitlines()[-1]
    batch = loaded("dockets", city.papd, lines(FIRST + more))
    assert found(batch) == [(5, "A", "no_such")]
    assert found(batch, "note") == [(6, "B", "twice")]
    assert Docket.objects.count() == 3


def test_a_column_that_says_no_status_is_refused_as_a_whole(city, cases):
    rows = "".join(f"26-000111 | CP-{number} | person {number} | | |\n" for number in range(301))
    batch = checked("dockets", city.papd, lines(FIRST.splitlines()[1] + "\n" + rows))
    assert batch.status == "failed"
    assert "301 different words" in batch.problem
    assert not StatusSpelling.objects.exists()


def test_another_agencys_case_is_not_found_and_its_dockets_are_not_seen(city, cases):
    loaded("dockets", city.papd, lines(FIRST))
    assert found(loaded("dockets", city.gmpd, lines(FIRST)))[0][2] == "no_such"
    assert Docket.objects.visible_to(city.supervisor).count() == 3
    assert not Docket.objects.visible_to(city.gm_supervisor).exists()
    assert not DocketMove.objects.visible_to(city.outsider).exists()


def test_the_page_of_an_incident_shows_its_dockets_to_those_who_may_see_cases(client, city, cases):
    loaded("dockets", city.papd, lines(FIRST))
    client.force_login(city.supervisor)
    page = client.get(cases[0].get_absolute_url()).content.decode()
    assert "Court dockets" in page
    assert "CP-1" in page
    assert "CP-2" not in page
    client.force_login(city.technician)
    assert "Court dockets" not in client.get(cases[0].get_absolute_url()).content.decode()


@pytest.mark.parametrize("many", [1, 3])
def test_the_dockets_of_cases_are_read_in_two_statements(city, cases, django_assert_num_queries, many):
    rows = "".join(f"26-000111 | CP-{number} | Active | | |\n" for number in range(many))
    loaded("dockets", city.papd, lines(FIRST.splitlines()[1] + "\n" + rows))
    access.standings(city.supervisor)
    with django_assert_num_queries(2):
        assert len([pages.row(each) for each in queries.dockets(city.supervisor, cases)]) == many


def test_the_stage_prosecute_counts_referrals_and_no_dockets():
    assert "docket" not in next(stage.sql for stage in stages.STAGES if stage.name == "Prosecute")


def test_the_dockets_of_philadelphia_join_its_incidents(db):
    """20 and the number of a docket's file is the key of an incident, for 99 in 100."""
    center = agency("CTR", "center", zone="America/New_York")
    police = agency("PPD", zone="America/New_York", parent=center, calendar=calendar())
    member(police, Role.ANALYST)
    load_incidents(police, shared(SHOOTINGS))
    batch = loaded("dockets", police, shared(DOCKETS).read_bytes())
    with shared(DOCKETS).open() as file:
        rows = list(csv.DictReader(file))
    keys = set(Incident.objects.values_list("case_key", flat=True))
    wanted = {(row["dc_number"], row["docket_id"]) for row in rows if f"20{row['dc_number']}" in keys}
    assert Docket.objects.count() == batch.counts["new"] == len(wanted)
    joined = sum(f"20{row['dc_number']}" in keys for row in rows)
    assert joined / len(rows) > 0.99
    meanings = set(Docket.objects.values_list("spelling__meaning", flat=True))
    assert meanings == {"pending", "inactive", "adjudicated", "closed"} <= set(statuswords.LABELS)
    with_one = Incident.objects.filter(dockets__isnull=False).distinct().count() / Incident.objects.count()
    assert 0.15 < with_one < 0.25
    assert counts(loaded("dockets", police, shared(DOCKETS).read_bytes()))[:2] == (0, 0)


def test_an_office_says_on_a_page_what_a_status_means(client, city, cases):
    loaded("dockets", city.papd, lines(FIRST))
    spelling = StatusSpelling.objects.waiting().get()
    address = reverse("court_status", args=[spelling.pk])
    client.force_login(city.prosecutor)
    page = client.get(reverse("court_statuses")).content.decode()
    assert address in page
    assert "Paperd" not in page
    assert "Choose what it means." in client.post(address, {"meaning": ""}).content.decode()
    assert client.post(address, {"meaning": "deferred"}).url == reverse("court_statuses")
    page = client.get(reverse("court_statuses")).content.decode()
    assert "Every status has a meaning" in page
    assert "Deferred" in page
    for who, status in (("analyst", 200), ("detective", 403), ("outsider", 403)):
        client.force_login(getattr(city, who))
        assert client.get(address).status_code == status, who
    client.force_login(city.analyst)
    client.post(address, {"meaning": "closed"})
    said = AuditEvent.objects.filter(verb="status_spelling.said").latest("pk").data
    assert (said["before"], said["meaning"]) == ("deferred", "closed")


def test_the_page_of_a_case_has_the_dockets_of_the_events_that_its_reader_sees(client, city):
    found = lead(city, "WCL-2026-00001")
    here, there = (found.events.get(incident__agency=each).incident for each in (city.papd, city.gmpd))
    head = FIRST.splitlines()[1]
    for owner, scene_of, number in ((city.papd, here, "CP-71"), (city.gmpd, there, "CP-72")):
        loaded("dockets", owner, lines(f"{head}\n{scene_of.case_number} | {number} | Active | | |"))
    case = referrals.make(
        lead=found, agency=city.papd, office=city.da, defendant="Pat Doe", summary="Arrested.", by=city.detective
    )
    client.force_login(city.prosecutor)
    page = client.get(case.get_absolute_url()).content.decode()
    assert "CP-71" in page
    assert "CP-72" not in page, "the other agency shows its incidents itself"
    rows = Program(city.prosecutor).get(f"incidents/{here.pk}/dockets/").json()
    assert [(each["number"], each["means"], len(each["moves"])) for each in rows] == [("CP-71", "pending", 1)]
    assert Program(city.prosecutor).get(f"incidents/{there.pk}/dockets/").status_code == 404
