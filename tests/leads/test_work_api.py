"""Triage, the time of a part, its tasks and questions by program: the policies and words of the pages."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from leads.actions import activities, assignments, desk, tasktemplates
from leads.models import DeskItem, Lead, Obligation, Question, Task, TimeRequest
from leads.queries import desk as queries_desk
from tests.apiclient import Program
from tests.leads.pages import lead
from tests.leads.test_lead_api import description, fits
from tests.leads.working import BOTH, load, notice
from tests.scenery import scene

__all__ = ["description"]
NOW = timezone.now()


@scene
def waiting(city):
    """Two leads on the desk of a center that looks first."""
    desk.choose(center=city.center, first=True, by=city.coordinator, now=NOW)
    load(city, notice(*BOTH), now=NOW)
    load(city, notice(("PAPD", "26-500"), ("GMPD", "26-501"), number="WCL-2026-00999"), now=NOW)
    return list(Lead.objects.order_by("number"))


@scene
def mine(city):
    """Port Alder's part of a lead without haste, which its detective has begun."""
    made = lead(city, "WCL-2026-00412")
    Lead.objects.update(priority=3)
    Obligation.objects.update(priority=3)
    part = made.obligations.get(agency=city.papd)
    assignments.assign(obligation=part, investigator=city.detective, by=city.supervisor)
    activities.log(obligation=part, kind="note", text="Read.", by=city.detective)
    return part


class TestDesk:
    def test_a_program_of_the_center_accepts_defers_and_sends(self, city, waiting, description):
        program, (first, second) = Program(city.analyst), waiting
        page = program.get("desk/").json()
        assert fits(description, "DeskRows", page)
        assert {row["lead"]["id"] for row in page["results"]} == {first.pk, second.pk}
        accepted = program.post(f"desk/{first.pk}/accept/").json()
        assert fits(description, "DeskDetail", accepted)
        assert (accepted["state"], accepted["may"]) == ("accepted", ["send", "defer", "decline"])
        day = str(NOW.date() + timedelta(days=9))
        assert program.post(f"desk/{second.pk}/defer/", until_on=day, note="The video").json()["until_on"] == day
        assert program.post(f"desk/{second.pk}/bring-back/").json()["state"] == "waiting"
        assert not Obligation.objects.exists()
        assert program.post(f"desk/{first.pk}/send/").json()["state"] == "sent"
        assert set(Obligation.objects.values_list("lead", flat=True)) == {first.pk}
        again = program.post(f"desk/{first.pk}/send/")
        assert (again.status_code, again.json()["detail"][:18]) == (403, "This lead was sent")

    def test_a_program_proposes_to_decline_and_names_the_twin(self, city, waiting):
        program, (first, second) = Program(city.analyst), waiting
        path = f"desk/{first.pk}/decline/"
        assert program.post(path, why="duplicate", twin=first.pk).status_code == 400
        assert program.post(path, why="duplicate").json()["detail"].startswith("Name the other lead")
        made = program.post(path, why="duplicate", twin=second.pk).json()
        assert (made["state"], made["twin"]) == ("proposed", second.number)
        assert DeskItem.objects.get(lead=first).reviewed_at is None

    def test_pages_follow_each_other_and_what_is_no_state_or_cursor_of_the_desk_is_refused(self, city, waiting):
        rows, cursor = queries_desk.page(city.analyst, "waiting", limit=1)
        program = Program(city.analyst)
        (last,) = program.get("desk/", cursor=cursor).json()["results"]
        assert {rows[0]["id"], last["lead"]["id"]} == {each.pk for each in waiting}
        for query in ({"state": "lost"}, {"cursor": "x"}):
            assert program.get("desk/", **query).status_code == 400
        assert program.get("desk/", state="declined").json() == {"next": None, "results": []}

    def test_only_people_of_the_center_have_a_desk(self, city, waiting):
        for person, status in ((city.detective, 403), (city.outsider, 403)):
            assert Program(person).get("desk/").status_code == status
            assert Program(person).post(f"desk/{waiting[0].pk}/send/").status_code == status


