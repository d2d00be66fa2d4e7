"""Deeds of lead reviews and of feedback on a `deeds.Scene`, each with whom it tells."""

from datetime import timedelta

from django.utils import timezone

from leads.actions import actionitems, agendas, feedbacks, meetings
from leads.models import ActionItem, Charge, Decision, Meeting, Obligation, Referral, Screening
from tests.factories import NOW
from tests.leads.working import system

COMING = "Cora Amara Otis Rowan"
GIVEN = "A lead review gave you something to do"
LED = "A lead you worked on led to"


def open_meeting():
    return Meeting.objects.latest("pk")


def plan(s):
    meetings.plan(
        center=s.center, held_at=NOW + timedelta(days=1), chair=s.coordinator, agencies=[s.papd], by=s.analyst, now=NOW
    )


def change(s):
    later = NOW + timedelta(days=2)
    meetings.change(meeting=open_meeting(), held_at=later, chair=s.coordinator, agencies=[s.papd], by=s.analyst)


def cancel(s):
    meetings.cancel(meeting=open_meeting(), by=s.analyst)


def begin(s):
    meetings.open_(meeting=open_meeting(), by=s.analyst, now=NOW)


def give(s):
    item = open_meeting().items.get()
    decision = Decision.objects.first() or agendas.decide(item=item, text="Ask for the video", by=s.analyst, now=NOW)
    owner, day = s.detective.memberships.get(), (NOW + timedelta(days=7)).date()
    actionitems.give(decision=decision, what="Ask", owner=owner, day=day, by=s.analyst, now=NOW)


def tell(step):
    def told(_scene):
        actionitems.tell(by=system(), now=getattr(ActionItem.objects.open().get(), step))

    return told


def finish(s):
    actionitems.finish(action=ActionItem.objects.open().get(), result="A white car", by=s.detective)


def drop(s):
    actionitems.drop(action=ActionItem.objects.open().get(), result="Cleared", by=s.coordinator)


def close(s):
    meetings.close(meeting=open_meeting(), by=s.coordinator)


REVIEWED = [
    (plan, {"A lead review is planned": COMING}),
    (change, {"A lead review was changed": COMING}),
    (cancel, {"A lead review is canceled": COMING}),
    (plan, {"A lead review is planned": COMING}),
    (begin, {}),
    (give, {GIVEN: "Chidi"}),
    (tell("soon_at"), {"Action item due soon": "Chidi"}),
    (tell("soon_at"), {}),
    (tell("due_at"), {"Action item overdue": "Chidi Amara Otis"}),
    (tell("due_at"), {}),
    (finish, {"An action item is done": "Dana"}),
    (give, {GIVEN: "Chidi"}),
    (drop, {"An action item was dropped": "Chidi Dana"}),
    (close, {"The minutes of a lead review are there": "Dana Amara Otis Rowan"}),
]


def closed(outcome):
    def ended(s):
        done = {"due_at": None, "steps": None, "next_step_at": None, "usefulness": 5, "closed_by": s.supervisor}
        Obligation.objects.filter(pk=s.papd_part.pk).update(
            state="closed", outcome=outcome, closed_at=timezone.now(), **done
        )
        give_feedback(s)

    return ended


def give_feedback(_scene):
    feedbacks.give(by=system())


def charge(s):
    sheet = Screening.objects.create(lead=s.lead, defendant="Pat Doe", opened_at=NOW)
    referral = Referral.objects.create(
        venue="state", screening=sheet,
        lead=s.lead, agency=s.papd, office=s.da, defendant="Pat Doe", summary="Arrested with it.", referred_at=NOW,
        referred_by=s.detective, decision_due_at=NOW,
    )  # fmt: skip
    today = timezone.localdate()
    Charge.objects.create(referral=referral, statute="18 USC 922(g)", title="Possession", charged_on=today)
    give_feedback(s)


def convict(s):
    Charge.objects.update(disposition="guilty_plea", disposed_on=timezone.localdate())
    give_feedback(s)


FED_BACK = [
    (closed("arrest_made"), {f"{LED} an arrest": "Dana"}),
    (give_feedback, {}),
    (closed("arrest_warrant"), {f"{LED} an arrest warrant": "Dana"}),
    (closed("firearm_recovered"), {f"{LED} a recovered gun": "Dana"}),
    (charge, {f"{LED} a charge": "Dana"}),
    (convict, {f"{LED} a conviction": "Dana"}),
    (give_feedback, {}),
]
