"""Lead reviews of the last weeks, what they gave out, one to come, one canceled; what leads yielded, and who heard."""

import random
from datetime import timedelta

from django.db import connection

from agencies.calendars import next_opening
from leads import agenda
from leads.demo.scenes import TZ
from leads.demo.store import Store
from leads.models import ActionItem, AgendaItem, Decision, Invited, Lead, Meeting, Obligation

WEEKS, OF_A_MEETING = 7, 5
DECISIONS = (
    ("Same gun as the line of last month: one detective for both", "Compare the two lines with the analyst"),
    ("Video of the corner store is asked for before it is overwritten", "Ask for the video and report"),
    ("The laboratory compares the last two events on the specimens", "Send the casings for comparison"),
    ("Ready for referral once the report is there", "Write the summary for the prosecutor"),
    ("Call the neighboring agency, which has a case two streets away", "Call and write down what they have"),
)
CLOSING = "Thanks to the laboratory: every notice of the week came within a day."
# How each action item of the last meetings stands, the latest last: so many days to its due day, done or not.
YIELDS = """
insert into leads_yield (lead_id, kind, at)
select x.lead_id, x.kind, min(x.at) from (
  select o.lead_id, case o.outcome when 'arrest_made' then 'arrest' when 'arrest_warrant' then 'warrant'
                                   else 'gun' end as kind, o.closed_at + interval '5 minutes' as at
    from leads_obligation o
   where o.state = 'closed' and o.outcome in ('arrest_made', 'arrest_warrant', 'firearm_recovered')
  union all
  select r.lead_id, 'charge', c.charged_on + interval '15 hours'
    from leads_charge c join leads_referral r on r.id = c.referral_id
  union all
  select r.lead_id, 'conviction', c.disposed_on + interval '15 hours'
    from leads_charge c join leads_referral r on r.id = c.referral_id
   where c.disposition in ('guilty_plea', 'pled_other_charge', 'guilty_trial')) x
 where x.at < %(at)s group by x.lead_id, x.kind order by 3, 1, 2"""
FEEDBACK = """
insert into leads_feedback (gave_id, person_id, agency_id, unit_id, parts, told_at)
select y.id, w.person, m.agency_id, m.unit_id, array_agg(distinct w.part order by w.part), y.at
  from leads_yield y join (
    select v.lead_id, e.created_by_id as person, 'collected' as part
      from leads_leadevent v join evidence_exhibit e on e.incident_id = v.incident_id
       and e.kind in ('casing_group', 'firearm')
    union all
    select v.lead_id, a.entered_by_id, 'entered'
      from leads_leadevent v join evidence_exhibit e on e.incident_id = v.incident_id
      join evidence_acquisition a on a.exhibit_id = e.id and a.entered_at is not null
    union all
    select l.id, l.created_by_id, 'analyzed' from leads_lead l) w on w.lead_id = y.lead_id
  join lateral (select m.agency_id, m.unit_id from agencies_membership m
                 where m.user_id = w.person and m.ended_at is null order by m.id limit 1) m on true
 group by y.id, w.person, m.agency_id, m.unit_id, y.at order by y.at, y.id, w.person"""


