"""Who stands for whom: by one rule for those who are told by hand and, in its own words, for the ladder
(`escalations.CLIMB`) and for what is said of it later (`told`).

Who is out of office is nobody to tell: their deputy hears in their place, if that is somebody of the agency who is
there. Without one it goes on as if the place were vacant. Only a center's coordinators, who come last, hear all the
same.
"""

from django.db.models import BigIntegerField, Func, Q, Value
from django.utils import timezone

from agencies import access
from agencies.models import Membership, User
from agencies.roles import Permission, roles_with
from leads.models import Absence

# Of a member (person, agency, role) at a time: themselves when they are there, else the first of their deputies who
# works in the same agency and is there, else nobody. In words of its own, as it is asked of nearly every deed: to put
# it together from expressions took ten times as long as to answer it.
STANDS = """(
  select coalesce(
           (array_agg(x.deputy_id order by x.starts_at, x.id) filter (where
              exists (select from agencies_membership w join agencies_agency a on a.id = w.agency_id and a.is_active
                        join agencies_user u on u.id = w.user_id and u.is_active
                       where w.user_id = x.deputy_id and w.agency_id = m.agency and w.ended_at is null)
              and not exists (select from leads_absence y where y.person_id = x.deputy_id and y.starts_at <= m.now
                                 and y.ends_at > m.now and (y.withdrawn_at is null or y.withdrawn_at > m.now))))[1],
           case when count(x.id) = 0 or m.role = 'center_coordinator' then m.person end)
    from (values (%(expressions)s)) m (person, agency, role, now)
    left join leads_absence x on x.person_id = m.person and x.starts_at <= m.now and x.ends_at > m.now
              and (x.withdrawn_at is null or x.withdrawn_at > m.now)
   group by m.person, m.agency, m.role, m.now)"""


def standing_for(members, now=None):
    """The people who stand for these memberships now."""
    asked = ("user_id", "agency_id", "role", Value(now or timezone.now()))
    stands = Func(*asked, template=STANDS, output_field=BigIntegerField())
    return User.objects.filter(pk__in=members.annotate(stands=stands).values("stands"), is_active=True)


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
