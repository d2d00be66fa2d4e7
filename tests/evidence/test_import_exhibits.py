"""Files of exhibits and firearms: what they bring, what they may not change, what a person has to correct."""

import pytest

from evidence import loading
from evidence.actions import exhibits
from evidence.models import Exhibit, Firearm
from tests.evidence.records_city import checked, counts, found, lines, loaded
from tests.factories import NOW, exhibit, incident
from tests.scenery import scene

pytestmark = pytest.mark.usefixtures("stored_files")

ITEMS = lines("""
Case No    | Item | Type           | Qty | Caliber | Collected        | Collected by | Storage
26-000111  | 1    | shell casings  | 7   | 9 mm    | 2026-06-04 01:30 | Ofc. Lund    | Shelf 4
26-000111  | 2    | Pistol         |     | 9 mm    |                  |              |
26-000112  | 1    | bullet         |     |         | 6/5/2026         |              |
""")


@scene
def cases(city):
    return [incident(city.papd, case_number=f"26-00011{number}") for number in (1, 2)]


def test_items_of_cases_that_are_here_come_in_and_a_second_time_change_nothing(city, cases):
    batch = loaded("exhibits", city.papd, ITEMS, by=city.technician)
    assert counts(batch) == (3, 0, 0, 0)
    first = Exhibit.objects.get(incident=cases[0], number="1")
    assert loading.handler("exhibits").written(batch, city.technician)[0][0] == f"{cases[0].case_number}/1"
    assert (first.kind, first.count, first.caliber, first.storage) == ("casing_group", 7, "9 mm", "Shelf 4")
    assert (first.agency, first.created_by, first.collected_by) == (city.papd, city.technician, "Ofc. Lund")
    assert first.collected_at.isoformat() == "2026-06-04T06:30:00+00:00", "the wall clock of the agency"
    second = Exhibit.objects.get(incident=cases[0], number="2")
    assert (second.kind, second.count, second.collected_at) == ("firearm", 1, cases[0].occurred_at)
    assert Firearm.objects.get().exhibit == second
    assert Firearm.objects.get().caliber == "9 mm"
    assert counts(loaded("exhibits", city.papd, ITEMS, by=city.technician)) == (0, 0, 3, 0)
    changed = loaded("exhibits", city.papd, ITEMS.replace("Shelf 4", "Shelf 5"), by=city.technician)
    assert counts(changed) == (0, 1, 2, 0)


def test_every_row_that_cannot_come_in_is_named_by_row_and_column(city, cases):
    exhibit(cases[1], number="1", kind="magazine")
    text = ITEMS + lines("""
26-000999 | 1 | casings | 1 | | | |
26-000111 | 3 | banana  | 1 | | 2031-01-01 | |
          | 4 | casings | 1 | | | |
26-000111 | 5 | casings | 1 | 9 mm | | |
26-000111 | 5 | casings | 2 | 9 mm | | |
26-000111 | 6 | casings | 2 | 9 mm | | |
26-000111 | 6 | casings | 2 | 9 mm | | |
""")
    batch = loaded("exhibits", city.papd, text, by=city.technician)
    assert found(batch) == [
        (4, "C", "other_kind"),
        (5, "A", "no_such"),
        (6, "C", "choice"),
        (6, "F", "future"),
        (7, "A", "needed"),
        (8, "B", "unlike"),
        (9, "B", "unlike"),
    ]
    assert found(batch, "note") == [(11, "B", "twice")]
    assert (batch.counts["new"], batch.counts["errors"], batch.counts["twice"]) == (3, 6, 1)


def test_what_one_may_not_see_is_not_there_in_the_same_words(city, cases):
    incident(city.gmpd, case_number="26-000777")
    text = "case_number,exhibit,kind\n26-000777,1,casings\n26-000778,1,casings\n"
    batch = checked("exhibits", city.papd, text, by=city.technician)
    assert len(set(batch.findings.values_list("message", "code"))) == 1
    assert counts(batch) == (0, 0, 0, 2)


def test_firearms_are_described_and_known_again_by_number_or_by_serial_and_make(city, cases):
    guns = lines("""
case_number | exhibit | make  | model | caliber | type | serial    | obliterated | pmf
26-000111   | 2       | Glock | 19    | 9 mm    | PI   | BXR 0417  | no          |
26-000112   | 1       |       |       | 9 mm    |      | none      |             | yes
26-000112   | 2       | Ruger |       |         |      | 12        | yes         | yes
26-000112   |         | Ruger | P95   |         |      | 318-44120 |             |
""")
    batch = loaded("firearms", city.papd, guns, by=city.technician)
    assert found(batch) == [(4, "I", "both"), (5, "B", "no_number")]
    made = Firearm.objects.order_by("pk").first()
    assert (made.make, made.type_code, made.serial, made.serial_key) == ("Glock", "PI", "BXR0417", "BXR0417")
    assert Firearm.objects.filter(is_privately_made=True, serial="").count() == 1
    assert counts(loaded("firearms", city.papd, guns, by=city.technician)) == (0, 0, 2, 2)
    again = "case_number,make,serial,model\n26-000111,GLOCK,BXR-0417,19 Gen5\n"
    assert counts(loaded("firearms", city.papd, again, by=city.technician)) == (0, 1, 0, 0)
    made.refresh_from_db()
    assert (made.model, made.make, made.make_code) == ("19 Gen5", "Glock", "GLC")
    assert (made.typed["serial"]["words"], made.caliber_code) == ("BXR 0417", "9")
    assert counts(loaded("firearms", city.papd, guns, by=city.technician)) == (0, 1, 1, 2), "the model of before"


def test_what_a_person_set_right_or_the_chain_says_is_kept_and_told(city, cases):
    made = exhibits.add(
        incident=cases[0], by=city.technician, number="1", kind="firearm", collected_at=NOW, firearm={"make": "Ruger"}
    )
    made = Exhibit.objects.get()
    corrected = {"firearm": {"make": "Glock"}, "description": "Black"}
    exhibits.correct(exhibit=made, by=city.technician, seen=made.version, **corrected)
    text = "case_number,exhibit,make,model,description,collected_at\n26-000111,1,Taurus,G2C,Silver,2026-06-01 10:00\n"
    batch = loaded("firearms", city.papd, text, by=city.technician)
    assert counts(batch) == (0, 1, 0, 0)
    made = Exhibit.objects.select_related("firearm").get()
    kept = (made.firearm.make, made.firearm.model, made.description, made.collected_at)
    assert kept == ("Glock", "G2C", "Black", NOW)
    assert sorted(found(batch, "note")) == [(2, "C", "kept"), (2, "E", "kept"), (2, "F", "kept")]
