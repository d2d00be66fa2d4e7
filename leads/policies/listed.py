"""Why a person may not put somebody on the people list, keep, read or give an entry; or None if they may.

The list follows 28 CFR Part 23: reasonable suspicion in writing, two people, need to know and right to know, review and
purge. Whoever reads it was trained on it.
"""

from agencies.access import agencies_with, all_standings, has_permission
from agencies.roles import Permission
from leads import deconfliction, prolific, retention
from leads.models import Dissemination, ListedPerson
from leads.models.part23 import reading
from leads.standing import listed as standing

Status, How = ListedPerson.Status, Dissemination.How
KEEPERS = "Only the center's analysts and its coordinator, trained on 28 CFR Part 23, keep the list."
APPROVERS = "Only the center's supervisors and its coordinator, trained on 28 CFR Part 23, decide this."
VICTIM_OR_WITNESS = (
    "Sources name this person as a victim or a witness alone, and nobody is ever listed for being one. Where a "
    "reliable source makes them a suspect, say so on the lead first."
)
NOTHING_COUNTS = (
    "Nothing on record that counts makes this person a suspect or possessor, and nobody is listed because of a gun: "
    "add a sourced assertion or a documented event first."
)
WEAK = {ListedPerson.Reliability.UNRELIABLE, ListedPerson.Reliability.UNKNOWN}
VAGUE = {ListedPerson.Validity.DOUBTFUL, ListedPerson.Validity.UNJUDGED}


def keep(user, center):
    return None if standing.keeps(user, center.pk) else KEEPERS


def propose(user, person, center, today, score=None):
    """score: what the person would have, where it is known already."""
    if refused := keep(user, center):
        return refused
    if standing.is_protected(person, center):
        return VICTIM_OR_WITNESS
    if standing.listed_already(person, center):
        return "This person is on the list or proposed for it already."
    if refused := of_age(person, center.pk, today):
        return refused
    return NOTHING_COUNTS if score is not None and not score.parts else None


def of_age(person, center_id, today, law=None):
    """Whether a person may be listed by their age; `law` where it is known already by which a juvenile may."""
    if person.born_on is None:
        return "The date of birth is not on record: without it nobody can say that this is no juvenile."
    if prolific.age(person.born_on, today) >= prolific.ADULT:
        return None
    if not (standing.juvenile_law(center_id) if law is None else law):
        return "A juvenile is not put on the list: the center has no law on record that allows it."
    return None


def grounds(source_reliability, content_validity):
    """Whether what is said can be reasonable suspicion at all."""
    if source_reliability in WEAK and content_validity in VAGUE:
        return "A source of which nothing is known, saying what cannot be judged, is no reasonable suspicion."
    return None


def may_propose(user, person):
    """Whether somebody keeps a list and may put a person on it: their page says no word of it to others."""
    center = standing.center_of(user) if agencies_with(user, Permission.LISTED_KEEP) else None
    return center is not None and propose(user, person, center, standing.today_of(center)) is None


def approve(user, entry, score=None, today=None):
    if not standing.approves(user, entry.agency_id):
        return APPROVERS
    if entry.status != Status.CANDIDATE:
        return "This proposal is decided already."
    if entry.proposed_by_id == user.pk:
        return "Somebody else than the one who proposed it approves."
    if today and standing.is_protected(entry.person, entry.agency_id):
        return VICTIM_OR_WITNESS
    if today and (refused := of_age(entry.person, entry.agency_id, today)):
        return refused
    if refused := grounds(entry.source_reliability, entry.content_validity):
        return refused
    return NOTHING_COUNTS if score is not None and not score.parts else None


def review(user, entry):
    if not standing.keeps(user, entry.agency_id):
        return KEEPERS
    return None if entry.status in ListedPerson.LISTED else "Only who is on the list is reviewed."


def move(user, entry, status=None):
    if refused := review(user, entry):
        return refused
    if status and (status not in ListedPerson.LISTED or not entry.can_move_to(status)):
        return "Choose another status than the one it has."
    return None


