"""T5, T6, T8, T10, T13: seeing is not doing; what is not asked for is not taken; no right without a membership."""

import json

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client

from agencies import access
from agencies.access import has_permission
from agencies.models import User
from agencies.roles import Role
from evidence.models import Incident, Trace
from leads.models import Lead, Obligation, Referral
from tests.attacks.addresses import WITH_ID, address, methods, right, rights
from tests.attacks.test_t03_choices import rows
from tests.factories import member


@pytest.mark.parametrize(
    "role", ["detective", "examiner", "prosecutor", "supervision_officer", "researcher", "auditor"]
)
def test_t05_who_may_see_may_not_therefore_do(ours, role):
    """Each verb sent by somebody of the right agency whose role lacks the verb: 403 or 404, and nothing changes."""
    client, person = Client(), ours[role]
    client.force_login(person)
    before = rows()
    for name in WITH_ID:
        if "post" in methods(name) and not any(has_permission(person, each) for each in rights(name, "post")):
            answer = client.post(address(name, ours))
            assert answer.status_code in (403, 404, 405), name
    assert rows() == before


@pytest.mark.parametrize("role", ["examiner", "prosecutor"])
def test_t05_steps_of_an_agency_are_its_own_peoples(ours, role):
    """People who see the lead from another agency of the center send every step, by page and by program."""
    client, person = Client(), ours[role]
    client.force_login(person)
    before = rows()
    for name in (name for name in WITH_ID if "obligation_" in name):
        body = {
            "reason": "wrong_agency",
            "outcome": "arrest_made",
            "usefulness": 5,
            "note": "x",
            "kind": "note",
            "text": "x",
        }
        if name.startswith("api_"):
            answer = client.post(address(name, ours), json.dumps(body), content_type="application/json")
        else:
            answer = client.post(address(name, ours), body)
        assert answer.status_code in (403, 404), name
    assert rows() == before


EXTRA = {
    "id": 1, "pk": 1, "agency_id": 1, "created_by": 1, "created_by_id": 1, "by": 1, "status": "closed",
    "state": "closed", "score": 99, "review": "x", "victims_count": 9, "batch": 1, "is_staff": "true",
    "is_superuser": [True], "hash": "0", "recorded_at": "2020-01-01T00:00Z", "decided_at": "2020-01-01T00:00Z",
    "lead_id": 1,
}  # fmt: skip


def test_t06_a_form_takes_nothing_that_it_does_not_ask_for(ours, theirs):
    person = ours["evidence_technician"]
    client = Client()
    client.force_login(person)
    total = {"exhibit-TOTAL_FORMS": "0", "exhibit-INITIAL_FORMS": "0"}
    body = {"case_number": "26-9", "kind": "homicide", "occurred_at": "2026-07-01T10:00", "victims": "1", **total}
    client.post(address("incident_new"), EXTRA | {"agency": theirs.police.pk} | body)
    made = Incident.objects.get(case_number="26-9")
    assert (made.agency, made.created_by, made.victims_count, made.review) == (ours.police, person, 1, "")


def test_t06_a_program_cannot_set_what_is_not_its_to_set(ours):
    client = Client()
    client.force_login(ours["evidence_technician"])
    body = {"agency": ours.police.code, "case_number": "26-9", "kind": "other", "occurred_at": "2026-07-01T10:00Z"}
    answer = client.post(address("api_incidents"), json.dumps(EXTRA | body), content_type="application/json")
    if answer.status_code == 201:
        made = Incident.objects.get(case_number="26-9")
        assert (made.agency, made.victims_count, made.review, made.batch) == (ours.police, 0, "", None)
    else:
        assert answer.status_code == 400


@pytest.mark.parametrize("field", sorted(EXTRA))
def test_t06_an_unknown_field_of_a_step_is_refused_by_name(ours, field):
    client = Client()
    client.force_login(ours["detective"])
    body = json.dumps({"outcome": "arrest_made", "usefulness": 5, field: EXTRA[field]})
    answer = client.post(address("api_obligation_propose", ours), body, content_type="application/json")
    assert answer.status_code == 400
    assert answer.json() == {field: ["This field is not known here."]}
    assert Obligation.objects.get(pk=ours.obligation.pk).state == "in_progress"


