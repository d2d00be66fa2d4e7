"""Who is told by the clock: those who owe the next step, and always somebody."""

from datetime import timedelta

import pytest

from agencies.models import Agency, Notification, User
from agencies.roles import Role
from leads.actions import activities, assignments, closings, escalations, obligations, reminders
from leads.insight import accountability, scope, stages
from leads.models import Escalation, Obligation
from tests.factories import NOW, member
from tests.leads.test_notice_to_closed import lead, of  # noqa: F401
from tests.scenery import scene

RUNGS = ("due_soon", "overdue", "supervisor", "commander", "coordinator")


def climb(now):
    return escalations.climb(by=User.objects.system(), now=now)


def told(verb):
    return set(Notification.objects.filter(verb=verb).values_list("user__name", flat=True))


@scene
def mine(city, lead):  # noqa: F811
    """The part of one department; that of the other is out of the way."""
    Obligation.objects.filter(lead=lead, agency=city.gmpd).update(next_step_at=None)
    return of(lead, city.papd)


@scene
def proposed(city, mine):
    assignments.assign(obligation=mine, investigator=city.detective, by=city.supervisor, now=NOW, unit=city.homicide)
    activities.log(obligation=mine, kind="note", text="Seen.", by=city.detective, now=NOW)
    closings.propose(obligation=mine, outcome="exhausted_no_suspect", usefulness=2, by=city.detective, now=NOW)
    mine.refresh_from_db()
    return mine


def test_the_supervisor_who_owes_the_decision_hears_that_it_is_due(city, proposed):
    for step, verb in zip(proposed.steps[:2], RUNGS, strict=False):
        climb(step)
        assert told(f"escalation.{verb}") == {"Amara Bell"}


def test_who_owes_the_decision_is_reminded_of_it(city, proposed):
    reminders.remind(obligations=[proposed], by=city.coordinator, now=proposed.due_at)
    assert told("obligation.reminded") == {"Amara Bell"}


def test_who_is_at_work_is_reminded_of_the_report(city, mine):
    assignments.assign(obligation=mine, investigator=city.detective, by=city.supervisor, now=NOW)
    mine.refresh_from_db()
    reminders.remind(obligations=[mine], by=city.coordinator, now=mine.due_at)
    assert told("obligation.reminded") == {"Chidi Okafor"}


@pytest.mark.parametrize("last", range(1, 5))
def test_a_commander_hears_every_rung_where_there_is_no_supervisor(city, mine, last):
    city.papd.memberships.filter(role=Role.SUPERVISOR).update(ended_at=NOW, ended_by=city.administrator)
    climb(mine.steps[last - 1])
    assert told(f"escalation.{RUNGS[last - 1]}") == {"Rowan Pike"}


def _ended(city):
    city.papd.memberships.filter(user=city.detective).update(ended_at=NOW, ended_by=city.administrator)


def _shut(city):
    User.objects.filter(pk=city.detective.pk).update(is_active=False)


def _only_administers(city):
    city.papd.memberships.filter(user=city.detective).update(role=Role.AGENCY_ADMINISTRATOR)


@pytest.mark.parametrize("left", [_ended, _shut, _only_administers])
def test_a_detective_who_left_is_nobody_to_tell(city, mine, left):
    assignments.assign(obligation=mine, investigator=city.detective, by=city.supervisor, now=NOW)
    mine.refresh_from_db()
    left(city)
    for step, verb in zip(mine.steps[:3], RUNGS, strict=False):
        climb(step)
        assert told(f"escalation.{verb}") == {"Amara Bell"}
    mine.refresh_from_db()
    reminders.remind(obligations=[mine], by=city.coordinator, now=mine.due_at)
    assert told("obligation.reminded") == {"Amara Bell"}


