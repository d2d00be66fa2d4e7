"""Why a person may not ask other agencies, or review who asked, or None if they may."""

from datetime import timedelta

from agencies import policies as agencies
from agencies.access import agencies_with, has_permission
from agencies.models import Agency
from agencies.roles import Permission
from leads import deconfliction
from leads.standing import deconfliction as standing

DAY = timedelta(days=1)


def ask(user, agency, now=None):
    """Whether one more question is within bounds. Counted in the database, so that no restart forgets it."""
    if not has_permission(user, Permission.DECONFLICT_ASK, agency):
        return "Only investigators, analysts and their supervisors ask other agencies."
    if agency.center is None:
        return "This agency belongs to no center: there is nobody to ask."
    if now is None:
        return None
    for whose, limits, who in (
        ({"asked_by": user}, deconfliction.OF_A_PERSON, "You have"),
        ({"agency": agency}, deconfliction.OF_AN_AGENCY, "Your agency has"),
    ):
        if free := deconfliction.free_at(standing.asked_lately(now - DAY, **whose), limits, now):
            when = deconfliction.again_words(free, agency.zone, now)
            return f"{who} asked as often as is allowed for now. Ask again {when}, or call the other agency."
    return None


def review(user, inquiry, note=None):
    """Somebody else than the asker looks at each question."""
    own = agencies_with(user, Permission.DECONFLICT_REVIEW)
    agency = inquiry.agency
    if agency.pk not in own and agency.parent_id not in own:
        return "Only a commander of the agency, or the center's coordinator or auditor, reviews what it asked."
    if inquiry.asked_by_id == user.pk:
        return "Somebody else reviews what you asked."
    return "This inquiry is reviewed already." if inquiry.reviewed_at else None


def set_rule(user, agency):
    if agency.kind not in ANSWER:
        return "Only agencies that keep firearms or cases answer."
    return agencies.keep_agency(user, agency)


ANSWER = (*Agency.INVESTIGATORS, Agency.Kind.LABORATORY, Agency.Kind.PROBATION, Agency.Kind.CENTER)
