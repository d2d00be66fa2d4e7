"""Why a person may not say who had to do with an event, which records are the same, or what became of a checklist."""

from agencies.access import agencies_with, has_permission
from agencies.roles import Permission
from leads.models import EnrichmentItem

State = EnrichmentItem.State


def speaking_for(user, lead, parts=None):
    """The agency (its id) for which a person says something on a lead: the center, else one that has a part in it. None
    for nobody's. parts: the agencies with a part, where a page has read them already.
    """
    if has_permission(user, Permission.LEAD_TRIAGE, lead.agency_id):
        return lead.agency_id
    mine = agencies_with(user, Permission.OBLIGATION_WORK)
    if parts is None:
        parts = set(lead.obligations.filter(agency__in=mine).values_list("agency_id", flat=True)) if mine else set()
    return next((each for each in mine if each in parts), None)


def say(user, lead, parts=None):
    """Name somebody or something on a lead, with a source."""
    if speaking_for(user, lead, parts) is None:
        return "Only an investigator with a part in this lead, or the center's analysts, say who had to do with it."
    return "A lead that was withdrawn takes nothing more." if lead.is_withdrawn else None


def withdraw(user, assertion):
    of_center = has_permission(user, Permission.LEAD_TRIAGE, assertion.lead.agency_id)
    if not of_center and not has_permission(user, Permission.OBLIGATION_WORK, assertion.agency_id):
        return "Only the agency that said it, or the center's analysts, withdraw it."
    return "This was withdrawn already. It stays on record." if assertion.withdrawn_at else None


def decide(user, one, other):
    """Say of two records that they are the same, or are not."""
    if one.pk == other.pk:
        return "This is one record already. Give the number of another one."
    if one.kind != other.kind:
        return f"A {one.get_kind_display().lower()} and a {other.get_kind_display().lower()} are never the same."
    return _of_center(user, one) or _of_center(user, other)


def take_back(user, sameness):
    if sameness.taken_back_at:
        return "This was taken back already."
    return _of_center(user, sameness.one) or _of_center(user, sameness.other)


def compare(user, entity):
    """Be shown what may be the same."""
    return _of_center(user, entity)


def _of_center(user, entity):
    if not has_permission(user, Permission.LEAD_TRIAGE, entity.agency_id):
        return "Only the center's analysts say which records are the same."
    return None


def unmask(user, entity, agencies):
    """agencies: those that said it of them, or whose events they are (ids), as far as the user sees, and offices of the
    user with a case on it (`queries.entities.agencies_of`).
    """
    if any(has_permission(user, Permission.PERSON_UNMASK, each) for each in {entity.agency_id, *agencies}):
        return None
    return (
        "Only investigators of the agencies that named this person, the center's analysts and prosecutors of an office "
        "with an open case on this lead read a masked name."
    )


def answer(user, lead, item=None, state=None):
    """Say what became of something that was looked for."""
    if not has_permission(user, Permission.LEAD_TRIAGE, lead.agency_id):
        return "Only the center's analysts answer the checklist of a lead."
    if lead.is_withdrawn:
        return "A lead that was withdrawn takes nothing more."
    if state and not (item or EnrichmentItem()).can_move_to(state):
        was = (item or EnrichmentItem()).get_state_display().lower()
        return (
            f"This is {was}. Open it again first." if was != State(state).label.lower() else f"This is {was} already."
        )
    return None


def choose(user, center):
    """Choose what is looked for on leads of each type."""
    may = has_permission(user, Permission.OBLIGATION_APPROVE, center.pk)
    return None if may else "Only the center's coordinator chooses what is looked for."
