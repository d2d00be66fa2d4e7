"""The lead list: what it shows to whom, in which order, and what it costs."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from agencies.roles import Role
from leads import filters
from leads.lists import leads as listing
from leads.models import Lead, Obligation
from tests.factories import member
from tests.leads.pages import lead, numbers, seen
from tests.leads.working import close


@pytest.mark.parametrize("who", ["analyst", "supervisor", "detective", "gm_detective", "examiner"])
def test_agencies_on_the_line_see_the_lead_in_the_list(client, city, three, who):
    assert "WCL-2026-00001" in seen(client, getattr(city, who))


def test_another_agency_sees_an_empty_list_that_says_what_to_do(client, city, three):
    page = seen(client, city.outsider)
    assert "WCL-2026" not in page
    assert "No open lead" in page
    assert "0 open" in page


def test_a_role_without_leads_is_refused(client, city, three):
    client.force_login(city.technician)
    assert client.get(reverse("leads")).status_code == 403


def test_urgent_is_ordered_by_the_time_left_of_ones_own_agency(city, three):
    Obligation.objects.filter(lead=three[2], agency=city.gmpd).update(due_at=timezone.now() - timedelta(days=9))
    assert numbers(city.gm_supervisor)[0] == "3"
    assert numbers(city.analyst)[0] == "3"
    assert numbers(city.supervisor)[:2] != ["3", "1"]


def test_newest_begins_with_what_came_in_last(city, three):
    assert numbers(city.analyst, view="newest") == ["1", "2", "3"]


def test_overdue_holds_only_what_is_late_for_the_reader(city, three):
    Obligation.objects.filter(agency=city.papd).update(due_at=timezone.now() + timedelta(days=1))
    Obligation.objects.filter(agency=city.gmpd).update(due_at=timezone.now() + timedelta(days=1))
    Obligation.objects.filter(lead=three[1], agency=city.papd).update(due_at=timezone.now() - timedelta(minutes=1))
    assert numbers(city.supervisor, view="overdue") == ["2"]
    assert numbers(city.gm_supervisor, view="overdue") == []
    assert numbers(city.analyst, view="overdue") == ["2"]


def test_pages_follow_each_other_without_a_gap_or_a_double(city, three):
    first = listing.page(city.analyst, filters.read({"view": "newest"}), now=timezone.now(), limit=2)
    assert [row["number"][-1] for row in first.rows] == ["1", "2"]
    assert numbers(city.analyst, cursor=first.older, limit=2, view="newest") == ["3"]


def test_a_person_of_two_agencies_sees_each_lead_once_on_all_pages(city, three):
    member(city.gmpd, Role.SUPERVISOR, user=city.supervisor)
    both = type(city.supervisor).objects.get(pk=city.supervisor.pk)
    for at, each in enumerate(three):
        Obligation.objects.filter(lead=each, agency=city.papd).update(due_at=timezone.now() + timedelta(hours=at))
        Obligation.objects.filter(lead=each, agency=city.gmpd).update(due_at=timezone.now() + timedelta(hours=9 - at))
    asked, found, cursor = filters.read({}), [], None
    while True:
        page = listing.page(both, asked, now=timezone.now(), cursor=cursor, limit=1)
        found += [row["number"][-1] for row in page.rows]
        cursor = page.older
        if not cursor:
            break
    assert found == ["1", "2", "3"]


@pytest.mark.parametrize("cursor", ["x", "e30", "WyJ4IiwxXQ", "WyIyMDI2LTAxLTAxIiwxZTMwXQ", "a" * 300])
def test_a_cursor_that_was_tampered_with_is_the_first_page(client, city, three, cursor):
    assert "WCL-2026-00001" in seen(client, city.analyst, after=cursor)


@pytest.mark.parametrize("who", ["analyst", "supervisor"])
def test_the_list_takes_six_statements_with_one_lead_and_with_three(client, city, who):
    counts = []
    for n in (1, 2, 3):
        lead(city, f"WCL-2026-0000{n}")
        client.force_login(getattr(city, who))
        client.get(reverse("leads"))
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(reverse("leads"))
        counts.append(len(queries))
    assert counts == [6, 6, 6]


def test_the_count_speaks_only_of_what_the_reader_may_see(city, three):
    asked = filters.read({})
    assert listing.counts(city.analyst, asked, now=timezone.now()).open == 3
    assert listing.counts(city.outsider, asked, now=timezone.now()).open == 0
    narrowed = filters.read({"kind": "homicide"})
    assert listing.counts(city.analyst, narrowed, now=timezone.now()).matching == 3
    assert listing.counts(city.outsider, narrowed, now=timezone.now()).matching == 0


@pytest.mark.parametrize(("most", "counted"), [(1000, 3), (3, 3), (2, 3), (1, 2)])
def test_a_lead_of_several_of_the_readers_agencies_counts_once(city, three, monkeypatch, most, counted):
    member(city.gmpd, Role.SUPERVISOR, user=city.supervisor)
    member(city.center, Role.ANALYST, user=city.supervisor)
    of_all = type(city.supervisor).objects.get(pk=city.supervisor.pk)
    monkeypatch.setattr(listing, "MOST", most)
    found = listing.counts(of_all, filters.read({}), now=timezone.now())
    assert (found.open, found.matching) == (counted, counted)


def test_closed_leads_leave_the_open_views(city, three):
    Obligation.objects.filter(lead=three[0]).update(
        state="closed", due_at=None, steps=None, next_step_at=None, outcome="duplicate", usefulness=1,
        closed_at=timezone.now(), closed_by=city.supervisor,
    )  # fmt: skip
    Lead.objects.filter(pk=three[0].pk).update(status=2, closed_at=timezone.now())
    assert numbers(city.analyst, view="closed") == ["1"]
    assert sorted(numbers(city.analyst)) == ["2", "3"]
    assert numbers(city.analyst, view="closed", kind="homicide") == ["1"]


def test_a_lead_stands_by_the_clock_of_the_others_when_ones_own_part_is_over(client, city):
    made = lead(city, "WCL-2026-00900")
    close(made.obligations.get(agency=city.papd), city.detective, city.supervisor, now=timezone.now())
    at = timezone.now() - timedelta(days=1)
    steps = [at + timedelta(minutes=n) for n in range(-1, 4)]
    made.obligations.filter(agency=city.gmpd).update(due_at=at, steps=steps, next_step_at=steps[0])
    client.force_login(city.supervisor)
    row = client.get(reverse("leads"), {"view": "overdue"}).content.decode()
    assert "00900" in row
    assert "clock--late" in row


def test_who_is_of_the_center_and_of_a_department_sees_the_clock_by_which_the_lead_stands(client, city):
    made = lead(city, "WCL-2026-00901")
    at = timezone.now() - timedelta(days=1)
    steps = [at + timedelta(minutes=n) for n in range(-1, 4)]
    made.obligations.filter(agency=city.gmpd).update(due_at=at, steps=steps, next_step_at=steps[0])
    both = member(city.center, "analyst")
    member(city.papd, "analyst", user=both)
    client.force_login(both)
    for view in ("overdue", "urgent", "newest"):
        row = client.get(reverse("leads"), {"view": view}).content.decode()
        assert "clock--late" in row, view
        assert f", {city.gmpd.code}</small>" in row, view
    client.force_login(city.supervisor)
    own = client.get(reverse("leads")).content.decode()
    assert "clock--late" not in own
    assert f", {city.papd.code}</small>" not in own


@pytest.mark.parametrize(
    ("agency", "role", "offered"),
    [
        ("center", "analyst", True),
        ("lab", "examiner", True),
        ("papd", "analyst", False),
        ("papd", "supervisor", False),
    ],
)
def test_notices_are_loaded_by_who_gives_them(client, city, agency, role, offered):
    client.force_login(member(getattr(city, agency), role))
    assert ("Import notices" in client.get("/leads/").content.decode()) is offered