class TestTime:
    def test_a_clock_is_stopped_and_runs_again(self, city, mine, description):
        program, path = Program(city.detective), f"obligations/{mine.pk}/"
        may = program.get(path).json()["may"]
        assert {"pause", "extend"} <= set(may)
        assert not {"resume", "decide_time"} & set(may)
        until = str(timezone.localdate() + timedelta(days=4))
        assert program.post(f"{path}pause/", reason="holiday", until=until).status_code == 400
        made = program.post(f"{path}pause/", reason="laboratory", until=until)
        assert fits(description, "ObligationDetail", made.json())
        mine.refresh_from_db()
        ends = mine.paused_until.astimezone(ZoneInfo(city.papd.zone))
        assert (str(ends.date()), ends.hour, ends.minute) == (until, 0, 0)
        assert datetime.fromisoformat(made.json()["paused_until"]) == mine.paused_until
        assert "resume" in made.json()["may"]
        assert (
            program.post(f"{path}pause/", reason="court", until=until).json()["detail"].startswith("Its clock stands")
        )
        assert "resume" not in program.post(f"{path}resume/").json()["may"]

    @pytest.mark.parametrize("day", ["2020-01-01", "2099-01-01"])
    def test_a_pause_ends_on_a_day_to_come_and_within_the_agencys_longest(self, city, mine, day):
        answer = Program(city.detective).post(f"obligations/{mine.pk}/pause/", reason="laboratory", until=day)
        assert answer.status_code == 403
        assert not TimeRequest.objects.exists()

    def test_more_time_is_asked_for_and_a_supervisor_decides(self, city, mine):
        detective, supervisor, path = Program(city.detective), Program(city.supervisor), f"obligations/{mine.pk}/"
        assert detective.post(f"{path}extend/", days=99, note="The warrant").status_code == 400
        assert detective.post(f"{path}extend/", days=3, note="The warrant").status_code == 200
        assert detective.post(f"{path}time/", grant=True).status_code == 403
        assert "decide_time" in supervisor.get(path).json()["may"]
        assert list(supervisor.post(f"{path}time/", grant=False).json()) == ["answer"]
        before = Obligation.objects.get(pk=mine.pk).due_at
        assert supervisor.post(f"{path}time/", grant=True).status_code == 200
        assert Obligation.objects.get(pk=mine.pk).due_at > before


class TestAsRead:
    """What is decided on by program is what was read: `seen` is the moment at which that was said."""

    def test_closing_is_approved_as_it_was_read(self, city, mine, description):
        detective, supervisor, path = Program(city.detective), Program(city.supervisor), f"obligations/{mine.pk}/"
        activities.log(obligation=mine, kind="note", text="Read the file", by=city.detective)
        said = {"outcome": "exhausted_no_suspect", "usefulness": 2}
        first = detective.post(f"{path}propose/", **said).json()["proposed_at"]
        assert supervisor.post(f"{path}send-back/", note="Why?").status_code == 200
        second = detective.post(f"{path}propose/", **said).json()["proposed_at"]
        no = supervisor.post(f"{path}approve/", seen=first)
        assert (no.status_code, no.json()["detail"][:16]) == (403, "This has changed")
        assert list(supervisor.post(f"{path}approve/", seen="x").json()) == ["seen"]
        assert supervisor.post(f"{path}approve/", seen=second).json()["state"] == "closed"

    def test_time_is_decided_as_it_was_asked(self, city, mine, description):
        detective, supervisor, path = Program(city.detective), Program(city.supervisor), f"obligations/{mine.pk}/"
        assert detective.get(path).json()["time_asked"] is None
        detective.post(f"{path}extend/", days=3, note="The warrant")
        found = supervisor.get(path).json()
        assert fits(description, "ObligationDetail", found)
        assert (found["time_asked"]["days"], found["time_asked"]["note"]) == (3, "The warrant")
        then = "2026-01-01T00:00:00Z"
        assert supervisor.post(f"{path}time/", grant=True, seen=then).status_code == 403
        assert supervisor.post(f"{path}time/", grant=True, seen=found["time_asked"]["asked_at"]).status_code == 200

    def test_a_second_person_agrees_to_decline_what_they_read(self, city, waiting, description):
        analyst, second = Program(city.analyst), Program(city.coordinator)
        path = f"desk/{waiting[0].pk}/"
        analyst.post(f"{path}decline/", why="error")
        assert analyst.post(f"{path}agree/").status_code == 403, "somebody else than who proposed it"
        read = second.get(path).json()
        assert "agree" in read["may"]
        assert second.post(f"{path}agree/", seen="2026-01-01T00:00:00Z").status_code == 403
        made = second.post(f"{path}agree/", seen=read["proposed_at"]).json()
        assert fits(description, "DeskDetail", made)
        assert made["state"] == "declined"


