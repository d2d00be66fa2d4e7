"""Packets of a line at each step of their way."""

from agencies.models import User
from leads.actions import packets
from leads.models import PacketVersion
from leads.packets.sections import PRESETS, SECTIONS
from tests.factories import NOW

EVERY = list(SECTIONS)


def make(city, lead, purpose="charging", now=NOW, **values):
    given = {"agency": city.papd, "by": city.detective, "title": "State v. Quill", "sections": PRESETS[purpose]}
    return packets.make(lead=lead, purpose=purpose, now=now, **given | values)


def version(packet, number=1):
    return PacketVersion.objects.get(packet=packet, version=number)


def rows(packet, section, number=1):
    return version(packet, number).snapshot["sections"][section]


def build(made):
    """As a worker does."""
    by = User.objects.system()
    if packets.attempt(version=made, by=by):
        packets.build(version=made, by=by)
    return PacketVersion.objects.get(pk=made.pk)
