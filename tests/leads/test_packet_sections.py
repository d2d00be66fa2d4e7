"""Each section of a packet tells what is on record: none is empty where there is something, in data or on the pages."""

import re
from datetime import timedelta

import pytest

from evidence import vault
from evidence.actions import acquisitions, custody, lab_requests
from evidence.models import Acquisition, CustodyEvent, Firearm, Incident, Trace
from leads.models import Activity
from leads.packets import blocks, drawings, paper
from leads.packets.sections import SECTIONS, TITLES
from tests.factories import NOW, exhibit
from tests.leads import confirming, packing, people
from tests.leads.casework import refer
from tests.scenery import scene
from tests.withheld import text_of

HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@scene
def worked(city, line, second):
    """A line of which everything is on record: evidence that went to the laboratory and back, a pair that an examiner
    confirmed and others that nobody compared, people, work, and a case.
    """
    Incident.objects.update(lat=38.1, lng=-90.1)
    case = Incident.objects.get(case_number="26-1")
    gun = exhibit(case, number="G1", kind="firearm", caliber="9 mm", collected_at=NOW - 90 * HOUR)
    firearm = Firearm.objects.create(exhibit=gun, make="Glock", serial="XX123")
    Trace.objects.create(firearm=firearm, agency=city.papd, requested_at=NOW, requested_by=city.detective)
    custody.record(
        exhibit=gun, by=city.technician, purpose="stored", from_whom="Det. Okafor", to_whom="Property room", seal="S-1",
        condition="Dry", at=NOW - 80 * HOUR,
    )  # fmt: skip
    asked = lab_requests.send(
        incident=case, exhibits=[gun], laboratory=city.lab, asked="test_fire_entry", needed_on=NOW.date(),
        at=NOW - 40 * HOUR, seal="S-2", by=city.technician,
    )  # fmt: skip
    lab_requests.receive(request=asked, at=NOW - 30 * HOUR, seal="S-3", by=city.examiner)
    acquisitions.enter(
        acquisition=Acquisition.objects.get(), reference="NIB-77", operator="Vera Holt", entered_at=NOW - 20 * HOUR,
        by=city.examiner,
    )  # fmt: skip
    lab_requests.finish(request=asked, result="Operable, report WCL-7", at=NOW - 10 * HOUR, by=city.examiner)
    confirming.report(city, line, second, ("26-1", "26-3", "confirmed"))
    people.suspect(city, line, "Marlo Quill")
    people.said(city, people.person(city, "Wes Hale"), line.events.first(), "witness")
    Activity.objects.create(
        lead=line, agency=city.papd, kind="note", text="Canvassed.", at=NOW, recorded_at=NOW, by=city.detective
    )
    refer(city, line, city.da, defendant="Marlo Quill")
    return line


def whole(city, line):
    return packing.version(packing.make(city, line, sections=packing.EVERY, summary="What is known."))


def drawn(version, name):
    """The drawings of a section, as vectors."""
    return [each["svg"] for each in _blocks(version, name) if each["kind"] == "drawing"]


def _blocks(version, name):
    return next(each["blocks"] for each in paper.sections(version.snapshot) if each["name"] == name)


def words_of(svg):
    return re.findall(r">([^<>]+)</text>", svg)


def test_every_section_says_what_is_on_record_and_none_that_there_is_nothing(city, worked):
    version = packing.build(whole(city, worked))
    assert [name for name in TITLES if not version.snapshot["sections"][name]] == []
    with vault.opened(version.pdf_sha256) as file:
        said = " ".join(text_of(file.read()).split())
    assert [title for title in TITLES.values() if title not in said] == []
    assert [words for words in blocks.EMPTY.values() if words in said] == []
    assert {*blocks.EMPTY} == {*SECTIONS}
    for words in (
        "NIB-77, imaged by Vera Holt", "Operable, report WCL-7", "Property room", "S-1, Dry", "Glock, serial XX123",
        "Marlo Quill", "Canvassed.", "What is known.", "Referral: Under review",
        "Link not confirmed", "GMPD 26-2 unconfirmed",
    ):  # fmt: skip
        assert words in said, words


def test_the_laboratory_section_has_entries_and_what_was_answered(city, worked):
    rows = whole(city, worked).snapshot["sections"]["laboratory"]
    assert [(row["case"], row["exhibit"], row["what"], row["state"], row["result"]) for row in rows] == [
        ("PAPD 26-1", "G1", "NIBIN entry", "Entered", "NIB-77, imaged by Vera Holt"),
        ("PAPD 26-1", "G1", "Test fire and NIBIN entry", "Done, to be returned", "Operable, report WCL-7"),
    ]
    assert {row["laboratory"] for row in rows} == {city.lab.name}


def test_the_chain_of_custody_stands_whole_oldest_leg_first_with_its_seals_and_hashes(city, worked):
    version = whole(city, worked)
    (row,) = version.snapshot["sections"]["exhibits"]
    legs = [(leg["position"], leg["purpose"], leg["from"], leg["to"], leg["seal"]) for leg in row["custody"]]
    assert legs == [
        (1, "Put into storage", "Det. Okafor", "Property room", "S-1"),
        (2, "Sent to the laboratory", "Property room", city.lab.name, "S-2"),
        (3, "Received", "Property room", city.lab.name, "S-3"),
    ]
    kept = list(CustodyEvent.objects.order_by("position").values_list("hash", flat=True))
    assert [leg["hash"] for leg in row["custody"]] == kept
    table = next(each for each in _blocks(version, "exhibits") if each["kind"] == "table")
    assert [line[-1] for line in table["rows"]] == [each[:8] for each in kept]


def test_the_gun_line_is_a_vector_with_every_event_solid_where_an_examiner_confirmed_it(city, worked):
    version = whole(city, worked)
    (svg,) = drawn(version, "line")
    words = words_of(svg)
    assert [(words[at - 1], each, words[at + 1]) for at, each in enumerate(words) if each[:3] == "26-"] == [
        ("PAPD", "26-1", "confirmed"), ("GMPD", "26-2", "unconfirmed"), ("PAPD", "26-3", "confirmed"),
    ]  # fmt: skip
    marks = re.findall(r"<circle[^>]+>", svg)
    assert ["stroke-dasharray" in mark for mark in marks] == [False, True, False]
    assert "1 of 3 links unconfirmed" in next(each["caption"] for each in _blocks(version, "line"))


def test_the_link_chart_is_a_vector_with_leads_and_cases_and_says_which_link_nobody_confirmed(city, worked):
    version = whole(city, worked)
    (svg,) = drawn(version, "chart")
    assert words_of(svg) == [
        f"Lead {worked.number}", "PAPD 26-1, Shots fired, confirmed", "Link confirmed",
        "GMPD 26-2, Shots fired, confirmed", "Link not confirmed",
        "PAPD 26-3, Shots fired, confirmed", "Link confirmed",
    ]  # fmt: skip
    lines = re.findall(r"<line[^>]+>", svg)
    assert ["stroke-dasharray" in line for line in lines] == [False, True, False]


def test_a_case_of_two_leads_says_how_many_of_its_links_are_confirmed():
    leads = [{"key": f"lead-{one}", "node": "lead", "label": one, "sure": True} for one in "AB"]
    ties = [{"key": f"edge-{one}", "from": f"lead-{one}", "to": "case-1", "sure": one == "A"} for one in "AB"]
    (svg,) = drawings.charts(
        [*leads, {"key": "case-1", "node": "case", "label": "PAPD 26-1", "what": "Homicide"}, *ties]
    )
    assert words_of(svg)[-1] == "1 of 2 links confirmed"
