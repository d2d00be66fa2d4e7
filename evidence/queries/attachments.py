"""Photos and files of incidents and exhibits, and who is told when a stored file is not what it was."""

from django.db.models import F, Q

from agencies import walk
from agencies.models import Agency, Membership, User
from agencies.roles import Permission, roles_with
from evidence.models import Attachment, FileAlarm, SentForm, StoredFile

# How many photos and files a record's own page shows; the others have a page of theirs.
STRIP = 12
Damage = StoredFile.Damage


def attachments(user, *, incident=None, exhibit=None, before=None, limit=STRIP):
    """The newest photos and files of an incident or of one exhibit, one more than `limit` when there are more."""
    found = Attachment.objects.visible_to(user)
    found = found.filter(exhibit=exhibit) if exhibit else found.filter(incident=incident)
    if before:
        found = found.filter(pk__lt=before)
    wanted = found.select_related("file__picture__thumbnail", "file__picture__shown", "added_by", "agency", "exhibit")
    return list(wanted.order_by("-pk")[: limit + 1])


def whole_attachments(user):
    """Visible photos and files with everything that handing one out looks at."""
    return Attachment.objects.visible_to(user).select_related(
        "incident__agency", "exhibit", "added_by", "withdrawn_by", "file__picture__shown", "file__picture__thumbnail"
    )


def sent_before(user, key):
    """The incident that a form with this key became when this person sent it before, or None."""
    sent = SentForm.objects.visible_to(user).filter(key=key).select_related("incident").first() if key else None
    return sent and sent.incident


def exhibit_sent_before(user, key, incident, number):
    """The exhibit of an incident that a form with this key became when this person sent it before, or None."""
    sent = sent_before(user, key)
    return incident.exhibits.filter(number=number).first() if sent and sent.pk == incident.pk else None


def alarms(user, before=None):
    """File alarms, the newest first, one more than a page when there are more."""
    found = FileAlarm.objects.visible_to(user).select_related("agency", "file", "raised_by")
    if before:
        found = found.filter(pk__lt=before)
    return list(found.order_by("-pk")[: walk.PAGE + 1])


def alarmed_agency(file):
    """Whose people hear that something is wrong with a file: who stored it, else the center."""
    if file.agency_id:
        return file.agency
    members = Membership.objects.active().filter(user=file.stored_by_id).select_related("agency").order_by("pk")
    member = members.first()
    if member:
        return member.agency
    centers = Agency.objects.filter(is_active=True).order_by("pk")
    return centers.filter(kind=Agency.Kind.CENTER).first() or centers.first()


def alarmed_people(agency):
    """Administrators and auditors of an agency and of its center."""
    roles = {*roles_with(Permission.AGENCY_MANAGE), *roles_with(Permission.AUDIT_VIEW)}
    members = Membership.objects.active().filter(role__in=roles)
    members = members.filter(Q(agency=agency) | Q(agency=agency.parent_id))
    return User.objects.filter(is_active=True, memberships__in=members).distinct()


def files_to_check(since, limit):
    """Files to compare with their hashes: those that are damaged, which may be whole again, then those that were not
    compared since then, longest first.
    """
    damaged = StoredFile.objects.filter(damage__in=[Damage.CHANGED, Damage.LOST], checked_at__lt=since)
    due = StoredFile.objects.filter(Q(checked_at=None) | Q(checked_at__lt=since)).filter(damage=Damage.NONE)
    longest = F("checked_at").asc(nulls_first=True)
    return [*damaged.order_by("checked_at", "pk")[:limit], *due.order_by(longest, "pk")[:limit]]


def files_to_scan(after, limit):
    """Files that came in while there was no scanner, beyond the id `after`."""
    found = StoredFile.objects.filter(scanned_at=None, pk__gt=after).exclude(damage=Damage.LOST)
    return list(found.order_by("pk")[:limit])
