"""Lists of tasks put on a part of a lead, done in one tap; questions to the analysts and their answers."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from agencies.access import Refused
from agencies.calendars import WorkingCalendar
from agencies.models import Notification
from leads import agenda
from leads.actions import (
    assignments,
    casetasks,
    obligations,
    pauses,
    questions,
    tasktemplates,
)
from leads.models import Activity, Question, Task, TaskTemplate
from leads.pages import task as taskpage
from leads.queries import casetasks as queries_tasks
from tests.factories import NOW, ZONE, member
from tests.leads.pages import lead
from tests.leads.working import load, notice, system
from tests.scenery import scene

MINUTE = timedelta(minutes=1)
SEEN = re.compile(r'name="seen" value="(\w+)"')
STEPS = [("canvass", "Canvass the block", 1), ("video", "Ask for the video", 2), ("laboratory", "Send the casings", 5)]


@scene
def template(city):
    return tasktemplates.keep(agency=city.center, name="Casing-only lead", steps=STEPS, by=city.analyst)


@scene
def owed(city):
    """Port Alder's part of a lead, with its detective since Wednesday morning."""
    made = lead(city, "WCL-2026-00001").obligations.get(agency=city.papd)
    assignments.assign(obligation=made, investigator=city.detective, by=city.supervisor, now=NOW)
    return made


def put(city, owed, template, by=None, now=NOW):
    return casetasks.give(obligation=owed, template=template, by=by or city.supervisor, now=now)


def said(now):
    return casetasks.tell(by=system(), now=now)


def told(verb):
    return set(Notification.objects.filter(verb=verb).values_list("user__name", "object_id"))


def test_a_list_puts_its_tasks_on_a_part_each_with_its_working_day(city, owed, template):
    put(city, owed, template)
    days = [(each.what, f"{each.due_at.astimezone(NOW.tzinfo):%a}") for each in Task.objects.all()]
    assert days == [("Canvass the block", "Thu"), ("Ask for the video", "Fri"), ("Send the casings", "Wed")]
    assert list(Notification.objects.filter(verb="task.given").values_list("user", flat=True)) == [city.detective.pk]
    with pytest.raises(Refused, match="stands here already"):
        put(city, owed, template)
    casetasks.drop(task=Task.objects.first(), why="Nobody lives there", by=city.supervisor)
    assert [each.what for each in put(city, owed, template, by=city.detective)] == ["Canvass the block"]


def test_a_task_is_done_in_one_tap_and_is_an_activity_on_the_lead(city, owed, template, client):
    put(city, owed, template)
    first, second, _third = Task.objects.all()
    client.force_login(city.detective)
    page = client.get(reverse("my_leads")).content.decode()
    assert "My tasks" in page
    assert reverse("task_finish", args=[first.pk]) in page
    ticked = client.post(reverse("task_finish", args=[first.pk]), {"back": "mine"})
    assert (ticked.status_code, ticked.url) == (302, reverse("my_leads"))
    said = {"note": "Two cameras, one works", "result": "useful", "minutes": "45"}
    client.post(reverse("task_finish", args=[second.pk]), said)
    done = list(Activity.objects.order_by("id").values_list("kind", "text", "result", "minutes"))
    assert done == [
        ("canvass", "Canvass the block: done.", "", None),
        ("video", "Ask for the video. Two cameras, one works", "useful", 45),
    ]
    assert client.post(reverse("task_finish", args=[first.pk])).status_code == 403
    page = client.get(reverse("obligation_tasks", args=[owed.pk])).content.decode()
    assert "Two cameras, one works. Useful. 45 minutes" in page


def test_however_many_tasks_somebody_has_each_stands_under_my_tasks_and_is_counted(city, owed, client):
    steps = [("other", f"Step {number}", 1) for number in range(1, 9)]
    put(city, owed, tasktemplates.keep(agency=city.center, name="Eight", steps=steps, by=city.analyst))
    client.force_login(city.detective)
    page = client.get(reverse("my_leads")).content.decode().split("My tasks")[1].split("</section>")[0]
    assert [number for number in range(1, 9) if f">Step {number}</a>" not in page] == []
    assert '<span class="muted">8</span>' in page
    assert "5 more" in page


def test_tasks_go_with_the_part_to_whoever_has_it_and_the_first_due_stands_on_top(city, owed, template):
    put(city, owed, template)
    assert [each.what for each in queries_tasks.own_tasks(city.detective)] == [step[1] for step in STEPS]
    other = member(city.papd, name="Mara Voss")
    assignments.assign(obligation=owed, investigator=other, by=city.supervisor)
    assert queries_tasks.own_tasks(city.detective) == []
    rows = [taskpage.task(each, NOW + timedelta(days=2)) for each in queries_tasks.own_tasks(other)]
    assert [("Overdue" in str(row["badge"])) for row in rows] == [True, False, False]


