"""Correcting an exhibit by program: what the page takes, and its refusals."""

from datetime import timedelta

import pytest
from django.utils import timezone

from agencies import access
from agencies.models import AuditEvent
from evidence.actions import acquisitions, exhibits, traces
from evidence.models import Exhibit, Firearm
from tests import factories
from tests.evidence.intake import EARLIER, PISTOL, homicide, three_casings
from tests.evidence.test_intake_api import EXHIBITS, Program
from tests.scenery import scene


@scene
def case(city):
    return homicide(city)


@scene
def casings(city, case):
    return three_casings(city, case)


@scene
def gun(city, case):
    facts = {"number": "2", "kind": "firearm", "collected_at": EARLIER, "firearm": PISTOL}
    return exhibits.add(incident=case, by=city.technician, **facts)


@pytest.fixture
def technician(client, city):
    return Program(client, city.technician)


def path(made):
    return f"{EXHIBITS}{made.pk}/"


def test_an_exhibit_is_corrected_by_a_program_unless_somebody_else_did(technician, casings):
    read = technician.get(path(casings)).json()
    fixed = technician.patch(path(casings), count=4, storage="Shelf 9", version=read["version"])
    assert fixed.status_code == 200, fixed.content
    assert (fixed.json()["count"], fixed.json()["storage"], fixed.json()["caliber"]) == (4, "Shelf 9", "9 mm")
    assert fixed.json() == technician.get(path(casings)).json()
    assert AuditEvent.objects.get(verb="exhibit.corrected").data["changes"] == {
        "count": [3, 4],
        "storage": ["", "Shelf 9"],
    }
    stale = technician.patch(path(casings), count=5, version=read["version"])
    assert stale.status_code == 409
    assert "changed in the meantime. Read it again" in stale.json()["detail"]
    assert Exhibit.objects.get().count == 4


def test_of_a_firearm_a_program_says_what_is_now_known_and_nothing_else_changes(technician, gun):
    version = technician.get(path(gun)).json()["version"]
    fixed = technician.patch(path(gun), firearm={"importer": "Far Co", "serial": "o77"}, version=version).json()
    assert (fixed["firearm"]["make"], fixed["firearm"]["importer"]) == ("Glock", "Far Co")
    assert Firearm.objects.get().serial_key == "077"
    fixed = technician.patch(path(gun), caliber=".40 S&W", version=fixed["version"]).json()
    assert (fixed["caliber"], fixed["firearm"]["caliber"]) == (".40 S&W", ".40 S&W")
    fixed = technician.patch(path(gun), kind="magazine", version=fixed["version"]).json()
    assert fixed["firearm"] is None
    assert not Firearm.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"version": None}, "version"),
        ({"incident": 1}, "incident"),
        ({"lab_number": "L-1"}, "lab_number"),
        ({"number": "2"}, "number"),
        ({"kind": "party"}, "kind"),
        ({"count": 0}, "count"),
        ({"nibin_eligible": False}, "not_eligible_reason"),
        ({"collected_at": (EARLIER + timedelta(days=2)).isoformat()}, "collected_at"),
        ({"storage": "Shelf\n9"}, "storage"),
        ({"firearm": {"make": "Glock"}}, "firearm"),
        ({"kind": "firearm", "caliber": ".32 Auto", "firearm": {"caliber": "9 mm"}}, "caliber"),
        ({"kind": "firearm", "firearm": {"is_obliterated": True, "is_privately_made": True}}, "firearm"),
        ({"kind": "firearm", "firearm": {"owner": "x"}}, "firearm"),
    ],
)
def test_a_wrong_correction_of_an_exhibit_is_refused_with_the_field(technician, casings, gun, wrong, field):
    answer = technician.patch(path(casings), **{"version": casings.version} | wrong)
    assert (answer.status_code, list(answer.json())) == (400, [field])
    assert not AuditEvent.objects.filter(verb="exhibit.corrected").exists()


def test_a_correction_of_an_exhibit_says_which_one_was_read(technician, casings):
    answer = technician.patch(path(casings), count=4)
    assert answer.json() == {"version": ["Send the version that you read last."]}


def test_the_refusals_of_the_page_are_those_of_the_program(client, city, technician, casings, gun):
    traces.request(firearm=gun.firearm, by=city.technician)
    gun.refresh_from_db()
    answer = technician.patch(path(gun), kind="magazine", version=gun.version)
    assert (answer.status_code, answer.json()["detail"]) == (
        403, "Work on this firearm has begun, so it stays a firearm.",
    )  # fmt: skip
    acquisitions.receive(exhibit=casings, site=city.lab, received_at=EARLIER, by=city.examiner)
    out = technician.patch(path(casings), nibin_eligible=False, not_eligible_reason="Rusted", version=casings.version)
    assert (out.status_code, "received this exhibit already" in out.json()["detail"]) == (403, True)
    stranger = Program(client, factories.member(city.gmpd, "evidence_technician"))
    assert stranger.patch(path(gun), count=2, version=gun.version).status_code == 404
    access.share(gun.incident, city.lab)
    laboratory = Program(client, city.examiner).patch(path(gun), number="1", version=gun.version)
    assert (laboratory.status_code, "can correct its exhibits" in laboratory.json()["detail"]) == (403, True)
    assert Program(client, city.detective).patch(path(gun), count=2, version=gun.version).status_code == 403


def test_an_exhibit_changes_hands_by_program_and_the_laboratory_sees_it_from_then_on(client, city, technician, casings):
    chain, laboratory = f"{path(casings)}custody/", Program(client, city.examiner)
    assert laboratory.get(chain).status_code == 404
    sent = {"purpose": "to_laboratory", "laboratory": "WCL", "at": timezone.now().isoformat(), "seal": "S-1"}
    made = technician.post(chain, **sent)
    assert made.status_code == 201, made.content
    assert (made.json()["to_whom"], made.json()["position"]) == ("Wexley Crime Laboratory", 2)
    legs = laboratory.get(chain).json()["results"]
    assert [leg["purpose"] for leg in legs] == ["to_laboratory", "collected"]
    assert legs[0] == made.json()
    back = technician.post(chain, purpose="stored", storage="Shelf 2", at=(EARLIER + timedelta(hours=1)).isoformat())
    assert (back.status_code, "only goes forward" in back.json()["detail"]) == (403, True)
    assert Program(client, city.detective).post(chain, **sent).status_code == 403


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"purpose": "collected"}, "purpose"),
        ({"purpose": "stored", "laboratory": "WCL"}, "laboratory"),
        ({"laboratory": "PAPD"}, "laboratory"),
        ({"laboratory": "\0"}, "laboratory"),
        ({"to_whom": ""}, "to_whom"),
        ({"to_whom": "Lab\nBcc: x"}, "to_whom"),
        ({"at": "2199-01-01T00:00Z"}, "at"),
        ({"position": 9}, "position"),
    ],
)
def test_a_wrong_hand_over_is_refused_with_the_field(technician, casings, wrong, field):
    body = {"purpose": "to_laboratory", "to_whom": "Front desk", "at": timezone.now().isoformat()} | wrong
    answer = technician.post(f"{path(casings)}custody/", **body)
    assert (answer.status_code, list(answer.json())) == (400, [field])
    assert casings.custody.count() == 1
