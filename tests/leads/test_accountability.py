"""The board says what a slow count over the records says, to those whom it concerns, and each number opens its rows."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from agencies.models import AuditEvent, Notification, User
from agencies.roles import Role
from leads.actions import assignments, escalations, obligations, reminders, stale
from leads.insight import accountability, owed, scope
from leads.models import Obligation
from leads.pages import board as boardpage
from leads.pages import weekschart
from tests.factories import ZONE, member
from tests.leads.pages import lead
from tests.leads.scenes import past

State = Obligation.State


def slow(agencies, now):
    """The same numbers by looking at every record in Python."""
    every = [each for each in Obligation.objects.all() if each.agency_id in agencies]
    running = [each for each in every if each.due_at]

    def is_stale(each):
        last = max(filter(None, [each.last_activity_at, each.stage_started_at]))
        return last < now - timedelta(days=14)

    return {
        "open": len(running),
        "late": sum(each.due_at <= now for each in running),
        "escalated": sum(each.due_at <= now and each.level >= 3 for each in running),
        "nobody": sum(each.investigator_id is None for each in running),
        "sent": sum(each.state == "sent" for each in running),
        "proposed": sum(each.state == "proposed" for each in running),
        "stale": sum(map(is_stale, running)),
        "closed": sum(each.closed_at is not None and each.closed_at > now - timedelta(days=30) for each in every),
    }


@pytest.mark.parametrize("who", ["supervisor", "gm_supervisor", "coordinator", "analyst"])
def test_the_numbers_equal_a_slow_count(city, busy, who):
    now, user = timezone.now(), getattr(city, who)
    escalations.climb(by=User.objects.system(), now=now)
    stale.mark(by=User.objects.system(), now=now)
    reach = scope.of(user)
    board = accountability.board(reach, now=now)
    expected = slow(set(reach.ids), now)
    found = {name: board.whole.open[name] for name in expected if name != "closed"}
    assert found | {"closed": board.whole.closed["closed"]} == expected


def test_each_number_opens_exactly_its_rows(client, city, busy):
    now, reach = timezone.now(), scope.of(city.supervisor)
    board = accountability.board(reach, now=now)
    for line in [*board.units, board.whole]:
        narrow = {} if line is board.whole else {"unit": line.id, "agency": line.agency_id}
        for which, number in {**{name: line.open[name] for name in owed.WHICH}, **line.closed}.items():
            if which in owed.WHICH or which == "closed":
                filters = owed.Filters(which, **narrow)
                rows, _older = owed.page(city.supervisor, reach, filters, now=now)
                assert len(rows) == owed.count(reach, filters, now=now) == number, (line.name, which)


def test_units_add_up_to_the_whole(city, busy):
    board = accountability.board(scope.of(city.supervisor), now=timezone.now())
    for name in owed.WHICH:
        assert sum(line.open[name] for line in board.units) == board.whole.open[name], name
    assert {line.name for line in board.units} == {"No unit", "Homicide Unit", "Robbery"}
    assert board.people[0].name == "Chidi Okafor"


def test_the_center_reads_by_agency_and_an_agency_by_unit(client, city, busy):
    client.force_login(city.coordinator)
    page = client.get(reverse("accountability")).content.decode()
    assert "By agency" in page
    assert "Glenmoor PD" in page
    client.force_login(city.supervisor)
    page = client.get(reverse("accountability")).content.decode()
    assert "By unit" in page
    assert "Homicide Unit" in page
    assert "Glenmoor" not in page


def test_what_is_late_stands_first_the_worst_on_top(client, city, busy):
    client.force_login(city.supervisor)
    page = client.get(reverse("accountability")).content.decode()
    late = page.index("Late now")
    assert late < page.index("By unit")
    assert page.index("WCL-2026-00001", late) < page.index("WCL-2026-00004", late)
    assert "2 overdue in 2 units" in page


def test_another_agency_reads_zeros_and_finds_no_rows(client, city, busy):
    client.force_login(city.outsider)
    page = client.get(reverse("accountability")).content.decode()
    assert "WCL-2026" not in page
    assert "Nothing is overdue" in page
    for which in [*owed.WHICH, "closed"]:
        rows = client.get(reverse("obligations"), {"which": which, "agency": city.papd.pk}).content.decode()
        assert "WCL-2026" not in rows


def test_a_center_counts_only_work_on_leads_that_it_sees(city, busy):
    """An agency that joins a center brings no sight of what it owes on another center's leads."""
    elsewhere = lead(city, "WCL-2026-00009")
    elsewhere.grants.filter(group=city.center.group).delete()
    reach, now = scope.of(city.coordinator), timezone.now()
    whole = accountability.board(reach, now=now).whole.open["open"]
    assert whole == Obligation.objects.open().exclude(lead=elsewhere).count()