def test_who_may_give_tasks_and_by_whose_lists(city, owed, template, client):
    own = tasktemplates.keep(agency=city.gmpd, name="Ours", steps=STEPS, by=city.gm_supervisor)
    with pytest.raises(Refused, match="Choose a list of the agency or of its center"):
        put(city, owed, own)
    for person in (city.gm_detective, city.analyst):
        with pytest.raises(Refused, match="Only investigators of the agency"):
            put(city, owed, template, by=person)
    with pytest.raises(Refused, match="keeps its lists of tasks"):
        tasktemplates.change(template=template, name="Mine", steps=STEPS, by=city.supervisor)
    assert own not in queries_tasks.lists(city.supervisor)
    client.force_login(city.supervisor)
    assert client.get(reverse("task_template", args=[own.pk])).status_code == 404
    assert client.post(reverse("task_template", args=[template.pk]), {"name": "Mine"}).status_code == 403
    tasktemplates.retire(template=template, by=city.analyst)
    with pytest.raises(Refused, match="Choose a list"):
        put(city, owed, template)
    with pytest.raises(Refused, match="not used any more"):
        tasktemplates.retire(template=template, by=city.analyst)


def test_who_words_a_list_anew_that_somebody_else_changed_meanwhile_is_told_and_keeps_what_they_typed(
    city, template, client
):
    client.force_login(city.analyst)
    path = reverse("task_template", args=[template.pk])
    seen = SEEN.search(client.get(path).content.decode())[1]
    given = {"name": "Theirs", "what_1": "Canvass", "kind_1": "canvass", "days_1": "2"}
    assert client.post(path, given | {"seen": seen}).status_code == 302
    page = client.post(path, given | {"name": "Mine", "seen": seen}).content.decode()
    assert "Somebody changed this since you opened it" in page
    assert 'value="Mine"' in page
    template.refresh_from_db()
    assert template.name == "Theirs"
    client.post(path, given | {"name": "Mine", "seen": SEEN.search(page)[1]})
    template.refresh_from_db()
    assert template.name == "Mine", "who has read what it says now may replace it"


def test_a_list_is_kept_and_worded_anew_on_one_page(city, client):
    client.force_login(city.analyst)
    given = {
        "agency": city.center.pk,
        "name": "Gun recovered",
        "what_1": "Trace it",
        "kind_1": "records",
        "days_1": "1",
    }
    assert client.post(reverse("task_template_new"), given).status_code == 302
    assert "There is a list of this name already." in client.post(reverse("task_template_new"), given).content.decode()
    assert "Write down one task" in client.post(reverse("task_template_new"), {"name": "Empty"}).content.decode()
    one = TaskTemplate.objects.get()
    client.post(reverse("task_template", args=[one.pk]), given | {"what_3": "Test fire", "kind_3": "laboratory"})
    assert list(one.steps.values_list("place", "kind", "what", "days")) == [
        (1, "records", "Trace it", 1), (2, "laboratory", "Test fire", 1),
    ]  # fmt: skip


class TestOverdue:
    def test_what_is_due_together_is_told_together_once_to_who_has_the_part_and_who_answers_for_it(
        self, city, owed, template
    ):
        made = put(city, owed, template, now=NOW)
        casetasks.drop(task=made[1], why="No camera there", by=city.supervisor, now=NOW)
        assert [said(at) for at in (made[0].due_at - MINUTE, made[0].due_at, made[0].due_at)] == [0, 1, 0]
        assert told("task.overdue") == {("Amara Bell", made[0].pk), ("Chidi Okafor", made[0].pk)}
        assert said(made[2].due_at) == 1
        assert said(made[2].due_at + timedelta(days=60)) == 0
        assert len(Notification.objects.filter(verb="task.overdue", user=city.detective)) == 2

    def test_a_clock_that_stands_still_tells_of_no_task_before_it_runs_again(self, city, owed, template):
        first, second, _third = put(city, owed, template, now=NOW)
        type(owed).objects.update(priority=3)
        until = NOW + timedelta(days=5)
        pauses.pause(obligation=owed, reason="laboratory", until=until, by=city.detective, now=NOW)
        assert first.due_at < second.due_at < until - MINUTE
        due = Task.objects.get(pk=second.pk).due_at
        assert due > until
        assert [said(until - MINUTE), said(until), said(due), said(due)] == [0, 0, 2, 0]
        assert told("task.overdue") == {("Amara Bell", first.pk), ("Chidi Okafor", first.pk)}

    def test_where_nobody_is_at_work_any_more_nobody_is_told_and_nothing_is_looked_at_twice(self, city, owed, template):
        due = put(city, owed, template, now=NOW)[2].due_at
        obligations.return_(obligation=owed, reason="wrong_agency", by=city.supervisor, now=NOW)
        assert set(Task.objects.values_list("status", flat=True)) == {"closed"}
        # A part that begins anew has its tasks again, and nobody yet who would do them.
        load(city, notice(("PAPD", "26-901"), number=owed.lead.number), now=NOW)
        assert [said(due), said(due)] == [3, 0]
        assert told("task.overdue") == set()

    def test_the_center_hears_once_of_a_question_that_nobody_answered_in_time(self, city, owed):
        first, second = (questions.ask(obligation=owed, text=text, by=city.detective, now=NOW) for text in "ab")
        questions.answer(question=first, answer="Yes", by=city.analyst, now=NOW)
        asks = [questions.tell(by=system(), now=at) for at in (second.due_at - MINUTE, second.due_at, second.due_at)]
        assert asks == [0, 1, 0]
        assert told("question.overdue") == {("Cora Lane", second.pk), ("Dana Ruiz", second.pk)}

    def test_only_the_clock_tells(self, city):
        for action in (casetasks, questions):
            with pytest.raises(Refused, match="by itself"):
                action.tell(by=city.coordinator, now=NOW)


