"""A packet on its way to a person: built, sealed, released, its copy prepared, as workers do it."""

from datetime import timedelta

from django.utils import timezone

from agencies.models import User
from evidence import vault
from leads.actions import releases, seals
from leads.models import PacketRelease
from tests.factories import NOW
from tests.leads import packing

SOON = NOW + timedelta(minutes=1)
# What pages are asked is asked now.
TODAY = timezone.now()


def sealed(city, lead, now=NOW, **values):
    """The version of a new packet, under its seal."""
    made = packing.build(packing.version(packing.make(city, lead, "discovery", now=now, **values)))
    seals.seal(version=made, by=User.objects.system(), now=now)
    return made


def give(city, version, to=None, office=None, now=TODAY, **values):
    given = {"to": to or city.prosecutor, "office": office or city.da, "duty": "brady", "by": city.supervisor}
    given |= {"ends_on": now.date() + timedelta(days=30), "letter": "Dear counselor {recipient}"}
    return releases.release(version=version, now=now, **given | values)


def prepared(release, now=TODAY):
    seals.prepare(release=release, by=User.objects.system(), now=now)
    return PacketRelease.objects.get(pk=release.pk)


def opened(release):
    with vault.opened(release.copy_sha256) as file:
        return file.read()


def packed(release):
    seals.pack(release=release, by=User.objects.system())
    return PacketRelease.objects.get(pk=release.pk)
