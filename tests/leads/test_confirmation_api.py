"""Confirmation by program: asked, taken on, answered by pair; the same policies and words as on the pages."""

from datetime import timedelta

from leads.models import Comparison, ConfirmationRequest
from tests.apiclient import Program
from tests.leads.confirming import TODAY, event
from tests.leads.test_lead_api import description, fits  # noqa: F401


def test_a_line_is_asked_about_and_answered_by_program(city, line, second, description):  # noqa: F811 (a fixture)
    one, two = event(line, "26-1").pk, event(line, "26-2").pk
    body = {"agency": city.papd.pk, "laboratory": city.lab.pk, "needed_on": str(TODAY + timedelta(days=9)),
            "events": [{"event": one, "evidence": "Exhibit 1"}, {"event": two}]}  # fmt: skip
    detective, examiner = Program(city.detective), Program(city.examiner)
    ask = f"leads/{line.pk}/confirmation/"
    assert examiner.post(ask, body).status_code == 403
    assert detective.post(ask, body | {"laboratory": city.gmpd.pk}).status_code == 400
    assert detective.post(ask, body | {"events": [{"event": one}]}).status_code == 400
    assert detective.post(ask, body | {"events": [{"event": 10**6}, {"event": one}]}).status_code == 400
    made = detective.post(ask, body)
    assert made.status_code == 201, made.content
    assert fits(description, "ConfirmationDetail", made.json())
    path = f"confirmations/{made.json()['id']}/"
    assert detective.post(f"{path}receive/").status_code == 403
    assert examiner.post(f"{path}receive/").json()["status"] == "received"
    assert examiner.post(f"{path}assign/", examiner=city.detective.pk).status_code == 400
    assert examiner.post(f"{path}assign/", examiner=second.pk).json()["examiner"]["name"] == str(second)
    found = {"pairs": [{"first": one, "second": two, "result": "eliminated", "off": two}], "report": "F-1",
             "reported_on": str(TODAY - timedelta(days=1))}  # fmt: skip
    assert examiner.post(f"{path}results/", found).json()["detail"].startswith("Name the second examiner")
    wrong = found | {"pairs": [{"first": one, "second": two, "result": "eliminated", "off": 10**6}]}
    assert examiner.post(f"{path}results/", wrong).status_code == 400
    done = examiner.post(f"{path}results/", found | {"verified_by": second.pk})
    assert done.status_code == 200, done.content
    assert (done.json()["status"], done.json()["pairs"][0]["off"]) == ("reported", two)
    assert fits(description, "ConfirmationDetail", done.json())
    assert Comparison.objects.get().verified_by == second
    assert detective.post(f"{path}cancel/", reason="Plea").status_code == 403
    assert [row["id"] for row in detective.get("confirmations/").json()["results"]] == [made.json()["id"]]
    assert Program(city.outsider).get(path).status_code == 404


def test_it_is_sent_back_and_asked_again_by_program(city, asked):
    path = f"confirmations/{asked.pk}/"
    assert Program(city.examiner).post(f"{path}return/").status_code == 400
    assert Program(city.examiner).post(f"{path}return/", reason="No casings").json()["reason"] == "No casings"
    again = Program(city.detective).post(f"{path}again/", needed_on=str(TODAY + timedelta(days=3)))
    assert (again.status_code, again.json()["status"]) == (200, "asked")
    assert Program(city.detective).post(f"{path}cancel/", reason="Plea").json()["status"] == "cancelled"
    assert ConfirmationRequest.objects.get().reason == "Plea"
