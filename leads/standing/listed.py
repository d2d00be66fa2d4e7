"""The people list: who keeps and approves it, who may ask of it, and who is on it or never may be."""

from zoneinfo import ZoneInfo

from django.db.models import Q
from django.utils import timezone

from agencies import access
from agencies.models import Agency, AuditEvent
from agencies.roles import Permission
from leads.models import Assertion, ListedPerson, ListRule
from leads.models.part23 import reading


def today_of(agency, now=None):
    return timezone.localdate(now, ZoneInfo(agency.zone))


def keeps(user, agency_id):
    return access.has_permission(user, Permission.LISTED_KEEP, agency_id) and agency_id in reading(user)


def approves(user, agency_id):
    return access.has_permission(user, Permission.LISTED_APPROVE, agency_id) and agency_id in reading(user)


def center_of(user):
    """The center whose list a person keeps or reads as its own, or None for a reader of another agency."""
    return Agency.objects.filter(kind=Agency.Kind.CENTER, pk__in=reading(user)).order_by("name").first()


def juvenile_law(agency_id):
    """The provision by which a center may list a juvenile, "" where it may not."""
    return ListRule.objects.filter(agency=agency_id).values_list("juvenile_law", flat=True).first() or ""


def listed_already(person, agency):
    found = ListedPerson.objects.standing().filter(agency=agency, person__standing_id=person.standing_id)
    return found.first()


def is_protected(person, agency):
    """Whether sources name a person on a center's leads as a victim or a witness alone."""
    said = Assertion.objects.standing().filter(entity__standing=person.standing_id, lead__agency=agency)
    roles = set(said.values_list("role", flat=True))
    return bool(roles) and roles <= set(Assertion.PROTECTED)


def is_own(user, entry):
    """Whether a reader is of the center that keeps an entry: the others say why before they see it."""
    return entry.agency_id in reading(user)


def asks_for(user):
    """The agency for which a person asks the list: the first in which they read it."""
    return Agency.objects.get(pk=reading(user)[0])


def asked_lately(user, agency, since):
    """(times at which a person asked the list, times at which anybody of their agency did), also in vain: the audit log
    forgets none.
    """
    asked = AuditEvent.objects.filter(Q(by=user) | Q(agency=agency), verb="listed.asked", object_id=None, at__gt=since)
    rows = list(asked.values_list("at", "by_id", "agency_id"))
    return [at for at, by, _ in rows if by == user.pk], [at for at, _, of in rows if of == agency.pk]