@pytest.mark.parametrize("at_work", [False, True])
def test_of_an_agency_that_takes_no_part_any_more_the_coordinator_hears_every_rung(city, mine, at_work):
    if at_work:
        assignments.assign(obligation=mine, investigator=city.detective, by=city.supervisor, now=NOW)
        mine.refresh_from_db()
    Agency.objects.filter(pk=city.papd.pk).update(is_active=False)
    for step, verb in zip(mine.steps, RUNGS, strict=True):
        climb(step)
        assert told(f"escalation.{verb}") == {"Cora Lane"}
    mine.refresh_from_db()
    reminders.remind(obligations=[mine], by=city.coordinator, now=mine.due_at)
    assert told("obligation.reminded") == {"Cora Lane"}


def test_of_an_agency_in_which_nobody_answers_the_coordinator_hears(city, mine):
    roles = [Role.SUPERVISOR, Role.COMMANDER]
    city.papd.memberships.filter(role__in=roles).update(ended_at=NOW, ended_by=city.administrator)
    climb(mine.steps[0])
    assert told("escalation.due_soon") == {"Cora Lane"}
    reminders.remind(obligations=[mine], by=city.coordinator, now=mine.due_at)
    assert told("obligation.reminded") == {"Cora Lane"}


def test_a_supervisor_whose_account_is_closed_is_nobody_to_tell(city, mine):
    User.objects.filter(pk=city.supervisor.pk).update(is_active=False)
    climb(mine.steps[1])
    assert told("escalation.overdue") == {"Rowan Pike"}


def test_the_supervisor_of_the_unit_is_told_and_not_those_of_others(city, mine):
    member(city.papd, Role.SUPERVISOR, name="Otis Hale")
    Obligation.objects.filter(pk=mine.pk).update(unit=city.homicide)
    climb(mine.steps[1])
    assert told("escalation.overdue") == {"Amara Bell"}
    Obligation.objects.filter(pk=mine.pk).update(unit=None, level=0, next_step_at=mine.steps[0], stage_started_at=NOW)
    Notification.objects.all().delete()
    climb(mine.steps[1])
    assert told("escalation.overdue") == {"Amara Bell", "Otis Hale"}


def test_what_was_taken_late_while_no_clock_ran_is_late(city, mine):
    late = mine.due_at + timedelta(days=3)
    assignments.assign(obligation=mine, investigator=city.detective, by=city.supervisor, now=late)
    rung = Escalation.objects.get(obligation=mine)
    assert (rung.level, rung.stage, rung.due_at, rung.at) == (2, "acknowledge", mine.due_at, late)
    assert told("escalation.overdue") == set()
    period = stages.Period(NOW - timedelta(days=1), NOW + timedelta(days=1))
    assigned = stages.figures(scope.of(city.supervisor), period, now=late)[5, True, None]
    assert (assigned.decided, assigned.in_time) == (1, 0)


def test_what_closed_after_its_time_counts_as_late_though_no_clock_ran(city, proposed):
    late = proposed.due_at + timedelta(minutes=1)
    closings.approve(obligation=proposed, by=city.supervisor, now=late)
    board = accountability.board(scope.of(city.supervisor), now=late)
    assert (board.whole.closed["closed"], board.whole.closed["in_time"]) == (1, 0)


def test_a_stage_left_late_is_written_once_where_the_clock_ran(city, mine):
    climb(mine.due_at)
    mine.refresh_from_db()
    obligations.acknowledge(obligation=mine, by=city.supervisor, now=mine.due_at + timedelta(hours=1))
    assert Escalation.objects.filter(obligation=mine, level=2).count() == 1


def test_a_stage_left_in_time_is_no_lateness(city, mine):
    obligations.acknowledge(obligation=mine, by=city.supervisor, now=mine.due_at - timedelta(minutes=1))
    assert not Escalation.objects.filter(obligation=mine).exists()


def test_who_may_remind_of_some_reminds_of_these(city, lead, mine):  # noqa: F811
    member(city.center, Role.ANALYST, user=city.supervisor)
    both = list(lead.obligations.all())
    at = max(each.due_at for each in both)
    assert reminders.remind(obligations=both, by=city.supervisor, now=at) == 1
    assert told("obligation.reminded") == {"Amara Bell"}
