"""How an exhibit leaves: who reviews, proposes, approves; what stands against it; who holds it back."""

import re

from agencies.access import groups_with, has_permission
from agencies.roles import Permission
from evidence.models import Disposal
from evidence.policies.custody import is_at_rest
from evidence.policies.standing import works_for

RECORDS, APPROVES = Permission.INCIDENT_EDIT, Permission.DISPOSAL_APPROVE
HOLDS = (Permission.INCIDENT_EDIT, Permission.DISPOSAL_APPROVE, Permission.REFERRAL_DECIDE)
Status = Disposal.Status


def review_exhibit(user, exhibit):
    """Keep it on, or propose that it goes."""
    if not works_for(user, RECORDS, exhibit.agency):
        return f"Only people who record evidence for {exhibit.agency} review what it keeps."
    return f"Exhibit {exhibit} was disposed of." if exhibit.disposed_at else None


def propose_disposal(user, exhibit):
    if refused := review_exhibit(user, exhibit):
        return refused
    if exhibit.disposals.filter(status__in=Disposal.LIVE).exists():
        return "Disposal of this exhibit is proposed already."
    return is_at_rest(exhibit)


def waive_disposal(user, disposal, reason=None):
    """Say that it may go in spite of what stands against it: two different people have to."""
    if not any(works_for(user, each, disposal.agency) for each in (RECORDS, APPROVES)):
        return f"Only people who record evidence or approve disposal for {disposal.agency} say so."
    if disposal.status != Status.PROPOSED:
        return f"This disposal is {disposal.get_status_display().lower()} already."
    if disposal.seconded_by_id:
        return "Two people have said so already."
    if disposal.waived_by_id == user.pk:
        return "You have said so already. Somebody else has to say it as well."
    return "Say why it may go all the same." if reason is not None and not reason.strip() else None


def approve_disposal(user, disposal, gaps=()):
    """`gaps`: what stands against it now, codes of `Disposal.GAPS`."""
    if not works_for(user, APPROVES, disposal.agency):
        return f"Only supervisors and commanders of {disposal.agency} approve disposal."
    if not disposal.can_move_to(Status.APPROVED):
        return f"This disposal is {disposal.get_status_display().lower()} already."
    if disposal.proposed_by_id == user.pk:
        return "You proposed this. Somebody else has to approve it."
    if gaps and not (disposal.waived_by_id and disposal.seconded_by_id):
        against = " and ".join(Disposal.GAPS[each] for each in gaps)
        return f"This exhibit is {against}. Two different people have to say why it may go all the same."
    if "hold" in gaps and disposal.exhibit.holds.filter(lifted_at=None, set_at__gt=disposal.waived_at).exists():
        return "A legal hold was set since it was said why it may go. Withdraw this and propose it again."
    return None


def send_back_disposal(user, disposal, reason=None):
    if not works_for(user, APPROVES, disposal.agency):
        return f"Only supervisors and commanders of {disposal.agency} send a disposal back."
    return _end(disposal, Status.SENT_BACK, reason)


def withdraw_disposal(user, disposal, reason=None):
    if not works_for(user, RECORDS, disposal.agency):
        return f"Only people who record evidence for {disposal.agency} withdraw this."
    return _end(disposal, Status.WITHDRAWN, reason)


def _end(disposal, status, reason):
    if not disposal.can_move_to(status):
        return f"This disposal is {disposal.get_status_display().lower()} already."
    return "Say why." if reason is not None and not reason.strip() else None


def carry_out_disposal(user, disposal, gaps=(), witness=""):
    if not works_for(user, RECORDS, disposal.agency):
        return f"Only people who record evidence for {disposal.agency} carry this out."
    if not disposal.can_move_to(Status.DONE):
        return "Only what was approved is disposed of."
    if witness and _words(user.name) <= _words(witness):
        return "The witness is somebody else. Name who saw it."
    exhibit = disposal.exhibit
    if exhibit.held_by_id and not works_for(user, RECORDS, exhibit.held_by):
        return f"{exhibit.held_by} has this exhibit. It has to come back first."
    if "hold" in gaps and "hold" not in disposal.gaps.split(","):
        return "A legal hold was set since the approval. Withdraw this, or ask for the hold to be lifted."
    return is_at_rest(exhibit)


def _words(name):
    return set(re.findall(r"\w+", name.casefold()))


def tell_reviews(user):
    return None if user.is_system else "The portal itself tells of reviews, each morning."


def set_hold(user, exhibit):
    if exhibit.disposed_at:
        return f"Exhibit {exhibit} was disposed of."
    if holding_agency(user, exhibit) is None:
        return "Only who keeps this exhibit, and prosecutors on its case, set a legal hold."
    return None


def holding_agency(user, exhibit):
    """The id of the agency for which a user sets a hold, or None: the exhibit's, or a prosecutor's on its case."""
    if any(works_for(user, each, exhibit.agency) for each in HOLDS[:2]):
        return exhibit.agency_id
    granted = exhibit.incident.grants.filter(group_id__in=groups_with(user, HOLDS[2]))
    return granted.values_list("group__agency", flat=True).first()


def lift_hold(user, hold, reason=None):
    if hold.lifted_at:
        return "This hold is lifted already."
    # What a prosecutor's office set is for its own people, not for its center's, to lift.
    lifts = works_for if hold.agency_id == hold.exhibit.agency_id else has_permission
    if not any(lifts(user, each, hold.agency) for each in HOLDS):
        return f"{hold.agency} set this hold. Its people lift it."
    return "Say why it is lifted." if reason is not None and not reason.strip() else None


def keep_rules(user, agency):
    if not works_for(user, RECORDS, agency) and not has_permission(user, APPROVES, agency):
        return f"Only people who record evidence for {agency} set how long it keeps things."
    return None
