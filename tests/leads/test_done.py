"""Leads on which nobody owes any more that no step closed: the night closes them, and no list asks to route them on."""

import pytest

from agencies.access import Refused
from agencies.models import AuditEvent
from leads import tasks
from leads.actions import closings, obligations
from leads.models import Lead, Obligation
from tests.factories import NOW
from tests.leads.working import LATER, close, load, notice, part, system, told
from tests.scenery import scene

pytestmark = pytest.mark.usefixtures("promises")


@scene
def returned(city, lead):
    """One agency closed its part, the other returned its own, of which the event is on the line."""
    close(part(lead, city.papd), city.detective, city.supervisor)
    obligations.return_(obligation=part(lead, city.gmpd), reason="wrong_agency", by=city.gm_supervisor, now=NOW)
    return lead


@scene
def stuck(city, returned):
    """The event of who returned went to another agency, and no step came after that."""
    returned.events.filter(agency=city.gmpd).update(agency=city.papd, incident=None, matched_at=None, matched_by=None)
    line = [[*drawn, city.papd.pk] for *drawn, _agency in returned.line]
    Lead.objects.filter(pk=returned.pk).update(line=line)
    returned.refresh_from_db()
    assert returned.status == Lead.Status.OPEN
    return returned


class TestTheNight:
    def test_a_lead_on_which_nobody_owes_is_closed(self, city, stuck):
        assert closings.close_done(by=system(), now=LATER) == 1
        stuck.refresh_from_db()
        assert (stuck.status, stuck.closed_at) == (Lead.Status.CLOSED, LATER)
        assert AuditEvent.objects.get(verb="lead.closed").by == system()
        assert told(city.detective, "lead.closed") == 1
        assert closings.close_done(by=system(), now=LATER) == 0

    def test_leads_that_wait_for_anybody_stay_open(self, city, returned):
        load(city, notice(("PAPD", "26-1"), ("GMPD", "26-2"), number="B-1"))
        load(city, notice(("Unknown Dept", "26-1"), ("Unknown Dept", "26-2"), number="B-2"))
        assert not Obligation.objects.filter(lead__number="WCL-B-2").exists()
        tasks.close_done()
        assert set(Lead.objects.values_list("status", flat=True)) == {Lead.Status.OPEN}

    def test_the_scheduler_does_it(self, city, stuck):
        tasks.close_done()
        stuck.refresh_from_db()
        assert stuck.status == Lead.Status.CLOSED

    def test_people_do_not_sweep(self, city, stuck):
        with pytest.raises(Refused):
            closings.close_done(by=city.coordinator)


class TestTheList:
    @pytest.mark.parametrize("dated", [True, False], ids=["with times", "without times"])
    def test_what_was_returned_is_routed_on_while_an_event_is_left(self, city, returned, dated, seen):
        if not dated:
            Lead.objects.filter(pk=returned.pk).update(line=[])
        assert "Route it on" in seen(city.coordinator, "leads")

    def test_without_an_event_there_is_nothing_to_route_on(self, city, stuck, seen):
        text = seen(city.coordinator, "leads")
        assert stuck.number in text
        assert "Route it on" not in text