def remove(user, entry):
    if not (standing.keeps(user, entry.agency_id) or standing.approves(user, entry.agency_id)):
        return KEEPERS
    return None if entry.stands else "This entry is off the list already."


def record_fact(user, entry):
    if not standing.keeps(user, entry.agency_id):
        return KEEPERS
    return None if entry.stands else "This entry is off the list: nothing is added to it or taken from it."


def hold(user, entry):
    if not standing.approves(user, entry.agency_id):
        return APPROVERS
    if entry.held_at:
        return "A purge hold is set already."
    return "What is purged cannot be held." if entry.status == Status.PURGED else None


def lift(user, entry):
    if not standing.approves(user, entry.agency_id):
        return APPROVERS
    return None if entry.held_at else "No purge hold is set."


def open_(user, entry, how=How.OPENED):
    """Open an entry of another agency's list, or print one: why is said first."""
    if not reading(user):
        return "Only who was trained on 28 CFR Part 23 reads the list."
    if entry.status not in ListedPerson.LISTED and not (standing.is_own(user, entry) and entry.stands):
        return "This entry is off the list: nothing of it is given out any more."
    if how == How.OPENED and standing.is_own(user, entry):
        return "You keep this list: open it without a reason."
    return None


def print_(user, entry):
    return open_(user, entry, How.PRINTED)


def ask(user, now=None):
    """Ask whether somebody is on the list of one's center; with `now`, whether one more question is within bounds: they
    are those of questions to other agencies, as one finds out by guessing here too.
    """
    if not has_permission(user, Permission.LISTED_VIEW) or not reading(user):
        return "Only who was trained on 28 CFR Part 23 asks the list."
    if standing.center_of(user) is not None:
        return "You keep this list: look in it."
    return None if now is None else _often(user, now)


def _often(user, now):
    agency = standing.asks_for(user)
    own, of_agency = standing.asked_lately(user, agency, now - deconfliction.DAY)
    for asked, limits, who in (
        (own, deconfliction.OF_A_PERSON, "You have"),
        (of_agency, deconfliction.OF_AN_AGENCY, "Your agency has"),
    ):
        if free := deconfliction.free_at(asked, limits, now):
            when = deconfliction.again_words(free, agency.zone, now)
            return f"{who} asked the list as often as is allowed for now. Ask again {when}, or call the center."
    return None


def give(user, entry):
    if not standing.keeps(user, entry.agency_id):
        return KEEPERS
    return None if entry.status in ListedPerson.LISTED else "Only who is on the list is given out."


def read_center(user, entry):
    """What the center alone sees: proposals, who proposed, the whole log."""
    return None if standing.is_own(user, entry) else "Only the center that keeps the list sees this."


def set_rule(user, center):
    may = standing.keeps(user, center.pk) and standing.approves(user, center.pk)
    return None if may else "Only the center's coordinator, trained on 28 CFR Part 23, says what the law allows."


def certify(user, membership):
    """Put on record that a member was trained."""
    if not has_permission(user, Permission.AGENCY_MANAGE, membership.agency_id):
        return "Only an administrator of the agency records who was trained."
    if membership.user_id == user.pk:
        return "Your own training is recorded by another administrator."
    if membership.ended_at:
        return "This membership is over."
    reads = any(Permission.LISTED_VIEW in each.permissions for each in all_standings(membership.user))
    return None if reads else "No role of this person reads the list."


def end_certificate(user, certificate):
    if not has_permission(user, Permission.AGENCY_MANAGE, certificate.agency_id):
        return "Only an administrator of the agency ends it."
    return "This certificate is over already." if certificate.ended_at else None


def keep_by_clock(user):
    return None if user.is_system else "The portal itself flags, drops and purges, each night."


def due(review_due, today):
    """What is wrong with the day of the next review, or None."""
    return retention.mistake(today, review_due) or None
