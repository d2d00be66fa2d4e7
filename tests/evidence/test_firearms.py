"""Firearms: what was typed beside what it is called, the theft check, and the list with its serial search."""

from evidence import queries
from evidence.actions import exhibits, incidents
from evidence.models import Firearm
from tests.evidence.intake import EARLIER, page, text

PISTOL = {"make": "Glok", "model": "g19", "caliber": "9mm luger", "type_code": "PI", "serial": "abc-123 4"}


def case(city, number="26-1", of=None, by=None):
    return incidents.record(
        agency=of or city.papd, by=by or city.technician, case_number=number, kind="gun_recovery", occurred_at=EARLIER
    )


def gun(incident, by, number="1", keep_words=False, **firearm):
    made = exhibits.add(
        incident=incident, by=by, number=number, kind="firearm", collected_at=EARLIER, firearm=PISTOL | firearm,
        keep_words=keep_words,
    )  # fmt: skip
    return Firearm.objects.get(exhibit=made)


def answers(user, typed, **how):
    return [(row["rank"].name.lower(), row["serial"]) for row in queries.firearms_numbered(user, typed, **how).rows]


def test_what_was_typed_of_a_gun_stays_beside_what_it_is_called(client, city):
    made = gun(case(city), city.technician)
    assert (made.make, made.make_code, made.model, made.caliber, made.caliber_code) == (
        "Glock",
        "GLC",
        "19",
        "9 mm",
        "9",
    )
    assert (made.serial, made.serial_key, made.exhibit.caliber) == ("ABC1234", "ABC1234", "9 mm")
    assert {name: word["words"] for name, word in made.typed.items()} == {
        "make": "Glok", "model": "g19", "caliber": "9mm luger", "serial": "abc-123 4",
    }  # fmt: skip
    shown = text(page(client, city.detective, "exhibit", made.exhibit_id))
    assert "Glock (GLC)" in shown
    assert "Glok" in shown
    assert "95% sure" in shown
