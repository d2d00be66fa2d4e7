"""Releases of packets: who may get one, who has one, what became of a version, and the list of each reader."""

from django.db.models import Case, Exists, OuterRef, Q, When

from agencies import access, walk
from agencies.models import Agency, AuditEvent, Membership
from agencies.roles import Permission, Role, roles_with
from evidence.queries.reach import beginning, fetch, page_of
from leads import queries
from leads.models import (
    Assertion,
    ClusterLead,
    Entity,
    LeadEvent,
    LeadFile,
    PacketRelease,
    PacketSeal,
    PacketVersion,
    Wording,
)
from leads.standing import unmasking
from leads.standing.releases import OFFICES

MOST_PEOPLE = 500
MOST_OPENINGS = 100
RELEASE, OPENED = "leads.packetrelease", "packet.copy_opened"
WHOLE = (
    "version__packet__lead", "version__packet__agency", "version__retraction", "version__seal",
    "source__calendar", "office__calendar", "to", "released_by", "revoked_by", "heeded_by", "received_by",
)  # fmt: skip


def whole(user):
    """Visible releases with all that their page shows."""
    return PacketRelease.objects.visible_to(user).select_related(*WHOLE)


def versions(user):
    """Visible versions with what their releases are asked about."""
    return PacketVersion.objects.visible_to(user).select_related(
        "packet__agency__calendar", "packet__lead", "seal", "retraction__retracted_by"
    )


def releases_of(version):
    """Whom a version was released to, the newest first."""
    return list(version.releases.select_related("version__packet", "version__retraction", "office", "to", "source"))


def openings_of(release):
    """The last openings of a copy, the newest first: rows of the log, which is only ever added to."""
    found = AuditEvent.objects.filter(object_type=RELEASE, object_id=release.pk, verb=OPENED)
    return list(found.select_related("by").order_by("-id")[:MOST_OPENINGS])


def newer(version):
    """The newest later version that was released to anybody, or None."""
    later = version.packet.versions.select_related("retraction").filter(version__gt=version.version)
    return later.filter(Exists(PacketRelease.objects.filter(version=OuterRef("pk")))).order_by("-version").first()


def may_get(agency):
    """Memberships of the people to whom an agency may release a packet: in offices of its center."""
    center = agency.center
    offices = Agency.objects.filter(kind__in=OFFICES, is_active=True).exclude(pk=agency.pk)
    offices = offices.filter(parent=center) | offices.filter(pk=center.pk) if center else offices.none()
    found = Membership.objects.filter(agency__in=offices, ended_at=None, role__in=roles_with(Permission.PACKET_VIEW))
    return found.filter(user__is_active=True)


def recipients(agency):
    """`may_get`, as one chooses of them: those who prosecute before others, by office and name."""
    rank = Case(When(agency__kind__in=Agency.PROSECUTORS, then=0), default=1)
    order = (rank, "agency__name", "user__name", "pk")
    first = may_get(agency).order_by(*order).values("pk")[:MOST_PEOPLE]
    return Membership.objects.filter(pk__in=first).select_related("agency__calendar", "user").order_by(*order)


def supervisors(release):
    """Who hears that a retraction was not acknowledged: who answers for the unit that made the packet."""
    found = set(queries.there(release.source, Role.SUPERVISOR))
    return found or set(queries.there(release.source, Role.COMMANDER, Role.CENTER_COORDINATOR))


def makers(version):
    """Who hears what became of a version: who asked for it, and who released it."""
    return {version.asked_by, *(each.released_by for each in version.releases.select_related("released_by"))}


def leads_of(packet):
    """Ids of the leads that a packet tells of: its own, and those of its presumed gun that its agency sees."""
    among = ClusterLead.objects.out().filter(
        cluster__members__lead=packet.lead_id, lead__grants__group=packet.agency.group_id
    )
    return sorted({packet.lead_id, *among.values_list("lead", flat=True)})


def told_of(version):
    """[(event, whether its link was confirmed)] of what stood on the line as of the moment of a version."""
    found = LeadEvent.every.filter(lead__in=leads_of(version.packet), added_at__lte=version.as_of)
    found = found.exclude(withdrawn_at__lte=version.as_of).order_by("pk")
    return [(each, bool(each.confirmed_at and each.confirmed_at <= version.as_of)) for each in found]


def files_of(packet, user):
    """Files of the lead of a packet that may go along, the newest first."""
    found = LeadFile.objects.visible_to(user).filter(lead=packet.lead_id, file__damage="")
    return found.select_related("file", "agency")[:100]


def wording(agency, kind):
    """The text of an agency that is in force, "" where it wrote none."""
    found = Wording.objects.filter(agency=agency, kind=kind).first()
    return found.text if found else ""


