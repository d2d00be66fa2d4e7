"""Why a person may not mark, register or keep back what has to be disclosed of a lead, or None if they may.

Whether something has to be disclosed is for the prosecutor and the court: the portal keeps who decided what, and shows
what nobody decided.
"""

from agencies.access import has_permission
from agencies.roles import Permission
from leads.models import Lead, Withholding

Status = Withholding.Status
ROLE = "Your role does not include keeping the disclosure register."


def read(user, _lead):
    """Open the index of a lead that one sees."""
    return None if has_permission(user, Permission.DISCLOSURE_KEEP) else ROLE


def keep(user, lead):
    """Mark, register, propose: whoever keeps the register and sees the lead."""
    if not has_permission(user, Permission.DISCLOSURE_KEEP):
        return ROLE
    return None if Lead.objects.visible_to(user).filter(pk=lead.pk).exists() else "Your agency does not see this lead."


def withhold(user, lead, reason=None):
    """Propose that an item is not disclosed. reason: why, where it is given by now."""
    if refused := keep(user, lead):
        return refused
    return "Say why it is not disclosed." if reason is not None and not reason.strip() else None


def receive(user, disclosure):
    """Add a receipt to what one's agency gave."""
    if refused := keep(user, disclosure.lead):
        return refused
    if not has_permission(user, Permission.DISCLOSURE_KEEP, disclosure.agency_id):
        return "Only the agency that disclosed this adds its receipt."
    if disclosure.release and not disclosure.release.ready_at:
        return "The copy of this is with nobody yet: there is no receipt of it."
    return "The receipt of this is on record already." if disclosure.received_at else None


def decide(user, withholding, sees=None):
    """A second person of the agency agrees or refuses. sees: whether they see the lead, where that is known."""
    if refused := _of_its_agency(user, withholding, sees):
        return refused
    if withholding.status != Status.PROPOSED:
        return "This was decided already."
    return "Somebody else than who proposed it decides." if withholding.proposed_by_id == user.pk else None


def lift(user, withholding, sees=None):
    if refused := _of_its_agency(user, withholding, sees):
        return refused
    return None if withholding.status == Status.AGREED else "Only what is kept back is lifted."


def _of_its_agency(user, withholding, sees):
    """What one agency keeps back is not another's to agree to, though both see the lead."""
    if not has_permission(user, Permission.DISCLOSURE_KEEP, withholding.agency_id):
        return "Only the agency that proposed to keep this back decides on it. Who wants it disclosed registers that."
    return None if sees else keep(user, withholding.lead)
