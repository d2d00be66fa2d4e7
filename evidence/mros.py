"""The NIBIN clock of one exhibit: entered by the close of the second business day after the site received it. Pure.

The limit is that of the minimum required operating standards; days and holidays are those of the site's own calendar.
"""

from datetime import UTC, datetime, timedelta

from agencies.calendars import WorkingCalendar, end_of_nth_business_day, skipped, working_time
from evidence import words

BUSINESS_DAYS = 2
# What centers set themselves beside the limit: hours by the clock on the wall, at night and on holidays as well.
GOALS = (timedelta(hours=24), timedelta(hours=48))


def due_at(received_at: datetime, calendar: WorkingCalendar) -> datetime:
    """When an exhibit received at `received_at` (aware) must be in NIBIN, in UTC. ValueError for a naive time."""
    return end_of_nth_business_day(received_at, BUSINESS_DAYS, calendar)


def state(due: datetime, entered_at: datetime | None, now: datetime, calendar: WorkingCalendar) -> str:
    """ "done", "late", "soon" (it is due today, by the site's date) or "ok"."""
    if entered_at:
        return "done"
    if now > due:
        return "late"
    return "soon" if calendar.local(due).date() == calendar.local(now).date() else "ok"


def goal(received_at: datetime, entered_at: datetime | None, now: datetime) -> tuple[str, str]:
    """(words, tone) of the goals of 24 and 48 hours from receipt: which one an entry met, or what is left of the next;
    tone "good", "" or "soon".
    """
    gone = (entered_at or now) - received_at
    met = next((each for each in GOALS if gone <= each), None)
    if met is None:
        return ("after 48 h", "soon") if entered_at else ("48 h goal missed", "")
    hours = f"{met // words.HOUR} h"
    return (f"within {hours}", "good") if entered_at else (f"{hours} goal in {words.span(met - gone)}", "")


def clock(
    *,
    key: str,
    received_at: datetime,
    due: datetime,
    entered_at: datetime | None,
    now: datetime,
    calendar: WorkingCalendar,
) -> dict:
    """The clock as pages draw it: state, text, share of working time used, due text and the sum that explains it.

    `key` is unique on the page; all times aware; what is shown is in the zone of `calendar`.
    """
    until = entered_at or now
    gone, allowed = working_time(received_at, until, calendar), working_time(received_at, due, calendar)
    name = state(due, entered_at, now, calendar)
    return {
        "state": name,
        "stage": "NIBIN",
        "text": _text(name, due, until, calendar),
        "share": min(1.0, gone / allowed) if allowed > timedelta() else 1.0,
        "due_text": f"Enter by {words.moment(due, calendar.zone, now)}",
        "receipt": _receipt(received_at, due, entered_at, now, calendar),
        "note": f"Two business days from receipt, calendar of the site, times in {calendar.zone}",
        "id": key,
    }


def _text(name, due, until, calendar):
    if name != "done":
        return words.span(abs(due - until))
    late = f", late by {words.span(until - due)}" if until > due else ""
    return f"{words.day(until, calendar.zone, until)}{late}"


def _receipt(received_at, due, entered_at, now, calendar):
    rest = skipped(received_at, due, calendar)
    lines = [
        ("Received at the site", words.moment(received_at, calendar.zone, now)),
        ("Enter within", "2 business days"),
    ]
    if rest.weekend:
        lines.append(("Skipped, weekend", words.counted(len(rest.weekend), "day")))
    if rest.holidays:
        lines.append(("Skipped, holidays", words.counted(len(rest.holidays), "day")))
    lines.append(("Due", words.moment(due, calendar.zone, now)))
    until = (entered_at or now).astimezone(UTC)
    if entered_at:
        lines.append(("Entered", words.moment(entered_at, calendar.zone, now)))
    over = until > due
    last = "Late by" if over else "In time by" if entered_at else "Left"
    return [*lines, (last, words.span(abs(due - until)))]
