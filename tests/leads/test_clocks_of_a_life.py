"""The due times of a lead's parts through their lives, held against an oracle that ticks minute by minute: transferred,
reopened, paused over a holiday, under calendars edited meanwhile, on days when the clocks change.
"""

from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as some

from agencies.access import Refused
from agencies.actions import calendars
from agencies.calendars import WorkingCalendar
from leads.actions import pauses, rerouting
from leads.clock import limit_for
from leads.models import LeadEvent, Obligation
from tests.factories import ZONE
from tests.leads.test_clock import local, slow_due, ticks
from tests.leads.test_whatever_happens import EVERY
from tests.leads.working import load, notice
from tests.leads.world import World

State = Obligation.State
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
HOURS = ((480, 960), (0, 240), (1200, 1440))
STARTS = (local(3, 12, 14, year=2027), local(11, 5, 14, year=2027), local(11, 24, 9, year=2027))
VERBS = ("acknowledge", "assign", "log", "propose", "send_back", "approve", "return", "reroute")
NUMBER = some.integers(0, 1)
DEEDS = some.one_of(
    some.tuples(some.just("goes_on"), NUMBER, NUMBER),
    some.tuples(some.just("takes"), NUMBER, some.sampled_from(VERBS)),
    some.tuples(some.just("takes"), NUMBER, some.sampled_from(["return", "reroute", "log"])),
    some.tuples(some.just("grows"), NUMBER),
    some.tuples(some.just("is_paused"), NUMBER, some.integers(30, 7000)),
    some.tuples(some.just("runs_again"), NUMBER),
    some.tuples(some.just("closes_on"), NUMBER, some.integers(0, 9)),
    some.tuples(some.just("works_from"), NUMBER, some.integers(0, 2)),
    some.tuples(some.just("passes"), some.integers(1, 4000)),
)
# The first part is closed and reopened; the second is paused over a holiday, returned and given to the first, and owes
# again by a new event; both while their calendars are edited.
FULL = [
    ("closes_on", 1, 3), ("goes_on", 1, 2), ("is_paused", 1, 6000), ("works_from", 1, 2), ("passes", 1000),
    ("runs_again", 1), ("goes_on", 0, 3), ("passes", 90), ("goes_on", 0, 0), ("closes_on", 0, 1), ("grows", 0),
    ("passes", 90), ("takes", 1, "return"), ("closes_on", 0, 4), ("takes", 1, "reroute"), ("grows", 1),
    ("goes_on", 0, 1), ("works_from", 0, 1), ("is_paused", 0, 5000), ("passes", 6000), ("goes_on", 0, 0),
]  # fmt: skip


