"""T3, T4, T11: numbers in a body that point to what the person may not see fail as those that nobody has."""

import json

import pytest
from django.apps import apps
from django.test import Client

from tests.attacks.addresses import address

NOWHERE = 2**30
# What is written although nothing was changed: the record of a refusal, a session, an attempt.
BESIDE = {"agencies.auditevent", "sessions.session", "agencies.signinattempt"}


def rows():
    return {
        model._meta.label_lower: set(model.objects.values_list(*_columns(model)))
        for model in apps.get_models()
        if model._meta.app_label in ("agencies", "evidence", "leads") and model._meta.label_lower not in BESIDE
    }


def _columns(model):
    plain = [
        each for each in model._meta.concrete_fields if each.get_internal_type() not in ("JSONField", "ArrayField")
    ]
    return [each.attname for each in plain if each.attname not in ("last_login", "doc", "steps")]


INVITED = {"role": "detective", "email": "a@b.invalid", "name": "x"}
CLOSING = {"outcome": "arrest_made", "usefulness": "5"}
NUMBERED = {"number": "26-1", "happened_on": "2026-01-05"}
HANDED = {"how": "desk", "purpose": "to_laboratory", "at": "2026-01-01T00:00Z"}
# (who, address, record it is about, body with HERE where the number goes, whose record is pointed at)
FORMS = [
    ("supervisor", "obligation_assign", {"investigator": "HERE"}, lambda side: side.people["detective"]),
    ("supervisor", "obligation_assign", {"investigator": "OWN", "unit": "HERE"}, lambda side: side.unit),
    ("supervisor", "api_obligation_assign", {"investigator": "HERE"}, lambda side: side.people["detective"]),
    ("supervisor", "api_obligation_assign", {"investigator": "OWN", "unit": "HERE"}, lambda side: side.unit),
    ("detective", "lead_file_add", {"agency": "HERE", "note": "x"}, lambda side: side.police),
    ("analyst", "event_match", {"incident": "HERE"}, lambda side: side.incident),
    ("analyst", "api_event_match", {"incident": "HERE"}, lambda side: side.incident),
    ("examiner", "lead_confirm", {"events": "HERE", "report": "R-1"}, lambda side: side.event),
    ("detective", "obligation_propose", CLOSING | {"named": "HERE"}, lambda side: side.outcome),
    ("detective", "api_obligation_propose", CLOSING | {"named": "HERE"}, lambda side: side.outcome),
    ("detective", "obligation_propose", CLOSING | NUMBERED | {"agency": "HERE"}, lambda side: side.police),
    ("analyst", "outcome_merge", {"into": "HERE", "why": "x"}, lambda side: side.same_outcome),
    ("detective", "obligation_tasks", {"template": "HERE"}, lambda side: side.task_template),
    ("analyst", "task_template_new", {"agency": "HERE", "name": "x", "what_1": "y"}, lambda side: side.center),
    ("analyst", "obligation_reroute", {"to": "HERE"}, lambda side: side.police),
    ("evidence_technician", "acquisition_receive", {"site": "HERE"}, lambda side: side.lab),
    ("evidence_technician", "custody_new", HANDED | {"agency": "HERE"}, lambda side: side.lab),
    ("evidence_technician", "custody_new", HANDED | {"agency": "POLICE", "unit": "HERE"}, lambda side: side.unit),
    ("evidence_technician", "custody_new", HANDED | {"agency": "POLICE", "person": "HERE"},
     lambda side: side.people["detective"]),
    ("evidence_technician", "bench", {"way": "check_out", "agency": "HERE", "purpose": "other", "scanned": "1"},
     lambda side: side.police),
    ("evidence_technician", "bench", {"way": "check_out", "person": "HERE", "purpose": "other", "scanned": "1"},
     lambda side: side.people["detective"]),
    ("agency_administrator", "membership_place", {"unit": "HERE"}, lambda side: side.unit),
    ("agency_administrator", "person_invite", INVITED | {"agency": "HERE"}, lambda side: side.police),
    ("agency_administrator", "person_invite", INVITED | {"agency": "POLICE", "unit": "HERE"}, lambda side: side.unit),
    ("evidence_technician", "import_new", {"agency": "HERE", "kind": "incidents"}, lambda side: side.police),
    ("detective", "referral_new", {"office": "HERE", "defendant": "x", "summary": "x"}, lambda side: side.office),
    ("detective", "api_referrals", {"lead": "HERE", "agency": "POLICE", "office": "OFFICE", "defendant": "y",
     "summary": "x"}, lambda side: side.lead),
    ("detective", "api_referrals", {"lead": "LEAD", "agency": "HERE", "office": "OFFICE", "defendant": "y",
     "summary": "x"}, lambda side: side.police),
    ("evidence_technician", "api_exhibits", {"incident": "HERE", "number": "9", "kind": "other",
     "collected_at": "2026-01-01T00:00Z"}, lambda side: side.incident),
]  # fmt: skip


