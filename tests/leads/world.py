"""A center at work for months: notices, agencies, clocks and failures, drawn one after the other; and what has to be
true whatever was drawn.
"""

from collections import Counter, defaultdict
from datetime import timedelta

from django.db import transaction

from agencies.models import AuditEvent, Notification
from leads.actions import (
    absences,
    actionitems,
    activities,
    assignments,
    casetasks,
    closings,
    clusters,
    escalations,
    extensions,
    obligations,
    pauses,
    questions,
    rerouting,
    stale,
)
from leads.actions._leads import hold_promises
from leads.insight import accountability, scope
from leads.models import ClusterChange, ClusterLead, Escalation, Lead, LeadEvent, LeadPair, Obligation
from tests.factories import NOW
from tests.leads.confirming import report
from tests.leads.working import load, notice, system
from tests.leads.world_work import Work, pick

State = Obligation.State
DAY = timedelta(days=1)
STEPS = (timedelta(hours=2), timedelta(hours=9), DAY, 4 * DAY, 40 * DAY)
CASES = (("PAPD", "26-1"), ("PAPD", "26-2"), ("PAPD", "26-3"), ("Glenmoor PD", "26-4"), ("Glenmoor PD", "26-5"))
CASES += (("Quiet PD", "26-6"), ("Quiet PD", "26-7"))
CODES = {"Glenmoor PD": "GMPD", "Quiet PD": "QPD"}
OVER = (State.CLOSED, State.RETURNED)


# What the log says of a part that ends, and of one that begins anew.
ENDS = ("obligation.closed", "obligation.returned", "obligation.withdrawn")
ANEW = "obligation.reopened"


class KilledError(Exception):
    """What did the work died before it committed."""