class Life(World):
    """One lead of two agencies; beside it, for each part, when it is due as minutes are counted."""

    def __init__(self, city, start):
        super().__init__(city)
        self.now, self.due, self.until, self.state, self.lived = start, {}, {}, {}, set()
        self.agencies, self.hours, self.closed = (city.papd, city.gmpd), {}, {}
        for number, agency in enumerate(self.agencies):
            self.closed[agency.pk] = set()
            self.works_from(number, number)
        self._comes(("PAPD", "27-1"), ("Glenmoor PD", "27-2"))
        self.hold()

    # --- what happens ---------------------------------------------------------------------------------------

    def takes(self, which, verb):
        """A verb, which fits or does not."""
        part = self._part(which)
        getattr(self, f"_{verb}")(part, *self.people[part.agency_id])
        if verb == "log" and part.state == State.IN_PROGRESS:
            # Each activity winds the report clock anew.
            self._begin(Obligation.objects.get(pk=part.pk))

    def grows(self, which):
        self._comes((self.agencies[which].name, f"27-{LeadEvent.every.count() + 1}"))

    def is_paused(self, which, minutes):
        part, until = self._part(which), self.now + minutes * MINUTE
        by = self.people[part.agency_id][1]
        pauses.pause(obligation=part, reason="court", until=until, by=by, now=self.now)
        part.refresh_from_db()
        if part.paused_at == self.now:  # it was one's own to say
            self._stands(part, self.now, until)
            self.until[part.pk] = until

    def runs_again(self, which):
        part = self._part(which)
        pauses.resume(obligation=part, by=self.people[part.agency_id][1], now=self.now)
        self._stands(part, self.until[part.pk], self.now)

    def closes_on(self, which, days):
        agency, on = self.agencies[which], (self.now + days * DAY).date()
        calendars.close_on(agency=agency, on=on, name="Flood", by=self.city.coordinator)
        self.closed[agency.pk].add(on)
        self.lived.add("calendar")

    def works_from(self, which, hours):
        agency, (opens, closes) = self.agencies[which], HOURS[hours]
        days = {"days": "12345", "federal_holidays": False, "always": False}
        calendars.set_hours(agency=agency, opens=opens, closes=closes, by=self.city.coordinator, **days)
        self.hours[agency.pk] = (opens, closes)

    def passes(self, minutes):
        self.now += minutes * MINUTE

    def _comes(self, *cases):
        load(self.city, notice(*cases, number="WCL-2027-00001"), now=self.now)

    def _reroute(self, part, _leader, _worker):
        to = next(agency for agency in self.agencies if agency.pk != part.agency_id)
        rerouting.reroute(obligation=part, to=to, by=self.city.analyst, now=self.now)
        self.lived.add("transfer")

    # --- how minutes are counted ----------------------------------------------------------------------------

    def _calendar(self, part):
        hours = ((self.hours[part.agency_id],),) * 5 + ((), ())
        return WorkingCalendar(ZONE, hours, frozenset(self.closed[part.agency_id]))

    def _begin(self, part):
        limit = limit_for(Obligation.STAGES[part.state], part.priority)
        self.due[part.pk] = slow_due(self.now, limit, self._calendar(part), (), part.priority == 1)

    def _stands(self, part, since, to):
        """What was left at `since` is left at `to`, counted in the calendar of today."""
        due, counted = self.due[part.pk], (self._calendar(part), (), part.priority == 1)
        if due > since:
            minutes = range((due - since) // MINUTE)
            left = sum(ticks(since + n * MINUTE, *counted) for n in minutes)
            self.due[part.pk] = slow_due(to, left, *counted)
            self.lived.add("pause")

    def hold(self):
        """After each deed: a stage that began has its due time of minutes counted then, any other keeps its own."""
        for part in Obligation.objects.select_related("agency"):
            before = self.state.get(part.pk)
            if part.state != before and part.state in Obligation.STAGES:
                self._begin(part)
                self.lived |= {"reopened"} if before in (State.CLOSED, State.RETURNED) else set()
            self.state[part.pk] = part.state
            due = self.due[part.pk] if part.state in Obligation.STAGES else None
            assert part.due_at == due, f"{part} of {part.agency} in {part.state}"


def lives_through(life, deeds):
    for name, *numbers in deeds:
        try:
            with transaction.atomic():
                getattr(life, name)(*numbers)
        except Refused:
            continue
        life.hold()
    return life


@settings(EVERY, max_examples=8)
@given(some.sampled_from(STARTS), some.lists(DEEDS, min_size=6, max_size=16))
def test_each_due_time_is_that_of_counted_minutes_whatever_becomes_of_a_part_and_its_calendar(city, start, deeds):
    with transaction.atomic():
        lives_through(Life(city, start), deeds)
        transaction.set_rollback(True)


@pytest.mark.parametrize("start", STARTS)
def test_a_life_with_all_of_it_over_a_change_of_the_clocks_has_the_due_times_of_counted_minutes(city, start):
    """Drawn lives seldom come that far."""
    assert lives_through(Life(city, start), FULL).lived == {"calendar", "pause", "transfer", "reopened"}
