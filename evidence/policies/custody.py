"""Who may give an exhibit, who may say that it arrived, who may put it away."""

from django.utils import timezone

from agencies.access import groups_with, has_permission, standings
from agencies.roles import Permission
from evidence.models import HandOver
from evidence.policies.standing import NOT_BEFORE_NOW, works_for

RECORDS = Permission.INCIDENT_EDIT
BACKWARD = "This is earlier than the last entry of the chain. A chain of custody only goes forward: check the time."


def record_custody(user, exhibit, at=None, last_at=None):
    """Write a leg alone: for what was collected, put away, sent or received where the other side signs on paper."""
    if not _records(user, exhibit):
        return "Only people who record evidence for an agency that holds this exhibit can hand it over."
    if not _has(user, exhibit) and not works_for(user, RECORDS, exhibit.agency):
        return f"{exhibit.held_by} has this exhibit. Its people hand it over."
    return is_at_rest(exhibit) or _in_time(at, last_at)


def arrive_exhibit(user, exhibit, site, at=None, last_at=None):
    """A leg that begins a stay at a NIBIN site: whoever had the exhibit, and what was on its way there arrives."""
    on_its_way = exhibit.hand_overs.open().select_related("to_agency", "exhibit__incident").first()
    if on_its_way and on_its_way.to_agency_id == site.pk:
        return answer_hand_over(user, on_its_way, at) or _in_time(at, last_at)
    return is_at_rest(exhibit) or _in_time(at, last_at)


def give_exhibit(user, exhibit, at=None, last_at=None):
    """Offer an exhibit: who holds it does, or who records evidence for the agency that has it."""
    holds = exhibit.holder_id == user.pk and _sees(user, exhibit)
    if not holds and not (_records(user, exhibit) and _has(user, exhibit)):
        if not _records(user, exhibit) or exhibit.held_by is None:
            return "Only who holds this exhibit, or records evidence for the agency that has it, can hand it over."
        return f"{exhibit.held_by} has this exhibit. Its people hand it over."
    return is_at_rest(exhibit) or _in_time(at, last_at)


def offer_exhibit(user, exhibit, agency, unit=None, person=None, place=None, at=None, last_at=None):
    if refused := give_exhibit(user, exhibit, at, last_at):
        return refused
    if person is not None and person.pk == user.pk:
        return "You hand this over yourself. Name who receives it, or choose a storage place."
    if not agency.is_active:
        return f"{agency} takes no part any more."
    if unit is not None and (unit.agency_id != agency.pk or not unit.is_active):
        return f"This unit is not one of {agency}."
    if person is not None and not any(
        each.agency_id == agency.pk and Permission.INCIDENT_VIEW in each.permissions for each in standings(person)
    ):
        return f"{person} does not work with evidence at {agency}. Choose another person, or no person."
    return _takes(place, agency) if place is not None else None


def answer_hand_over(user, hand_over, at=None):
    """Confirm or refuse: who is named, or a colleague of that unit or agency who records evidence; never the giver."""
    if hand_over.status != HandOver.Status.OFFERED:
        return f"This hand-over is {hand_over.get_status_display().lower()} already."
    if hand_over.offered_by_id == user.pk:
        return "You handed this over yourself. Somebody of the other side confirms it; you can withdraw it."
    if not _sees(user, hand_over.exhibit) or not _is_receiver(user, hand_over):
        return f"This is for {hand_over.to_words}. They confirm or refuse it."
    if at and at < hand_over.at:
        return "This is earlier than the moment it was given. Check the time."
    return NOT_BEFORE_NOW if at and at > timezone.now() else None


def confirm_hand_over(user, hand_over, seal_seen="", note="", place=None, at=None):
    if refused := answer_hand_over(user, hand_over, at):
        return refused
    if seal_seen != hand_over.seal and not note.strip():
        given = hand_over.seal or "no seal"
        return f"The seal that was given is {given}; you saw {seal_seen or 'none'}. Say in the note what you saw."
    return _takes(place, hand_over.to_agency) if place is not None else None


def refuse_hand_over(user, hand_over, reason=None):
    if refused := answer_hand_over(user, hand_over):
        return refused
    return "Say why you do not take it." if reason is not None and not reason.strip() else None


def withdraw_hand_over(user, hand_over):
    if hand_over.status != HandOver.Status.OFFERED:
        return f"This hand-over is {hand_over.get_status_display().lower()} already."
    if hand_over.offered_by_id != user.pk and not has_permission(user, RECORDS, hand_over.from_agency_id):
        return "Only who gave it, or who records evidence for their agency, can withdraw this."
    return None if _sees(user, hand_over.exhibit) else "This exhibit is not one that you see."


def store_exhibit(user, exhibit, place=None):
    """Put an exhibit into a place: by who records evidence for the agency that has it, which is the place's."""
    if not (_records(user, exhibit) and _has(user, exhibit)):
        return "Only people who record evidence for the agency that has this exhibit can put it into storage."
    if place is not None:
        if exhibit.held_by_id and place.agency_id != exhibit.held_by_id:
            return f"{exhibit.held_by} has this exhibit, and {place} is a place of {place.agency}. Hand it over first."
        if not works_for(user, RECORDS, place.agency):
            return f"Only people who record evidence for {place.agency} can put exhibits into its places."
        if refused := _takes(place, place.agency):
            return refused
    return is_at_rest(exhibit)


def check_chains(user):
    return None if user.is_system else "Chains are checked by the portal itself, each night and by verify_custody."


def _takes(place, agency):
    if place.agency_id != agency.pk:
        return f"{place} is not a place of {agency}."
    return f"{place} is closed. Choose another place." if place.closed_at else None


def _records(user, exhibit):
    return _granted(exhibit, groups_with(user, RECORDS))


def _sees(user, exhibit):
    return _granted(exhibit, groups_with(user, Permission.INCIDENT_VIEW))


def _granted(exhibit, groups):
    return bool(groups) and exhibit.incident.grants.filter(group_id__in=groups).exists()


def _has(user, exhibit):
    """Whether the user works for the agency that has the exhibit; where only words say who has it, anybody who records
    evidence of the case does.
    """
    return exhibit.held_by_id is None or works_for(user, RECORDS, exhibit.held_by)


def _is_receiver(user, hand_over):
    if hand_over.to_person_id == user.pk:
        return True
    if has_permission(user, RECORDS, hand_over.to_agency_id):
        return True
    of_unit = hand_over.to_unit_id is not None and hand_over.to_person_id is None
    return of_unit and any(each.unit_id == hand_over.to_unit_id for each in standings(user))


def is_at_rest(exhibit):
    """Why an exhibit does not change hands just now."""
    if exhibit.disposed_at:
        return f"Exhibit {exhibit} was disposed of. Its chain has ended."
    on_its_way = exhibit.hand_overs.open().select_related("to_agency", "to_person", "to_unit", "to_place").first()
    if on_its_way:
        return f"Exhibit {exhibit} is in transit to {on_its_way.to_words}, unconfirmed. Withdraw that hand-over first."
    return None


def _in_time(at, last_at):
    if at and at > timezone.now():
        return NOT_BEFORE_NOW
    return BACKWARD if at and last_at and at < last_at else None
