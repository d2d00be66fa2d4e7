"""The main job on the level of actions: a notice comes in, every agency owes, works, and the lead closes."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from agencies.access import Refused
from agencies.models import AuditEvent, Notification
from evidence.imports.notices import Notice, NoticeEvent
from leads.actions import activities, assignments, closings, confirmations, events, notices, obligations, scores
from leads.models import Lead, LeadEvent, Obligation
from tests.factories import NOW, incident
from tests.scenery import scene

State = Obligation.State


def notice(*cases, number="WCL-2026-00412"):
    rows = [
        NoticeEvent(row_number=i, case_number=case, case_key=case.replace("-", ""), agency=agency, calibre="9 mm")
        for i, (agency, case) in enumerate(cases, 2)
    ]
    return Notice(lead_number=number, lead_key=number, notice_date=date(2026, 7, 15), site="WCL", events=rows)


@scene
def lead(city):
    incident(city.papd, case_number="26-018844")
    incident(city.gmpd, case_number="26-004417")
    load(city, notice(("PAPD", "26-018844"), ("Glenmoor PD", "26-004417")))
    return Lead.objects.get()


def load(city, *made, now=NOW):
    return notices.load(notices=made, center=city.center, by=city.analyst, now=now)


def of(lead, agency):
    return lead.obligations.get(agency=agency)


def test_a_notice_opens_a_lead_with_one_obligation_per_agency(city, lead):
    assert {o.agency.code for o in lead.obligations.all()} == {"PAPD", "GMPD"}
    assert lead.site == city.lab
    assert lead.events_count == 2
    assert not lead.is_confirmed
    assert lead.events.waiting().count() == 0
    assert lead.due_at == min(o.due_at for o in lead.obligations.all())
    assert Notification.objects.filter(user=city.supervisor, verb="lead.sent").count() == 1


@pytest.mark.parametrize("who", ["analyst", "supervisor", "gm_detective", "examiner"])
def test_agencies_on_the_line_the_center_and_the_site_see_the_lead(city, lead, who):
    assert Lead.objects.visible_to(getattr(city, who)).exists()
    assert getattr(city, who).has_perm("leads.view_lead", lead)


@pytest.mark.parametrize("who", ["outsider", "prosecutor", "technician", "researcher", "administrator", "auditor"])
def test_nobody_else_sees_it(city, lead, who):
    assert not Lead.objects.visible_to(getattr(city, who)).exists()
    assert not getattr(city, who).has_perm("leads.view_lead", lead)


def test_the_same_notice_twice_changes_nothing(city, lead):
    report = load(city, notice(("PAPD", "26-018844"), ("Glenmoor PD", "26-004417")), now=NOW + timedelta(days=1))
    assert report.unchanged == ["WCL-2026-00412"]
    assert Lead.objects.count() == 1
    assert LeadEvent.objects.count() == 2


def test_a_later_notice_grows_the_lead_and_tells_the_agencies(city, lead):
    incident(city.papd, case_number="26-020951")
    report = load(city, notice(("PAPD", "26-020951")), now=NOW + timedelta(days=1))
    assert report.grown == ["WCL-2026-00412"]
    assert LeadEvent.objects.filter(lead=lead).count() == 3
    assert Notification.objects.filter(user=city.gm_supervisor, verb="lead.grew").exists()


def test_an_event_without_its_incident_waits_and_is_tied_when_the_incident_comes(city):
    incident(city.papd, case_number="26-018844")
    report = load(city, notice(("PAPD", "26-018844"), ("GMPD", "26-004417")))
    assert report.waiting == 1
    assert of(Lead.objects.get(), city.gmpd).state == State.SENT
    incident(city.gmpd, case_number="26-004417")
    assert events.match_waiting(by=city.analyst.__class__.objects.system(), now=NOW).tied == 1
    assert not LeadEvent.objects.waiting().exists()


def test_a_notice_with_one_event_opens_nothing(city):
    report = load(city, notice(("PAPD", "26-018844")))
    assert "names one event" in report.problems[0].words
    assert not Lead.objects.exists()


def test_a_bare_number_gets_the_code_of_its_site(city):
    load(city, notice(("PAPD", "26-1"), ("GMPD", "26-2"), number="17-077"))
    assert Lead.objects.get().number == "WCL-17-077"


def test_from_sent_to_closed_by_both_agencies(city, lead):
    mine, theirs = of(lead, city.papd), of(lead, city.gmpd)
    obligations.acknowledge(obligation=mine, by=city.supervisor, now=NOW)
    assignments.assign(obligation=mine, investigator=city.detective, unit=city.homicide, by=city.supervisor, now=NOW)
    obligations.start(obligation=mine, by=city.detective, now=NOW)
    activities.log(obligation=mine, kind="video", text="Read the camera at 5th", by=city.detective, now=NOW)
    closings.propose(obligation=mine, outcome="arrest_made", usefulness=5, by=city.detective, now=NOW)
    closings.approve(obligation=mine, by=city.supervisor, now=NOW)
    lead.refresh_from_db()
    assert lead.status == Lead.Status.OPEN
    assignments.assign(obligation=theirs, investigator=city.gm_detective, by=city.gm_supervisor, now=NOW)
    activities.log(obligation=theirs, kind="note", text="Canvassed", by=city.gm_detective, now=NOW)
    closings.propose(obligation=theirs, outcome="exhausted_no_suspect", usefulness=2, by=city.gm_detective, now=NOW)
    closings.approve(obligation=theirs, by=city.gm_supervisor, now=NOW)
    lead.refresh_from_db()
    assert lead.status == Lead.Status.CLOSED
    verbs = set(AuditEvent.objects.values_list("verb", flat=True))
    assert {
        "lead.opened",
        "obligation.acknowledged",
        "obligation.assigned",
        "obligation.closed",
        "lead.closed",
    } <= verbs


def test_another_agency_cannot_act_on_an_obligation(city, lead):
    with pytest.raises(Refused, match="Only a supervisor or analyst of the agency"):
        obligations.acknowledge(obligation=of(lead, city.papd), by=city.gm_supervisor)


def test_who_proposes_closing_does_not_approve_it(city, lead):
    mine = of(lead, city.papd)
    assignments.assign(obligation=mine, investigator=city.detective, by=city.supervisor, now=NOW)
    activities.log(obligation=mine, kind="note", text="Done", by=city.detective, now=NOW)
    closings.propose(obligation=mine, outcome="duplicate", usefulness=1, by=city.supervisor, now=NOW)
    with pytest.raises(Refused, match="Somebody else"):
        closings.approve(obligation=mine, by=city.supervisor, now=NOW)


def test_the_database_keeps_a_lead_open_while_an_agency_owes(city, lead):
    with pytest.raises(IntegrityError, match="closes when every agency"), transaction.atomic():
        Lead.objects.filter(pk=lead.pk).update(status=2, closed_at=NOW)


def test_the_database_refuses_to_remove_an_obligation(city, lead):
    with pytest.raises(IntegrityError, match="never removed"), transaction.atomic():
        of(lead, city.papd).delete()


def test_confirmation_by_the_examiner_reaches_the_whole_line_only_with_the_last_event(city, lead):
    first, last = lead.events.all()
    confirmations.confirm(lead=lead, events=[first], report="WCL-26-1188", by=city.examiner, now=NOW)
    lead.refresh_from_db()
    assert not lead.is_confirmed
    confirmations.confirm(lead=lead, events=[last], report="WCL-26-1188", by=city.examiner, now=NOW)
    lead.refresh_from_db()
    assert lead.is_confirmed


def test_scores_are_renewed_when_they_are_a_day_old(city, lead):
    system = type(city.analyst).objects.system()
    assert scores.renew(by=system, now=NOW + timedelta(hours=1)) == 0
    before = lead.score
    assert scores.renew(by=system, now=NOW + timedelta(days=200)) == 1
    lead.refresh_from_db()
    assert lead.score < before
    assert lead.priority == 3


def test_events_that_stay_unknown_do_not_stand_before_those_found(city):
    load(city, notice(("PAPD", "26-1"), ("GMPD", "26-2")), notice(("PAPD", "26-3"), ("GMPD", "26-4"), number="B"))
    incident(city.gmpd, case_number="26-4")
    assert events.match_waiting(by=type(city.analyst).objects.system(), limit=1).tied == 1