class TestTasksAndQuestions:
    def test_a_list_is_put_on_a_part_and_its_tasks_are_done_or_dropped(self, city, mine, description):
        steps = [("canvass", "Canvass the block", 1), ("video", "Ask for the video", 2)]
        own = tasktemplates.keep(agency=city.center, name="Casing-only lead", steps=steps, by=city.analyst)
        other = tasktemplates.keep(agency=city.gmpd, name="Ours", steps=steps, by=city.gm_supervisor)
        program, path = Program(city.detective), f"obligations/{mine.pk}/tasks/"
        lists = program.get("task-lists/").json()
        assert lists == [{"id": own.pk, "name": "Casing-only lead", "agency": "CTR", "tasks": 2}]
        assert program.post(path, template=other.pk).status_code == 400
        given = program.post(path, template=own.pk)
        assert given.status_code == 201
        assert fits(description, "TaskRow", given.json()[0])
        first, second = (row["id"] for row in given.json())
        done = program.post(f"tasks/{first}/finish/", note="Two cameras", result="useful", minutes=45).json()
        assert (done["status"], done["may"], done["activity"]) == ("done", [], Task.objects.get(pk=first).activity_id)
        assert program.post(f"tasks/{second}/drop/").status_code == 400
        assert program.post(f"tasks/{second}/drop/", why="No camera there").json()["dropped_why"] == "No camera there"
        assert program.post(f"tasks/{second}/finish/").status_code == 403
        assert [row["id"] for row in program.get(path).json()] == [second, first]
        gone = Program(city.outsider)
        assert {gone.get(path).status_code, gone.post(f"tasks/{first}/drop/", why="x").status_code} == {404}

    def test_a_question_is_asked_answered_and_read(self, city, mine, description):
        detective, analyst = Program(city.detective), Program(city.analyst)
        asked = detective.post(f"obligations/{mine.pk}/question/", text="Seen in Glenmoor?")
        assert asked.status_code == 201
        assert fits(description, "QuestionRow", asked.json())
        path = f"questions/{asked.json()['id']}/"
        assert (asked.json()["may"], analyst.get(path).json()["may"]) == (["withdraw"], ["answer"])
        assert detective.post(f"{path}answer/", answer="Me").status_code == 403
        assert [row["text"] for row in analyst.get("questions/").json()["results"]] == ["Seen in Glenmoor?"]
        assert analyst.post(f"{path}answer/", answer="Twice in May.").json()["answer"] == "Twice in May."
        assert fits(description, "Questions", detective.get("questions/", view="ended").json())
        assert detective.get("questions/", view="all").status_code == 400
        assert detective.post(f"{path}withdraw/").json()["detail"].startswith("This question is answered")
        assert Program(city.gm_detective).get(path).status_code == 404
        assert Question.objects.count() == 1
