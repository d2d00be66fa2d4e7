"""The page of an agency as it is read by who keeps it: its working time in words, its closed days, what that means."""

from datetime import date, timedelta

from django.db.models import Count, Q

from agencies import access
from agencies.calendars import WorkingCalendar, end_of_nth_business_day, next_opening
from agencies.holidays import us_federal_holidays
from agencies.models import Agency
from agencies.roles import Permission, Role

NAMES = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
AHEAD = timedelta(days=366)


def kept(user):
    """The agencies whose page is the user's: those they administer and, for a coordinator, the center's members."""
    own = access.agencies_with(user, Permission.AGENCY_MANAGE)
    centers = [each.agency_id for each in access.standings(user) if each.role == Role.CENTER_COORDINATOR]
    return Agency.objects.visible_to(user).filter(Q(pk__in=own) | Q(parent__in=centers))


def rows(user):
    """One line for each agency that is kept, by name."""
    people = Count("memberships__user", filter=Q(memberships__ended_at=None), distinct=True)
    found = kept(user).select_related("calendar").prefetch_related("oris").annotate(people=people)
    return [
        {
            "pk": row.pk,
            "name": row.name,
            "code": row.code,
            "mark": row.mark,
            "kind": row.get_kind_display(),
            "oris": ", ".join(sorted(each.ori for each in row.oris.all())),
            "hours": hours(row.calendar),
            "people": row.people,
            "is_active": row.is_active,
        }
        for row in found.order_by("name")
    ]


def hours(calendar):
    """When a calendar runs, in words: "Mon to Fri, 08:00 to 16:00"."""
    if calendar.always:
        return "Round the clock"
    return f"{_days(calendar.days)}, {_clock(calendar.opens)} to {_clock(calendar.closes)}"


def _days(digits):
    days = [int(digit) - 1 for digit in sorted(set(digits))]
    if len(days) > 2 and days[-1] - days[0] == len(days) - 1:
        return f"{NAMES[days[0]]} to {NAMES[days[-1]]}"
    return ", ".join(NAMES[day] for day in days)


def _clock(minutes):
    return f"{minutes // 60:02}:{minutes % 60:02}"


def said(agency, now):
    """What the working time means at this moment: whether clocks run, and when two business days end."""
    calendar = agency.working_calendar
    opens = next_opening(now, calendar)
    return {
        "hours": hours(agency.calendar),
        "state": "Clocks run now" if opens == now else f"Clocks stand still until {_moment(opens, calendar)}",
        "runs": opens == now,
        "two_days": _moment(end_of_nth_business_day(now, 2, calendar), calendar),
    }


def _moment(at, calendar: WorkingCalendar):
    return calendar.local(at).strftime("%a %-d %b, %H:%M")


def closed_days(agency, today: date):
    """The closed days of the next year: [{"iso", "on", "name", "is_own"}]; its own are those the agency added."""
    own = {day.on: day for day in agency.calendar.holidays.all()}
    federal = {}
    if agency.calendar.federal_holidays:
        federal = us_federal_holidays(today.year) | us_federal_holidays(today.year + 1)
    days = sorted({*own, *(on for on in federal if on <= today + AHEAD)})
    return [
        {
            "iso": on.isoformat(),
            "is_own": on in own,
            "on": on.strftime("%a %-d %b %Y"),
            "name": own[on].name if on in own else federal[on],
        }
        for on in days
        if on >= today
    ]
