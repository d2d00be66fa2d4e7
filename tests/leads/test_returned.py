"""What comes back to the center: a part that its agency returned, and one whose agency takes no part any more."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from agencies.access import Refused
from agencies.actions.agencies import take_part
from leads import filters
from leads.actions import assignments, closings, obligations, rerouting
from leads.lists import leads as listing
from leads.models import Lead, Obligation
from tests.apiclient import Program
from tests.leads.pages import lead as made
from tests.leads.working import close, load, notice, part
from tests.scenery import scene


@scene
def lead(city):
    return made(city, "WCL-2026-00412")


def back(city, lead):
    return obligations.return_(obligation=part(lead, city.gmpd), reason="wrong_agency", by=city.gm_supervisor)


@pytest.mark.parametrize("view", ["urgent", "newest"])
def test_a_lead_that_waits_for_routing_says_so_in_the_list_also_beside_a_closed_part(city, lead, seen, view):
    close(part(lead, city.papd), city.detective, city.supervisor)
    back(city, lead)
    assert "Route it on" in seen(city.analyst, "leads", view=view)


def test_a_lead_on_which_one_part_came_back_shows_the_clock_that_runs(city, lead, seen):
    back(city, lead)
    assert "Route it on" not in seen(city.analyst, "leads")


def test_the_history_says_to_whom_a_part_was_routed_on(city, lead, seen):
    rerouting.reroute(obligation=back(city, lead), to=city.papd, by=city.coordinator)
    assert "routed the part of GMPD on to PAPD" in seen(city.analyst, "lead", lead.pk)


class TestAnAgencyThatTakesNoPart:
    """Nobody is left who could take a step for it: its center brings back what it owed."""

    @pytest.fixture
    def gone(self, city, lead):
        take_part(agency=city.gmpd, oris=[], is_active=False, by=city.coordinator)
        return part(lead, city.gmpd)

    @pytest.mark.parametrize("state", ["sent", "acknowledged", "assigned", "in_progress", "proposed"])
    def test_the_center_returns_its_part_in_every_state_and_routes_it_on(self, city, lead, state):
        theirs = part(lead, city.gmpd)
        for name, step in self.steps(city, theirs):
            if theirs.state == state:
                break
            step()
            theirs.refresh_from_db()
            assert theirs.state == name
        close(part(lead, city.papd), city.detective, city.supervisor)
        take_part(agency=city.gmpd, oris=[], is_active=False, by=city.coordinator)
        theirs = part(lead, city.gmpd)
        obligations.return_(obligation=theirs, reason="other_jurisdiction", by=city.analyst)
        theirs.refresh_from_db()
        assert (theirs.state, theirs.outcome, theirs.usefulness) == ("returned", "", None)
        assert not theirs.assignments.filter(ended_at=None).exists()
        rerouting.reroute(obligation=theirs, to=city.papd, by=city.analyst)
        close(part(lead, city.papd), city.detective, city.supervisor)
        lead.refresh_from_db()
        assert lead.closed_at

    @staticmethod
    def steps(city, theirs):
        """(state after, step) from one end to the other."""
        worker, chief = city.gm_detective, city.gm_supervisor
        end = {"outcome": "arrest_made", "usefulness": 5}
        return [
            ("acknowledged", lambda: obligations.acknowledge(obligation=theirs, by=chief)),
            ("assigned", lambda: assignments.assign(obligation=theirs, investigator=worker, by=chief)),
            ("in_progress", lambda: obligations.start(obligation=theirs, by=worker)),
            ("proposed", lambda: closings.propose(obligation=theirs, by=worker, **end)),
            ("", None),
        ]

    def test_a_part_without_an_event_ends_with_its_return(self, city, lead, gone):
        close(part(lead, city.papd), city.detective, city.supervisor)
        lead.events.filter(agency=city.gmpd).update(agency=city.papd)
        obligations.return_(obligation=gone, reason="wrong_agency", by=city.coordinator)
        lead.refresh_from_db()
        assert lead.closed_at

    def test_its_own_people_and_others_bring_nothing_back(self, city, gone):
        for who in (city.gm_supervisor, city.supervisor, city.outsider):
            with pytest.raises(Refused, match="Only the center returns"):
                obligations.return_(obligation=gone, reason="wrong_agency", by=who)

    def test_while_an_agency_takes_part_the_center_returns_nothing_for_it(self, city, lead):
        with pytest.raises(Refused, match="Only the assigned investigator or a supervisor of the agency"):
            obligations.return_(obligation=part(lead, city.gmpd), reason="wrong_agency", by=city.coordinator)

    def test_a_case_that_cannot_move_is_not_sent_back_to_nobody(self, city):
        load(city, notice(("PAPD", "26-5"), ("GMPD", "26-5"), number="WCL-2"))
        theirs = Lead.objects.get(number="WCL-2").obligations.get(agency=city.gmpd)
        take_part(agency=city.gmpd, oris=[], is_active=False, by=city.coordinator)
        theirs.refresh_from_db()
        obligations.return_(obligation=theirs, reason="duplicate", by=city.analyst)
        with pytest.raises(Refused, match="Route it to another agency"):
            rerouting.reroute(obligation=theirs, to=city.papd, by=city.analyst)

    def test_the_page_of_the_lead_says_so_and_offers_the_return(self, city, lead, gone, seen):
        address = reverse("obligation_return", args=[gone.pk])
        for who, offered in ((city.analyst, True), (city.coordinator, True), (city.supervisor, False)):
            text = seen(who, "lead", lead.pk)
            assert "Takes no part any more: the center returns it and routes it on" in text
            assert (address in text) is offered
        assert "Takes no part any more" in seen(city.analyst, "lead_preview", lead.pk)
        assert "Glenmoor PD takes no part any more" in seen(city.analyst, "obligation_return", gone.pk)

    def test_the_board_of_the_center_keeps_it_and_says_so(self, city, lead, gone, seen):
        Obligation.objects.filter(pk=gone.pk).update(due_at=timezone.now() - timedelta(days=1), level=2)
        text = seen(city.coordinator, "accountability")
        assert "GMPD, takes no part" in text
        assert re.search(r'l-told">Center<', text), "nobody else was there to tell"
        assert text.count("Glenmoor PD") >= 2, "in the table of agencies and in the row of what is late"
        assert f'{reverse("obligation_return", args=[gone.pk])}?back=board"' in text
        assert "Takes no part any more" in seen(city.coordinator, "obligations", which="late")

    def test_the_list_counts_its_time_as_the_page_of_the_lead_does_and_offers_it_no_more(self, city, lead, gone):
        found = listing.counts(city.analyst, filters.read({}), now=timezone.now())
        assert found.calendars[city.gmpd.pk] == gone.agency.working_calendar
        assert city.papd.pk in {pk for pk, *_ in found.agencies}
        assert city.gmpd.pk not in {pk for pk, *_ in found.agencies}

    def test_the_center_returns_it_in_the_browser_and_by_a_program(self, client, city, lead, gone):
        program = Program(city.coordinator)
        assert program.get(f"obligations/{gone.pk}/").json()["may"] == ["return"]
        assert Program(city.supervisor).get(f"obligations/{gone.pk}/").json()["may"] == []
        client.force_login(city.analyst)
        client.post(reverse("obligation_return", args=[gone.pk]), {"reason": "other_jurisdiction"})
        gone.refresh_from_db()
        assert gone.state == "returned"
        assert program.get(f"obligations/{gone.pk}/").json()["may"] == ["reroute"]