def known(sha256):
    """The version that a sealed PDF is of, by its hash, or None: the original or somebody's copy."""
    seal = PacketSeal.objects.filter(pdf_sha256=sha256).values("version")[:1]
    copy = PacketRelease.objects.filter(copy_sha256=sha256).values("version")[:1]
    found = PacketVersion.objects.filter(pk__in=seal) | PacketVersion.objects.filter(pk__in=copy)
    return found.select_related("packet", "retraction").defer("snapshot").first()


def unsealed():
    """Versions that are built and bear no seal yet, in any order: some that cannot be sealed keep no others waiting."""
    return PacketVersion.objects.filter(state=PacketVersion.State.BUILT, seal=None).defer("snapshot").order_by("?")


def maskable(packet, user):
    """People named on the lead of a packet whose names, were they masked, the user may read: those that an agency of
    theirs named, or that are named in its events, or on a lead that their office has a case on
    (`policies.entities.unmask`).
    """
    said = Assertion.objects.filter(entity=OuterRef("pk"), lead=packet.lead_id)
    mine = access.agencies_with(user, Permission.PERSON_UNMASK)
    near = Assertion.objects.visible_to(user).filter(entity__standing=OuterRef("standing"))
    near = near.filter(
        Q(agency__in=mine) | Q(event__agency__in=mine) | Q(entity__agency__in=mine) | unmasking.held_by(user)
    )
    found = Entity.objects.visible_to(user).filter(Exists(said), Q(agency__in=mine) | Exists(near))
    return found.filter(kind=Entity.Kind.PERSON).order_by("pk")


def unmasked(packet, user):
    """The ids, as they stand, of whom a packet may say the name when a person asks for it: unmasked in it, and to be
    unmasked for them today.
    """
    said = list(packet.unmaskings.values_list("person", flat=True))
    found = maskable(packet, user).filter(pk__in=said) if said else Entity.objects.none()
    return frozenset(found.values_list("standing", flat=True))


# --- lists ----------------------------------------------------------------------------------------------------------

OWN = "select a.id from agencies_agency a where a.id = any(%(agencies)s::int[])"
# A tab: (the column of its agencies, its conditions, the right that it is read by).
GOT, GAVE = Permission.PACKET_VIEW, Permission.PACKET_MAKE
LISTS = {
    "": ("office_id", "q.to_id = %(me)s", GOT),
    "owed": ("office_id", "q.to_id = %(me)s and q.due_at is not null", GOT),
    "ours": ("source_id", "true", GAVE),
    "waiting": ("source_id", "q.due_at is not null", GAVE),
}


def tabs_of(user):
    """The names of the lists that a person has."""
    return [name for name, (*_, right) in LISTS.items() if access.has_permission(user, right)]


def releases(user, *, show="", cursor=None, limit=walk.PAGE):
    """A list of releases, the newest first: "" those to the user, `owed` of these what waits to be acknowledged, `ours`
    those of the user's agencies, `waiting` of these what recipients have not acknowledged.
    """
    side, where, right = LISTS[show]
    begin = walk.place(cursor)
    walks = [f"from leads_packetrelease q where q.{side} = source.id and {where}"]
    found = page_of(user, walks, "q.released_at", newest=True, begin=begin, source=OWN)
    return fetch(
        f"""
      with {found}
      select k.id, k.key, p.id as packet_id, v.version, p.title, p.purpose, l.number as lead, r.ends_at, r.revoked_at,
             r.state, r.warned_at, r.due_at, r.heeded_at, r.received_at, t.retracted_at, o.zone, s.code, s.mark,
             s.name as agency, o.code as to_code, o.mark as to_mark, o.name as office, u.name as recipient,
             (select count(*) from (select from agencies_auditevent a
                                     where a.object_type = '{RELEASE}' and a.object_id = k.id
                                     and a.verb = '{OPENED}' limit 1000) n) as opened,
             exists (select from leads_packetversion w join leads_packetrelease x on x.version_id = w.id
                      where w.packet_id = p.id and w.version > v.version) as superseded
        from k join leads_packetrelease r on r.id = k.id join leads_packetversion v on v.id = r.version_id
        join leads_packet p on p.id = v.packet_id join leads_lead l on l.id = p.lead_id
        join agencies_agency s on s.id = r.source_id join agencies_agency o on o.id = r.office_id
        join agencies_user u on u.id = r.to_id left join leads_packetretraction t on t.version_id = v.id
       order by k.key desc, k.id desc""",
        {"agencies": access.agencies_with(user, right), "me": user.pk, "limit": limit + 1, **beginning(begin)},
    )
