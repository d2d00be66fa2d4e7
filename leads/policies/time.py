"""Why a person may not stop, restart or extend the clock of an obligation, or None if they may."""

from django.utils import timezone

from agencies.access import agencies_with, has_permission
from agencies.roles import Permission
from leads import timing
from leads.models import Obligation
from leads.models.obligation import deciders
from leads.policies import works_on

State = Obligation.State
AT_WORK = (State.ASSIGNED, State.IN_PROGRESS)
ASKED = "Time was asked for already: a supervisor decides on that first."


def pause(user, obligation, now=None):
    now = now or timezone.now()
    if not works_on(user, obligation):
        return "Only the person who works on it asks to pause its clock."
    if obligation.state not in AT_WORK:
        return "Only the clock of a lead at work is paused."
    if obligation.is_paused(now):
        return "Its clock stands still already."
    if obligation.due_at <= now:
        return "Its time has run out, which a pause does not take back. Ask for more time."
    return ASKED if timing.asked_of(obligation) else None


def resume(user, obligation, now=None):
    leads = has_permission(user, Permission.OBLIGATION_ASSIGN, obligation.agency_id)
    if not leads and not works_on(user, obligation):
        return "Only the person who works on it or a supervisor lets its clock run again."
    return None if obligation.is_paused(now or timezone.now()) else "Its clock runs already."


def extend(user, obligation):
    if not works_on(user, obligation):
        return "Only the person who works on it asks for more time."
    if obligation.state not in AT_WORK:
        return "More time is asked for a lead at work."
    return ASKED if timing.asked_of(obligation) else None


def decide(user, obligation):
    """On a pause or more time: never who asked; the center where nobody else of the agency may."""
    own = has_permission(user, Permission.OBLIGATION_APPROVE, obligation.agency_id)
    if not own and not has_permission(user, Permission.OBLIGATION_APPROVE, obligation.lead.agency_id):
        return "Only a supervisor of the agency decides on its time."
    asked = timing.asked_of(obligation) if obligation.state in AT_WORK else None
    if asked is None:
        return "Nobody waits for a decision on time."
    if asked.asked_by_id == user.pk:
        return "Somebody else than the one who asked decides on it."
    if own or not deciders(obligation.agency_id, asked.asked_by_id).exists():
        return None
    return "Only a supervisor of the agency decides on its time."


def say_absence(user, person):
    """One's own, or of somebody whose work one assigns."""
    if person.pk == user.pk:
        return None
    mine = agencies_with(user, Permission.OBLIGATION_ASSIGN)
    there = person.memberships.filter(agency__in=mine, ended_at=None).exists()
    return None if there else "Only a supervisor says for somebody else that they are out of office."


def set_rule(user, agency):
    may = has_permission(user, Permission.OBLIGATION_APPROVE, agency)
    return None if may else "Only a supervisor or commander of the agency says when its work is stale."


def keep_time(user):
    return None if user.is_system else "The clock keeps its own time."
