"""What else a center does in `world.World`: arrests are named, tasks given, analysts asked, bulletins sent, leads
reviewed; and what has to be true of all that.
"""

from collections import Counter
from datetime import timedelta

from agencies.access import Refused
from agencies.models import Notification
from leads.actions import (
    actionitems,
    agendas,
    bulletins,
    casetasks,
    closings,
    meetings,
    outcomes,
    questions,
    tasktemplates,
)
from leads.insight import outcomes as insight_outcomes
from leads.insight import scope
from leads.models import (
    ActionItem,
    AgendaItem,
    Bulletin,
    BulletinEvent,
    BulletinRecipient,
    ClusterLead,
    Lead,
    LeadEvent,
    Meeting,
    Obligation,
    Outcome,
    Question,
    Task,
    TaskTemplate,
)
from leads.queries import meetings as queries_meetings
from tests.leads.sending import WORDS

State = Obligation.State
DAY = timedelta(days=1)
# What the clock, or a step that can be taken once, tells somebody of one record once.
ONCE = ("task.overdue", "question.overdue", "question.asked", "question.answered")
ONCE += ("action.given", "action.due_soon", "action.overdue", "action.done", "action.dropped")
ONCE += ("bulletin.sent", "bulletin.replaced", "bulletin.approved", "bulletin.went_stale")


def pick(rows, which):
    found = list(rows.order_by("pk"))
    if not found:
        raise Refused("Nothing is there yet.", "world")
    return found[which % len(found)]


