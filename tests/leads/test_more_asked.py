"""What a prosecutor asks for is a task of the agency that referred the case, and answers it when all is done."""

from datetime import timedelta

import pytest
from django.utils import timezone

from agencies.access import Refused
from agencies.models import Notification
from leads.actions import _asked, activities, assignments, casetasks, closings
from leads.models import Task
from leads.queries import casetasks as queries_tasks
from tests.apiclient import Program
from tests.leads.casework import Status, refer, soon
from tests.leads.test_referral_decisions import case, decide, gun, page, steps
from tests.leads.working import system

__all__ = ["case", "gun", "page"]


@pytest.fixture
def asked(city, case):
    items = ["Video of the corner store", "Report of the second event"]
    decide(case, "more_asked", city.prosecutor, items=items, due_on=soon())
    return case


def test_items_are_tasks_of_the_agency_with_a_day(page, city, case):
    given = {"status": "more_asked", "items": "Video \n\n  Second   report\nVideo", "due_on": soon().isoformat()}
    page(city.prosecutor, "referral_decide", case.pk, given)
    made = list(Task.objects.order_by("id"))
    assert [each.what for each in made] == ["Video", "Second report"]
    assert {each.obligation.agency for each in made} == {city.papd}
    assert "Asked for by District Attorney, Wexley" in page(city.detective, "obligation_tasks", made[0].obligation_id)


@pytest.mark.parametrize("day", ["", "2020-01-01"])
def test_items_have_a_day_to_come(page, city, case, day):
    given = {"status": "more_asked", "items": "Video", "due_on": day}
    assert "Give a day to come" in page(city.prosecutor, "referral_decide", case.pk, given)
    assert not Task.objects.exists()


def test_an_agency_without_a_part_is_asked_in_words(page, city, gun):
    by = {"agency": city.center, "by": city.coordinator, "defendant": "Robin Roe"}
    other = refer(city, gun, city.da, **by)
    given = {"status": "more_asked", "items": "Video", "due_on": soon().isoformat()}
    assert "has no part in this lead" in page(city.prosecutor, "referral_decide", other.pk, given)


def test_they_stand_among_the_tasks_of_who_has_the_part_even_when_it_is_closed(city, asked):
    part = asked.lead.obligations.get(agency=city.papd)
    assignments.assign(obligation=part, investigator=city.detective, unit=city.homicide, by=city.supervisor)
    activities.log(obligation=part, kind="note", text="Asked", by=city.detective)
    closings.propose(obligation=part, outcome="exhausted_no_suspect", usefulness=2, by=city.detective)
    closings.approve(obligation=part, by=city.supervisor)
    assert {each.what for each in queries_tasks.own_tasks(city.detective)} == {
        "Video of the corner store",
        "Report of the second event",
    }


@pytest.mark.parametrize("who", ["gm_supervisor", "analyst", "coordinator", "gm_detective"])
def test_nobody_else_on_the_lead_learns_that_anything_was_asked(page, city, asked, who):
    part = Task.objects.first().obligation
    assert "corner store" not in page(getattr(city, who), "obligation_tasks", part.pk)
    assert not Task.objects.visible_to(getattr(city, who)).exists()


def test_when_the_last_is_done_or_dropped_the_case_is_back_before_the_office(page, city, asked):
    one, two = Task.objects.order_by("id")
    page(city.detective, "task_finish", one.pk, {"note": "The camera was broken."})
    asked.refresh_from_db()
    assert asked.status == Status.MORE_ASKED
    casetasks.drop(task=two, why="No such report", by=city.supervisor)
    asked.refresh_from_db()
    assert (asked.status, steps(asked)) == (Status.REFERRED, ["more_asked", "referred"])
    assert asked.decisions.last().note == "What was asked for: 1 done, 1 dropped."
    assert Notification.objects.filter(verb="referral.answered", user=city.prosecutor).count() == 1
    text = page(city.prosecutor, "referral", asked.pk)
    assert "The camera was broken." in text
    assert "No such report" in text


def test_what_came_of_it_is_no_activity_that_the_lead_shows(city, asked):
    casetasks.finish(task=Task.objects.first(), note="He said so.", by=city.detective)
    assert not asked.lead.activities.exists()


def test_an_item_that_is_overdue_is_told_once_to_those_on_the_case(city, asked):
    later = timezone.now() + timedelta(days=9)
    casetasks.tell(by=system(), now=later)
    casetasks.tell(by=system(), now=later)
    told = Notification.objects.filter(verb="task.overdue").values_list("user__name", flat=True)
    assert sorted(told) == ["Amara Bell", "Chidi Okafor"]


def test_a_program_says_what_came_of_it_and_nothing_that_would_be_dropped(city, asked):
    program, path = Program(city.detective), f"tasks/{Task.objects.first().pk}/finish/"
    wrong = program.post(path, note="Here", result="useful", minutes=5)
    assert (wrong.status_code, set(wrong.json())) == (400, {"result", "minutes"})
    assert program.post(path, note="Here").json()["came_of_it"] == "Here"


def test_more_items_than_are_asked_for_at_once_are_refused_and_none_is_left_out(city, case):
    many = [f"Item {number}" for number in range(_asked.MOST_ITEMS + 1)]
    with pytest.raises(Refused, match="At most 20 items"):
        decide(case, "more_asked", city.prosecutor, items=many, due_on=soon())


def test_only_the_agency_that_referred_answers(city, asked):
    for who in (city.prosecutor, city.gm_detective, city.examiner):
        with pytest.raises(Refused, match="Only investigators of the agency that referred"):
            casetasks.finish(task=Task.objects.first(), by=who)
