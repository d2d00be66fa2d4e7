"""Why a person may not weigh, adopt or annotate a case that is before a prosecutor's office, or None if they may."""

from agencies.access import agencies_with, has_permission
from agencies.models import Agency
from agencies.roles import Permission
from leads.models import Referral

Status = Referral.Status


def note(user, referral):
    """Write work product, or say that the Giglio check was run."""
    if has_permission(user, Permission.REFERRAL_DECIDE, referral.office_id):
        return None
    return "Only a prosecutor of the office keeps notes on its case. They are the office's own."


def strike(user, note):
    """Strike a note of the office, or a day of its Giglio check."""
    if not has_permission(user, Permission.REFERRAL_DECIDE, note.referral.office_id):
        return "Only a prosecutor of the office strikes a note of it."
    return "This is struck already. It stays as it is." if note.struck_at else None


def office_of(user, offices):
    """The office (of some ids) for which a person weighs a case, or None."""
    return next((each for each in agencies_with(user, Permission.REFERRAL_DECIDE) if each in offices), None)


def weigh(user, screening, offices=None):
    """Fill in a worksheet and say who should have the case. offices: those it is before, where they are known."""
    if screening.merged_into_id:
        return "This worksheet became one with another of the same person. Open that: what this one said stands there."
    if offices is None:
        offices = set(screening.referrals.values_list("office_id", flat=True))
    if office_of(user, offices) is None:
        return "Only prosecutors of the offices that the case is before fill in its worksheet."
    return None


def adopt(user, referral):
    """Take on what the state has against the same person."""
    if not has_permission(user, Permission.REFERRAL_DECIDE, referral.office_id):
        return "Only a prosecutor of the office decides."
    if referral.office.kind != Agency.Kind.US_ATTORNEY:
        return "Only a U.S. Attorney's office adopts a case."
    return None if referral.status == Status.ACCEPTED else "Accept the case first: then the state's can be adopted."


def part(user, referral):
    """Give back a case that was adopted. referral: the federal one."""
    if not has_permission(user, Permission.REFERRAL_DECIDE, referral.office_id):
        return "Only a prosecutor of the office that adopted the case takes that back."
    return None if referral.adopts.exists() else "This case has adopted no other."


def export(user, _referral=None):
    """Take cases out as a file: those of one's office, or of one's agency where one's role takes lists out."""
    if has_permission(user, Permission.REFERRAL_DECIDE) or has_permission(user, Permission.LEAD_EXPORT):
        return None
    return "Your role does not include taking cases out as a file."