class Work:
    """The deeds and promises of `World` beside notices, parts and clocks: it has the city, the people and the now."""

    # --- what happens ---------------------------------------------------------------------------------------

    def arrests(self, which, number):
        """Parts of whatever leads are ended with one of a few arrests, by number."""
        part, _leader, worker = self._brought_to(State.IN_PROGRESS, which)
        named = {"agency": (self.city.papd, self.city.gmpd)[number % 2], "number": f"A-{number % 3}"}
        closings.propose(obligation=part, outcome="arrest_made", usefulness=5, by=worker, now=self.now, **named)

    def is_one_arrest(self, which, other, back):
        """An analyst says that two arrests are one, or takes that back."""
        found = pick(Outcome.objects.select_related("agency"), which)
        if back % 3 == 0:
            outcomes.part(outcome=found, by=self.city.analyst)
        else:
            into = pick(Outcome.objects.exclude(pk=found.pk), other)
            outcomes.merge(outcome=found, into=into, why="One arrest", by=self.city.analyst, now=self.now)

    def is_tasked(self, which, verb):
        """Tasks are given by a list, done or dropped."""
        if verb % 3 == 0:
            part, leader, _worker = self._brought_to(State.ASSIGNED, which)
            casetasks.give(obligation=part, template=self._list(), by=leader, now=self.now)
            return
        task = pick(Task.objects.open().select_related("obligation"), which)
        leader, worker = self.people.get(task.obligation.agency_id, (self.city.coordinator, self.city.analyst))
        if verb % 3 == 1:
            casetasks.finish(task=task, by=worker, now=self.now)
        else:
            casetasks.drop(task=task, why="Nobody lives there", by=leader, now=self.now)

    def _brought_to(self, state, which):
        """(a part that its agency took so far, where it was not there yet, its leader, its worker)."""
        on = {State.SENT: self._acknowledge, State.ACKNOWLEDGED: self._assign, State.ASSIGNED: self._log}
        part = self._part(which)
        leader, worker = self.people.get(part.agency_id, (self.city.coordinator, self.city.analyst))
        while part.state in on and part.state != state:
            on[part.state](part, leader, worker)
            part.refresh_from_db(fields=["state", "investigator"])
        return part, leader, worker

    def _list(self):
        kept = TaskTemplate.objects.first()
        steps = [("canvass", "Canvass the block", 1), ("note", "Read the trace", 3)]
        return kept or tasktemplates.keep(agency=self.city.center, name="First week", steps=steps, by=self.city.analyst)

    def asks(self, which, verb):
        """Somebody at work asks the analysts, who answer, or takes that back."""
        if verb % 3 == 0:
            part = self._part(which)
            leader = self.people.get(part.agency_id, (self.city.coordinator,))[0]
            questions.ask(obligation=part, text=f"Seen elsewhere? {verb}", by=leader, now=self.now)
            return
        asked = pick(Question.objects.filter(status="open"), which)
        if verb % 3 == 1:
            questions.answer(question=asked, answer="Twice", by=self.city.analyst, now=self.now)
        else:
            questions.withdraw(question=asked, by=asked.asked_by, now=self.now)

    def tells(self, which, verb):
        """A bulletin of a lead or its gun goes out, is acknowledged by a recipient, replaced or retracted."""
        step = (self._send, self._send, self._acknowledge_one, self._replace, self._retract)[verb % 5]
        step(which)

    def _send(self, which, **given):
        lead = given.pop("lead", None) or pick(Lead.objects.all(), which)
        given |= WORDS | {"whole_cluster": which % 2 == 0, "to": [self.city.da], "now": self.now}
        made = bulletins.draft(lead=lead, agency=self.city.center, by=self.city.analyst, **given)
        bulletins.submit(bulletin=made, by=self.city.analyst, now=self.now)
        bulletins.approve(bulletin=made, by=self.city.coordinator, now=self.now)

    def _acknowledge_one(self, which):
        row = pick(BulletinRecipient.objects.open().select_related("agency"), which)
        people = {self.city.da.pk: self.city.prosecutor} | {pk: both[0] for pk, both in self.people.items()}
        if row.agency_id in people:
            bulletins.acknowledge(recipient=row, by=people[row.agency_id], now=self.now)

    def _replace(self, which):
        old = pick(Bulletin.objects.filter(status="sent").select_related("lead"), which)
        self._send(which, lead=old.lead, supersedes=old)

    def _retract(self, which):
        out = pick(Bulletin.objects.filter(status="sent"), which)
        bulletins.retract(bulletin=out, reason="Says too much", by=self.city.coordinator, now=self.now)

    def reviews(self, which, verb):
        """A review of leads is opened, gives somebody something to do, or is closed; what it gave out is ended."""
        meeting, items = Meeting.objects.filter(status="open").first(), ActionItem.objects.filter(status="open")
        by = {"by": self.city.coordinator, "now": self.now}
        if verb % 5 == 4 and meeting:
            meetings.close(meeting=meeting, **by)
        elif verb % 5 > 2:
            item, end = pick(items, which), (actionitems.finish, actionitems.drop)[verb % 2]
            end(action=item, result="The owner called", **by)
        elif meeting:
            self._decide_on(pick(AgendaItem.objects.filter(meeting=meeting), which), which)
        else:
            planned = {"center": self.city.center, "held_at": self.now, "agencies": [self.city.papd, self.city.gmpd]}
            meetings.open_(meeting=meetings.plan(chair=self.city.coordinator, **planned, **by), **by)

    def _decide_on(self, item, which):
        by = {"by": self.city.analyst, "now": self.now}
        made = agendas.decide(item=item, text="Ask for the video", **by)
        owner = pick(queries_meetings.may_own(item.lead), which)
        actionitems.give(decision=made, what="Ask", owner=owner, day=(self.now + (which % 9) * DAY).date(), **by)

    # --- what must hold -------------------------------------------------------------------------------------

    def hold_work(self):
        """After each deed."""
        over = Task.objects.open().filter(obligation__state__in=(State.CLOSED, State.RETURNED))
        assert not over.exists(), "a task is open on a part that is over"
        self._told_once()
        self._each_arrest_counts_once()
        self._bulletins_say_what_holds()

    def hold_work_after_the_clock(self):
        """When a scheduler has done all that was due: whatever is late was looked at."""
        late = {"status": "open", "due_at__lte": self.now}
        tasks = Task.objects.filter(**late, late_told_at=None).exclude(obligation__paused_until__gt=self.now)
        assert not tasks.exists(), "an overdue task was not told of"
        assert not Question.objects.filter(**late, late_told_at=None).exists()
        assert not ActionItem.objects.filter(**late).exclude(level=2).exists()

    @staticmethod
    def _told_once():
        told = Notification.objects.filter(verb__in=ONCE).values_list("user", "verb", "object_type", "object_id")
        assert not [each for each, many in Counter(told).items() if many > 1], "somebody was told twice"

    def _each_arrest_counts_once(self):
        keys = Counter(Outcome.objects.exclude(key="").values_list("agency", "kind", "key"))
        assert not keys or max(keys.values()) == 1
        month = self.now - 30 * DAY
        ended = Obligation.objects.filter(state="closed", closed_at__gt=month).exclude(named_outcome=None)
        rows = ended.values_list("agency", "named_outcome", "named_outcome__merged_into")
        reach = scope.of(self.city.coordinator)
        counts = insight_outcomes.counts(reach, now=self.now)
        assert counts.get((None, "arrest"), 0) == len({into or named for _agency, named, into in rows})
        for agency in {agency for agency, *_ in rows}:
            mine = {into or named for whose, named, into in rows if whose == agency}
            assert counts[agency, "arrest"] == len(mine)

    @staticmethod
    def _bulletins_say_what_holds():
        """A bulletin that was sent and tells of what was taken back since is stale, and its recipients were warned."""
        on = dict(ClusterLead.objects.values_list("lead_id", "cluster_id"))
        events = {event.pk: event for event in LeadEvent.every.all()}
        told = list(BulletinEvent.objects.select_related("bulletin"))
        for each in told:
            event, sent = events[each.event_id], each.bulletin
            apart = event.lead_id != sent.lead_id and (
                event.lead_id not in on or on[event.lead_id] != on.get(sent.lead_id)
            )
            back = event.withdrawn_at or apart or (each.confirmed and event.confirmed_at is None)
            assert sent.status != "sent" or not back or sent.stale_at, f"{sent} tells of what was taken back"
        for row in BulletinRecipient.objects.filter(bulletin__stale_at__isnull=False).select_related("bulletin"):
            assert row.warned_at >= row.bulletin.stale_at
