"""What every step of a release does: hold it, tell who has a copy what became of its version."""

from django.db import connection
from django.utils import timezone

from agencies import audit
from agencies.calendars import end_of_nth_business_day
from agencies.models import User
from agencies.notifications import notify
from leads.models import PacketRelease, PacketRetraction, PacketVersion
from leads.queries import releases as queries

# Business days of the recipient's office in which a retraction is acknowledged.
DAYS = 2
WITHDRAWN = "A link that it tells of was taken back or eliminated."
UNCONFIRMED = "A link that it tells of as confirmed is not confirmed any more."
# Versions that somebody has and nobody retracted, which tell of events of some leads what holds no longer.
STALE = """
select v.id, bool_or(e.withdrawn_at is not null)
  from leads_packetversion v join leads_packetevent t on t.version_id = v.id
  join leads_leadevent e on e.id = t.event_id
 where v.id in (select o.version_id from leads_packetevent o join leads_leadevent f on f.id = o.event_id
                 where f.lead_id = any(%(leads)s::bigint[]))
   and exists (select from leads_packetrelease r where r.version_id = v.id)
   and not exists (select from leads_packetretraction x where x.version_id = v.id)
   and (e.withdrawn_at is not null or (t.confirmed and e.confirmed_at is null))
 group by v.id order by v.id"""


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
    with connection.cursor() as cursor:
        cursor.execute(STALE, {"leads": list(leads)})
        found = cursor.fetchall()
    for pk, gone in found:
        version = locked_version(PacketVersion(pk=pk))
        retracted(version, WITHDRAWN if gone else UNCONFIRMED, by=User.objects.system(), now=now)
        notify(queries.makers(version), "packet.went_stale", version.packet, by=by, now=now)
