"""Incidents and exhibits for programs: the same reach, the same verbs, the same refusals as the pages."""

from datetime import timedelta

import pytest
from django.utils import timezone

from agencies import access
from agencies.actions import tokens
from agencies.models import AuditEvent
from evidence.actions import incidents
from evidence.models import Exhibit, Incident
from tests import factories

NOW = timezone.now().replace(microsecond=0)
EARLIER = NOW - timedelta(days=1)
INCIDENTS, EXHIBITS = "/api/v1/incidents/", "/api/v1/exhibits/"
NEW = {
    "agency": "PAPD",
    "case_number": "26-024310",
    "kind": "homicide",
    "occurred_at": EARLIER.isoformat(),
    "victims": 2,
}


class Program:
    """A client with the token of one person."""

    def __init__(self, client, person):
        secret = tokens.make(name="Records system", days=30, by=person)[1]
        self.client, self.headers = client, {"authorization": f"Bearer {secret}"}

    def get(self, path):
        return self.client.get(path, headers=self.headers)

    def post(self, path, **data):
        return self.client.post(path, data, content_type="application/json", headers=self.headers)

    def patch(self, path, **data):
        return self.client.patch(path, data, content_type="application/json", headers=self.headers)


@pytest.fixture
def technician(client, city):
    return Program(client, city.technician)


def test_an_incident_is_recorded_read_and_corrected_by_a_program(technician, city):
    made = technician.post(INCIDENTS, **NEW)
    assert made.status_code == 201, made.content
    body = made.json()
    assert (body["agency"], body["case_number"], body["victims_count"]) == ("PAPD", "26-024310", 2)
    assert Incident.objects.get().created_by == city.technician
    path = f"{INCIDENTS}{body['id']}/"
    assert technician.get(path).json() == body
    fixed = technician.patch(path, address="100 Alder Av", updated_at=body["updated_at"])
    assert fixed.json()["address"] == "100 Alder Av"
    stale = technician.patch(path, address="200 Alder Av", updated_at=body["updated_at"])
    assert stale.status_code == 409
    assert "changed in the meantime" in stale.json()["detail"]
    assert list(
        AuditEvent.objects.filter(verb__startswith="incident.").values_list("verb", flat=True).order_by("id")
    ) == [
        "incident.recorded",
        "incident.corrected",
    ]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"agency": "GMPD"}, "agency"),
        ({"agency": "NONE"}, "agency"),
        ({"case_number": "--"}, "case_number"),
        ({"kind": "party"}, "kind"),
        ({"occurred_at": (NOW + timedelta(days=1)).isoformat()}, "occurred_at"),
        ({"occurred_at": "yesterday"}, "occurred_at"),
        ({"lat": 40}, "lat"),
        ({"lat": 400, "lng": 1}, "lat"),
        ({"victims": -1}, "victims"),
        ({"case_number": "26\x00"}, "case_number"),
        ({"case_number": "26-1\nBcc: x"}, "case_number"),
        ({"address": "Elm\u2028St"}, "address"),
        ({"case_number": "\N{CIRCLED NUMBER TEN}" * 30}, "case_number"),
        ({"occurred_at": "0001-01-01T00:00:00Z"}, "occurred_at"),
        ({"occured_at": EARLIER.isoformat()}, "occured_at"),
    ],
)
def test_a_wrong_incident_is_refused_with_the_field_and_nothing_is_written(technician, wrong, field):
    answer = technician.post(INCIDENTS, **NEW | wrong)
    assert answer.status_code == 400
    assert field in answer.json()
    assert not Incident.objects.exists()


def test_a_correction_without_what_was_read_last_is_refused_for_that(technician):
    made = technician.post(INCIDENTS, **NEW).json()
    answer = technician.patch(f"{INCIDENTS}{made['id']}/", address="Elm St")
    assert (answer.status_code, list(answer.json())) == (400, ["updated_at"])
    wrong = technician.patch(f"{INCIDENTS}{made['id']}/", updated_at=made["updated_at"], adress="Elm St")
    assert (wrong.status_code, list(wrong.json())) == (400, ["adress"])


def test_a_case_that_is_there_already_is_refused_with_the_sentence_of_the_page(technician):
    technician.post(INCIDENTS, **NEW)
    answer = technician.post(INCIDENTS, **NEW)
    assert answer.status_code == 400
    assert "has a case 26-024310 already" in answer.json()["case_number"][0]
    assert not AuditEvent.objects.filter(verb="refused").exists()


