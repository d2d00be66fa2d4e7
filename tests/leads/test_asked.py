"""An agency without an event on a lead is asked to take part: it has a part as every other."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agencies.access import Refused
from agencies.models import Agency, AuditEvent, Notification
from agencies.roles import Role
from leads import policies
from leads.actions import activities, askings, assignments, closings, obligations
from leads.models import Lead, Obligation
from tests.apiclient import Program
from tests.factories import NOW, agency, incident, member
from tests.leads.working import LATER, close_all, load, notice, part, told
from tests.scenery import scene

pytestmark = pytest.mark.usefixtures("promises")
State = Obligation.State
WHY = "A person on parole was near both scenes."


@scene
def probation(city):
    return agency("PROB", Agency.Kind.PROBATION, parent=city.center, name="Wexley Probation and Parole")


@scene
def officer(probation):
    return member(probation, Role.SUPERVISION_OFFICER, name="Marta Lund")


@scene
def chief(probation):
    return member(probation, Role.SUPERVISOR, name="Ivor Hale")


def ask(city, lead, of, **values):
    return askings.ask(**{"lead": lead, "agency": of, "reason": WHY, "by": city.analyst, "now": NOW} | values)


class TestAsking:
    def test_the_agency_has_a_part_with_a_clock_and_sees_the_lead(self, city, lead, probation, officer, chief):
        assert not Lead.objects.visible_to(officer).exists()
        made = ask(city, lead, probation, reason=f" {WHY} ")
        papd = part(lead, city.papd)
        assert (made.state, made.asked, made.sent_at, made.priority) == (State.SENT, WHY, NOW, papd.priority)
        assert made.steps[1] == made.due_at > NOW
        assert made.next_step_at == made.steps[0]
        assert Lead.objects.visible_to(officer).get() == lead
        assert told(chief, "lead.asked") == 1
        assert Notification.objects.filter(verb="lead.asked").count() == 1, "and nobody else"
        row = AuditEvent.objects.get(verb="obligation.asked")
        assert (row.object_id, row.by, row.agency, row.data["reason"]) == (made.pk, city.analyst, probation, WHY)

    def test_officers_are_told_where_nobody_gives_leads_out(self, city, lead, probation, officer):
        ask(city, lead, probation)
        assert told(officer, "lead.asked") == 1

    def test_only_the_center_asks(self, city, lead, probation):
        for person in (city.supervisor, city.commander, city.examiner, city.outsider):
            with pytest.raises(Refused, match="Only the center asks"):
                ask(city, lead, probation, by=person)
        assert ask(city, lead, probation, by=city.coordinator).asked == WHY

    def test_not_one_that_has_a_part_or_takes_none_or_is_of_another_center(self, city, lead, probation):
        ask(city, lead, probation)
        for has_part in (probation, city.papd):
            with pytest.raises(Refused, match="has a part in this lead already"):
                ask(city, lead, has_part)
        gone = agency(kind=Agency.Kind.FEDERAL, parent=city.center, is_active=False)
        for other in (gone, city.outsider_agency, city.center, city.lab, city.da):
            with pytest.raises(Refused, match="Choose an agency of this center"):
                ask(city, lead, other)

    def test_not_without_a_reason_and_not_on_a_closed_lead(self, city, lead, probation):
        with pytest.raises(Refused, match="Say why"):
            ask(city, lead, probation, reason=" ")
        close_all(city, lead)
        with pytest.raises(Refused, match="This lead is closed"):
            ask(city, lead, probation, now=LATER)


class TestItsPart:
    def test_the_lead_closes_with_the_last_part_that_of_who_was_asked_too(self, city, lead, probation, officer, chief):
        made = ask(city, lead, probation)
        close_all(city, lead)
        assert lead.status == Lead.Status.OPEN
        obligations.acknowledge(obligation=made, by=chief, now=LATER)
        assignments.assign(obligation=made, investigator=officer, by=chief, now=LATER)
        activities.log(obligation=made, kind="note", text="Spoke to the person.", by=officer, now=LATER)
        closings.propose(obligation=made, outcome="case_linked_intel_only", usefulness=4, by=officer, now=LATER)
        closings.approve(obligation=made, by=chief, now=LATER)
        lead.refresh_from_db()
        assert lead.status == Lead.Status.CLOSED

    def test_returned_it_is_over_and_there_is_nothing_to_route(self, city, lead, probation, chief):
        made = ask(city, lead, probation)
        close_all(city, lead)
        obligations.return_(obligation=made, reason="wrong_agency", by=chief, now=LATER)
        lead.refresh_from_db()
        assert lead.status == Lead.Status.CLOSED

    def test_an_open_one_stays_when_the_line_grows_and_its_people_hear_of_it(self, city, lead, probation, chief):
        made = ask(city, lead, probation)
        incident(city.papd, case_number="26-9")
        load(city, notice(("PAPD", "26-9")), now=LATER)
        made.refresh_from_db()
        assert (made.state, made.sent_at, made.asked) == (State.SENT, NOW, WHY)
        assert told(chief, "lead.grew") == 1

    def test_one_that_is_over_stays_over_when_the_line_grows(self, city, lead, probation, chief):
        made = ask(city, lead, probation)
        obligations.return_(obligation=made, reason="wrong_agency", by=chief, now=NOW)
        incident(city.papd, case_number="26-9")
        load(city, notice(("PAPD", "26-9")), now=LATER)
        made.refresh_from_db()
        assert (made.state, told(chief, "lead.grew")) == (State.RETURNED, 0)

    def test_with_an_event_of_its_own_it_owes_again(self, city, lead, probation, chief):
        made = ask(city, lead, probation)
        obligations.return_(obligation=made, reason="wrong_agency", by=chief, now=NOW)
        load(city, notice(("PROB", "26-7")), now=LATER)
        made.refresh_from_db()
        assert (made.state, made.sent_at) == (State.SENT, LATER)


class TestWithoutASupervisor:
    def test_an_officer_takes_it_on_and_is_at_work(self, city, lead, probation, officer):
        made = assignments.take(obligation=ask(city, lead, probation), by=officer, now=LATER)
        assert (made.state, made.investigator, made.acknowledged_by) == (State.IN_PROGRESS, officer, officer)
        assert made.assignments.get(ended_at=None).investigator == officer
        assert told(officer, "obligation.assigned") == 0, "who did it knows"
        other = member(probation, Role.SUPERVISION_OFFICER)
        with pytest.raises(Refused, match="Somebody has this lead already"):
            assignments.take(obligation=made, by=other, now=LATER)

    def test_nobody_takes_what_is_anothers(self, city, lead, probation, officer):
        for person in (city.detective, city.supervisor, city.analyst, officer):
            with pytest.raises(Refused, match="Only a supervision officer of the agency"):
                assignments.take(obligation=part(lead, city.papd), by=person, now=LATER)

    def test_the_center_decides_on_closing_only_while_nobody_of_the_agency_may(self, city, lead, probation, officer):
        made = assignments.take(obligation=ask(city, lead, probation), by=officer, now=NOW)
        closing = {"outcome": "exhausted_no_suspect", "usefulness": 3}
        closings.propose(obligation=made, by=officer, now=LATER, **closing)
        assert told(city.coordinator, "obligation.proposed") == 1
        for person in (city.analyst, city.supervisor, city.outsider, officer):
            with pytest.raises(Refused, match="Only a supervisor of the agency"):
                closings.approve(obligation=made, by=person, now=LATER)
        chief = member(probation, Role.SUPERVISOR)
        with pytest.raises(Refused, match="Only a supervisor of the agency"):
            closings.approve(obligation=made, by=city.coordinator, now=LATER)
        chief.memberships.update(ended_at=LATER, ended_by=city.coordinator)
        assert closings.approve(obligation=made, by=city.coordinator, now=LATER).state == State.CLOSED


class TestPages:
    def test_the_center_asks_in_the_browser_and_everybody_reads_why(self, client, seen, city, lead, probation, officer):
        address = reverse("lead_ask", args=[lead.pk])
        assert address in seen(city.analyst, "lead", lead.pk)
        assert address not in seen(city.supervisor, "lead", lead.pk)
        form = seen(city.analyst, "lead_ask", lead.pk)
        assert "These have a part already: Glenmoor PD, Port Alder PD." in form
        assert f'<option value="{probation.pk}"' in form
        for other in (city.papd, city.outsider_agency, city.lab):
            assert f'<option value="{other.pk}"' not in form
        answer = client.post(address, {"agency": probation.pk, "reason": WHY})
        assert answer.url == part(lead, probation).get_absolute_url()
        page = seen(officer, "lead", lead.pk)
        assert page.count(WHY) == 2, "on its part and in the history"
        assert "asked PROB to take part" in page
        assert "<dd>was asked to take part</dd>" in page
        assert WHY in seen(city.supervisor, "lead_print", lead.pk)

    def test_what_is_missing_is_said_and_nobody_is_asked(self, client, city, lead, probation):
        client.force_login(city.coordinator)
        page = client.post(reverse("lead_ask", args=[lead.pk]), {"reason": "x" * 301}).content.decode()
        assert "Choose the agency that is to take part." in page
        assert "at most 300 characters" in page
        assert not lead.obligations.filter(agency=probation).exists()

    def test_where_every_agency_has_a_part_the_page_says_so(self, seen, city, lead, probation):
        ask(city, lead, probation)
        assert "Every agency has a part already" in seen(city.analyst, "lead_ask", lead.pk)

    def test_an_officer_takes_it_on_and_finds_it_among_their_leads(self, client, seen, city, lead, probation, officer):
        made = ask(city, lead, probation)
        address = reverse("obligation_take", args=[made.pk])
        assert address in seen(officer, "lead", lead.pk)
        assert WHY in seen(officer, "obligation_take", made.pk)
        client.post(address)
        assert f"Asked to take part: {WHY}" in seen(officer, "my_leads")
        assert "its part ends with this" in seen(officer, "obligation_return", made.pk)


class TestPrograms:
    def test_the_center_asks_and_the_officer_takes_it_on(self, city, lead, probation, officer):
        program, body = Program(city.analyst), {"agency": probation.pk, "reason": WHY}
        made = program.post(f"leads/{lead.pk}/ask/", body)
        assert (made.status_code, made.json()["state"], made.json()["asked"]) == (201, "sent", WHY)
        assert program.post(f"leads/{lead.pk}/ask/", body).status_code == 403
        theirs, pk = Program(officer), made.json()["id"]
        assert theirs.get(f"obligations/{pk}/").json()["may"] == ["take"]
        assert theirs.post(f"obligations/{pk}/take/").json()["state"] == "in_progress"

    @pytest.mark.parametrize(("who", "status"), [("supervisor", 403), ("examiner", 403), ("outsider", 404)])
    def test_others_are_refused_and_strangers_find_no_lead(self, city, lead, probation, who, status):
        body = {"agency": probation.pk, "reason": WHY}
        assert Program(vars(city)[who]).post(f"leads/{lead.pk}/ask/", body).status_code == status

    def test_a_body_is_held_strictly(self, city, lead, probation):
        program = Program(city.analyst)
        for agency_, reason in ((city.lab.pk, WHY), (probation.pk, ""), (probation.pk, "x" * 301)):
            assert program.post(f"leads/{lead.pk}/ask/", agency=agency_, reason=reason).status_code == 400
        refused = program.post(f"leads/{lead.pk}/ask/", agency=city.outsider_agency.pk, reason=WHY)
        assert refused.status_code == 403
        assert Lead.objects.get().obligations.count() == 2


def test_a_list_asks_once_who_decides_in_each_agency(city, lead, probation, officer):
    made = assignments.take(obligation=ask(city, lead, probation), by=officer, now=NOW)
    closings.propose(obligation=made, by=officer, now=LATER, outcome="exhausted_no_suspect", usefulness=3)
    known = Obligation.objects.with_deciders()
    with CaptureQueriesContext(connection) as taken:
        has = {each.agency_id: each.has_decider for each in known}
        assert policies.decide_closing(city.coordinator, known.select_related("agency", "lead").get(pk=made.pk)) is None
    assert has == {city.papd.pk: True, city.gmpd.pk: True, probation.pk: False}
    assert len([each for each in taken if "agencies_membership" in each["sql"]]) == 3, "two lists and the standings"
