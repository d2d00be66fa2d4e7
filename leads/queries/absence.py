"""Who stands for whom: by one rule for those who are told by hand and, in its own words, for the ladder
(`escalations.CLIMB`) and for what is said of it later (`told`).

Who is out of office is nobody to tell: their deputy hears in their place, if that is somebody of the agency who is
there. Without one it goes on as if the place were vacant. Only a center's coordinators, who come last, hear all the
same.
"""

from django.db.models import BigIntegerField, Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from agencies import access
from agencies.models import Membership, User
from agencies.roles import Permission, Role, roles_with
from leads.models import Absence


def standing_for(members, now=None):
    """The people who stand for these memberships now."""
    away = Absence.objects.at(now or timezone.now())
    theirs = away.filter(person=OuterRef("user"))
    found = members.annotate(gone=Exists(theirs), deputy=Subquery(_usable(theirs, away).values("deputy")[:1]))
    found = found.filter(Q(gone=False) | Q(deputy__isnull=False) | Q(role=Role.CENTER_COORDINATOR))
    ids = found.annotate(stands=Coalesce("deputy", "user_id", output_field=BigIntegerField())).values("stands")
    return User.objects.filter(pk__in=ids, is_active=True)


def _usable(theirs, away):
    """Absences of the members of an outer query whose deputy works in the same agency and is there."""
    works = Membership.objects.active().filter(user=OuterRef("deputy"), agency=OuterRef(OuterRef("agency")))
    return theirs.filter(Exists(works), ~Exists(away.filter(person=OuterRef("deputy"))))


def of_people(people, now):
    """{id of a person: the absence they have now, or that begins next}."""
    found = {}
    rows = Absence.objects.to_come(now).filter(person__in=people).select_related("deputy")
    for each in rows.order_by("starts_at", "pk"):
        found.setdefault(each.person_id, each)
    return found


def deputies(person):
    """Those who may stand for a person: of the same agency, and able to do what the person does there."""
    own = person.memberships.active()
    found = Membership.objects.none()
    for right in (Permission.OBLIGATION_ASSIGN, Permission.OBLIGATION_WORK):
        held = own.filter(role__in=roles_with(right)).values("agency")
        found = Membership.objects.active().filter(agency__in=held, role__in=roles_with(right))
        if found.exists():
            break
    return User.objects.filter(is_system=False, memberships__in=found).exclude(pk=person.pk).order_by("name").distinct()


def of_whom(user):
    """For whom a person may say that they are out of office: themselves, and those whose work they assign."""
    mine = access.agencies_with(user, Permission.OBLIGATION_ASSIGN)
    works = Membership.objects.active().filter(agency__in=mine, role__in=roles_with(Permission.OBLIGATION_WORK))
    return User.objects.filter(Q(pk=user.pk) | Q(memberships__in=works)).order_by("name").distinct()
