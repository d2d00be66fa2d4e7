"""Deeds of the days of a case, and of arrests that a federal office looks through, on a `deeds.Scene`."""

from datetime import timedelta

from agencies.roles import Role
from leads.actions import caseloads, closings, datereminders, deadlines, gunarrests
from leads.models import GunArrest
from tests.factories import NOW, member
from tests.leads.working import system

DAY = timedelta(days=1)
TOMORROW = NOW.date() + DAY


def give(s):
    caseloads.give(referral=s.case, prosecutor=s.dorian, by=s.prosecutor, now=NOW)


def keep(s):
    deadlines.add(referral=s.case, kind="discovery", due_on=TOMORROW, by=s.prosecutor, now=NOW)


def come_near(_s):
    """The clock looks twice."""
    for _again in range(2):
        datereminders.tell(by=system(), now=NOW)


def pass_by(_s):
    for days in (2, 5):
        datereminders.tell(by=system(), now=NOW + days * DAY)


def arrest(s):
    """A part is closed by an arrest, which comes on the list of a federal office."""
    named = {"outcome": "arrest_made", "usefulness": 5, "number": "26-4411", "happened_on": NOW.date()}
    closings.propose(obligation=s.papd_part, agency=s.papd, by=s.detective, now=NOW, **named)
    closings.approve(obligation=s.papd_part, by=s.supervisor, now=NOW)
    s.federal = member(s.usao, Role.PROSECUTOR, name="Fay Stone")
    gunarrests.set_rule(office=s.usao, shown=True, by=s.coordinator, now=NOW)
    gunarrests.collect(by=system(), now=NOW)


def answer(status):
    return lambda s: gunarrests.answer(
        arrest=GunArrest.objects.get(), status=status, reason="Which gun?", by=s.federal, now=NOW
    )


NEAR, PAST = "A day in court comes near", "A day in court is past: say what comes next"
ANSWERING = "Amara Otis"
DATED = [
    (lambda s: s.refer(), {"A case was referred to your office": "Ruth Dorian"}),
    (lambda s: s.decide("accepted"), {"A referral was accepted": "Chidi Amara"}),
    (give, {"A case of your office was given to you": "Dorian"}),
    (lambda s: s.plan(next_on=TOMORROW), {"The next court date of a case is set or changed": "Chidi Amara"}),
    (keep, {}),
    (come_near, {NEAR: "Dorian Chidi Amara", "A deadline of a case comes near": "Dorian"}),
    (pass_by, {PAST: "Dorian", "A deadline of a case is overdue": "Dorian"}),
    (lambda s: s.log(s.papd_part, s.detective), {"Work on a lead has begun": "Amara"}),
    (arrest, {"Closing of a lead waits for your approval": "Amara", "Your part of a lead is closed": "Chidi"}),
    (answer("asked"), {"A federal office asks about an arrest of your agency": ANSWERING}),
    (answer("take"), {"A federal office would take a case from an arrest of your agency: refer it": ANSWERING}),
    (answer("left"), {}),
]
