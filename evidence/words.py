"""Times and counts as a person reads them. Pure; zones are IANA names, datetimes aware."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def moment(at: datetime, zone: str, now: datetime) -> str:
    """The wall clock of `zone`: "Wed 15 Jul 08:24"; in another year than now's "15 Jul 2023 08:24"."""
    there = at.astimezone(ZoneInfo(zone))
    if there.year == now.astimezone(ZoneInfo(zone)).year:
        return f"{there:%a} {there.day} {there:%b %H:%M}"
    return f"{there.day} {there:%b %Y %H:%M}"


def day(at: datetime, zone: str, now: datetime) -> str:
    """ "15 Jul", with its year when that is not now's."""
    there = at.astimezone(ZoneInfo(zone))
    same = there.year == now.astimezone(ZoneInfo(zone)).year
    return f"{there.day} {there:%b}" if same else f"{there.day} {there:%b %Y}"


def hour(at: datetime, zone: str) -> str:
    """ "08:24"."""
    return f"{at.astimezone(ZoneInfo(zone)):%H:%M}"


def span(time: timedelta) -> str:
    """A stretch of time in its two largest units: "45 min", "5 h", "1 d 2 h", "23 d"."""
    if time < HOUR:
        return f"{max(1, time // MINUTE)} min"
    if time < DAY:
        return f"{time // HOUR} h"
    days, rest = divmod(time, DAY)
    hours = rest // HOUR
    return f"{days} d {hours} h" if hours and days < 10 else f"{days} d"


def ago(at: datetime, now: datetime) -> str:
    """ "2 d ago"; "in 3 h" for what lies ahead."""
    if at > now:
        return f"in {span(at - now)}"
    return "just now" if now - at < MINUTE else f"{span(now - at).split(' ', 2)[0]} {span(now - at).split(' ')[1]} ago"


def counted(number: int, one: str, many: str = "") -> str:
    """ "1 day", "2 days", "1,204 exhibits"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def of_rows(rows: list[int], most: int = 5) -> str:
    """Some rows of a file by their numbers: "row 7", "rows 4 and 7", "rows 4, 7, 9, 12, 15 and 1,203 more"."""
    named = [f"{row:,}" for row in rows[:most]]
    if len(rows) > most:
        named.append(f"{len(rows) - most:,} more")
    listed = named[0] if len(named) == 1 else f"{', '.join(named[:-1])} and {named[-1]}"
    return f"{'row' if len(rows) == 1 else 'rows'} {listed}"
