"""What comes back to the center: a part that its agency returned, and one whose agency takes no part any more."""

import pytest
from django.urls import reverse

from leads.actions import obligations, rerouting
from tests.leads.pages import lead as made
from tests.leads.working import close, part


@pytest.fixture
def lead(city):
    return made(city, "WCL-2026-00412")


@pytest.fixture
def seen(client):
    def page(user, name, *args, **query):
        client.force_login(user)
        response = client.get(reverse(name, args=args), query)
        assert response.status_code == 200
        return response.content.decode()

    return page


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
