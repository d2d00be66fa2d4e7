"""What the clock tells of days in court and of deadlines: ahead by the office's choice, and once when they are past."""

from django.db import connection, transaction
from django.utils import timezone

from agencies import access, audit
from agencies.access import Refused
from agencies.models import Agency
from agencies.notifications import notify
from leads import ahead, queries
from leads.models import DateReminder, ReminderRule
from leads.policies import dates as policies
from leads.queries import dates as queries_dates

# One statement writes what is told of a span of days and skips what another scheduler holds; who moves the day, or says
# that it is done, waits for it, so that nothing is told of a day that is none any more. The unique row is the last
# guard: whatever runs twice, a step is told once.
TOLD = """
insert into leads_datereminder (referral_id, deadline_id, day, step, at)
select d.referral_id, d.deadline_id, d.day, %(step)s, %(now)s from ({days}) d
    on conflict do nothing returning id"""
# A case with two matters on one day in court has one day there.
COURT = """
select r.id as referral_id, null::bigint as deadline_id, c.day from (
         select p.referral_id, p."on" as day from leads_proceeding p
          where p.status = 'set' and p."on" between %(first)s and %(last)s
         union
         select n.id, n.next_on from leads_referral n
          where n.office_id = %(office)s and n.status = 'accepted' and n.next_on between %(first)s and %(last)s) c
  join leads_referral r on r.id = c.referral_id
 where r.office_id = %(office)s and r.status = 'accepted'
   and not exists (select from leads_datereminder t where t.referral_id = r.id and t.deadline_id is null
                      and t.day = c.day and t.step = %(step)s)
 order by c.day, r.id limit %(limit)s for no key update of r skip locked"""
DEADLINES = """
select x.referral_id, x.id as deadline_id, x.due_on as day from leads_deadline x
  join leads_referral r on r.id = x.referral_id and r.status in ('referred', 'more_asked', 'accepted')
 where x.office_id = %(office)s and x.status = 'open' and x.due_on between %(first)s and %(last)s
   and not exists (select from leads_datereminder t where t.referral_id = x.referral_id and t.deadline_id = x.id
                      and t.day = x.due_on and t.step = %(step)s)
 order by x.due_on, x.id limit %(limit)s for no key update of x skip locked"""


@transaction.atomic
def tell(*, by, now=None, limit=500):
    """Tell each office of the days whose next step has begun, up to `limit` of each sort and step; returns how many
    were told of. Call again until none are.
    """
    now, many = now or timezone.now(), 0
    access.enforce(policies.tell, by)
    offices = Agency.objects.filter(kind__in=Agency.PROSECUTORS, is_active=True)
    for office in offices.select_related("calendar", "reminder_rule").prefetch_related("calendar__holidays"):
        many += _tell_office(office, by, now, limit)
    return many


def _tell_office(office, by, now, limit):
    calendar = office.working_calendar
    ids = []
    for span in ahead.spans(calendar.local(now).date(), queries_dates.days_of(office), calendar):
        asked = {"office": office.pk, "now": now, "limit": limit, **span._asdict()}
        ids += [pk for days in (COURT, DEADLINES) for pk in _written(days, asked)]
    told = DateReminder.objects.filter(pk__in=ids).select_related("referral__lead", "referral__agency", "deadline")
    for each in told.order_by("day", "id"):
        each.referral.office = office
        _tell_of(each, now)
    if ids:
        audit.record_many("date.told", DateReminder, ids, by=by, agency=office)
    return len(ids)


def _written(days, asked):
    with connection.cursor() as cursor:
        cursor.execute(TOLD.format(days=days), asked)
        return [pk for (pk,) in cursor.fetchall()]


def _tell_of(told, now):
    """A day in court concerns those of the agency too who may have to be there; a deadline is the office's own."""
    case, is_past = told.referral, told.step == ahead.OVERDUE
    people = set(queries_dates.answering(case))
    if told.deadline_id:
        verb, target = "deadline.overdue" if is_past else "deadline.ahead", told.deadline
    else:
        verb, target = "court.past" if is_past else "court.ahead", case
        people |= set() if is_past else queries.on_case(case)
    notify(people, verb, target, label=case.lead.number, now=now)


@transaction.atomic
def set_rule(*, office, days, by, now=None):
    """How many working days ahead an office is told: from now on, for every day that is still to come."""
    access.enforce(policies.set_rule, by, office)
    try:
        days = ahead.read(", ".join(map(str, days)))
    except ValueError as wrong:
        raise Refused(str(wrong), "datereminders.days", office) from wrong
    before = queries_dates.days_of(office)
    values = {"days": days, "set_at": now or timezone.now(), "set_by": by}
    rule, _new = ReminderRule.objects.update_or_create(office=office, defaults=values)
    audit.record("reminder_rule.set", rule, by=by, agency=office, changes={"days": [list(before), days]})
    return rule
