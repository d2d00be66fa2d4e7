"""How long a clock may stand still and how far it may be extended. Pure: values in, values out.

A pause is never a way out: each has an end from its first day, and all pauses of a stage together stand no longer than
the agency's longest (plain days, nights and weekends included, as a calendar on the wall counts them). Then the clock
runs and escalates as if nobody had asked. Source: the center's own rule; no national one is published.
"""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from agencies.calendars import WorkingCalendar
from leads.clock import Pause, runs_always, stood

# A first short wait is an investigator's own to say, and the supervisor hears of it; whatever is more is granted.
OWN_DAYS = 5
MOST_DAYS = 10
BUSINESS_DAY = 8 * 60
DAY = timedelta(days=1)


def latest_end(now: datetime, pauses: Iterable[Pause], longest_days: int) -> datetime:
    """When a pause that begins at `now` ends at the latest, in UTC; `now` itself or before where nothing is left.

    `pauses`: those of the stage, all begun. `longest_days`: plain days in one stage.
    """
    return now.astimezone(UTC) + longest_days * DAY - stood(pauses, now)


def is_own(now: datetime, until: datetime, pauses: Iterable[Pause], priority: int) -> bool:
    """Whether an investigator pauses without being granted it: the first pause of a stage, short, and not of priority
    1, where every hour counts.
    """
    return priority > 1 and not list(pauses) and until - now <= OWN_DAYS * DAY


def minutes_of(days: int, priority: int, calendar: WorkingCalendar) -> int:
    """Business days in minutes of the clock of a priority: 24 hours each where it runs always, else 8 working hours, as
    the limits count them.
    """
    return days * (24 * 60 if runs_always(priority) or calendar.always else BUSINESS_DAY)
