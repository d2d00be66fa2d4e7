"""Lists of tasks and what was put on parts by them, questions to the analysts, a part with somebody of a partner, and
two records of one arrest.

It runs over rows that were written, so that the rest of the city stays as it is.
"""

from datetime import timedelta

from django.db import connection

from agencies.calendars import add_working
from agencies.models import User
from leads import agenda
from leads.actions.questions import MINUTES
from leads.demo.store import Store
from leads.models import Activity, Obligation, Outcome, Question, Task, TaskStep, TaskTemplate

DAY = timedelta(days=1)
LISTS = (
    ("CTR", "Casing-only lead", (
        ("canvass", "Canvass the block where it was fired", 2), ("video", "Ask for video before it is overwritten", 2),
        ("records", "Read the 911 calls and the unit log", 3), ("laboratory", "Send the casings for comparison", 5),
    )),
    ("CTR", "Gun recovered", (
        ("records", "Request the trace", 1), ("interview", "Interview who had it", 2),
        ("laboratory", "Send it for test fire and DNA", 3), ("records", "Look for earlier stops with this gun", 5),
    )),
    ("PAPD", "Non-fatal shooting", (
        ("interview", "Visit the victim in hospital", 1), ("phone", "Preserve the phone data", 2),
        ("interview", "Ask the witness again in a week", 6),
    )),
)  # fmt: skip
# What became of the tasks of a part, in their order, and how many days ago they were given.
BECAME = ("done", "open", "open", "open"), ("done", "dropped", "open", "open"), ("open", "open", "open", "open")
GIVEN_DAYS = (6, 4, 1)
QUESTIONS = (
    ("open", 2, "Has this gun been seen across the river since May?", ""),
    ("open", 75, "Which plate readers cover the bridge on the night of the second event?", ""),
    ("answered", 50, "Is there an earlier trace of this gun?", "It was asked for in March: see the trace desk."),
    ("withdrawn", 30, "Do we have video of the corner store?", ""),
)  # fmt: skip

LENT = """
with part as (
  update leads_obligation set investigator_id = %(person)s, partner_id = %(partner)s where id = %(part)s returning id)
update leads_assignment a set investigator_id = %(person)s from part
 where a.obligation_id = part.id and ended_at is null"""
NAMED_TWICE = """
with moved as (
  update leads_obligation set named_outcome_id = %(kept)s where named_outcome_id = %(gone)s)
delete from leads_outcome where id = %(gone)s"""
MERGED = """
update leads_outcome set merged_into_id = %(into)s, merged_at = %(at)s, merged_by_id = %(by)s, merged_why = %(why)s
 where id = %(one)s"""


class Tasked:
    def __init__(self, desks, at):
        self.desks, self.at, self.store = desks, at, Store()
        self.analyst = desks["CTR"].having("analyst")[0]

    def write(self):
        made = [self._list(*each) for each in LISTS]
        person = User.objects.get(email="detective@portal.example")
        parts = list(
            Obligation.objects.filter(investigator=person, state__in=("assigned", "in_progress"))
            .select_related("lead", "agency__calendar")
            .prefetch_related("agency__calendar__holidays")
            .order_by("due_at", "id")[:3]
        )
        for part, became, days in zip(parts, BECAME, GIVEN_DAYS, strict=False):
            self._tasks(part, made[0], became, days)
        for place, (status, hours, text, answer) in enumerate(QUESTIONS):
            if parts:
                self._question(parts[place % len(parts)], status, hours, text, answer)
        self.store.close()
        self._partner()
        self._one_arrest()

    def _list(self, code, name, steps):
        desk, at = self.desks[code], self.at - 90 * DAY
        by = (desk.having("analyst") or desk.having("supervisor"))[0]
        key = self.store.add(TaskTemplate, agency_id=desk.id, name=name, made_at=at, made_by_id=by.id)
        for place, (kind, what, days) in enumerate(steps, 1):
            self.store.add(TaskStep, template_id=key, place=place, kind=kind, what=what, days=days)
        return key, steps

    def _tasks(self, part, template, became, days):
        key, steps = template
        given = max(self.at - days * DAY, part.assigned_at)
        supervisor = self.desks["PAPD"].having("supervisor")[0]
        for (kind, what, within), status in zip(steps, became, strict=True):
            due = agenda.in_days(given, within, part.agency.working_calendar)
            ended = {"ended_at": given + DAY / 24, "ended_by_id": part.investigator_id} if status != "open" else {}
            if status == "done":
                ended["activity_id"] = self.store.add(
                    Activity, lead_id=part.lead_id, obligation_id=part.pk, agency_id=part.agency_id, kind=kind,
                    text=f"{what}. Two households heard it, nobody saw it.", minutes=45, at=ended["ended_at"],
                    recorded_at=ended["ended_at"], by_id=part.investigator_id, result="partial",
                )  # fmt: skip
            if status == "dropped":
                ended["dropped_why"] = "The store has no camera"
            self.store.add(
                Task, obligation_id=part.pk, template_id=key, kind=kind, what=what, status=status, given_at=given,
                given_by_id=supervisor.id, due_at=due, **ended,
            )  # fmt: skip

    def _question(self, part, status, hours, text, answer):
        asked, center = self.at - timedelta(hours=hours), self.desks["CTR"]
        by = {"answered": self.analyst.id, "withdrawn": part.investigator_id}.get(status)
        ended = {"ended_at": asked + timedelta(hours=5), "ended_by_id": by} if by else {}
        self.store.add(
            Question, lead_id=part.lead_id, obligation_id=part.pk, agency_id=part.agency_id, center_id=center.id,
            text=text, status=status, asked_at=asked, asked_by_id=part.investigator_id, answer=answer,
            due_at=add_working(asked, MINUTES, center.calendar), **ended,
        )  # fmt: skip

    def _partner(self):
        """A part of Glenmoor with a detective of Port Alder, who has the other events of the line."""
        papd, lead = self.desks["PAPD"], {"lead__events__agency": self.desks["PAPD"].id}
        parts = Obligation.objects.filter(agency=self.desks["GMPD"].id, state="in_progress", **lead)
        person = next(each for each in papd.having("detective") if each.name != "Chidi Okafor")
        if part := parts.order_by("-sent_at", "-pk").first():
            _write(LENT, {"part": part.pk, "person": person.id, "partner": papd.id})

    def _one_arrest(self):
        """Two agencies wrote one booking down under numbers of their own, and one arrest closed parts of two leads."""
        arrests = Outcome.objects.filter(kind="arrest", agency__in=[self.desks["PAPD"].id, self.desks["GMPD"].id])
        found = list(arrests.order_by("-happened_on", "-pk")[:20])
        if len(found) > 5:
            _write(NAMED_TWICE, {"gone": found[-2].pk, "kept": found[-1].pk})
        others = [each for each in found[:-2] if each.agency_id != found[0].agency_id] if found else []
        into = min(others, key=lambda each: found[0].happened_on - each.happened_on, default=None)
        if into:
            asked = {"one": found[0].pk, "into": into.pk, "at": self.at - DAY, "by": self.analyst.id}
            _write(MERGED, asked | {"why": "The jail has one booking under both numbers"})


def _write(sql, params):
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
