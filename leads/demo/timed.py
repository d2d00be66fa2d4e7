"""Clocks that stand still or were extended, time that is asked for, who is out of office, and what is stale.

It runs over rows that were written, so that the rest of the city stays as it is.
"""

import json
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import connection

from leads import clock, respite, timing
from leads.actions.stale import MARK
from leads.demo.store import Store
from leads.models import Absence, ClockRule, Obligation, TimeRequest
from leads.models.timing import STALE_DAYS
from leads.stages import changed

DAY = timedelta(days=1)
OTHER = """
update leads_obligation set steps = %(steps)s, due_at = %(due_at)s, next_step_at = %(next_step_at)s,
       receipt = %(receipt)s::jsonb, paused_at = %(paused_at)s, paused_until = %(paused_until)s,
       extra_minutes = %(extra_minutes)s
 where id = %(id)s"""
REASONS = ("laboratory", "court", "other_agency", "victim")
NOTES = {
    "laboratory": "Touch DNA of two casings is out",
    "court": "The warrant for the phone is not signed yet",
    "other_agency": "The sheriff interviews the owner",
    "victim": "In hospital until next week",
}
WHY = ("The second witness comes back on Monday", "Ninety hours of video", "The carrier answers in ten days")
# What becomes of each part that is chosen, again and again in this order.
PLAN = (
    "paused",
    "asked_pause",
    "asked_more",
    "extended",
    "paused",
    "resumed",
    "refused",
    "paused",
    "asked_more",
    "lapsed",
)
MOST = 30
# (role, from and until how many days from now, whether that was taken back)
AWAY = (
    ("detective", -3, 8, False),
    ("detective", 6, 20, False),
    ("detective", -30, -12, False),
    ("supervisor", -1, 4, False),
    ("detective", 2, 5, True),
)


