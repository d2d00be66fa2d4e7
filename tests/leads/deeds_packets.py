"""Deeds of packets on a `deeds.Scene`, each with whom it tells."""

from agencies.models import User
from leads.actions import packets
from leads.models import PacketVersion
from tests.factories import NOW


def newest():
    return PacketVersion.objects.latest("pk")


def make(s):
    words = {"title": "State v. Quill", "sections": ["summary", "events"]}
    packets.make(lead=s.lead, agency=s.papd, purpose="charging", by=s.detective, now=NOW, **words)


def ask(s):
    packets.ask(packet=newest().packet, by=s.supervisor, now=NOW)


def build(s):
    by = User.objects.system()
    packets.attempt(version=newest(), by=by, now=NOW)
    packets.build(version=newest(), by=by, now=NOW)


def break_down(s):
    PacketVersion.objects.filter(pk=newest().pk).update(tries=3)
    packets.attempt(version=newest(), by=User.objects.system(), now=NOW)


PACKET = [
    (make, {}),
    (build, {"The pages of a packet you asked for are there": "Chidi"}),
    (ask, {}),
    (break_down, {"The pages of a packet you asked for could not be built": "Amara"}),
]
