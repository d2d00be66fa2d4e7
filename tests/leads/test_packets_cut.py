"""What does not fit into a packet is said in it, and no name slips through what is cut."""

import pytest

from evidence.actions import custody
from evidence.models import Incident
from leads.models import Activity
from leads.packets import evidence, paper, record, story
from tests.factories import NOW, exhibit
from tests.leads import confirming, people
from tests.leads.packing import make, rows, version


@pytest.fixture(autouse=True)
def _few(monkeypatch):
    for module in (evidence, record, story):
        monkeypatch.setattr(module, "MOST", 1)
    monkeypatch.setattr(evidence, "MOST_LEGS", 1)


def left_out(packet, section):
    return [row["left_out"] for row in rows(packet, section) if "left_out" in row]


def words(packet):
    """All that the pages say, in one text."""
    return str(paper.sections(version(packet).snapshot))


def test_a_chain_of_custody_that_does_not_fit_says_so_and_not_that_there_is_none(city, line):
    case = Incident.objects.get(case_number="26-1")
    leg = {"purpose": "investigation", "to_whom": "Lab desk", "at": NOW}
    for number in ("A1", "A2"):
        custody.record(exhibit=exhibit(case, number=number), by=city.technician, **leg)
    exhibit(case, number="A3")
    made = make(city, line, sections=["exhibits"])
    assert left_out(made, "exhibits") == ["There are more legs of custody than the 1 that are listed."]
    said = words(made)
    assert said.count("Not every leg of custody of this exhibit is listed here.") == 3
    assert "No leg of custody is on record" not in said


def test_results_that_do_not_fit_are_said_and_what_was_compared_is_never_called_open(city, line, second):
    confirming.report(city, line, second, ("26-1", "26-2", "inconclusive"))
    confirming.report(city, line, second, ("26-1", "26-3", "inconclusive"), number="F-2")
    made = make(city, line, sections=["links", "timeline"])
    assert left_out(made, "links") == ["There are more results than the 1 that are listed."]
    assert [(row["one"], row["other"]) for row in rows(made, "links") if row["key"][:5] == "open-"] == [
        ("GMPD 26-2", "PAPD 26-3")
    ]


def test_a_name_that_does_not_fit_among_the_people_is_masked_all_the_same(city, line):
    event = line.events.get(case_number="26-1")
    for name, role in (("Marlo Quill", "suspect"), ("Ann Ferris", "victim")):
        people.said(city, people.person(city, name, None), event, role)
    given = {"agency": city.papd, "kind": "interview", "at": NOW, "recorded_at": NOW, "by": city.detective}
    for text in ("Spoke to Ferris, Ann.", "Spoke to nobody."):
        Activity.objects.create(lead=line, text=text, **given)
    made = make(city, line, sections=["people", "activity"])
    assert left_out(made, "people") == ["There are more statements about people than the 1 that are listed."]
    assert left_out(made, "activity") == ["There are more entries than the 1 that are listed."]
    assert rows(made, "activity")[0]["text"] == "Spoke to [name withheld]."
