"""A prosecutor's day and the lists behind it: what is due, what is past, what waits, whose it is; bounded and cheap."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from agencies.models import User
from agencies.roles import Role
from leads.actions import caseloads, deadlines, referrals
from leads.models import Referral
from leads.queries import caseloads as queries_caseloads
from leads.queries import dates as queries_dates
from tests.factories import NOW, member
from tests.leads.pages import lead
from tests.scenery import scene

DAY = timedelta(days=1)


@scene
def today(city):
    """The day it is for the office, whatever it is for UTC."""
    return timezone.localdate(timezone=city.da.working_calendar.tz)


@scene
def federal(city):
    return member(city.usao, Role.PROSECUTOR, name="Dorian Whitlock")


@scene
def found(city):
    return lead(city, "WCL-2026-00001")


@scene
def case(city, found):
    return made(city, found, "Pat Doe")


def made(city, on, defendant, office=None, status=Referral.Status.ACCEPTED):
    values = {"lead": on, "agency": city.papd, "office": office or city.da, "defendant": defendant, "summary": "Gun."}
    new = referrals.make(by=city.detective, **values)
    return referrals.decide(referral=new, status=status, by=city.prosecutor) if status else new


def court(case, on, what="Arraignment"):
    Referral.objects.filter(pk=case.pk).update(next_on=on, next_what=what)


def page(client, person, name="prosecution_day", **query):
    client.force_login(person)
    answer = client.get(reverse(name), query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_prosecutor_begins_the_day_there(client, city):
    client.force_login(city.prosecutor)
    assert client.get(reverse("home")).url == reverse("prosecution_day")


@pytest.mark.parametrize("role", ["supervisor", "commander"])
def test_who_supervises_an_office_begins_with_its_cases_and_who_decides_on_them_with_their_day(client, city, role):
    chief = member(city.da, role)
    assert first(client, chief) == reverse("referrals")
    member(city.da, "prosecutor", user=chief)
    assert first(client, User.objects.get(pk=chief.pk)) == reverse("prosecution_day")
    assert first(client, member(city.papd, role)) == reverse("accountability")


def first(client, person):
    client.force_login(person)
    return client.get(reverse("home")).url


def test_an_empty_day_says_what_to_do(client, city):
    text = page(client, city.prosecutor)
    assert "Nothing today" in text
    assert "Record the next day in court, or a deadline, on the page of a case" in text
    assert "Nothing waits for a decision" in text
    assert "New gun arrests" not in text


def test_todays_dates_this_weeks_what_is_past_and_what_waits_stand_apart(client, city, found, case, today):
    court(case, today)
    deadlines.add(referral=case, kind="discovery", due_on=today + 6 * DAY, by=city.prosecutor)
    deadlines.add(referral=case, kind="motions", due_on=today + 7 * DAY, by=city.prosecutor)
    deadlines.add(referral=case, kind="expert_notice", due_on=today - DAY, by=city.prosecutor)
    made(city, found, "Robin Roe", status=None)
    text = page(client, city.prosecutor)
    late, now, week, waits = (text.index(f'id="h-{part}"') for part in ("late", "today", "week", "waiting"))
    assert late < text.index("Expert notice") < now < text.index("Arraignment") < week < text.index("Discovery") < waits
    assert waits < text.index("Robin Roe")
    assert "Motions" not in text
    assert "1 past or overdue" in text
    assert "referred today" in text


def test_what_comes_after_the_next_day_in_court_is_said_beside_it(client, city, case, today):
    court(case, today + DAY)
    for kind, day in (("arraignment", today + DAY), ("trial", today + 30 * DAY)):
        case.proceedings.create(kind=kind, on=day, recorded_at=NOW, recorded_by=city.prosecutor)
    assert "then Trial" in page(client, city.prosecutor)


def test_who_has_cases_sees_them_first_and_the_whole_office_beside(client, city, found, case, today):
    other = made(city, found, "Robin Roe")
    for each in (case, other):
        court(each, today)
    caseloads.give(referral=case, prosecutor=city.prosecutor, by=city.prosecutor)
    mine, office = page(client, city.prosecutor), page(client, city.prosecutor, of="office")
    assert "Pat Doe" in mine
    assert "Robin Roe" not in mine
    assert "Robin Roe" in office


def test_a_case_that_is_nobodys_waits_on_everybodys_day_and_anothers_case_does_not(client, city, found, case):
    caseloads.give(referral=case, prosecutor=city.prosecutor, by=city.prosecutor)
    new, theirs = made(city, found, "Robin Roe", status=None), made(city, found, "Sam Poe", status=None)
    caseloads.give(referral=theirs, prosecutor=member(city.da, Role.PROSECUTOR), by=city.prosecutor)
    waits = page(client, city.prosecutor).split('id="h-waiting"')[1].split("</section>")[0]
    assert new.get_absolute_url() in waits
    assert theirs.get_absolute_url() not in waits
    assert "1 case: yours, and those that are nobody’s yet." in waits
    office = page(client, city.prosecutor, of="office").split('id="h-waiting"')[1].split("</section>")[0]
    assert theirs.get_absolute_url() in office
    assert ">2 cases</a>" in office


@pytest.mark.parametrize("name", ["prosecution_day", "my_cases", "case_dates"])
def test_another_office_and_the_police_see_nothing_of_it(client, city, case, federal, today, name):
    court(case, today)
    assert "Pat Doe" not in page(client, federal, name)
    for person in (city.detective, city.coordinator, city.analyst):
        client.force_login(person)
        assert client.get(reverse(name)).status_code == 403


def test_my_cases_stand_by_age_and_by_their_next_day(client, city, found, case, today):
    other, gone = made(city, found, "Robin Roe"), made(city, found, "Sam Poe", status=None)
    for each in (case, other, gone):
        caseloads.give(referral=each, prosecutor=city.prosecutor, by=city.prosecutor)
    court(case, today + 9 * DAY)
    court(other, today + 2 * DAY)
    Referral.objects.filter(pk=gone.pk).update(
        status="declined", decline_reason="other", decided_at=NOW, decided_by=city.prosecutor
    )
    by_age, by_date = (page(client, city.prosecutor, "my_cases", by=by) for by in ("age", "next"))
    assert by_age.index("Pat Doe") < by_age.index("Robin Roe")
    assert by_date.index("Robin Roe") < by_date.index("Pat Doe")
    assert "Sam Poe" not in by_age


def test_lists_go_on_page_by_page_each_day_and_case_once(city, found, case, today):
    cases = [case, *(made(city, found, f"Defendant {each}") for each in range(4))]
    for each in cases:
        caseloads.give(referral=each, prosecutor=city.prosecutor, by=city.prosecutor)
        court(each, today + 3 * DAY)
        deadlines.add(referral=each, kind="discovery", due_on=today + 3 * DAY, by=city.prosecutor)
    for mine in (False, True):
        seen, after = [], ""
        while after is not None:
            days, later = queries_dates.page(city.prosecutor, first=today, mine=mine, after=after, limit=3)
            seen += [(each.referral.pk, each.deadline and each.deadline.pk) for each in days]
            after = later or None
        assert len(seen) == len(set(seen)) == 10
        assert queries_dates.count(city.prosecutor, mine=mine) == 10
    for which in ("age", "next"):
        seen, after = [], ""
        while after is not None:
            rows, later = queries_caseloads.page(city.prosecutor, which, after=after, limit=2)
            seen += [each.pk for each in rows]
            after = later or None
        assert seen == [each.pk for each in cases]


def test_no_list_reads_more_than_it_shows(city, case):
    """A million days of other offices are beside these: each list begins with an index of its own."""
    asked = {"offices": [city.da.pk], "mine": city.prosecutor.pk, "first": NOW.date(), "last": queries_dates.NEVER,
             "at": NOW.date(), "key": 0, "limit": 51}  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("set local enable_seqscan = off; set local enable_sort = off; set local enable_bitmapscan = off")
        for sql, names in (
            (queries_dates.OF_OFFICES, {"referral_office_next", "deadline_office_open"}),
            (queries_dates.OF_ONE, {"referral_assigned_next"}),
        ):
            cursor.execute(f"explain {sql}", asked)
            plan = "\n".join(line for (line,) in cursor.fetchall())
            assert {name for name in names if name in plan} == names, plan


def statements(client, person, name):
    page(client, person, name)
    with CaptureQueriesContext(connection) as found:
        client.get(reverse(name))
    return len(found)


def test_each_page_costs_the_same_with_one_case_and_with_three(client, city, found, case, today):
    """Two of my day are of what is not disclosed yet, and of packets in hand."""
    names = ("prosecution_day", "my_cases", "case_dates")

    def fill(each):
        caseloads.give(referral=each, prosecutor=city.prosecutor, by=city.prosecutor)
        court(each, today + DAY)
        deadlines.add(referral=each, kind="discovery", due_on=today + 2 * DAY, by=city.prosecutor)
        deadlines.add(referral=each, kind="motions", due_on=today - 2 * DAY, by=city.prosecutor)

    fill(case)
    one = [statements(client, city.prosecutor, name) for name in names]
    for defendant in ("Robin Roe", "Sam Poe"):
        fill(made(city, found, defendant))
    assert one == [statements(client, city.prosecutor, name) for name in names] == [14, 7, 10]


def test_a_case_says_who_is_on_it_on_either_side(client, city, found, case):
    caseloads.give(referral=case, prosecutor=city.prosecutor, by=city.prosecutor)
    client.force_login(city.detective)
    text = client.get(case.get_absolute_url()).content.decode()
    assert "Prosecutor, District Attorney, Wexley" in text
    assert "Referred by, Port Alder PD" in text
    assert "Whose case" not in text
