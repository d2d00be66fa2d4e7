"""Files of entries into NIBIN: due by the site's calendar, late ones say why, the site sees the case."""

import pytest

from agencies import access
from evidence.actions import acquisitions
from evidence.models import Acquisition, Incident
from tests.evidence.records_city import counts, found, lines, loaded, undone
from tests.evidence.test_import_undo import tables
from tests.factories import NOW, exhibit, incident
from tests.scenery import scene

pytestmark = pytest.mark.usefixtures("stored_files")

ENTRIES = lines("""
Agency | Case      | Exhibit | Received         | Entered          | NIBIN Reference | Why Late
PAPD   | 26-000111 | 1       | 2026-06-05 09:00 | 2026-06-08 10:00 | WCL-1           |
PAPD   | 26-000111 | 2       | 2026-06-05 09:00 | 2026-06-12 10:00 | WCL-2           | Backlog
PAPD   | 26-000112 | 1       | 2026-06-05 09:00 |                  |                 |
""")


@scene
def cases(city):
    first, second = [incident(city.papd, case_number=f"26-00011{number}") for number in (1, 2)]
    return [exhibit(first, number="1"), exhibit(first, number="2"), exhibit(second, number="1")]


def test_a_property_room_says_what_the_site_received_and_the_site_sees_the_cases(city, cases):
    text = ENTRIES.replace("Agency", "Site").replace("PAPD", "WCL")
    batch = loaded("acquisitions", city.papd, text, by=city.technician)
    assert found(batch) == [(2, "E", "not_at_site"), (3, "E", "not_at_site")]
    made = Acquisition.objects.get()
    assert (made.exhibit, made.site, made.entered_at) == (cases[2], city.lab, None)
    assert made.due_at.isoformat() == "2026-06-09T21:00:00+00:00", "the close of the second business day"
    assert list(Incident.objects.visible_to(city.examiner)) == [cases[2].incident]


def test_a_site_says_what_it_entered_and_a_second_file_changes_nothing(city, cases):
    typed = NOW.replace(month=6, day=5, hour=9, minute=30)
    acquisitions.receive(exhibit=cases[0], site=city.lab, received_at=typed, by=city.technician)
    acquisitions.receive(exhibit=cases[2], site=city.lab, received_at=NOW, by=city.technician)
    before = tables()
    batch = loaded("acquisitions", city.lab, ENTRIES, by=city.examiner)
    assert found(batch) == []
    assert counts(batch) == (1, 1, 1, 0)
    assert sorted(found(batch, "note")) == [(2, "D", "kept"), (4, "D", "kept")], "the receipts were typed"
    late = Acquisition.objects.get(exhibit=cases[1])
    assert (late.late_reason, late.reference, late.entered_by) == ("Backlog", "WCL-2", city.examiner)
    again = loaded("acquisitions", city.lab, ENTRIES, by=city.examiner)
    assert counts(again) == (0, 0, 3, 0)
    assert undone(batch, city.examiner).status == "undone"
    assert tables() == before


def test_a_site_that_does_not_see_a_case_hears_that_there_is_none(city, cases):
    batch = loaded("acquisitions", city.lab, ENTRIES + "PAPD,26-000999,1,2026-06-05 09:00,,,\n", by=city.examiner)
    assert found(batch) == [(row, "C", "no_such") for row in (2, 3, 4, 5)]
    assert len(set(batch.findings.values_list("message", flat=True))) == 1


def test_an_entry_has_a_reference_comes_after_the_receipt_and_says_why_it_is_late(city, cases):
    for each in cases:
        acquisitions.receive(exhibit=each, site=city.gmpd, received_at=NOW, by=city.technician)
        access.share(each.incident, city.lab)
    text = ENTRIES.replace("WCL-1", "").replace("Backlog", "").replace("2026-06-05 09:00,,", "2026-06-05,2026-06-01,X")
    batch = loaded("acquisitions", city.lab, text, by=city.examiner)
    assert found(batch) == [(2, "F", "no_reference"), (3, "G", "no_reason"), (4, "E", "before_receipt")]
