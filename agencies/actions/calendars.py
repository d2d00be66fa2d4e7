"""An agency's working time. Clocks that run keep the times they were given; what begins later follows the new hours."""

import itertools
import re

from django.db import transaction

from agencies import access, audit, policies
from agencies.access import Refused
from agencies.models import Agency, Holiday, ServiceCalendar

HOURS = ("days", "opens", "closes", "federal_holidays", "always")


@transaction.atomic
def set_hours(*, agency, days, opens, closes, federal_holidays, always, by):
    """Say when an agency works: ISO weekdays as digits, minutes after midnight."""
    agency, calendar = _own(agency, by)
    before = {name: getattr(calendar, name) for name in HOURS}
    after = dict(zip(HOURS, (days, opens, closes, federal_holidays, always), strict=True))
    for name, value in after.items():
        setattr(calendar, name, value)
    calendar.save(update_fields=HOURS)
    audit.record("calendar.hours_set", agency, by=by, agency=agency, changes=audit.changes(before, after))


@transaction.atomic
def close_on(*, agency, on, name, by):
    """Add a day without working time beside the federal holidays."""
    agency, calendar = _own(agency, by)
    _, is_new = Holiday.objects.get_or_create(calendar=calendar, on=on, defaults={"name": name})
    if not is_new:
        raise Refused("The agency is closed on that day already.", "calendars.close_on", agency)
    audit.record("calendar.day_closed", agency, by=by, agency=agency, on=on.isoformat(), name=name)


@transaction.atomic
def open_on(*, agency, on, by):
    """Take such a day away again."""
    agency, calendar = _own(agency, by)
    taken, _ = Holiday.objects.filter(calendar=calendar, on=on).delete()
    if not taken:
        raise Refused("That day is not one of the agency's own closed days.", "calendars.open_on", agency)
    audit.record("calendar.day_opened", agency, by=by, agency=agency, on=on.isoformat())


def _own(agency, by):
    """The agency and a calendar of its own, made at its first change and named after it: what any other name stands for
    stays as it is, also for those who join later.
    """
    agency = Agency.objects.select_for_update(of=["self"], no_key=True).get(pk=agency.pk)
    access.enforce(policies.keep_agency, by, agency)
    calendar = ServiceCalendar.objects.select_for_update(no_key=True).get(pk=agency.calendar_id)
    is_named = re.fullmatch(rf"Hours of {agency.code}( \d+)?", calendar.name)
    if is_named and not calendar.agencies.exclude(pk=agency.pk).exists():
        return agency, calendar
    agency.calendar = ServiceCalendar.objects.create(
        name=_free_name(agency), **{name: getattr(calendar, name) for name in HOURS}
    )
    agency.save(update_fields=["calendar"])
    days = [Holiday(calendar=agency.calendar, on=day.on, name=day.name) for day in calendar.holidays.all()]
    Holiday.objects.bulk_create(days)
    return agency, agency.calendar


def _free_name(agency):
    names = (f"Hours of {agency.code}{f' {number}' if number > 1 else ''}" for number in itertools.count(1))
    return next(name for name in names if not ServiceCalendar.objects.filter(name=name).exists())