@pytest.mark.parametrize(("who", "name", "body", "hidden"), FORMS, ids=[f"{who}-{name}" for who, name, *_ in FORMS])
def test_t03_a_hidden_number_is_as_one_that_nobody_has(ours, theirs, who, name, body, hidden):
    client = Client()
    client.force_login(ours[who])
    before, answers = rows(), []
    for number in (hidden(theirs).pk, NOWHERE):
        answer = _send(client, name, ours, body, number)
        assert answer.status_code in (200, 400, 403, 404)
        assert not theirs.shows_in(answer)
        answers.append((answer.status_code, str(_said(answer)).replace(str(number), "N")))
    assert answers[0] == answers[1]
    assert rows() == before


def _send(client, name, ours, body, number):
    own = {
        "HERE": number, "OWN": ours.people["detective"].pk, "POLICE": ours.police.pk, "OFFICE": ours.office.pk,
        "LEAD": ours.lead.pk,
    }  # fmt: skip
    data = {key: own.get(value, value) for key, value in body.items()}
    if name.startswith("api_"):
        return client.post(address(name, ours), json.dumps(data), content_type="application/json")
    return client.post(address(name, ours), data)


def _said(answer):
    if answer["Content-Type"] == "application/json":
        return answer.json()
    form = (answer.context or {}).get("form")
    return dict(form.errors) if form is not None else answer.context.get("exception")


def test_t11_a_step_for_many_leaves_hidden_ones_alone_and_unnamed(ours, theirs):
    client = Client()
    client.force_login(ours["supervisor"])
    before = theirs.obligation.assignments.count()
    data = {
        "verb": "assign", "lead": [ours.lead.pk, theirs.lead.pk, NOWHERE],
        "investigator": ours.people["detective"].pk,
    }  # fmt: skip
    for answer in (client.get(address("lead_bulk"), data), client.post(address("lead_bulk"), data)):
        assert answer.status_code == 200
        assert not theirs.shows_in(answer)
        assert f'"{theirs.lead.pk}"' not in _rows_of(answer)
    assert theirs.obligation.assignments.count() == before
    assert ours.obligation.assignments.count() == 2


def _rows_of(answer):
    return str([each.pk for each, _why in answer.context.get("rows", answer.context.get("done", []))])


def test_t11_a_job_is_watched_by_those_of_its_agency_alone(ours, theirs):
    client = Client()
    client.force_login(theirs["evidence_technician"])
    assert client.get(address("import_progress", ours)).status_code == 404


def test_t04_a_child_of_another_parent_is_not_taken(ours, theirs):
    """An event of their lead, named in a form about ours."""
    client = Client()
    client.force_login(ours["examiner"])
    answer = client.post(address("lead_confirm", ours), {"events": [theirs.event.pk], "report": "R-1"})
    assert answer.status_code == 200
    theirs.event.refresh_from_db()
    assert theirs.event.confirmed_at is None


@pytest.mark.parametrize("wrong", ["incident", "exhibit", "lead", "obligation", "referral"])
def test_t04_the_number_of_another_kind_of_record_opens_nothing(ours, theirs, wrong):
    """Numbers of one table are no keys to another: what is found is found by its own sight."""
    client = Client()
    client.force_login(theirs["supervisor"])
    pk = getattr(ours, wrong).pk
    for name in ("lead", "incident", "exhibit", "trace", "api_obligation"):
        assert not ours.shows_in(client.get(address(name, pk=pk)))
