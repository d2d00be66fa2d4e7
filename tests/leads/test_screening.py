"""The worksheet that offices share: who reads it, what it keeps, who should have the case."""

import re

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agencies.access import Refused
from agencies.models import Notification
from leads.actions import screenings
from leads.models import Screening, ScreeningVersion, VenueView
from tests.apiclient import Program
from tests.leads import casework
from tests.leads.casework import refer
from tests.leads.pages import lead
from tests.scenery import scene

SAID = {
    "state_offenses": "XX Penal 31.4", "state_exposure": "Two years at least", "state_months": 60,
    "federal_offenses": "18 USC 922(g)(1)", "federal_months": 180, "category": "IV", "prior_record": "Two felonies",
    "witnesses": 2, "witness_needs": "An interpreter", "suppression": "some", "suppression_words": "A pat-down",
}  # fmt: skip


@scene
def usa(city):
    return casework.federal(city)


@scene
def sheet(city, usa):
    gun = lead(city, "WCL-2026-00001")
    refer(city, gun, city.usao)
    return refer(city, gun, city.da).screening


@pytest.fixture
def page(client):
    def text(user, name, pk, given=None):
        client.force_login(user)
        path = reverse(name, args=[pk])
        return (client.get(path) if given is None else client.post(path, given, follow=True)).content.decode()

    return text


def test_one_office_fills_it_in_and_the_other_reads_it(page, city, sheet, usa):
    page(city.prosecutor, "screening_edit", sheet.pk, SAID | {"seen": ""})
    text = page(usa, "screening", sheet.pk)
    for words in (
        "XX Penal 31.4",
        "At most 180 months",
        "Category IV; Two felonies",
        "2; An interpreter",
        "A pat-down",
    ):
        assert words in text
    assert "0 of 2 events confirmed" in text
    assert text.count("<td><b>UNCONFIRMED</b>") == 2
    assert "A link between events is a link of a gun, not of a person." in text


@pytest.mark.parametrize("who", ["detective", "supervisor", "coordinator", "analyst", "auditor", "gm_supervisor"])
def test_neither_the_agencies_nor_the_center_read_it(client, city, sheet, who):
    client.force_login(getattr(city, who))
    for name in ("screening", "screening_edit", "screening_venue"):
        assert client.get(reverse(name, args=[sheet.pk])).status_code in (403, 404)
    assert not Screening.objects.visible_to(getattr(city, who)).exists()


def test_an_office_without_the_case_does_not_find_it(client, city, sheet):
    other = refer(city, lead(city, "WCL-2026-00002"), city.da).screening
    client.force_login(casework.member(city.usao, "prosecutor"))
    assert client.get(reverse("screening", args=[other.pk])).status_code == 404


def test_what_somebody_saved_meanwhile_is_never_written_over(page, city, sheet, usa):
    screenings.fill_in(screening=sheet, seen=None, by=usa, **SAID)
    refused = page(city.prosecutor, "screening_edit", sheet.pk, SAID | {"seen": "", "prior_record": "None"})
    assert "Somebody saved this worksheet since you opened it." in refused
    assert ScreeningVersion.objects.get().prior_record == "Two felonies"
    # Both stand there, and who has read theirs saves over it.
    assert 'value="None"' in refused
    assert "Two felonies" in refused.split("What it says now")[1]
    seen = re.search(r'name="seen" value="(\d+)"', refused)[1]
    assert "None" in page(city.prosecutor, "screening_edit", sheet.pk, SAID | {"seen": seen, "prior_record": "None"})
    assert list(ScreeningVersion.objects.values_list("prior_record", flat=True)) == ["None", "Two felonies"]
    late = Program(city.prosecutor).post(f"screenings/{sheet.pk}/", **SAID, seen=int(seen))
    assert late.status_code == 403


def test_every_version_stays_with_who_saved_it(page, city, sheet, usa):
    screenings.fill_in(screening=sheet, seen=None, by=usa, **SAID)
    first = ScreeningVersion.objects.get()
    screenings.fill_in(screening=sheet, seen=first.pk, by=city.prosecutor, **SAID | {"prior_record": "None at all"})
    text = page(city.prosecutor, "screening", sheet.pk)
    assert "None at all" in text
    assert "Two felonies" in text.split("What it said before")[1]
    for spoil in (lambda rows: rows.update(prior_record=""), lambda rows: rows.delete()):
        with pytest.raises(IntegrityError), transaction.atomic():
            spoil(ScreeningVersion.objects.filter(pk=first.pk))


