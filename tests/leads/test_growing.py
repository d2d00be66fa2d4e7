"""What becomes of a lead and of what agencies owe on it when its line grows, is tied or turns out graver."""

from datetime import timedelta

import pytest

from agencies.access import Refused
from agencies.models import Agency, AuditEvent
from evidence.models import Incident
from leads import clockface, filters, timing
from leads.actions import assignments, events, obligations, scores
from leads.lists import leads as listing
from leads.models import Lead, LeadEvent, Obligation
from tests.factories import NOW, incident
from tests.leads.working import BOTH, LATER, close, close_all, joined_by_homicide, load, notice, old, part, system, told

pytestmark = pytest.mark.usefixtures("promises")


State = Obligation.State


class TestGrowth:
    def test_a_notice_that_only_confirms_leaves_a_closed_lead_closed_with_its_outcomes(self, city, lead):
        close_all(city, lead)
        report = load(city, notice((*BOTH[0], {"confirmed": True}), BOTH[1]), now=LATER)
        lead.refresh_from_db()
        assert (report.confirmed, report.grown) == ([lead.number], [])
        assert (lead.status, lead.confirmed_count) == (Lead.Status.CLOSED, 1)
        assert set(lead.obligations.values_list("state", "outcome", "usefulness")) == {("closed", "arrest_made", 5)}
        assert told(city.detective, "lead.confirmed") == 1
        assert AuditEvent.objects.filter(verb="event.confirmed").exists()

    def test_a_new_event_opens_a_closed_lead_and_every_part_of_it(self, city, lead):
        close_all(city, lead)
        incident(city.papd, case_number="26-020951")
        load(city, notice(("PAPD", "26-020951")), now=LATER)
        lead.refresh_from_db()
        assert lead.status == Lead.Status.OPEN
        assert set(lead.obligations.values_list("state", flat=True)) == {"sent"}
        assert AuditEvent.objects.filter(verb="lead.reopened").count() == 1
        rows = listing.page(city.gm_supervisor, filters.read({"view": "overdue"}), now=NOW + timedelta(days=30)).rows
        assert len(rows) == 1

    def test_a_part_that_begins_anew_has_no_past_and_no_investigator(self, city, lead):
        close_all(city, lead)
        incident(city.papd, case_number="26-020951")
        load(city, notice(("PAPD", "26-020951")), now=LATER)
        mine = part(lead, city.papd)
        assert (mine.sent_at, mine.investigator, mine.acknowledged_at, mine.started_at) == (LATER, None, None, None)
        assert (mine.assigned_at, mine.last_activity_at, mine.outcome) == (None, None, "")
        assert told(city.detective, "lead.grew") == 1, "who worked on it hears of the event"
        assignments.assign(obligation=mine, investigator=city.detective, by=city.supervisor, now=LATER)
        mine.refresh_from_db()
        assert mine.acknowledged_at == LATER

    def test_the_log_keeps_how_a_part_ended_before_it_began_anew(self, city, lead):
        close_all(city, lead)
        incident(city.papd, case_number="26-020951")
        load(city, notice(("PAPD", "26-020951")), now=LATER)
        kept = AuditEvent.objects.filter(verb="obligation.reopened", agency=city.papd).get().data
        assert (kept["was"], kept["outcome"], kept["usefulness"]) == ("closed", "arrest_made", 5)
        assert kept["investigator"] == city.detective.pk

    def test_an_agency_that_returned_its_part_owes_on_a_new_event_of_its_own_only(self, city, lead):
        incident(city.papd, case_number="26-020951")
        incident(city.gmpd, case_number="26-000777")
        theirs = part(lead, city.gmpd)
        obligations.return_(obligation=theirs, reason="wrong_agency", by=city.gm_supervisor, now=NOW)
        load(city, notice(("PAPD", "26-020951")), now=LATER)
        assert part(lead, city.gmpd).state == State.RETURNED
        load(city, notice(("GMPD", "26-000777")), now=LATER)
        theirs.refresh_from_db()
        assert (theirs.state, theirs.returned_at, theirs.return_reason) == (State.SENT, None, "")
        assert theirs.due_at > LATER

    def test_a_homicide_that_joins_hastens_the_open_parts(self, city):
        lead = old(city)
        load_at = NOW + timedelta(hours=1)
        before = part(lead, city.gmpd)
        joined_by_homicide(city, load_at)
        theirs = part(lead, city.gmpd)
        assert (before.priority, theirs.priority) == (3, 1)
        assert theirs.due_at == load_at + timedelta(hours=4) < before.due_at
        assert theirs.next_step_at == theirs.steps[0]
        lead.refresh_from_db()
        assert lead.due_at == theirs.due_at

    def test_a_clock_that_ends_sooner_stays_when_its_part_is_hastened(self, city):
        before = part(old(city), city.gmpd)
        joined_by_homicide(city, before.due_at + timedelta(hours=1))
        theirs = part(before.lead, city.gmpd)
        assert (theirs.due_at, theirs.steps, theirs.receipt) == (before.due_at, before.steps, before.receipt)
        assert timing.clock_of(theirs).always is False, "the sum shown is that of the clock that runs"
        assert clockface.receipt(timing.clock_of(theirs)) == theirs.receipt

    def test_the_stage_after_a_clock_that_stayed_is_as_urgent_as_the_lead(self, city):
        theirs = part(old(city), city.gmpd)
        late = theirs.due_at + timedelta(hours=1)
        joined_by_homicide(city, late)
        obligations.acknowledge(obligation=theirs, by=city.gm_supervisor, now=late)
        theirs.refresh_from_db()
        assert (theirs.priority, theirs.due_at) == (1, late + timedelta(hours=24))

    def test_an_agency_that_left_holds_up_no_growth(self, city, lead):
        close_all(city, lead)
        Agency.objects.filter(pk=city.gmpd.pk).update(is_active=False)
        incident(city.papd, case_number="26-031")
        load(city, notice(("PAPD", "26-031")), now=LATER)
        assert part(lead, city.papd).state == State.SENT
        assert part(lead, city.gmpd).state == State.CLOSED

    def test_the_same_notice_after_a_match_by_hand_changes_nothing(self, city):
        incident(city.papd, case_number="26-1")
        made = notice(("PAPD", "26-1"), ("Glenmoor PD", "26-9999"))
        load(city, made)
        right = incident(city.gmpd, case_number="26-09998")
        events.match(event=LeadEvent.objects.waiting().get(), incident=right, by=city.analyst, now=NOW)
        report = load(city, made, now=LATER)
        assert report.unchanged == ["WCL-2026-00412"]
        assert LeadEvent.objects.count() == 2