class World(Work):
    """`city` with a third police department, in which nobody works. Each deed takes numbers that say which of what is
    there it is about; a deed that is refused, or for which nothing is there, changes nothing.
    """

    def __init__(self, city):
        self.city, self.now, self.known = city, NOW, {}
        # (number of a lead, agency): whom the notices and the analysts gave a part.
        self.opened = set()
        self.people = {
            city.papd.pk: (city.supervisor, city.detective),
            city.gmpd.pk: (city.gm_supervisor, city.gm_detective),
        }

    # --- what happens ---------------------------------------------------------------------------------------

    def comes(self, lead, first, *more):
        """A notice: of a new lead, or one that a known lead grows by."""
        cases = list(dict.fromkeys(CASES[n % len(CASES)] for n in (first, first + 1 + more[0] % 3, *more[1:])))
        number = f"WCL-2026-{lead % 4 + 1:05d}"
        load(self.city, notice(*cases, number=number), now=self.now)
        self.opened |= {(number, CODES.get(name, name)) for name, _case in cases}

    def works(self, which, verb, who):
        """Somebody of the agency does the next thing, or one that does not fit."""
        part = self._part(which)
        leader, worker = self.people.get(part.agency_id, (self.city.coordinator, self.city.analyst))
        verbs = (self._acknowledge, self._assign, self._log, self._propose, self._approve, self._send_back)
        verbs += (self._return, self._reroute, self._pause, self._resume, self._more, self._decide)
        verbs[verb % len(verbs)](part, leader, (worker, leader)[who % 2])

    def goes_on(self, which, times):
        """An agency takes its part further along, from where it is."""
        for _turn in range(times % 4 + 1):
            part = self._part(which)
            leader, worker = self.people.get(part.agency_id, (self.city.coordinator, self.city.analyst))
            forward = {State.SENT: self._acknowledge, State.ACKNOWLEDGED: self._assign, State.ASSIGNED: self._log}
            forward |= {State.IN_PROGRESS: self._propose, State.PROPOSED: self._approve, State.RETURNED: self._reroute}
            if part.state in forward:
                forward[part.state](part, leader, worker)

    def joins(self, one, other, verb):
        """An analyst says that two leads are of one gun or are not, or takes that back."""
        found = list(Lead.objects.order_by("pk"))
        pairs = list(LeadPair.objects.order_by("pk"))
        said = {"reason": "Says the report", "by": self.city.analyst, "now": self.now}
        if verb % 3 == 2 and pairs:
            clusters.take_back(pair=pairs[one % len(pairs)], **said)
        elif found:
            two = {"lead": found[one % len(found)], "other": found[other % len(found)]}
            (clusters.join, clusters.keep_apart)[verb % 2](**two, **said)

    def is_compared(self, which, result, number):
        """An examiner reports on two events of a line."""
        lead = pick(Lead.objects.filter(events_count__gt=1), which)
        one, other = list(lead.events.order_by("pk"))[:2]
        results = ("confirmed", "inconclusive", "eliminated")
        result = results[result % 3]
        off = (other.case_number,) if result == "eliminated" else ()
        found = (one.case_number, other.case_number, result, *off)
        report(self.city, lead, self.city.second, found, number=f"F-{number}", now=self.now)

    def is_away(self, who, days):
        person = (self.city.supervisor, self.city.detective, self.city.commander, self.city.gm_supervisor)[who % 4]
        ends = self.now + (days % 20 + 1) * DAY
        absences.say(person=person, starts_at=self.now, ends_at=ends, by=person, now=self.now)

    def passes(self, how_long):
        """Time in which no clock looks: an hour, or a downtime of weeks."""
        self.now += STEPS[how_long % len(STEPS)]

    def clock_looks(self, batch=10_000):
        """One scheduler does all that is due."""
        clock = {"by": system(), "now": self.now}
        while clusters.tell(**clock):
            pass
        while pauses.run_again(**clock):
            pass
        while escalations.climb(limit=batch, **clock):
            pass
        while stale.mark(**clock):
            pass
        for tell in (actionitems.tell, casetasks.tell, questions.tell):
            while tell(limit=batch, **clock):
                pass
        self.hold_after_the_clock()

    def clock_is_killed(self, where):
        """A worker dies after some of its steps, before it committed; then another does them."""
        clock = {"by": system(), "now": self.now}
        steps = (clusters.tell, pauses.run_again, escalations.climb, stale.mark)
        steps += (actionitems.tell, casetasks.tell, questions.tell)
        try:
            with transaction.atomic():
                for step in steps[: where % len(steps) + 1]:
                    step(**clock)
                raise KilledError
        except KilledError:
            self.clock_looks(batch=where % 3 + 1)

    # --- what must hold -------------------------------------------------------------------------------------

    def hold(self):
        """After each deed."""
        hold_promises()
        parts = {part.pk: part for part in Obligation.objects.select_related("lead", "agency")}
        assert self.known.keys() <= parts.keys(), "an obligation was lost"
        self.known = {pk: part.state for pk, part in parts.items()}
        self._everybody_on_a_line_owes(parts.values())
        self._what_is_over_is_over(parts.values())
        self._no_rung_twice()
        self._counts_add_up(parts.values())
        self.hold_work()

    def hold_after_the_clock(self):
        """When a scheduler has done all that was due: each rung that was reached is taken, and everybody heard."""
        for part in Obligation.objects.exclude(due_at=None):
            reached = sum(step <= self.now for step in part.steps)
            rungs = Escalation.objects.filter(obligation=part, stage_started_at=part.stage_started_at)
            assert part.level == reached, f"{part} is at rung {part.level} of {reached}"
            assert sorted(rungs.values_list("level", flat=True)) == [*range(1, reached + 1)]
        self._everybody_on_a_gun_heard()
        self.hold_work_after_the_clock()

    @staticmethod
    def _everybody_on_a_line_owes(parts):
        owing = {(part.lead_id, part.agency_id) for part in parts}
        on_line = LeadEvent.objects.exclude(agency=None).values_list("lead_id", "agency_id")
        assert set(on_line) <= owing, "an agency with an event on a lead owes nothing"

    @staticmethod
    def _what_is_over_is_over(parts):
        for part in parts:
            assert (part.state in OVER) == (part.due_at is None)
            assert part.state != State.CLOSED or (part.outcome and part.usefulness)
            assert part.lead.status != Lead.Status.CLOSED or part.state in OVER, "a lead closed while one was open"

    @staticmethod
    def _no_rung_twice():
        rungs = Counter(Escalation.objects.values_list("obligation", "stage_started_at", "level"))
        assert not [rung for rung, many in rungs.items() if many > 1]
        stages = defaultdict(set)
        for lead, part, began, level in Escalation.objects.values_list(
            "obligation__lead", "obligation", "stage_started_at", "level"
        ):
            stages[lead, Obligation.LEVELS[level - 1]].add((part, began))
        told = Notification.objects.filter(verb__startswith="escalation.").values_list("user", "object_id", "verb")
        for (person, lead, verb), many in Counter(told).items():
            assert many <= len(stages[lead, verb.removeprefix("escalation.")]), f"{person} heard {verb} {many} times"

    def _counts_add_up(self, parts):
        """What the board says of open and closed is what is there: opened = open + closed, by what this world gave out
        and by what the log says of each end.
        """
        assert {(part.lead.number, part.agency.code) for part in parts} == self.opened
        board = accountability.board(scope.of(self.city.coordinator), now=self.now)
        counted = [part for part in parts if part.return_reason != "withdrawn"]
        is_open = [part for part in counted if part.state not in OVER]
        month = self.now - 30 * DAY
        closed = [part for part in counted if part.state == State.CLOSED and part.closed_at > month]
        assert (board.whole.open["open"], board.whole.closed["closed"]) == (len(is_open), len(closed))
        assert sum(line.open["open"] for line in board.agencies) == len(is_open)
        assert board.whole.open["late"] == sum(part.due_at <= self.now for part in is_open)
        said = Counter(AuditEvent.objects.filter(verb__in=(ANEW, *ENDS)).values_list("verb", flat=True))
        assert len(self.opened) == board.whole.open["open"] + sum(said[verb] for verb in ENDS) - said[ANEW]

    def _everybody_on_a_gun_heard(self):
        assert not ClusterChange.objects.filter(told_at=None).exists()
        heard = set(Notification.objects.values_list("object_id", "user"))
        for lead in Lead.objects.all():
            for agency in {event.agency for event in lead.events.select_related("agency") if event.agency_id}:
                leader = self.people.get(agency.pk, (self.city.coordinator,))[0]
                assert (lead.pk, leader.pk) in heard, f"{agency} never heard of {lead}"
        # That a clock ran out says nothing of a gun.
        told = Notification.objects.exclude(verb__startswith="escalation.")
        for change in ClusterChange.objects.filter(kind="joined").select_related("cluster"):
            among = ClusterLead.objects.filter(cluster=change.cluster_id).values_list("lead", flat=True)
            if change.lead_id not in among:
                continue
            on_line = set(LeadEvent.objects.filter(lead__in=among).values_list("lead", "agency"))
            # What an agency returned is not its case, until it gets an event of it again; nor is one whose events an
            # examiner took off.
            for part in Obligation.objects.filter(lead__in=among).exclude(state=State.RETURNED):
                if (part.lead_id, part.agency_id) not in on_line:
                    continue
                leader = self.people.get(part.agency_id, (self.city.coordinator,))[0]
                since = told.filter(user=leader, object_id=part.lead_id, created_at__gte=change.at)
                assert since.exists(), f"{part.agency} did not hear what gun {part.lead} is on"

    # --- the verbs of a part --------------------------------------------------------------------------------

    def _part(self, which):
        return pick(Obligation.objects.select_related("lead__agency", "agency", "unit"), which)

    def _acknowledge(self, part, leader, _worker):
        obligations.acknowledge(obligation=part, by=leader, now=self.now)

    def _assign(self, part, leader, worker):
        assignments.assign(obligation=part, investigator=worker, by=leader, now=self.now)

    def _log(self, part, _leader, worker):
        activities.log(obligation=part, kind="note", text="Asked", by=worker, now=self.now)

    def _propose(self, part, _leader, worker):
        closings.propose(obligation=part, outcome="exhausted_no_suspect", usefulness=2, by=worker, now=self.now)

    def _approve(self, part, leader, _worker):
        closings.approve(obligation=part, by=leader, now=self.now)

    def _send_back(self, part, leader, _worker):
        closings.send_back(obligation=part, note="Ask the neighbour", by=leader, now=self.now)

    def _return(self, part, leader, _worker):
        obligations.return_(obligation=part, reason="wrong_agency", by=leader, now=self.now)

    def _reroute(self, part, _leader, worker):
        agencies = (self.city.papd, self.city.gmpd)
        to = agencies[(part.pk + (worker == self.city.detective)) % 2]
        rerouting.reroute(obligation=part, to=to, by=self.city.analyst, now=self.now)
        self.opened.add((part.lead.number, to.code))

    def _pause(self, part, _leader, worker):
        pauses.pause(obligation=part, reason="court", until=self.now + 3 * DAY, by=worker, now=self.now)

    def _resume(self, part, _leader, worker):
        pauses.resume(obligation=part, by=worker, now=self.now)

    def _more(self, part, _leader, worker):
        extensions.ask(obligation=part, days=2, note="The laboratory", by=worker, now=self.now)

    def _decide(self, part, leader, worker):
        extensions.decide(obligation=part, grant=worker != leader, answer="No", by=leader, now=self.now)