class TestVenue:
    def say(self, sheet, by, chosen):
        screenings.say(screening=sheet, chosen=chosen, why="The exposure is higher.", by=by)

    def test_it_is_open_then_waits_then_is_agreed(self, page, city, sheet, usa):
        assert "No office has said" in page(usa, "screening", sheet.pk)
        page(usa, "screening_venue", sheet.pk, {"chosen": city.usao.pk, "why": "Armed career criminal."})
        text = page(city.prosecutor, "screening", sheet.pk)
        assert "Not heard yet: District Attorney, Wexley." in text
        assert "Armed career criminal." in text
        self.say(sheet, city.prosecutor, city.usao)
        assert "The offices agree." in page(usa, "screening", sheet.pk)

    def test_a_disagreement_is_shown_with_both_reasons_until_one_says_otherwise(self, page, city, sheet, usa):
        self.say(sheet, usa, city.usao)
        self.say(sheet, city.prosecutor, city.da)
        assert "The offices do not agree." in page(usa, "screening", sheet.pk)
        self.say(sheet, city.prosecutor, city.usao)
        text = page(usa, "screening", sheet.pk)
        assert "The offices agree." in text
        assert text.count("says: District Attorney, Wexley") == 1
        assert VenueView.objects.count() == 3

    def test_the_other_office_is_told(self, city, sheet, usa):
        self.say(sheet, usa, city.usao)
        told = Notification.objects.filter(verb="screening.said")
        assert [each.user for each in told] == [city.prosecutor]

    def test_an_office_that_the_case_is_not_before_is_no_choice(self, city, sheet, usa):
        third = casework.referrals.Agency.objects.create(
            code="DA2", name="District Attorney, East", kind="district_attorney", parent=city.center, zone=city.da.zone,
            calendar=city.da.calendar, group=type(city.da.group).objects.create(name="agency:DA2"),
        )  # fmt: skip
        with pytest.raises(Refused, match="Choose one of the offices"):
            self.say(sheet, usa, third)


def test_a_worksheet_of_more_versions_than_are_shown_says_so_and_shows_the_last(page, city, sheet, usa, monkeypatch):
    monkeypatch.setattr("leads.queries.referrals.MOST_VERSIONS", 2)
    seen = None
    for number in range(3):
        screenings.fill_in(screening=sheet, seen=seen, by=usa, **SAID | {"witnesses": 11 + number})
        seen = ScreeningVersion.objects.latest("id").pk
        assert ("The newest 2 are shown." in page(usa, "screening", sheet.pk)) == (number == 2)
    assert "13; An interpreter" in page(usa, "screening", sheet.pk)


def test_a_program_reads_saves_and_says_the_same(city, sheet, usa):
    program, path = Program(usa), f"screenings/{sheet.pk}/"
    found = program.get(path).json()
    assert (found["version"], found["venue"], sorted(found["offices"])) == (None, "silent", ["DA", "USAO"])
    saved = program.post(path, SAID | {"seen": None})
    assert (saved.status_code, saved.json()["said"]["category"]) == (201, "IV")
    stale = program.post(path, SAID | {"seen": None})
    assert stale.status_code == 403
    said = program.post(f"{path}venue/", chosen=city.da.pk, why="Theirs is quicker.")
    assert (said.status_code, said.json()["venue"]) == (201, "waiting")
    assert Program(city.detective).get(path).status_code == 403


def test_the_page_costs_the_same_with_one_case_and_with_three(client, city, sheet):
    def statements():
        with CaptureQueriesContext(connection) as found:
            assert client.get(reverse("screening", args=[sheet.pk])).status_code == 200
        return len(found)

    client.force_login(city.prosecutor)
    statements()
    one = statements()
    for number in (2, 3):
        seen = ScreeningVersion.objects.first()
        screenings.fill_in(screening=sheet, seen=seen and seen.pk, by=city.prosecutor, **SAID)
        casework.same_gun(city, sheet.lead, f"WCL-2026-0000{number}")
        screenings.say(screening=sheet, chosen=city.da, why="Ours", by=city.prosecutor)
    assert one == statements() == 9
