"""Packets: in whose name one is made."""

from agencies import access
from agencies.models import Agency
from agencies.roles import Permission


def making_agencies(user, lead):
    """The agencies in whose name a person makes a packet of a lead: those of theirs that see it, by name."""
    may = access.agencies_with(user, Permission.PACKET_MAKE)
    found = Agency.objects.filter(pk__in=may, group__in=lead.grants.values("group"))
    return found.order_by("name")