def sees(person):
    models = (Incident, Lead, Obligation, Referral, Trace)
    return [model.__name__ for model in models if model.objects.visible_to(person).exists()]


def test_t08_nobody_without_a_membership_sees_anything(ours):
    nobody = User.objects.create(email="nobody@agency.invalid", name="Nobody", password="!")
    nobody.groups.add(ours.police.group, ours.center.group)
    assert sees(nobody) == []
    assert not nobody.has_perm("leads.view_lead", ours.lead)
    assert sees(AnonymousUser()) == []


def test_t08_a_record_without_a_grant_is_visible_to_nobody(ours):
    ours.lead.grants.all().delete()
    ours.other.grants.all().delete()
    ours.desk.lead.grants.all().delete()
    ours.incident.grants.all().delete()
    ours.bare.grants.all().delete()
    for role in ours.people:
        assert "Lead" not in sees(ours[role])
        assert "Incident" not in sees(ours[role])


def test_t08_the_members_of_a_closed_agency_see_nothing(ours):
    ours.police.is_active = False
    ours.police.save(update_fields=["is_active"])
    assert sees(ours["detective"]) == []


@pytest.mark.parametrize("flag", ["is_superuser", "is_staff"])
def test_t08_there_is_no_way_around_by_a_flag(ours, theirs, flag):
    person = theirs["detective"]
    setattr(person, flag, True)
    assert not Lead.objects.visible_to(person).filter(pk=ours.lead.pk).exists()
    assert not person.has_perm("leads.view_lead", ours.lead)


def test_t10_a_right_in_one_agency_and_sight_in_another_are_not_added_up(ours, theirs):
    """A technician of ours, who sees no lead, and a detective of theirs, who does: ours stays hidden."""
    person = ours["evidence_technician"]
    member(theirs.police, Role.DETECTIVE, user=person)
    both = User.objects.get(pk=person.pk)
    assert set(Lead.objects.visible_to(both)) == {theirs.lead, theirs.other}
    assert not both.has_perm("leads.view_lead", ours.lead)


def test_t10_who_works_as_one_agency_sees_what_that_one_sees(ours, theirs):
    person = ours["detective"]
    member(theirs.police, Role.DETECTIVE, user=person)
    both = User.objects.get(pk=person.pk)
    assert Lead.objects.visible_to(both).count() == 4
    access.work_as(both, theirs.police.pk)
    assert set(Lead.objects.visible_to(both)) == {theirs.lead, theirs.other}
    client = Client()
    client.force_login(User.objects.get(pk=person.pk))
    client.post(address("switch_agency"), {"agency": theirs.police.pk})
    assert client.get(address("lead", ours)).status_code == 404
    assert ours.lead.number not in client.get(address("leads")).content.decode()


def test_t10_trace_data_needs_its_own_right_beside_sight_of_the_gun(ours):
    officer = ours["examiner"]
    assert Incident.objects.visible_to(officer).exists()
    assert not Trace.objects.visible_to(officer).exists()
    client = Client()
    client.force_login(officer)
    assert f"T{ours.marker}" not in client.get(f"/exhibits/{ours.firearm.exhibit_id}/").content.decode()


@pytest.mark.parametrize(
    "name", ["leads", "incidents", "exhibits", "traces", "people", "audit", "api_leads", "api_obligations"]
)
@pytest.mark.parametrize("given", ["agency__group__user__password", "-pk;drop table", "lead__agency__name"])
def test_t13_no_address_lets_a_person_choose_columns_or_orders(ours, name, given):
    """A name that is not offered changes nothing at all."""
    role = next(role for role in ours.people if has_permission(ours[role], right(name)))
    client = Client()
    client.force_login(ours[role])
    keys = ("ordering", "order_by", "order", "sort", "o", "fields", "filter", given)
    plain = client.get(address(name))
    bent = client.get(address(name), dict.fromkeys(keys, given))
    assert bent.status_code == 200
    assert len(bent.content) - len(plain.content) < 4000