def test_a_detective_has_no_board(client, city, busy):
    client.force_login(city.detective)
    assert client.get(reverse("accountability")).status_code == 403


def test_a_list_of_another_persons_name_tells_nothing_of_them(client, city, busy):
    client.force_login(city.outsider)
    page = client.get(reverse("obligations"), {"person": city.detective.pk}).content.decode()
    assert "Okafor" not in page


NONSENSE = [
    "which=x",
    "unit=-1",
    "agency=²",
    "person=99999999999",
    "after=WyIyIiwgMV0",
    f"agency={'9' * 5000}",
    "which=came",
    "which=ran_out&first=x&weeks=1",
    "which=came&first=2100-12-31&weeks=52",
    "which=came&first=2026-02-30&weeks=0",
]


@pytest.mark.parametrize("query", NONSENSE)
def test_an_address_that_means_nothing_is_no_error(client, city, busy, query):
    client.force_login(city.supervisor)
    assert client.get(f"{reverse('obligations')}?{query}").status_code == 200


def test_pages_of_a_list_follow_each_other_across_agencies(city, busy):
    reach, now = scope.of(city.coordinator), timezone.now()
    seen, after = [], None
    while True:
        rows, after = owed.page(city.coordinator, reach, owed.Filters("open"), now=now, after=after, limit=3)
        seen += [(each.due_at, each.pk) for each in rows]
        if not after:
            break
    assert seen == sorted(seen)
    assert len(set(seen)) == len(seen) == owed.count(reach, owed.Filters("open"), now=now)


def test_an_obligation_stands_in_the_list_of_clocks_once_for_each_that_ran_out(client, city, busy):
    late, now = busy[0].obligations.get(agency=city.papd), timezone.now()
    escalations.climb(by=User.objects.system(), now=now)
    obligations.acknowledge(obligation=late, by=city.supervisor)
    past(late, hours=2)
    escalations.climb(by=User.objects.system(), now=now)
    reach, after, seen = scope.of(city.supervisor), None, []
    asked = owed.Filters("ran_out", first=now.date() - timedelta(weeks=2), weeks=3)
    while after != "":
        rows, after = owed.page(city.supervisor, reach, asked, now=now, after=after, limit=1)
        seen += [(each.pk, each.ran_out[0]) for each in rows]
    assert [stage for pk, stage in seen if pk == late.pk] == ["assign", "acknowledge"]
    assert len(seen) == len(set(seen)) == owed.count(reach, asked, now=now) == 3
    client.force_login(city.supervisor)
    page = client.get(boardpage.address(**asked._asdict())).content.decode()
    assert "3 clocks, the newest first" in page
    assert "To acknowledge: ran out" in page
    assert len(re.findall(r'id="(sum-[^"]*)"', page)) == 0


def test_the_board_costs_the_same_with_two_leads_and_with_six(client, city):
    for number in (1, 2):
        past(lead(city, f"WCL-2026-0000{number}").obligations.get(agency=city.papd), days=number)
    # One of them counts outcomes: each once, and by agency those it took part in.
    assert statements(client, city.supervisor, "accountability") == statements_after_more(client, city) == 18


def statements_after_more(client, city):
    for number in (3, 4, 5, 6):
        past(lead(city, f"WCL-2026-0000{number}").obligations.get(agency=city.papd), days=number)
    return statements(client, city.supervisor, "accountability")


def statements(client, user, name):
    client.force_login(user)
    client.get(reverse(name))
    with CaptureQueriesContext(connection) as found:
        assert client.get(reverse(name)).status_code == 200
    return len(found)


def test_the_list_costs_ten_statements(client, city, busy):
    assert statements(client, city.coordinator, "obligations") == 10


