"""Why a person may not make a packet or another version of it, or None if they may."""

from agencies.access import agencies_with, has_permission
from agencies.roles import Permission
from leads.models import PacketVersion
from leads.standing.packets import making_agencies

State = PacketVersion.State


def make(user, lead, agency=None):
    """In the name of an agency of theirs that sees the lead."""
    may = set(agencies_with(user, Permission.PACKET_MAKE))
    if not may:
        return "Only investigators, analysts and prosecutors make packets."
    item = getattr(lead, "desk", None)
    if item and item.state != item.State.SENT:
        return "Nobody is told of this lead yet. Decide in triage first."
    # Who sees leads in no other agency than where they make packets sees this one there.
    if agency is None and may == set(agencies_with(user, Permission.LEAD_VIEW)):
        return None
    found = making_agencies(user, lead)
    if found.exists() if agency is None else found.filter(pk=agency.pk).exists():
        return None
    return "Make a packet in the name of an agency of yours that sees the lead."


def ask(user, packet):
    """For another version of a packet."""
    if not has_permission(user, Permission.PACKET_MAKE, packet.agency_id):
        return "Only investigators, analysts and prosecutors of the agency that made it make another version."
    return make(user, packet.lead, packet.agency)


def try_again(user, version):
    """To build what failed."""
    if not has_permission(user, Permission.PACKET_MAKE, version.packet.agency_id):
        return "Only who makes packets in the agency has one built again."
    return None if version.can_move_to(State.QUEUED) and version.state == State.FAILED else "This version did not fail."


def build(user):
    return None if user.is_system else "The portal itself builds packets."
