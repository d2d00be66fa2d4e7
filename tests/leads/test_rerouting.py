"""A part that its agency returned goes to the agency whose case it is."""

import pytest

from agencies.access import Refused
from leads.actions import assignments, obligations, rerouting
from leads.models import Lead, Obligation
from tests.factories import NOW
from tests.leads.working import LATER, close, load, notice, part, told

pytestmark = pytest.mark.usefixtures("promises")
State = Obligation.State


class TestRouting:
    @pytest.fixture
    def returned(self, city, lead):
        theirs = part(lead, city.gmpd)
        return obligations.return_(obligation=theirs, reason="wrong_agency", by=city.gm_supervisor, now=NOW)

    def test_an_agency_whose_part_was_closed_owes_again_and_is_told(self, city, lead, returned):
        close(part(lead, city.papd), city.detective, city.supervisor)
        rerouting.reroute(obligation=returned, to=city.papd, by=city.coordinator, now=LATER)
        mine = part(lead, city.papd)
        assert (mine.state, mine.sent_at, mine.investigator) == (State.SENT, LATER, None)
        assert told(city.supervisor, "obligation.rerouted") == 1
        close(mine, city.detective, city.supervisor, LATER)
        lead.refresh_from_db()
        assert lead.status == Lead.Status.CLOSED

    def test_an_agency_at_work_on_the_lead_goes_on_and_is_told(self, city, lead, returned):
        mine = part(lead, city.papd)
        assignments.assign(obligation=mine, investigator=city.detective, by=city.supervisor, now=NOW)
        rerouting.reroute(obligation=returned, to=city.papd, by=city.coordinator, now=LATER)
        mine.refresh_from_db()
        assert (mine.state, mine.investigator) == (State.ASSIGNED, city.detective)
        assert told(city.detective, "obligation.rerouted") == 1

    def test_back_to_the_same_agency_begins_anew(self, city, lead):
        theirs = part(lead, city.gmpd)
        obligations.acknowledge(obligation=theirs, by=city.gm_supervisor, now=NOW)
        obligations.return_(obligation=theirs, reason="wrong_agency", by=city.gm_supervisor, now=NOW)
        rerouting.reroute(obligation=theirs, to=city.gmpd, by=city.coordinator, now=LATER)
        theirs.refresh_from_db()
        assert (theirs.state, theirs.sent_at, theirs.acknowledged_at) == (State.SENT, LATER, None)
        assert told(city.gm_supervisor, "obligation.rerouted") == 1

    def test_a_case_the_other_agency_has_already_becomes_one_and_a_finished_lead_closes(self, city):
        load(city, notice(("PAPD", "26-5"), ("PAPD", "26-6"), ("GMPD", "26-5")))
        lead = Lead.objects.get()
        theirs = part(lead, city.gmpd)
        obligations.return_(obligation=theirs, reason="duplicate", by=city.gm_supervisor, now=NOW)
        close(part(lead, city.papd), city.detective, city.supervisor)
        rerouting.reroute(obligation=theirs, to=city.papd, by=city.coordinator, now=LATER)
        lead.refresh_from_db()
        assert (lead.status, lead.events_count) == (Lead.Status.CLOSED, 2)
        assert part(lead, city.papd).outcome == "arrest_made"

    def test_a_line_of_two_is_not_routed_into_one_event(self, city):
        load(city, notice(("PAPD", "26-5"), ("GMPD", "26-5")))
        theirs = part(Lead.objects.get(), city.gmpd)
        obligations.return_(obligation=theirs, reason="duplicate", by=city.gm_supervisor, now=NOW)
        with pytest.raises(Refused, match="Send it back to GMPD"):
            rerouting.reroute(obligation=theirs, to=city.papd, by=city.coordinator, now=LATER)

    def test_what_was_routed_on_is_not_routed_twice(self, city, lead, returned):
        rerouting.reroute(obligation=returned, to=city.papd, by=city.coordinator, now=LATER)
        with pytest.raises(Refused, match="No event of this agency is left"):
            rerouting.reroute(obligation=returned, to=city.papd, by=city.coordinator, now=LATER)
