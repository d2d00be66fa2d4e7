"""What every step of a release does: hold it, tell who has a copy what became of its version."""

from collections import defaultdict
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

from agencies import audit
from agencies.calendars import end_of_nth_business_day
from agencies.models import User
from agencies.notifications import notify
from leads.models import PacketRelease, PacketRetraction, PacketVersion
from leads.queries import outdated
from leads.queries import releases as queries

# Business days of the recipient's office in which a retraction is acknowledged.
DAYS = 2
LONGEST = timedelta(days=366)
HAS_IT = "This person has this version already."


def end_of(day, zone):
    """The moment at which a last day is over: the first of the next one, where the office is."""
    return datetime.combine(day + timedelta(days=1), time(), ZoneInfo(zone))


def why_not_until(ends_at, now):
    """Why a link does not end at a moment, or None."""
    return None if now < ends_at <= now + LONGEST else "Choose a last day from today to a year from now."


def locked(release):
    """The release as it stands, held until the transaction ends."""
    held = PacketRelease.objects.select_for_update(of=["self"], no_key=True)
    return held.select_related(*queries.WHOLE).get(pk=release.pk)


def locked_version(version):
    held = PacketVersion.objects.select_for_update(of=["self"], no_key=True)
    return held.select_related("packet__agency__calendar", "packet__lead", "asked_by").get(pk=version.pk)


def retracted(version, why, *, by, now):
    """Say of a version that it is not to be relied on: who has it hears so and acknowledges that."""
    made = PacketRetraction.objects.create(version=version, why=why, retracted_at=now, retracted_by=by)
    audit.record("packet.retracted", version, by=by, agency=version.packet.agency, reason=why)
    for release in version.releases.select_related("office__calendar", "to").order_by("pk"):
        release.warned_at = now
        release.due_at = end_of_nth_business_day(now, DAYS, release.office.working_calendar)
        release.save(update_fields=["warned_at", "due_at"])
        notify({release.to}, "packet.retracted", release, by=by, now=now)
    return made


def look_for_stale_packets(leads, *, by, now=None):
    """After links of some leads (ids) were taken back: a packet that tells of them is retracted, who has it told."""
    now = now or timezone.now()
    for pk, why in outdated.versions(leads):
        version = locked_version(PacketVersion(pk=pk))
        retracted(version, why, by=User.objects.system(), now=now)
        notify(queries.makers(version), "packet.went_stale", version.packet, by=by, now=now)


def tell_of_growth(leads, *, by, now):
    """After the gun of some leads (ids) grew: who has a packet that does not tell all of it hears so, and who made it,
    that another version is to be made.
    """
    makers = defaultdict(set)
    for release in outdated.outgrown(leads, now):
        notify({release.to}, "packet.outgrown", release, by=by, now=now)
        makers[release.version.packet] |= {release.version.asked_by, release.released_by}
    for packet, people in makers.items():
        notify(people, "packet.to_renew", packet, by=by, now=now)