class Timed:
    def __init__(self, desks, told, at):
        self.desks, self.told, self.at, self.store = desks, told, at, Store()

    def write(self):
        owed = Obligation.objects.filter(state__in=["assigned", "in_progress"], priority__gt=1, level=0)
        owed = owed.filter(due_at__gt=self.at, stage_started_at__lt=self.at - timedelta(hours=2))
        owed = owed.select_related("agency__calendar", "lead").prefetch_related("agency__calendar__holidays")
        # Those of the detective whose sign-in is told stand first.
        known = self.desks["PAPD"].having("detective")[0].id
        mine = owed.order_by("-id").filter(investigator_id=known)[:2]
        owed = [*mine, *owed.exclude(pk__in=[part.pk for part in mine]).order_by("id")[:MOST]]
        changes = [self._live(part, number) for number, part in enumerate(owed)]
        self._absences()
        self.store.add(ClockRule, agency_id=self.desks["WCSO"].id, stale_days=21, pause_days=45)
        self.store.close()
        with connection.cursor() as cursor:
            for values in filter(None, changes):
                cursor.execute(OTHER, values)
            cursor.execute(MARK, {"now": self.at, "usual": STALE_DAYS, "limit": None})

    # --- what becomes of one part -----------------------------------------------------------------------------------

    def _live(self, part, number):
        """Write down what was asked for a part; its clock as that left it, None if it runs on as it did."""
        asked = TimeRequest(
            stage=part.stage,
            stage_started_at=part.stage_started_at,
            asked_at=part.stage_started_at + max((self.at - part.stage_started_at) / 2, timedelta(minutes=30)),
            asked_by_id=part.investigator_id,
        )
        part._prefetched_objects_cache["time_requests"] = [asked]
        changed_clock = getattr(self, f"_{PLAN[number % len(PLAN)]}")(part, asked, number)
        names = (field.attname for field in TimeRequest._meta.concrete_fields)
        kept = {name: getattr(asked, name) for name in names if name not in ("id", "obligation_id")}
        self.store.add(TimeRequest, obligation_id=part.pk, **kept)
        return changed_clock

    def _paused(self, part, asked, number):
        self._pause(part, asked, number, 3 + number % 2)
        asked.status, asked.started_at, part.paused_at, part.paused_until = "granted", asked.asked_at, self.at, self.at
        face = timing.clock_of(part)
        part.steps = clock.moved(face.steps, asked.started_at, asked.until, face.calendar, face.always)
        self._deed(part, asked.started_at, "obligation.paused", part.investigator_id, asked)
        return self._clock(part)

    def _resumed(self, part, asked, number):
        self._paused(part, asked, number)
        asked.status, asked.ended_by_id = "ended", part.investigator_id
        asked.ended_at = asked.started_at + (self.at - asked.started_at) / 2
        face = timing.clock_of(part)
        part.steps = clock.moved(face.steps, asked.until, asked.ended_at, face.calendar, face.always)
        self._deed(part, asked.ended_at, "obligation.resumed", part.investigator_id, asked)
        return self._clock(part)

    def _asked_pause(self, part, asked, number):
        self._pause(part, asked, number, 14)
        self._deed(part, asked.asked_at, "obligation.pause_asked", part.investigator_id, asked)

    def _asked_more(self, part, asked, number):
        asked.kind, asked.note, asked.days = "more", WHY[number % len(WHY)], 2 + number % 4
        asked.minutes = respite.minutes_of(asked.days, part.priority, part.agency.working_calendar)
        self._deed(part, asked.asked_at, "obligation.time_asked", part.investigator_id, asked)

    def _refused(self, part, asked, number):
        self._asked_more(part, asked, number)
        self._decide(part, asked, "refused")
        asked.answer = "Close it with what there is"
        self._deed(part, asked.decided_at, "obligation.time_refused", asked.decided_by_id, asked)

    def _extended(self, part, asked, number):
        self._asked_more(part, asked, number)
        self._decide(part, asked, "granted")
        face, part.extra_minutes = timing.clock_of(part), asked.minutes
        part.steps = clock.extended(face.steps, asked.minutes, face.calendar, (), face.always)
        self._deed(part, asked.decided_at, "obligation.extended", asked.decided_by_id, asked)
        return self._clock(part)

    def _lapsed(self, part, asked, number):
        self._asked_more(part, asked, number)
        asked.status, asked.stage_started_at = "lapsed", asked.stage_started_at - DAY

    # --- values -----------------------------------------------------------------------------------------------------

    def _pause(self, part, asked, number, days):
        zone = ZoneInfo(part.agency.zone)
        asked.kind, asked.reason = "pause", REASONS[number % len(REASONS)]
        asked.note = NOTES[asked.reason]
        asked.until = datetime.combine(self.at.astimezone(zone).date() + days * DAY, time(), tzinfo=zone)

    def _decide(self, part, asked, status):
        code = next(code for code, desk in self.desks.items() if desk.id == part.agency_id)
        asked.status, asked.decided_at = status, asked.asked_at + timedelta(minutes=20)
        asked.decided_by_id = self.desks[code].having("supervisor", unit=part.unit_id)[0].id

    def _clock(self, part):
        values = changed(timing.clock_of(part), part.level)
        return values | {"receipt": json.dumps(values["receipt"]), "id": part.pk}

    def _deed(self, part, at, verb, by, asked):
        said = {"reason": asked.get_reason_display(), "note": asked.note}
        self.told.audit(at, verb, Obligation, part.pk, part.agency_id, by, lead=part.lead.number, **said)

    def _absences(self):
        people = self.desks["PAPD"]
        for number, (role, first, last, taken_back) in enumerate(AWAY):
            # Not those whose sign-ins are told: they are at work.
            found = people.having(role)
            self.store.add(
                Absence,
                person_id=found[2 + number].id,
                deputy_id=found[1 + number].id,
                starts_at=self.at + first * DAY,
                ends_at=self.at + last * DAY,
                said_at=self.at - 40 * DAY,
                said_by_id=found[2 + number].id,
                withdrawn_at=self.at - DAY if taken_back else None,
                withdrawn_by_id=found[2 + number].id if taken_back else None,
            )
