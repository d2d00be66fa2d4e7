"""Days of cases, in court and of deadlines: who is told of them, and the lists of those who have to be there."""

from datetime import date
from typing import NamedTuple

from django.db import connection

from agencies import access, walk
from agencies.models import Membership, User
from agencies.roles import Permission, Role, roles_with
from leads import ahead
from leads.models import Deadline, Referral, ReminderRule
from leads.queries import absence as queries_absence

MOST_COUNTED = 1000
NEVER = date(9999, 12, 31)


class Day(NamedTuple):
    """One day of a case: `deadline` is None for a day in court."""

    on: date
    referral: Referral
    deadline: Deadline | None


# The first of both sorts in each office, or of one prosecutor's cases, merged in the order of the days. Both sorts have
# numbers of their own: the doubled one tells which of them it is.
OF_OFFICES = """
select x.day, x.key from unnest(%(offices)s::bigint[]) s(id) cross join lateral (
  (select r.next_on as day, 2 * r.id as key from leads_referral r
    where r.office_id = s.id and r.status = 'accepted' and r.next_on between %(first)s and %(last)s
      and (r.next_on, 2 * r.id) > (%(at)s, %(key)s)
    order by r.next_on, r.id limit %(limit)s)
  union all
  (select d.due_on, 2 * d.id + 1 from leads_deadline d
     join leads_referral r on r.id = d.referral_id and r.status in ('referred', 'more_asked', 'accepted')
    where d.office_id = s.id and d.status = 'open' and d.due_on between %(first)s and %(last)s
      and (d.due_on, 2 * d.id + 1) > (%(at)s, %(key)s)
    order by d.due_on, d.id limit %(limit)s)) x
 order by 1, 2 limit %(limit)s"""
OF_ONE = """
select x.day, x.key from (
  (select r.next_on as day, 2 * r.id as key from leads_referral r
    where r.assigned_to_id = %(mine)s and r.office_id = any(%(offices)s::bigint[]) and r.status = 'accepted'
      and r.next_on between %(first)s and %(last)s and (r.next_on, 2 * r.id) > (%(at)s, %(key)s)
    order by r.next_on, r.id limit %(limit)s)
  union all
  (select d.due_on, 2 * d.id + 1 from leads_referral r join leads_deadline d on d.referral_id = r.id
    where r.assigned_to_id = %(mine)s and r.office_id = any(%(offices)s::bigint[])
      and r.status in ('referred', 'more_asked', 'accepted') and d.status = 'open'
      and d.due_on between %(first)s and %(last)s and (d.due_on, 2 * d.id + 1) > (%(at)s, %(key)s)
    order by d.due_on, d.id limit %(limit)s)) x
 order by 1, 2 limit %(limit)s"""


def days_of(office):
    """How many working days ahead an office is told, falling."""
    try:
        return tuple(office.reminder_rule.days)
    except ReminderRule.DoesNotExist:
        return ahead.DAYS


def prosecutors(office_id):
    """Those of an office who may have a case, by name."""
    works = Membership.objects.active().filter(agency=office_id, role__in=roles_with(Permission.REFERRAL_DECIDE))
    return User.objects.filter(is_system=False, memberships__in=works).order_by("name", "id").distinct()


def answering(referral):
    """Those who answer for a case in its office: whose it is, or who stands for them, while they work there; else all
    its prosecutors.
    """
    works = Membership.objects.active().filter(agency=referral.office_id, role=Role.PROSECUTOR)
    whose = referral.assigned_to_id
    found = list(queries_absence.standing_for(works.filter(user=whose))) if whose else []
    return found or list(queries_absence.standing_for(works))


def offices(user):
    """The ids of the offices whose days a person keeps."""
    return access.agencies_with(user, Permission.REFERRAL_DECIDE)


def page(user, *, first=None, last=NEVER, mine=False, after=None, limit=walk.PAGE):
    """(the days of an office's cases from `first` to `last`, the next one first, those of the person alone if `mine`;
    the cursor of the later ones).
    """
    begin = walk.place(after)
    at, key = (begin[0].date(), begin[1]) if begin else (date.min, 0)
    rows = _walked(user, first or date.min, last, mine, at=at, key=key, limit=limit + 1)
    shown = rows[:limit]
    cases = {key // 2 for _day, key in shown if not key % 2}
    wanted = [key // 2 for _day, key in shown if key % 2]
    related = ("lead", "agency", "office", "assigned_to")
    found = Deadline.objects.visible_to(user).select_related(*(f"referral__{each}" for each in related))
    deadlines = found.in_bulk(wanted) if wanted else {}
    cases = Referral.objects.visible_to(user).select_related(*related).in_bulk(cases) if cases else {}
    days = []
    for day, key in shown:
        deadline = deadlines.get(key // 2) if key % 2 else None
        case = deadline.referral if deadline else cases.get(key // 2) if not key % 2 else None
        days += [Day(day, case, deadline)] if case else []
    later = walk.encode(shown[-1][0].isoformat(), shown[-1][1]) if len(rows) > limit else ""
    return days, later


def count(user, *, first=None, last=NEVER, mine=False):
    """How many days there are from `first` to `last`, exact to a thousand."""
    found = _walked(user, first or date.min, last, mine, at=date.min, key=0, limit=MOST_COUNTED + 1)
    return len(found)


def _walked(user, first, last, mine, **place):
    asked = {"offices": offices(user), "mine": user.pk, "first": first, "last": last, **place}
    with connection.cursor() as cursor:
        cursor.execute(OF_ONE if mine else OF_OFFICES, asked)
        return cursor.fetchall()


def of_case(referral):
    """The deadlines of a case: what is open by its day, then what is over, the newest first."""
    found = list(referral.deadlines.select_related("made_by", "moved_by", "ended_by").order_by("-id")[:100])
    open_ = [each for each in found if each.status == Deadline.Status.OPEN]
    return sorted(open_, key=lambda each: (each.due_on, each.pk)), [each for each in found if each not in open_]
