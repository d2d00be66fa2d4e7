"""After a step a person reads what came of it: who owes now, or that nobody does."""

import pytest
from django.urls import reverse

from agencies.actions.agencies import take_part
from leads.actions import events, obligations
from leads.models import Lead
from tests.factories import incident
from tests.leads.working import close, load, notice, part
from tests.scenery import scene

pytestmark = pytest.mark.usefixtures("promises")
RETURN = {"reason": "wrong_agency"}


@pytest.fixture
def said(client):
    """What a page says, opened or after its form was sent."""

    def said(user, name, pk, values=None):
        client.force_login(user)
        address = reverse(name, args=[pk])
        response = client.get(address) if values is None else client.post(address, values, follow=True)
        assert response.status_code == 200
        return response.content.decode()

    return said


@scene
def bare(city):
    """The part of a department whose only event turned out to be the other's."""
    load(city, notice(("PAPD", "26-1"), ("GMPD", "26-2")))
    theirs = part(Lead.objects.get(), city.gmpd)
    event = theirs.lead.events.get(agency=city.gmpd)
    events.match(event=event, incident=incident(city.papd, case_number="26-77"), by=city.analyst)
    return theirs


@scene
def double(city):
    """A waiting event of a department that returned its part, which the other department has already."""
    incident(city.papd, case_number="26-5")
    load(city, notice(("PAPD", "26-5"), ("PAPD", "26-6"), ("GMPD", "26-5")))
    lead = Lead.objects.get()
    obligations.return_(obligation=part(lead, city.gmpd), reason="duplicate", by=city.gm_supervisor)
    return lead.events.get(agency=city.gmpd)


class TestAReturn:
    def test_of_a_part_with_an_event_is_routed_on(self, city, lead, said):
        theirs = part(lead, city.gmpd)
        assert "The center routes the lead on" in said(city.gm_supervisor, "obligation_return", theirs.pk)
        assert "returned. The center routes it on." in said(city.gm_supervisor, "obligation_return", theirs.pk, RETURN)

    def test_of_a_part_without_an_event_leaves_nothing_to_route(self, city, bare, said):
        text = said(city.gm_supervisor, "obligation_return", bare.pk)
        assert "No event of your agency is left on the lead" in text
        assert "routes" not in text
        text = said(city.gm_supervisor, "obligation_return", bare.pk, RETURN)
        assert "No event of GMPD is left on the lead, so there is nothing to route on." in text

    def test_that_was_the_last_part_closes_the_lead_and_says_so(self, city, bare, said):
        close(part(bare.lead, city.papd), city.detective, city.supervisor)
        text = said(city.gm_supervisor, "obligation_return", bare.pk, RETURN)
        assert "returned. Nobody owes on the lead any more: it is closed." in text
        text = said(city.coordinator, "lead", bare.lead_id)
        assert "closed the lead: nobody owes on it any more" in text
        assert "very agency has closed its part" not in text

    def test_for_an_agency_that_takes_no_part_any_more_promises_no_routing_of_nothing(self, city, bare, said):
        take_part(agency=city.gmpd, oris=[], is_active=False, by=city.coordinator)
        text = said(city.analyst, "obligation_return", bare.pk)
        assert "Return its part for it. No event of it is left on the lead to route." in text
        text = said(city.analyst, "lead", bare.lead_id)
        assert "Takes no part any more: the center returns it<" in text


class TestAMatch:
    def match(self, city, said, event, case):
        return said(city.analyst, "event_match", event.pk, {"case_number": case})

    def test_names_the_agency_that_owes(self, city, said):
        load(city, notice(("PAPD", "26-1"), ("GMPD", "26-2")))
        incident(city.gmpd, case_number="26-77")
        event = Lead.objects.get().events.get(agency=city.gmpd)
        assert "26-2 is matched. GMPD owes on lead WCL-2026-00412." in self.match(city, said, event, "26-77")

    def test_that_closes_the_lead_says_that_nobody_owes(self, city, said, double):
        close(part(double.lead, city.papd), city.detective, city.supervisor)
        text = self.match(city, said, double, "26-5")
        assert "26-5 is matched. Nobody owes on lead WCL-2026-00412 any more: it is closed." in text

    def test_of_an_agency_whose_part_is_over_says_that_it_stays_so(self, city, said):
        load(city, notice(("PAPD", "26-1"), ("GMPD", "26-2")))
        lead = Lead.objects.get()
        close(part(lead, city.papd), city.detective, city.supervisor)
        incident(city.papd, case_number="26-77")
        text = self.match(city, said, lead.events.get(agency=city.papd), "26-77")
        assert "The part of PAPD on lead WCL-2026-00412 stays as it ended." in text
