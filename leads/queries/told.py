"""Whom the ladder told of what is late, by one rule for the board, the history of a lead and an investigator's cards.

The rungs themselves keep no names. Each goes as high as somebody was there at the time: `escalations.climb`.
"""

from django.db.models import Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, Now

from agencies.models import Membership
from agencies.roles import Role
from leads.models import Absence, Escalation

SUPERVISOR, COMMANDER, CENTER = "Supervisor", "Commander", "Center"


def of_obligations(found):
    """Obligations with what `of` asks of each: who stood above its investigator when its last rung was taken."""
    taken = Escalation.objects.filter(
        obligation=OuterRef("pk"), stage_started_at=OuterRef("stage_started_at"), level=OuterRef("level")
    )
    found = found.annotate(told_at=Coalesce(Subquery(taken.values("at")[:1]), Now()))
    return found.annotate(**_above(OuterRef("agency"), OuterRef("told_at")))


def of_escalations(found):
    """Escalations with what `whom` asks of each."""
    return found.annotate(**_above(OuterRef("obligation__agency"), OuterRef("at")))


def _above(agency, at):
    there = Membership.objects.filter(
        Q(ended_at=None) | Q(ended_at__gt=at), agency=agency, started_at__lte=at, user__is_active=True
    )
    # Out of office then, and nobody of the agency there in their place: as if they had not been there.
    theirs, within = _away(OuterRef(at)).filter(person=OuterRef("user")), OuterRef(OuterRef(at))
    works = Membership.objects.filter(
        Q(ended_at=None) | Q(ended_at__gt=within),
        started_at__lte=within,
        user__is_active=True,
        user=OuterRef("deputy"),
        agency=OuterRef(OuterRef("agency")),
    )
    stands = theirs.filter(Exists(works), ~Exists(_away(within).filter(person=OuterRef("deputy"))))
    there = there.filter(~Exists(theirs) | Exists(stands))
    return {
        "supervised": Exists(there.filter(role=Role.SUPERVISOR)),
        "commanded": Exists(there.filter(role=Role.COMMANDER)),
    }


def _away(at):
    return Absence.objects.filter(Q(withdrawn_at=None) | Q(withdrawn_at__gt=at), starts_at__lte=at, ends_at__gt=at)


def whom(rung):
    """Who heard of a rung from the third on; "" of those before, of which hears who owes the step."""
    if rung.level < 3:
        return ""
    if rung.level == 3 and rung.supervised:
        return SUPERVISOR
    return COMMANDER if rung.level < 5 and rung.commanded else CENTER


def of(obligation):
    """Who heard of the last rung of an obligation. Of an agency in which nobody is left each goes to the center."""
    if obligation.is_stranded:
        return CENTER if obligation.level else ""
    return whom(obligation)
