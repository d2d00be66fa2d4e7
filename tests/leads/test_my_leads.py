"""A detective's own leads: which ones, in which order, with what to do next."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from leads.actions import activities, assignments, closings
from leads.insight import workload
from leads.models import Obligation
from tests.leads.pages import lead


def given(city, number, *, to=None, started=False):
    """A lead of Port Alder PD in the hands of a detective."""
    owed = lead(city, f"WCL-2026-0000{number}").obligations.get(agency=city.papd)
    assignments.assign(obligation=owed, investigator=to or city.detective, by=city.supervisor)
    if started:
        activities.log(obligation=owed, kind="video", text="Asked for the tape.", by=to or city.detective)
    return Obligation.objects.get(pk=owed.pk)


def due(obligation, **ago):
    Obligation.objects.filter(pk=obligation.pk).update(due_at=timezone.now() - timedelta(**ago))


def seen(client, user, tab=""):
    client.force_login(user)
    response = client.get(reverse("my_leads"), {"tab": tab} if tab else {})
    assert response.status_code == 200
    return response.content.decode()


def test_the_first_due_stands_on_top(client, city):
    first, second = given(city, 1), given(city, 2)
    due(second, days=2)
    page = seen(client, city.detective)
    assert page.index(">00002<") < page.index(">00001<")
    assert "1 overdue" in page
    assert first.lead.number != second.lead.number


def test_another_detectives_leads_are_not_among_them(client, city):
    given(city, 1, to=city.supervisor)
    page = seen(client, city.detective)
    assert "00001" not in page
    assert "Nothing is due" in page


def test_a_new_lead_offers_to_take_it_on_or_to_give_it_back(client, city):
    owed = given(city, 1)
    page = seen(client, city.detective, "new")
    assert reverse("obligation_start", args=[owed.pk]) in page
    assert reverse("obligation_return", args=[owed.pk]) in page
    assert reverse("obligation_log", args=[owed.pk]) not in page


def test_a_lead_in_work_offers_to_log_and_to_close(client, city):
    owed = given(city, 1, started=True)
    page = seen(client, city.detective)
    assert reverse("obligation_log", args=[owed.pk]) in page
    assert reverse("obligation_propose", args=[owed.pk]) in page
    assert "900 blk Quarry St, 2 events" in page


def test_every_card_says_that_its_links_are_not_confirmed(client, city):
    given(city, 1)
    assert "UNCONFIRMED" in seen(client, city.detective)


def test_closed_leads_say_what_came_of_them(client, city):
    owed = given(city, 1, started=True)
    closings.propose(obligation=owed, outcome="arrest_made", usefulness=5, by=city.detective)
    closings.approve(obligation=owed, by=city.supervisor)
    page = seen(client, city.detective, "closed")
    assert "Arrest made, usefulness 5 of 5" in page
    assert "Due first, 0" in page
    assert "Closed, 1" in page


def test_the_page_costs_the_same_with_one_lead_and_with_three(client, city):
    given(city, 1)
    client.force_login(city.detective)
    client.get(reverse("my_leads"))
    with CaptureQueriesContext(connection) as one:
        client.get(reverse("my_leads"))
    given(city, 2)
    given(city, 3)
    client.force_login(city.detective)
    client.get(reverse("my_leads"))
    with CaptureQueriesContext(connection) as three:
        client.get(reverse("my_leads"))
    # One of them reads the tasks of all their parts.
    assert len(one) == len(three) == 11


def test_pages_follow_each_other_without_a_gap_or_a_double(city):
    for number in range(1, 6):
        given(city, number)
    seen_ids, after = [], None
    while True:
        found, after = workload.page_of(city.detective, "due", after=after, limit=2)
        seen_ids += [each.pk for each in found]
        if not after:
            break
    assert len(seen_ids) == len(set(seen_ids)) == 5


@pytest.mark.parametrize("cursor", ["x", "WyIyIiwgMV0", "W251bGwsIDFd"])
def test_a_cursor_that_was_tampered_with_is_the_first_page(client, city, cursor):
    given(city, 1)
    client.force_login(city.detective)
    response = client.get(reverse("my_leads"), {"after": cursor})
    assert "00001" in response.content.decode()