class TestTying:
    def test_an_event_tied_after_closing_opens_the_lead_for_its_agency(self, city):
        incident(city.papd, case_number="26-1111")
        load(city, notice(("PAPD", "26-1111"), ("Unknown Dept", "26-2222")))
        lead = Lead.objects.get()
        close(part(lead, city.papd), city.detective, city.supervisor)
        lead.refresh_from_db()
        assert lead.status == Lead.Status.CLOSED, "an event that waits holds up no closing"
        incident(city.gmpd, case_number="26-2222")
        assert events.match_waiting(by=system(), now=LATER).tied == 1
        lead.refresh_from_db()
        assert lead.status == Lead.Status.OPEN
        assert part(lead, city.gmpd).state == State.SENT
        assert part(lead, city.papd).state == State.CLOSED, "nothing new for who named its event all along"
        rows = listing.page(city.gm_supervisor, filters.read({"view": "overdue"}), now=NOW + timedelta(days=30)).rows
        assert len(rows) == 1

    def test_a_case_named_twice_becomes_one_event_and_stops_no_other(self, city):
        incident(city.papd, case_number="26-1")
        load(city, notice(("PAPD", "26-1"), ("Glenmor P.D.", "26-900", {"confirmed": True}), ("GMPD", "26-900")))
        load(city, notice(("PAPD", "26-50"), ("GMPD", "26-51"), number="B-1"))
        incident(city.gmpd, case_number="26-900")
        incident(city.papd, case_number="26-50")
        assert events.match_waiting(by=system(), now=NOW).tied >= 2
        named = LeadEvent.objects.filter(lead__number="WCL-2026-00412", case_key="26900").get()
        assert (named.agency, named.incident.agency) == (city.gmpd, city.gmpd)
        assert named.confirmed_at, "what was confirmed of the double holds"
        assert AuditEvent.objects.get(verb="event.merged").data["agency_text"] == "Glenmor P.D."
        assert LeadEvent.objects.get(lead__number="B-1", case_key="2650").incident
        assert events.match_waiting(by=system(), now=NOW).tied == 0

    def test_a_double_of_two_waits_and_stands_in_nobodys_way(self, city):
        load(city, notice(("Glenmor P.D.", "26-900"), ("GMPD", "26-900")))
        load(city, notice(("PAPD", "26-50"), ("GMPD", "26-51"), number="B-1"))
        right = incident(city.gmpd, case_number="26-900")
        incident(city.papd, case_number="26-50")
        double = LeadEvent.objects.get(agency=None)
        with pytest.raises(Refused, match="it would be left with one"):
            events.match(event=double, incident=right, by=city.analyst)
        first = events.match_waiting(by=system(), now=NOW, limit=1)
        assert first == (0, double.pk)
        assert events.match_waiting(by=system(), now=NOW, after=first.last).tied == 2

    def test_a_double_matched_by_hand_goes_into_the_event_it_doubles(self, city):
        right = incident(city.gmpd, case_number="26-900")
        load(city, notice(("PAPD", "26-1"), ("GMPD", "26-900"), ("Glenmor P.D.", "26-9OO")))
        double = LeadEvent.objects.get(agency=None)
        kept = events.match(event=double, incident=right, by=city.analyst)
        assert kept.incident == right
        assert LeadEvent.objects.count() == 2

    def test_a_corrected_incident_is_told_on_its_lead(self, city, lead):
        assert scores.follow(by=system(), now=NOW) == 0
        assert part(lead, city.gmpd).priority == 3
        died = {"kind": "homicide", "occurred_at": NOW - timedelta(days=2)}
        Incident.objects.filter(case_number="26-018844").update(**died)
        assert scores.follow(by=system(), now=NOW) == 1
        lead.refresh_from_db()
        assert "homicide" in {each[1] for each in lead.line}
        assert (lead.last_event_at, lead.priority) == (NOW - timedelta(days=2), 1)
        assert part(lead, city.gmpd).priority == 1
        assert scores.follow(by=system(), now=NOW) == 0


def test_an_assigned_lead_is_not_acknowledged_any_more(city, lead):
    mine = part(lead, city.papd)
    assignments.assign(obligation=mine, investigator=city.detective, by=city.supervisor, now=NOW)
    with pytest.raises(Refused, match="cannot be acknowledged"):
        obligations.acknowledge(obligation=mine, by=city.commander, now=LATER)
    mine.refresh_from_db()
    assert (mine.state, mine.investigator) == (State.ASSIGNED, city.detective)
