"""Days of a case: told ahead by the office's choice, each step once whatever happens, and nothing after it is over."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from agencies.access import Refused
from agencies.models import AuditEvent, Notification
from agencies.roles import Role
from leads.actions import caseloads, datereminders, deadlines, referrals
from leads.models import DateReminder, Deadline, Lead, Referral
from leads.queries import dates as queries_dates
from tests.factories import NOW, incident, member
from tests.leads.working import BOTH, load, notice, system
from tests.scenery import scene

DAY = timedelta(days=1)
TODAY = NOW.date()  # a Wednesday
FRIDAY = date(2026, 7, 31)  # twelve working days ahead


@scene
def dorian(city):
    return member(city.da, Role.PROSECUTOR, name="Dorian Whitlock")


@scene
def case(city):
    incident(city.papd, case_number="26-018844")
    incident(city.gmpd, case_number="26-004417")
    load(city, notice(*BOTH))
    return accepted(city)


def accepted(city, defendant="Pat Doe"):
    lead = Lead.objects.get()
    values = {"lead": lead, "agency": city.papd, "office": city.da, "defendant": defendant, "summary": "Arrested."}
    made = referrals.make(by=city.detective, now=NOW, **values)
    return referrals.decide(referral=made, status=Referral.Status.ACCEPTED, by=city.prosecutor, now=NOW)


def in_court(case, city, on):
    """A day in court, as the office sets it."""
    Referral.objects.filter(pk=case.pk).update(next_on=on, next_what="Arraignment")


def told(now):
    """What people hear at a moment: {(name, verb): how many}."""
    before = set(Notification.objects.values_list("pk", flat=True))
    while datereminders.tell(by=system(), now=now):
        pass
    found = {}
    for each in Notification.objects.exclude(pk__in=before).select_related("user"):
        key = each.user.name, each.verb
        found[key] = found.get(key, 0) + 1
    return found


def at(day):
    return NOW + (day - TODAY)


def steps():
    return list(DateReminder.objects.order_by("id").values_list("day", "step"))


def test_a_day_in_court_is_told_fourteen_seven_and_one_working_days_ahead_and_once_when_it_is_past(city, case):
    in_court(case, city, FRIDAY)
    days = [TODAY + each * DAY for each in range(30)]
    heard = {day: verbs for day in days if (verbs := {verb for _who, verb in told(at(day))})}
    assert heard == {
        TODAY: {"court.ahead"},
        date(2026, 7, 22): {"court.ahead"},
        date(2026, 7, 30): {"court.ahead"},
        date(2026, 8, 3): {"court.past"},  # the Monday after
    }
    assert steps() == [(FRIDAY, 14), (FRIDAY, 7), (FRIDAY, 1), (FRIDAY, 0)]


def test_the_office_and_those_of_the_agency_on_the_case_hear_of_court_and_the_office_alone_that_it_is_past(city, case):
    in_court(case, city, TODAY + DAY)
    assert set(told(NOW)) == {(name, "court.ahead") for name in ("Ruth Calloway", "Chidi Okafor", "Amara Bell")}
    assert set(told(NOW + 2 * DAY)) == {("Ruth Calloway", "court.past")}


def test_a_deadline_is_the_offices_own_and_whose_case_it_is_hears_of_it(city, case, dorian):
    deadlines.add(referral=case, kind="discovery", due_on=TODAY + DAY, by=city.prosecutor, now=NOW)
    assert set(told(NOW)) == {("Ruth Calloway", "deadline.ahead"), ("Dorian Whitlock", "deadline.ahead")}
    caseloads.give(referral=case, prosecutor=dorian, by=city.prosecutor, now=NOW)
    assert set(told(NOW + 2 * DAY)) == {("Dorian Whitlock", "deadline.overdue")}
    dorian.memberships.update(ended_at=NOW, ended_by=dorian)
    deadlines.add(referral=case, kind="motions", due_on=TODAY - DAY, by=city.prosecutor, now=NOW)
    assert set(told(NOW)) == {("Ruth Calloway", "deadline.overdue")}


def test_whatever_runs_twice_a_step_is_told_once(city, case):
    in_court(case, city, FRIDAY)
    deadlines.add(referral=case, kind="discovery", due_on=FRIDAY, by=city.prosecutor, now=NOW)
    assert told(NOW) != {}
    assert told(NOW) == {}
    assert told(NOW + timedelta(hours=5)) == {}
    for each in DateReminder.objects.all():
        again = DateReminder(referral_id=each.referral_id, deadline_id=each.deadline_id, day=each.day, step=each.step)
        again.at = NOW
        with pytest.raises(IntegrityError, match="date_reminder_once"), transaction.atomic():
            again.save(force_insert=True)


def test_a_clock_that_was_away_tells_the_nearest_step_alone(city, case):
    in_court(case, city, FRIDAY)
    assert told(at(date(2026, 7, 30))) != {}
    assert steps() == [(FRIDAY, 1)]


def test_nothing_is_told_of_what_is_done_dropped_or_moved_and_of_the_new_day_anew(city, case):
    made = [
        deadlines.add(referral=case, kind=kind, due_on=TODAY + DAY, by=city.prosecutor, now=NOW)
        for kind in ("discovery", "motions", "expert_notice")
    ]
    deadlines.finish(deadline=made[0], by=city.prosecutor, now=NOW)
    deadlines.drop(deadline=made[1], why="Plea", by=city.prosecutor, now=NOW)
    deadlines.move(deadline=made[2], due_on=FRIDAY, by=city.prosecutor, now=NOW)
    in_court(case, city, TODAY + DAY)
    in_court(case, city, None)
    assert {verb for _who, verb in told(NOW)} == {"deadline.ahead"}
    assert steps() == [(FRIDAY, 14)]
    Referral.objects.filter(pk=case.pk).update(next_on=TODAY + DAY, next_what="Plea", status="declined",
                                               decline_reason="other")  # fmt: skip
    deadlines.move(deadline=made[2], due_on=TODAY, by=city.prosecutor, now=NOW)
    assert told(NOW) == {}
    assert queries_dates.count(city.prosecutor) == 0
    with pytest.raises(Refused, match="not before the office"):
        deadlines.add(referral=case, kind="discovery", due_on=FRIDAY, by=city.prosecutor)


def test_every_day_that_a_case_has_in_court_is_told_of_and_two_matters_of_one_day_once(city, case):
    for kind, on in (("arraignment", TODAY + DAY), ("bail", TODAY + DAY), ("trial", TODAY + 2 * DAY)):
        case.proceedings.create(kind=kind, on=on, recorded_at=NOW, recorded_by=city.prosecutor)
    assert told(NOW)[("Ruth Calloway", "court.ahead")] == 2
    case.proceedings.filter(kind="trial").update(status="held", ended_at=NOW, ended_by=city.prosecutor)
    case.proceedings.exclude(kind="trial").update(status="held", ended_at=NOW, ended_by=city.prosecutor)
    in_court(case, city, None)
    assert told(NOW + 5 * DAY) == {}


def test_the_days_ahead_are_the_offices_choice(city, case, dorian):
    datereminders.set_rule(office=city.da, days=[3], by=dorian, now=NOW)
    in_court(case, city, FRIDAY)
    assert told(NOW) == {}
    assert {verb for _who, verb in told(at(date(2026, 7, 28)))} == {"court.ahead"}
    assert AuditEvent.objects.get(verb="reminder_rule.set").data["changes"] == {"days": [[14, 7, 1], [3]]}
    with pytest.raises(Refused, match="Give at most 5 numbers"):
        datereminders.set_rule(office=city.da, days=[61], by=dorian)


def test_an_office_is_told_by_its_own_calendar_and_day(city, case):
    """At three in the morning of UTC it is still the day before in Chicago."""
    in_court(case, city, TODAY + 2 * DAY)
    datereminders.set_rule(office=city.da, days=[1], by=city.prosecutor, now=NOW)
    night = NOW.replace(hour=22) + timedelta(minutes=1)
    assert told(night) == {}
    assert told(night + timedelta(hours=3)) != {}


def test_what_was_over_a_month_ago_is_listed_and_told_to_nobody(city, case):
    in_court(case, city, TODAY - 31 * DAY)
    assert told(NOW) == {}
    days, _later = queries_dates.page(city.prosecutor, last=TODAY - DAY)
    assert [each.on for each in days] == [TODAY - 31 * DAY]


@pytest.mark.parametrize("who", ["detective", "supervisor", "coordinator", "analyst"])
def test_only_the_office_keeps_its_days_and_says_whose_case_it_is(city, case, who):
    person = getattr(city, who)
    with pytest.raises(Refused, match="Only a prosecutor of the office"):
        deadlines.add(referral=case, kind="discovery", due_on=FRIDAY, by=person)
    with pytest.raises(Refused, match="Only a prosecutor of the office"):
        caseloads.give(referral=case, prosecutor=city.prosecutor, by=person)
    with pytest.raises(Refused, match="Only a prosecutor of the office"):
        datereminders.set_rule(office=city.da, days=[1], by=person)
    with pytest.raises(Refused, match="by itself"):
        datereminders.tell(by=person)


def test_a_case_is_given_to_prosecutors_of_its_office_who_are_told_once(city, case, dorian):
    federal = member(city.usao, Role.PROSECUTOR)
    with pytest.raises(Refused, match="Choose a prosecutor of the office"):
        caseloads.give(referral=case, prosecutor=federal, by=city.prosecutor)
    for _twice in range(2):
        caseloads.give(referral=case, prosecutor=dorian, by=city.prosecutor)
    assert Notification.objects.filter(user=dorian, verb="referral.assigned").count() == 1
    case = caseloads.give(referral=case, prosecutor=None, by=dorian)
    assert (case.assigned_to, case.assigned_at, case.assigned_by) == (None, None, None)


def test_what_is_over_stays_over_and_says_why(city, case):
    made = deadlines.add(referral=case, kind="discovery", due_on=FRIDAY, by=city.prosecutor)
    deadlines.finish(deadline=made, by=city.prosecutor)
    for step in (deadlines.finish, deadlines.drop, deadlines.move):
        more = {"due_on": FRIDAY} if step is deadlines.move else {"why": "x"}
        with pytest.raises(Refused, match="done already"):
            step(deadline=made, by=city.prosecutor, **more)
    with pytest.raises(IntegrityError, match="deadline_ended_at_and_by"), transaction.atomic():
        Deadline.objects.filter(pk=made.pk).update(status="dropped", ended_why="")


def test_of_a_deadline_whose_day_is_over_nobody_is_promised_to_be_told_ahead(client, city, case):
    client.force_login(city.prosecutor)
    now = timezone.now().astimezone(city.da.working_calendar.tz).date()
    for on, told in ((now - DAY, "stands under Past or overdue"), (now, "You are told ahead of it")):
        given = {"kind": "discovery", "due_on": on.isoformat()}
        assert told in client.post(reverse("deadline_new", args=[case.pk]), given, follow=True).content.decode()


def test_a_deadline_of_a_case_that_was_declined_rests_and_is_not_overdue(client, city, case):
    deadlines.add(referral=case, kind="discovery", due_on=TODAY - DAY, by=city.prosecutor)
    client.force_login(city.prosecutor)
    assert "Overdue" in client.get(case.get_absolute_url()).content.decode()
    referrals.decide(referral=case, status="declined", reason="weak_evidence", by=city.prosecutor, now=NOW)
    page = client.get(case.get_absolute_url()).content.decode()
    assert "Rests: the case is declined" in page
    assert "Overdue" not in page


def test_the_pages_take_each_step(client, city, case):
    client.force_login(city.prosecutor)
    client.post(reverse("deadline_new", args=[case.pk]), {"kind": "discovery", "due_on": "7/31/2026", "basis": "Rule"})
    one = Deadline.objects.get()
    assert (one.due_on, one.basis, one.office_id) == (FRIDAY, "Rule", city.da.pk)
    same = client.post(reverse("deadline_move", args=[one.pk]), {"due_on": "7/31/2026"})
    assert "due on this day already" in same.content.decode()
    client.post(reverse("deadline_move", args=[one.pk]), {"due_on": "8/3/2026"})
    client.post(reverse("referral_give", args=[case.pk]), {"prosecutor": city.prosecutor.pk})
    page = client.get(case.get_absolute_url()).content.decode()
    assert "Mon 3 Aug 2026" in page
    assert "Prosecutor, District Attorney, Wexley" in page
    client.post(reverse("deadline_done", args=[one.pk]))
    assert "Done, Ruth Calloway" in client.get(case.get_absolute_url()).content.decode()
    client.post(reverse("reminder_rule", args=[city.da.pk]), {"days": "5, 2"})
    assert queries_dates.days_of(city.da) == (5, 2)
    wrong = client.post(reverse("reminder_rule", args=[city.da.pk]), {"days": "soon"}).content.decode()
    assert "Give whole numbers apart by commas" in wrong


def test_the_agency_that_referred_reads_the_deadlines_and_has_no_button(client, city, case):
    made = deadlines.add(referral=case, kind="discovery", due_on=FRIDAY, by=city.prosecutor)
    client.force_login(city.detective)
    page = client.get(case.get_absolute_url()).content.decode()
    assert "Fri 31 Jul 2026" in page
    assert reverse("deadline_done", args=[made.pk]) not in page
    assert client.get(reverse("deadline_done", args=[made.pk])).status_code == 403
    client.force_login(city.gm_supervisor)
    assert client.get(reverse("deadline_done", args=[made.pk])).status_code in (403, 404)
