"""Whose cases they are, their deadlines in every state, days in court around today, a calendar, arrests looked through.

It runs over rows that were written, so that the rest of the city stays as it is.
"""

from datetime import timedelta

from django.db import connection

from agencies.models import Membership
from leads import ahead
from leads.actions.datereminders import COURT, DEADLINES, TOLD
from leads.demo.store import Store
from leads.models import CalendarFeed, Deadline, GunArrest, Outcome, Referral

DAY = timedelta(days=1)
# Days from today on which the first accepted cases of an office are in court.
COURT_DAYS = (-2, 0, 1, 4, 12)
DEADLINES_OF = (
    ("discovery", -3, "open", "Standing discovery order", ""),
    ("motions", 2, "open", "Scheduling order", ""),
    ("expert_notice", 9, "open", "Notice of the firearm examiner", ""),
    ("speedy_trial", 25, "open", "As the office computed it", ""),
    ("discovery", -8, "done", "Standing discovery order", "Sent with packet and examiner's report"),
    ("motions", -5, "dropped", "Scheduling order", "Plea entered"),
)
SHOWN_DAYS = 90
# The newest arrests wait; what was answered lies further back.
ANSWERS = (
    ("waiting", ""),
    ("waiting", ""),
    ("asked", "Was the serial number restored by the laboratory?"),
    ("take", "Switch on the slide: we would take it. Please refer."),
    ("left", "State charges fit better."),
)
IN_COURT = """
with moved as (
  update leads_proceeding set "on" = %s where id = (
    select id from leads_proceeding where referral_id = %s and status = 'set' order by "on", id limit 1))
update leads_referral set next_on = %s where id = %s"""
GIVEN = "update leads_referral set assigned_to_id = %s, assigned_at = %s, assigned_by_id = %s where id = any(%s)"
RULES = {
    "remind": "insert into leads_reminderrule (office_id, days, set_at, set_by_id) values (%s, '{21,7,1}', %s, %s)",
    "show": "insert into leads_arrestrule (office_id, shown, set_at, set_by_id) values (%s, true, %s, %s)",
}


class Dated:
    def __init__(self, desks, at):
        self.desks, self.at, self.store = desks, at, Store()

    def write(self):
        for code in ("DA", "USAO"):
            self._office(self.desks[code])
        self._feeds()
        office, by = self.desks["USAO"], self.desks["CTR"].having("center_coordinator")[0]
        self._arrests(office)
        self.store.close()
        _write(RULES["show"], office.id, self.at - SHOWN_DAYS * DAY, by.id)
        _write(RULES["remind"], office.id, self.at - 40 * DAY, office.having("prosecutor")[0].id)
        for code in ("DA", "USAO"):
            self._told(self.desks[code])

    def _day(self, office, many):
        """A working day so many days from today."""
        day = self.at.astimezone(office.calendar.tz).date() + many * DAY
        while not office.calendar.works_on(day):
            day += DAY if many >= 0 else -DAY
        return day

    def _office(self, office):
        person = office.having("prosecutor")[0]
        cases = Referral.objects.filter(office=office.id)
        accepted = list(cases.filter(status="accepted", next_on__isnull=False).order_by("-id")[:8])
        for case, many in zip(accepted, COURT_DAYS, strict=False):
            _write(IN_COURT, self._day(office, many), case.pk, self._day(office, many), case.pk)
        waiting = cases.filter(status__in=["referred", "more_asked"]).order_by("id")[:3]
        mine = [each.pk for each in [*accepted[:6], *waiting]]
        _write(GIVEN, person.id, self.at - 2 * DAY, person.id, mine)
        for case, (kind, many, status, basis, why) in zip(accepted * 2, DEADLINES_OF, strict=False):
            self._deadline(office, case, person, kind, many, status, basis, why)

    def _deadline(self, office, case, person, kind, many, status, basis, why):
        made = max(case.decided_at, self.at - 20 * DAY)
        over = {"ended_at": self.at - DAY, "ended_by_id": person.id, "ended_why": why} if status != "open" else {}
        self.store.add(
            Deadline, referral_id=case.pk, office_id=office.id, kind=kind, due_on=self._day(office, many),
            basis=basis, status=status, made_at=made, made_by_id=person.id, **over,
        )  # fmt: skip

    def _feeds(self):
        """One that was renewed. Nothing opens them: what is kept is the hash of no secret."""
        person = self.desks["DA"].having("prosecutor")[0]
        of = Membership.objects.get(user=person.id, agency=self.desks["DA"].id)
        for days, scope, hint in ((60, "mine", "4tQw"), (12, "agency", "k0Zc")):
            over = (self.at - 12 * DAY, person.id) if days == 60 else (None, None)
            self.store.add(
                CalendarFeed, membership_id=of.pk, scope=scope, secret_hash=f"of the demo, {days}", hint=hint,
                made_at=self.at - days * DAY, revoked_at=over[0], revoked_by_id=over[1],
            )  # fmt: skip

    def _arrests(self, office):
        person = office.having("prosecutor")[0]
        police = [self.desks["PAPD"].id, self.desks["GMPD"].id]
        newest = Outcome.objects.filter(kind="arrest", merged_into=None, agency__in=police)
        for each, (status, reason) in zip(newest.order_by("-recorded_at", "-id"), ANSWERS, strict=False):
            came, answered = min(each.recorded_at + DAY / 24, self.at), {}
            if reason:
                answered = {"answered_at": min(came + DAY, self.at), "answered_by_id": person.id, "reason": reason}
            self.store.add(GunArrest, office_id=office.id, outcome_id=each.pk, came_at=came, status=status, **answered)

    def _told(self, office):
        """What the clock told until this morning: it does not begin with a day's worth of notices."""
        days = (21, 7, 1) if office.code == "USAO" else ahead.DAYS
        with connection.cursor() as cursor:
            for span in ahead.spans(self._day(office, 0), days, office.calendar):
                asked = {"office": office.id, "now": self.at - DAY / 4, "limit": 1000, **span._asdict()}
                for each in (COURT, DEADLINES):
                    cursor.execute(TOLD.format(days=each), asked)


def _write(sql, *params):
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