class Reviewed:
    def __init__(self, seed, desks, at):
        self.rng, self.at, self.desks, self.store = random.Random(f"{seed} reviewed"), at, desks, Store()
        self.center = desks["CTR"]
        self.chair = self.center.having("center_coordinator")[0]
        self.analyst = self.center.having("analyst")[0]
        self.number, self.heard = 0, set()

    def write(self):
        day = self.at.astimezone(TZ).replace(hour=10, minute=0, second=0, microsecond=0)
        last = day - timedelta(days=(day.weekday() - 1) % 7 or 7)
        for week in range(WEEKS, 0, -1):
            held = last - timedelta(weeks=week - 1)
            self._canceled(held) if week == 4 else self._held(held, newest=week == 1)
        coming = {"held_at": last + timedelta(weeks=2 if last + timedelta(weeks=1) <= self.at else 1)}
        self._invite(self._meeting(status="planned", **coming))
        self.store.close()
        with connection.cursor() as cursor:
            cursor.execute(YIELDS, {"at": self.at})
            cursor.execute(FEEDBACK)

    def _meeting(self, held_at, **values):
        when = {"planned_at": held_at - timedelta(days=6), "planned_by_id": self.analyst.id}
        if when["planned_at"] > self.at:
            when["planned_at"] = self.at - timedelta(hours=3)
        return self.store.add(
            Meeting, agency_id=self.center.id, held_at=held_at, where="Room 4, Tri-Rivers CGIC", chair_id=self.chair.id,
            **when, **values,
        )  # fmt: skip

    def _invite(self, meeting):
        for code in ("PAPD", "GMPD", "WCSO", "BKPD", "DA", "USAO", "WCL"):
            self.store.add(Invited, meeting_id=meeting, agency_id=self.desks[code].id)

    def _canceled(self, held):
        ended = {"ended_at": held - timedelta(days=1), "ended_by_id": self.chair.id}
        self._invite(self._meeting(held, status="canceled", **ended))

    def _held(self, held, *, newest):
        end, since = held + timedelta(minutes=70), held - timedelta(weeks=1)
        over = {"ended_at": end, "ended_by_id": self.chair.id, "summary": CLOSING} if not newest else {}
        meeting = self._meeting(
            held,
            status="open" if newest else "closed",
            since=since,
            opened_at=held,
            opened_by_id=self.analyst.id,
            **over,
        )
        self._invite(meeting)
        leads = Lead.objects.filter(opened_at__range=(since, held)).order_by("priority", "-score", "pk")[:OF_A_MEETING]
        leads = leads or Lead.objects.filter(opened_at__lt=held).order_by("-opened_at", "pk")[:OF_A_MEETING]
        self.heard = {each.pk for each in leads}
        for place, lead in enumerate(leads, 1):
            wall = lead.opened_at.astimezone(TZ)
            reasons = [["new", f"New since the last meeting, sent {wall.day} {wall:%b}"]]
            if lead.events_count >= 3:
                reasons.insert(0, ["line", f"{lead.events_count} events on one line, grown since the last meeting"])
            item = self.store.add(
                AgendaItem, meeting_id=meeting, lead_id=lead.pk, place=place, reasons=reasons, added_at=held,
                added_by_id=self.analyst.id,
            )  # fmt: skip
            if place <= 3:
                self._decided(meeting, item, lead, held + timedelta(minutes=10 * place))

        if newest:
            self._of_okafor(meeting, held)

    def _of_okafor(self, meeting, held):
        """Put on the agenda by hand; what the detective of the guides has to do is late, due soon and to come."""
        desk = self.desks["PAPD"]
        person = next(each for each in desk.people if each.name == "Chidi Okafor")
        owed = Obligation.objects.filter(investigator=person.id, due_at__isnull=False).order_by("due_at", "pk")
        leads = [each.lead_id for each in owed if each.lead_id not in self.heard][:3]
        for place, (lead, days) in enumerate(zip(leads, (1, 1, 6), strict=False), OF_A_MEETING + 1):
            reasons = [["added", "The supervisor asks what is missing"]]
            item = self.store.add(
                AgendaItem, meeting_id=meeting, lead_id=lead, place=place, reasons=reasons, added_at=held,
                added_by_id=self.analyst.id,
            )  # fmt: skip
            self._given(meeting, item, lead, held, desk, person.id, days if place > OF_A_MEETING + 1 else None)

    def _given(self, meeting, item, lead, held, desk, owner, days):
        """Due so many days from now; None: the day after the meeting, which has passed."""
        decision = self.store.add(
            Decision, item_id=item, text="The detective says next week what is missing", decided_at=held,
            decided_by_id=self.analyst.id,
        )  # fmt: skip
        start = held if days is None else self.at
        day = start + timedelta(days=days or 1)
        while not desk.calendar.works_on(day.astimezone(TZ).date()):
            day += timedelta(days=1)
        soon, due = agenda.promise(held, day.astimezone(TZ).date(), desk.calendar)
        level = 2 if due <= self.at else 1 if soon <= self.at else 0
        self.store.add(
            ActionItem, meeting_id=meeting, decision_id=decision, lead_id=lead, center_id=self.center.id,
            agency_id=desk.id, owner_id=owner, what="Say what is missing to close this lead", given_at=held,
            given_by_id=self.analyst.id, soon_at=soon, due_at=due, level=level,
            next_step_at=(soon, due, None)[level],
        )  # fmt: skip

    def _decided(self, meeting, item, lead, when):
        text, what = DECISIONS[self.number % len(DECISIONS)]
        decision = self.store.add(Decision, item_id=item, text=text, decided_at=when, decided_by_id=self.analyst.id)
        owed = Obligation.objects.filter(lead=lead, investigator__isnull=False).order_by("pk").first()
        desk = next((each for each in self.desks.values() if owed and each.id == owed.agency_id), self.center)
        owner = owed.investigator_id if owed else self.analyst.id
        soon, due = agenda.promise(when, (when + timedelta(days=3 + 4 * (self.number % 4))).date(), desk.calendar)
        values = self._stands(when, soon, due)
        self.store.add(
            ActionItem, meeting_id=meeting, decision_id=decision, lead_id=lead.pk, center_id=self.center.id,
            agency_id=desk.id, owner_id=owner, what=what, given_at=when, given_by_id=self.analyst.id, soon_at=soon,
            due_at=due, **values,
        )  # fmt: skip
        self.number += 1

    def _stands(self, when, soon, due):
        """Most are done in time, some late, one in nine dropped; of the last weeks' some are open, a few overdue."""
        turn = self.number % 9
        done = next_opening(when + timedelta(days=2 + turn), self.center.calendar)
        if done < self.at and turn not in (2, 5, 7):
            ended = {"ended_at": done, "ended_by_id": self.analyst.id}
            if turn == 8:
                return ended | {"status": "dropped", "result": "The case was cleared by another agency"}
            return ended | {"status": "done", "result": "Done, and written down on the lead"}
        level = 2 if due <= self.at else 1 if soon <= self.at else 0
        return {"level": level, "next_step_at": (soon, due, None)[level]}