def test_everybody_who_is_late_is_reminded_once_an_hour(client, city, busy):
    client.force_login(city.supervisor)
    for _ in range(2):
        client.post(reverse("remind"))
    told = Notification.objects.filter(verb="obligation.reminded")
    assert {note.user for note in told} == {city.supervisor, city.detective}
    assert told.count() == 2
    later = timezone.now() + timedelta(hours=1, seconds=1)
    late = list(Obligation.objects.filter(agency=city.papd, due_at__lte=timezone.now()))
    assert reminders.remind(obligations=late, by=city.supervisor, now=later) == 2
    assert AuditEvent.objects.filter(verb="obligation.reminded").count() == 2


def test_each_press_reminds_of_the_next_worst_until_everybody_is_reminded(client, city, busy, monkeypatch):
    monkeypatch.setattr(reminders, "MOST", 1)
    client.force_login(city.supervisor)
    said = [client.post(reverse("remind"), follow=True).content.decode() for _ in range(3)]
    assert (
        "Reminded of 1 of 2 overdue obligations not reminded of yet, the worst. Press again for the others." in said[0]
    )
    assert "Reminded of 1 of 1 overdue obligations not reminded of yet.<" in said[1]
    assert "everybody who is late was reminded within the hour" in said[2]
    assert Notification.objects.filter(verb="obligation.reminded").count() == 2


def test_what_is_not_late_is_never_reminded_of(city, busy):
    fine = list(Obligation.objects.filter(agency=city.papd, due_at__gt=timezone.now()))
    assert reminders.remind(obligations=fine, by=city.supervisor) == 0
    assert not Notification.objects.filter(verb="obligation.reminded").exists()


def test_nobody_reminds_an_agency_they_do_not_answer_for(city, busy):
    late = list(Obligation.objects.filter(due_at__lte=timezone.now()))
    theirs = [each for each in late if each.agency_id == city.papd.pk]
    assert theirs
    assert reminders.remind(obligations=theirs, by=city.gm_supervisor) == 0
    assert not Notification.objects.filter(verb="obligation.reminded").exists()
    assert reminders.remind(obligations=late, by=city.coordinator) == 3


def test_twelve_weeks_count_what_came_in_and_what_ran_out(city, busy):
    now = timezone.now()
    escalations.climb(by=User.objects.system(), now=now)
    weeks = accountability.weeks(scope.of(city.supervisor), now=now)
    assert len(weeks) == 12
    monday = now.astimezone(ZoneInfo(ZONE)).date() - timedelta(days=now.astimezone(ZoneInfo(ZONE)).weekday())
    assert weeks[-1][0] == monday
    assert sum(week[1] for week in weeks) == Obligation.objects.filter(agency=city.papd).count()
    assert sum(week[2] for week in weeks) == 2


def test_the_chart_is_drawn_on_one_scale_from_zero():
    first = datetime(2026, 5, 4, tzinfo=ZoneInfo(ZONE)).date()
    weeks = [(first + timedelta(weeks=n), n, 0) for n in range(12)]
    chart = weekschart.draw(weeks)
    ys = [float(point.split(",")[1]) for point in chart["came"].split()]
    assert ys == sorted(ys, reverse=True)
    assert [label for _y, label in chart["ticks"]] == [0, 10, 20]
    assert "51 obligations came in, 15 in the six before" in chart["words"]


@pytest.mark.parametrize(("closed", "shown"), [(9, None), (10, 70)])
def test_a_share_of_fewer_than_ten_is_not_given(closed, shown):
    line = accountability.Line(1, 1, "", "", {}, {"closed": closed, "in_time": 7}, 0)
    assert line.in_time == shown


def test_a_commander_who_has_a_lead_is_named(city, busy):
    part = busy[0].obligations.get(agency=city.papd)
    assignments.assign(obligation=part, investigator=city.commander, by=city.supervisor)
    names = {line.name for line in accountability.board(scope.of(city.supervisor), now=timezone.now()).people}
    assert "Rowan Pike" in names
    assert "Somebody who left" not in names


def test_who_supervises_one_agency_and_analyses_at_the_center_reminds_of_what_they_supervise(client, city, busy):
    member(city.center, Role.ANALYST, user=city.supervisor)
    client.force_login(city.supervisor)
    assert "Reminded of 2 of 2" in client.post(reverse("remind"), follow=True).content.decode()
