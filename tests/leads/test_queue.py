"""The lead list: what it shows to whom, in which order, and what it costs."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from agencies.models import AuditEvent, SavedView
from agencies.roles import Role
from leads import filters, listing
from leads.models import Lead, Obligation
from tests.factories import member
from tests.leads.pages import lead
from tests.leads.working import close


@pytest.fixture
def three(city):
    return [lead(city, f"WCL-2026-0000{n}", ago=timedelta(hours=n)) for n in (1, 2, 3)]


def numbers(user, cursor=None, limit=50, **asked):
    page = listing.page(user, filters.read(asked), now=timezone.now(), cursor=cursor, limit=limit)
    return [row["number"][-1] for row in page.rows]


def seen(client, user, **asked):
    client.force_login(user)
    response = client.get(reverse("leads"), asked)
    assert response.status_code == 200
    return response.content.decode()


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


def test_filters_stand_in_the_address_and_can_be_taken_away(client, city, three):
    page = seen(client, city.analyst, kind="homicide", caliber="9 mm", priority="2")
    assert "Kind <b>homicide</b>" in page
    assert "?caliber=9+mm&amp;priority=2" in page


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"caliber": "9MM"}, 3),
        ({"caliber": ".45"}, 0),
        ({"link": "0"}, 3),
        ({"link": "1"}, 0),
        ({"kind": "homicide"}, 3),
        ({"kind": "carjacking"}, 0),
        ({"view": "homicide"}, 3),
        ({"view": "unconfirmed"}, 3),
        ({"view": "confirmed"}, 0),
        ({"view": "closed"}, 0),
        ({"since": "2020-01-01"}, 3),
        ({"since": "2099-01-01"}, 0),
        ({"since": "not a day", "agency": "x", "kind": "x", "view": "x", "priority": "9"}, 3),
    ],
)
def test_each_filter_narrows_by_what_it_says(city, three, asked, found):
    assert len(numbers(city.analyst, **asked)) == found


def test_the_agency_filter_finds_leads_with_an_event_of_it(city, three):
    assert len(numbers(city.analyst, agency=str(city.gmpd.pk))) == 3
    assert numbers(city.analyst, agency=str(city.da.pk)) == []


def test_the_link_filter_finds_what_an_examiner_confirmed(city):
    lead(city, "WCL-2026-00007", confirmed=True)
    lead(city, "WCL-2026-00008")
    assert numbers(city.analyst, link="1") == ["7"]
    assert numbers(city.analyst, view="confirmed") == ["7"]


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


def test_columns_are_chosen_in_the_address(client, city, three):
    page = seen(client, city.analyst, cols="link,who")
    assert "Nobody assigned" in page
    assert "Gun line</th>" not in page


def test_a_saved_view_keeps_the_filters_for_its_owner_alone(client, city, three):
    client.force_login(city.analyst)
    address = reverse("saved_view_save") + "?kind=homicide&view=newest"
    assert client.get(address).status_code == 200
    assert client.post(address, {"name": ""}).status_code == 200
    response = client.post(address, {"name": "My watch list"})
    assert response.url == reverse("leads") + "?view=newest&kind=homicide"
    assert SavedView.objects.get().user == city.analyst
    assert "My watch list" in seen(client, city.analyst)
    assert "My watch list" not in seen(client, city.supervisor)


def test_a_saved_view_is_removed_where_it_is_looked_at_and_by_its_owner_alone(client, city, three):
    client.force_login(city.analyst)
    client.post(reverse("saved_view_save") + "?kind=homicide", {"name": "My watch list"})
    address = reverse("saved_view_remove", args=[SavedView.objects.get().pk])
    assert address in seen(client, city.analyst, kind="homicide")
    assert address not in seen(client, city.analyst)
    client.force_login(city.supervisor)
    assert client.post(address).status_code == 404
    client.force_login(city.analyst)
    assert client.get(address).status_code == 405
    assert client.post(address, follow=True).redirect_chain == [(reverse("leads"), 302)]
    assert not SavedView.objects.exists()


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("cols=score&cols=line&cols=agencies&cols=link&cols=newest&cols=clock&kind=homicide", "kind=homicide"),
        ("cols=who&cols=link", "cols=link%2Cwho"),
    ],
)
def test_an_address_holds_only_what_differs_from_the_usual_list(client, city, three, given, kept):
    client.force_login(city.analyst)
    response = client.get(f"{reverse('leads')}?{given}")
    assert response.url == f"{reverse('leads')}?{kept}"
    assert client.get(response.url).status_code == 200


def test_the_filter_page_offers_what_the_list_understands(client, city, three):
    client.force_login(city.analyst)
    page = client.get(reverse("lead_filter"), {"view": "newest", "priority": "2"}).content.decode()
    assert 'name="cols"' in page
    assert "PAPD, Port Alder PD" in page
    assert 'value="newest"' in page


class TestExport:
    def test_a_file_carries_the_stamp_on_every_line_and_is_put_on_record(self, client, city, three):
        client.force_login(city.analyst)
        assert client.get(reverse("lead_export")).status_code == 200
        response = client.get(reverse("lead_export"), {"form": "csv"})
        text = response.content.decode("utf-8-sig")
        assert response["Content-Disposition"].startswith("attachment")
        assert text.count("UNCONFIRMED - investigative lead only") == 3
        event = AuditEvent.objects.filter(verb="lead.exported").get()
        assert sorted(event.data["ids"]) == sorted(each.pk for each in three)

    def test_t11_the_file_holds_the_list_of_the_reader_and_nothing_else(self, client, city, three):
        other = member(city.outsider_agency, Role.ANALYST)
        client.force_login(other)
        response = client.get(reverse("lead_export"), {"form": "csv"})
        assert b"WCL-2026" not in response.content

    def test_the_file_follows_the_filters(self, client, city, three):
        client.force_login(city.analyst)
        response = client.get(reverse("lead_export"), {"form": "xlsx", "kind": "carjacking"})
        assert response.content[:2] == b"PK"
        response = client.get(reverse("lead_export"), {"form": "csv", "q": "00002"})
        assert response.content.count(b"WCL-2026") == 1

    def test_a_role_without_exports_is_refused(self, client, city, three):
        client.force_login(city.detective)
        assert client.get(reverse("lead_export"), {"form": "csv"}).status_code == 403


class TestTogether:
    def test_the_summary_says_what_will_happen_and_does_nothing(self, client, city, three):
        client.force_login(city.supervisor)
        response = client.get(reverse("lead_bulk"), {"verb": "acknowledge", "lead": [each.pk for each in three]})
        assert "Acknowledge 3 leads" in response.content.decode()
        assert not Obligation.objects.exclude(state="sent").exists()

    def test_the_ticked_leads_are_assigned_and_the_report_names_each(self, client, city, three):
        client.force_login(city.supervisor)
        given = {"verb": "assign", "lead": [each.pk for each in three], "investigator": city.detective.pk, "unit": ""}
        page = client.post(reverse("lead_bulk"), given).content.decode()
        assert page.count("Done</td>") == 3
        assert Obligation.objects.filter(agency=city.papd, investigator=city.detective).count() == 3
        assert not Obligation.objects.filter(agency=city.gmpd).exclude(state="sent").exists()

    def test_one_refusal_stops_none_of_the_others(self, client, city, three):
        Obligation.objects.filter(lead=three[0], agency=city.papd).update(
            state="acknowledged", acknowledged_at=timezone.now(), acknowledged_by=city.supervisor
        )
        client.force_login(city.supervisor)
        page = client.post(
            reverse("lead_bulk"), {"verb": "acknowledge", "lead": [each.pk for each in three]}
        ).content.decode()
        assert page.count("Done</td>") == 2
        assert "Not done. A lead that is acknowledged cannot be acknowledged." in page

    def test_t11_leads_of_others_in_the_request_are_left_out(self, client, city, three):
        client.force_login(city.outsider)
        page = client.post(
            reverse("lead_bulk"), {"verb": "acknowledge", "lead": [each.pk for each in three]}
        ).content.decode()
        assert "Nothing to do here" in page
        assert not Obligation.objects.exclude(state="sent").exists()

    def test_t12_a_person_of_another_agency_cannot_be_chosen(self, client, city, three):
        client.force_login(city.supervisor)
        given = {"verb": "assign", "lead": [three[0].pk], "investigator": city.gm_detective.pk}
        page = client.post(reverse("lead_bulk"), given).content.decode()
        assert "Choose one of those listed under" in page
        assert not Obligation.objects.exclude(state="sent").exists()

    @pytest.mark.parametrize("given", [{}, {"verb": "delete"}])
    def test_an_unknown_step_is_not_found(self, client, city, given):
        client.force_login(city.supervisor)
        assert client.get(reverse("lead_bulk"), given).status_code == 404

    def test_ids_that_are_none_are_left_out(self, client, city, three):
        client.force_login(city.supervisor)
        response = client.get(reverse("lead_bulk"), {"verb": "acknowledge", "lead": ["x", "-1", "9" * 30]})
        assert "Nothing to do here" in response.content.decode()


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