def test_an_exhibit_is_added_and_read_with_its_firearm(technician, city):
    case = technician.post(INCIDENTS, **NEW).json()["id"]
    gun = {"make": "Glock", "serial": "abc 12"}
    values = {"incident": case, "number": "1", "kind": "firearm", "collected_at": EARLIER.isoformat(), "firearm": gun}
    made = technician.post(EXHIBITS, **values)
    assert made.status_code == 201, made.content
    assert made.json()["firearm"]["make"] == "Glock"
    assert Exhibit.objects.get().firearm.serial_key == "ABC12"
    assert Exhibit.objects.get().custody.count() == 1
    assert technician.get(f"{EXHIBITS}{made.json()['id']}/").json() == made.json()
    assert [each["number"] for each in technician.get(EXHIBITS).json()["results"]] == ["1"]
    for wrong in (
        {"number": "2", "kind": "casing_group"},
        {"number": "2", "count": 0},
        {"number": "2", "nibin_eligible": False},
    ):
        assert technician.post(EXHIBITS, **values | wrong).status_code == 400
    told = technician.post(EXHIBITS, **values).json()["number"][0]
    assert told == "Case 26-024310 has an exhibit 1 already. Give this one another number."


def test_a_program_reaches_what_its_owner_sees_and_no_more(client, technician, city):
    case = technician.post(INCIDENTS, **NEW).json()["id"]
    stranger, reader = Program(client, factories.member(city.gmpd, "analyst")), Program(client, city.detective)
    assert stranger.get(INCIDENTS).json()["results"] == []
    assert stranger.get(f"{INCIDENTS}{case}/").status_code == 404
    assert stranger.patch(f"{INCIDENTS}{case}/", address="x").status_code == 404
    values = {"incident": case, "number": "1", "kind": "projectile", "collected_at": EARLIER.isoformat()}
    assert "incident" in stranger.post(EXHIBITS, **values).json()
    assert reader.get(f"{INCIDENTS}{case}/").status_code == 200
    assert reader.post(EXHIBITS, **values).status_code == 403
    assert reader.post(INCIDENTS, **NEW).status_code == 403
    assert client.get(INCIDENTS).status_code == 401


def test_a_program_says_that_nothing_is_to_be_corrected(technician, city):
    made = technician.post(INCIDENTS, **NEW).json()
    Incident.objects.update(review="No location")
    path = f"{INCIDENTS}{made['id']}/"
    answer = technician.patch(path, reviewed=True, updated_at=made["updated_at"])
    assert (answer.status_code, answer.json()["review"]) == (200, "")
    assert "reviewed" not in answer.json()


def test_who_only_sees_a_case_is_refused_before_its_number_is_compared(client, technician, city):
    case = technician.post(INCIDENTS, **NEW).json()
    technician.post(INCIDENTS, **NEW | {"case_number": "26-7"})
    access.share(Incident.objects.get(pk=case["id"]), city.lab)
    laboratory = Program(client, city.examiner)
    for number in ("26-7", "26-8"):
        answer = laboratory.patch(f"{INCIDENTS}{case['id']}/", case_number=number, updated_at=case["updated_at"])
        assert answer.status_code == 403
        assert "can correct its incidents" in answer.json()["detail"]
    assert AuditEvent.objects.filter(verb="refused", by=city.examiner).count() == 2


def test_the_caliber_of_a_firearm_is_that_of_its_exhibit_and_is_not_said_in_two_ways(technician):
    case = technician.post(INCIDENTS, **NEW).json()["id"]
    gun = {"incident": case, "kind": "firearm", "collected_at": EARLIER.isoformat()}
    made = technician.post(EXHIBITS, **gun, number="1", firearm={"caliber": ".32 Auto"}).json()
    assert (made["caliber"], made["firearm"]["caliber"]) == (".32 Auto", ".32 Auto")
    answer = technician.post(EXHIBITS, **gun, number="2", caliber="9 mm", firearm={"caliber": ".32 Auto"})
    assert (answer.status_code, list(answer.json())) == (400, ["caliber"])


def test_pages_of_a_program_go_on_to_the_end_without_a_gap(technician, city):
    for number in range(52):
        incidents.record(
            agency=city.papd, by=city.technician, case_number=f"26-{number:04d}", kind="homicide", exhibits=[EXHIBIT],
            occurred_at=EARLIER - timedelta(hours=number),
        )  # fmt: skip
    for path in (INCIDENTS, EXHIBITS):
        first = technician.get(path).json()
        second = technician.get(first["next"]).json()
        assert second["next"] is None
        ids = [each["id"] for each in first["results"] + second["results"]]
        assert len(ids) == len(set(ids)) == 52
        assert technician.get(f"{path}?cursor=zzz").status_code == 400


EXHIBIT = {"number": "1", "kind": "casing_group", "collected_at": EARLIER - timedelta(hours=60)}


@pytest.mark.parametrize("path", [INCIDENTS, EXHIBITS])
def test_a_list_for_programs_costs_as_many_queries_for_three_rows_as_for_one(
    technician, city, django_assert_num_queries, path
):
    for number in range(3):
        incidents.record(
            agency=city.papd, by=city.technician, case_number=f"26-{number}", kind="homicide", exhibits=[EXHIBIT],
            occurred_at=EARLIER,
        )  # fmt: skip
        if number in (0, 2):
            technician.get(path)
            with django_assert_num_queries(4):
                technician.get(path)
