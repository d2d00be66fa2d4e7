"""Somebody of a partner agency on a lead is given a part: they may work that part, and nothing more."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from agencies.access import Refused
from agencies.models import Notification
from leads import policies, queries
from leads.actions import absences, activities, assignments, closings, escalations, obligations
from leads.insight import workload
from leads.models import Escalation, Obligation
from leads.policies import casetasks as policies_tasks
from leads.policies import questions as policies_questions
from leads.policies import time as policies_time
from tests.factories import agency, incident, member
from tests.leads.pages import lead
from tests.leads.working import load, notice, system
from tests.scenery import scene


@scene
def lent(city):
    """Port Alder's part of a lead, with Glenmoor's detective."""
    part = lead(city, "WCL-2026-00001").obligations.get(agency=city.papd)
    assignments.assign(obligation=part, investigator=city.detective, unit=city.homicide, by=city.supervisor)
    assignments.assign(obligation=part, investigator=city.gm_detective, by=city.supervisor)
    return fresh(part)


def fresh(part):
    return Obligation.objects.select_related("lead__agency", "agency").get(pk=part.pk)


def heard(person):
    return list(Notification.objects.filter(user=person).order_by("pk").values_list("verb", flat=True))


def test_the_old_and_the_new_assignee_are_told_and_the_unit_that_answers_stays(city, lent):
    assert (lent.partner, lent.unit) == (city.gmpd, city.homicide)
    assert heard(city.gm_detective)[-1] == "obligation.assigned"
    assert heard(city.detective)[-2:] == ["obligation.assigned", "obligation.unassigned"]
    assignments.assign(obligation=lent, investigator=city.detective, by=city.supervisor)
    assert fresh(lent).partner is None
    assert heard(city.gm_detective)[-1] == "obligation.unassigned"


def test_they_work_that_part_from_their_page_to_its_end(city, lent, client):
    client.force_login(city.gm_detective)
    page = client.get(reverse("my_leads")).content.decode()
    assert reverse("obligation_start", args=[lent.pk]) in page
    client.post(reverse("obligation_start", args=[lent.pk]))
    client.post(reverse("obligation_log", args=[lent.pk]), {"kind": "video", "text": "Asked for it."})
    closing = {"outcome": "exhausted_no_suspect", "usefulness": "2"}
    client.post(reverse("obligation_propose", args=[lent.pk]), closing)
    assert fresh(lent).state == Obligation.State.PROPOSED
    assert lent.activities.get().agency == city.papd
    assert client.post(reverse("obligation_approve", args=[lent.pk])).status_code == 403
    closings.approve(obligation=lent, by=city.supervisor)
    assert "Noor Aziz of GMPD" in client.get(lent.lead.get_absolute_url()).content.decode()


def test_they_gain_no_more_than_that_part(city, lent, client):
    other = lead(city, "WCL-2026-00002").obligations.get(agency=city.papd)
    assignments.assign(obligation=other, investigator=city.detective, by=city.supervisor)
    other = fresh(other)
    may = (policies.log, policies.propose, policies_time.extend, policies_questions.ask, policies_tasks.give)
    for policy in may:
        assert policy(city.gm_detective, other)
    for policy in (policies.assign, policies.return_, policies.decide_closing, policies.acknowledge):
        assert policy(city.gm_detective, lent)
    for person in (city.gm_supervisor, member(city.gmpd, name="Another One")):
        for policy in may:
            assert policy(person, lent)
    client.force_login(city.gm_detective)
    unseen = incident(city.papd)
    assert client.get(reverse("incident", args=[unseen.pk])).status_code == 404
    assert client.post(reverse("obligation_log", args=[other.pk]), {"kind": "note", "text": "Mine"}).status_code == 403


def test_it_ends_with_the_event_of_their_agency_and_with_their_membership(city, lent):
    assert policies.log(city.gm_detective, lent) is None
    event = lent.lead.events.get(agency=city.gmpd)
    with transaction.atomic():
        type(event).objects.filter(pk=event.pk).update(agency=city.papd)
        line = [[*drawn[:-1], city.papd.pk] for drawn in lent.lead.line]
        type(lent.lead).objects.filter(pk=lent.lead.pk).update(line=line)
        assert policies.log(city.gm_detective, fresh(lent)) == "Only investigators of the agency log what was done."
        transaction.set_rollback(True)
    city.gm_detective.memberships.update(ended_at=timezone.now(), ended_by=city.gm_supervisor)
    gone = type(city.gm_detective).objects.get(pk=city.gm_detective.pk)
    assert policies.log(gone, fresh(lent)) == "Only investigators of the agency log what was done."
    assert city.gm_detective not in queries.owing(fresh(lent))


def test_only_people_of_agencies_on_the_lead_or_of_the_center_are_offered_with_load_and_absence(city, lent, client):
    far = agency("LKPD", parent=city.center, name="Lockhaven PD")
    stranger = member(far, name="Not Here")
    busy = member(city.gmpd, name="Noa Away")
    now = timezone.now()
    absences.say(person=busy, starts_at=now - timedelta(hours=1), ends_at=now + timedelta(days=3), by=busy)
    rows = {load.person.name: load.words for load in workload.choices(lent, now=now)}
    assert rows[city.gm_detective.name].startswith("Partner, GMPD: 1 open")
    assert "Away" in rows["Noa Away"]
    assert stranger.name not in rows
    assert rows[city.detective.name].startswith("Homicide Unit")
    assert city.analyst.name in rows
    for person in (stranger, city.examiner):
        with pytest.raises(Refused, match="or of a partner with an event on it"):
            assignments.assign(obligation=lent, investigator=person, by=city.supervisor)
    client.force_login(city.supervisor)
    page = client.get(reverse("obligation_assign", args=[lent.pk])).content.decode()
    assert "Partner, GMPD: 1 open" in page
    assert stranger.name not in page
    client.post(reverse("obligation_assign", args=[lent.pk]), {"investigator": stranger.pk})
    assert fresh(lent).investigator == city.gm_detective


def test_t12_how_much_a_partners_person_has_of_their_own_agency_is_not_told(city, lent):
    for case in ("26-71", "26-72"):
        incident(city.gmpd, case_number=case)
    load(city, notice(("Glenmoor PD", "26-71"), ("Glenmoor PD", "26-72"), number="WCL-9"))
    own = Obligation.objects.get(agency=city.gmpd, lead__number="WCL-9")
    assert not Obligation.objects.visible_to(city.supervisor).filter(pk=own.pk).exists()
    assignments.assign(obligation=own, investigator=city.gm_detective, by=city.gm_supervisor)
    words = {load.person: load.words for load in workload.choices(lent, now=timezone.now())}
    assert words[city.gm_detective].startswith("Partner, GMPD: 1 open")


def test_the_ladder_tells_them_first_and_then_those_who_answer_in_the_agency_that_owes(city, lent):
    soon = lent.steps[1]
    while escalations.climb(by=system(), now=soon):
        pass
    assert Escalation.objects.filter(obligation=lent).count() == 2
    assert heard(city.gm_detective)[-1] == "escalation.overdue"
    assert list(queries.owing(fresh(lent))) == [city.gm_detective]
    while escalations.climb(by=system(), now=lent.steps[2]):
        pass
    assert heard(city.supervisor)[-1] == "escalation.supervisor"


def test_a_part_that_is_returned_or_given_back_has_no_partner_and_the_database_says_so(city, lent):
    with pytest.raises(IntegrityError, match="partner_lends_somebody"), transaction.atomic():
        Obligation.objects.filter(pk=lent.pk).update(partner=city.papd)
    assert city.gm_detective in queries.involved(lent.lead)
    obligations.return_(obligation=lent, reason="wrong_agency", by=city.supervisor)
    assert (fresh(lent).partner, fresh(lent).investigator) == (None, None)


def test_what_they_write_for_it_stands_on_the_lead_as_that_agencys(city, lent):
    activities.log(obligation=lent, kind="note", text="Read the file", by=city.gm_detective)
    assert lent.lead.activities.get().agency == city.papd


def test_a_part_that_begins_anew_is_nobodys_of_a_partner(city, lent):
    activities.log(obligation=lent, kind="note", text="Read the file", by=city.gm_detective)
    closings.propose(obligation=lent, outcome="exhausted_no_suspect", usefulness=2, by=city.gm_detective)
    closings.approve(obligation=lent, by=city.supervisor)
    incident(city.papd, case_number="26-9")
    load(city, notice(("PAPD", "26-9"), number=lent.lead.number), now=timezone.now())
    assert (fresh(lent).state, fresh(lent).partner, fresh(lent).investigator) == ("sent", None, None)