@given(st.integers(1, 30), st.integers(0, 400), st.sets(st.integers(0, 6), min_size=1))
def test_so_many_working_days_are_counted_one_by_one(days, hours, weekdays):
    open_hours = tuple(((480, 1020),) if day in weekdays else () for day in range(7))
    calendar = WorkingCalendar(zone=ZONE, hours=open_hours)
    start = NOW + timedelta(hours=hours)
    day, left = start, days
    while left:
        day += timedelta(days=1)
        left -= day.astimezone(calendar.tz).weekday() in weekdays
    due = agenda.in_days(start, days, calendar).astimezone(calendar.tz)
    assert (due.date(), due.hour) == (day.astimezone(calendar.tz).date(), 17)


class TestQuestions:
    def test_who_works_on_a_lead_asks_an_analyst_answers_and_who_asked_is_told(self, city, owed, client):
        client.force_login(city.detective)
        url = reverse("question_new", args=[owed.pk])
        assert "Write down what you ask." in client.post(url, {"text": ""}).content.decode()
        client.post(url, {"text": "Was the gun seen in Glenmoor?"})
        asked = Question.objects.get()
        told = Notification.objects.filter(verb="question.asked").values_list("user__name", flat=True)
        assert set(told) == {"Cora Lane", "Dana Ruiz"}
        client.force_login(city.analyst)
        assert "Was the gun seen in Glenmoor?" in client.get(reverse("questions")).content.decode()
        client.post(reverse("question_answer", args=[asked.pk]), {"answer": "Twice in May."})
        assert Notification.objects.get(verb="question.answered").user == city.detective
        client.force_login(city.detective)
        assert "Twice in May." in client.get(asked.get_absolute_url()).content.decode()
        again = questions.ask(obligation=owed, text="And since?", by=city.detective)
        page = client.get(again.get_absolute_url()).content.decode()
        assert "Was the gun seen in Glenmoor?" in page

    def test_what_one_agency_asks_the_other_on_the_lead_does_not_read(self, city, owed, client):
        asked = questions.ask(obligation=owed, text="Between us", by=city.detective)
        for person, status in ((city.supervisor, 200), (city.analyst, 200), (city.gm_detective, 404)):
            client.force_login(person)
            assert client.get(asked.get_absolute_url()).status_code == status
        assert [rows for rows, _older in [queries_tasks.questions(city.gm_detective, "open")]] == [[]]
        with pytest.raises(Refused, match="Only investigators of the agency"):
            questions.ask(obligation=owed, text="Mine", by=city.gm_detective)
        with pytest.raises(Refused, match="Only an analyst"):
            questions.answer(question=asked, answer="Me", by=city.supervisor)
        with pytest.raises(Refused, match="Only who asked"):
            questions.withdraw(question=asked, by=city.analyst)
        questions.withdraw(question=asked, by=city.detective)
        with pytest.raises(Refused, match="withdrawn already"):
            questions.answer(question=asked, answer="Late", by=city.analyst)

    def test_the_first_due_stands_on_top_and_pages_follow_each_other(self, city, owed):
        made = [
            questions.ask(obligation=owed, text=f"{n}", by=city.detective, now=NOW + timedelta(days=n))
            for n in (3, 1, 2)
        ]
        seen, after = [], None
        while True:
            rows, after = queries_tasks.questions(city.analyst, "open", after=after, limit=1)
            seen += [each.text for each in rows]
            if not after:
                break
        assert seen == ["1", "2", "3"]
        questions.answer(question=made[0], answer="Yes", by=city.analyst)
        assert queries_tasks.questions(city.detective, "ended")[0] == [made[0]]
