"""Packets: the list, one with its versions, what waits for a worker."""

from datetime import timedelta

from django.db.models import Prefetch, Q

from agencies import access, walk
from agencies.roles import Permission
from evidence.queries.reach import beginning, fetch, page_of
from leads.models import Packet, PacketRelease, PacketVersion

PAGE, MOST_VERSIONS, MOST_OF_A_LEAD = walk.PAGE, 100, 5
OWN = "select a.id from agencies_agency a where a.id = any(%(agencies)s::int[])"
PURPOSES = {purpose.value: f"q.purpose = '{purpose.value}'" for purpose in Packet.Purpose}
# A version that nobody takes up for so long has lost its worker or its place in the queue.
LOST = timedelta(minutes=1)
# What a page of versions reads of each: the snapshot, which may be megabytes, is read where it is shown.
LIGHT = ("snapshot",)


def packets(user, *, show="", cursor=None, limit=PAGE):
    """Packets of a person's agencies, the newest first, of one purpose or of all, each with its last version."""
    begin = walk.place(cursor)
    walks = [f"from leads_packet q where q.agency_id = source.id and {PURPOSES.get(show, 'true')}"]
    found = page_of(user, walks, "q.created_at", newest=True, begin=begin, source=OWN)
    return fetch(
        f"""
      with {found}
      select k.id, k.key, p.title, p.purpose, l.number as lead_number, l.id as lead_id, a.code, a.mark,
             a.name as agency, a.zone, u.title as by_title, u.name as maker, v.version, v.state, v.progress, v.pages,
             v.as_of
        from k join leads_packet p on p.id = k.id join leads_lead l on l.id = p.lead_id
        join agencies_agency a on a.id = p.agency_id join agencies_user u on u.id = p.created_by_id
        left join lateral (select * from leads_packetversion w where w.packet_id = p.id
                            order by w.version desc limit 1) v on true
       order by k.key desc, k.id desc""",
        {"agencies": sorted(access.agencies_with(user, Permission.PACKET_VIEW)), "limit": limit + 1,
         **beginning(begin)},
    )  # fmt: skip


def whole(user):
    """Visible packets with all that their page shows but the versions."""
    return Packet.objects.visible_to(user).select_related("agency", "lead__desk", "referral", "created_by")


def versions_of(packet):
    """The newest versions of a packet, without what they say; whether somebody has them, and whether they stand."""
    given = Prefetch("releases", PacketRelease.objects.only("version"))
    found = packet.versions.select_related("asked_by", "retraction", "seal").prefetch_related(given)
    return list(found.defer(*LIGHT).order_by("-version")[:MOST_VERSIONS])


def of_lead(lead, user, now):
    """(packets of a lead that a person's agencies made, copies of others that the person has), the newest first."""
    own = Packet.objects.visible_to(user).filter(lead=lead).order_by("-created_at", "-pk")[:MOST_OF_A_LEAD]
    had = PacketRelease.objects.visible_to(user).filter(
        to=user, version__packet__lead=lead, revoked_at=None, ends_at__gt=now, state=PacketRelease.State.READY
    )
    had = had.select_related("version__packet", "source").order_by("-released_at", "-pk")[:MOST_OF_A_LEAD]
    return list(own), list(had)


def whole_versions(user):
    """Visible versions with all that their page shows."""
    return PacketVersion.objects.visible_to(user).select_related(
        "packet__agency", "packet__lead__desk", "asked_by", "seal"
    )


def before(version, since=None):
    """The version of the same packet before this one, or that of the number `since`; None where there is none."""
    earlier = PacketVersion.objects.filter(packet=version.packet_id, version__lt=version.version)
    if since is not None:
        earlier = earlier.filter(version=since)
    return earlier.order_by("-version").first()


def lost(now):
    """Ids of versions that say that they are being built and may have nobody who does, the oldest first."""
    late = Q(begun_at=None, asked_at__lt=now - LOST) | Q(begun_at__lt=now - LOST)
    return PacketVersion.objects.unbuilt().filter(late).order_by("id").values_list("pk", flat=True)[:100]
