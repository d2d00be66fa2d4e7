"""Working time of an agency: pure arithmetic over opening hours, holidays and time zones.

An instant is working time when the wall clock of the calendar's zone stands inside the opening hours of a
day that is no holiday. So an hour the clock repeats in autumn counts twice when it lies inside the hours,
and an hour it jumps over in spring never counts. Everything is computed in UTC with whole microseconds;
results are aware datetimes in UTC. Every function depends on its arguments only: who stores a result keeps
it when a calendar is edited later.

The two-business-day rule is that of the NIBIN minimum required operating standards.
"""

from array import array
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from agencies.holidays import us_federal_holidays

DAY_MINUTES = 24 * 60
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
MINUTE = 60_000_000
DAY = DAY_MINUTES * MINUTE
LAST_YEAR = 9990

OFFICE_HOURS = (((8 * 60, 16 * 60),),) * 5 + ((), ())


@dataclass(frozen=True, slots=True)
class WorkingCalendar:
    """When an agency works.

    `zone` is an IANA name. `hours` holds seven tuples, Monday first, of (start, end) in local minutes
    after midnight, ascending and apart, end up to 1440 (24:00). `holidays` are local dates without working
    time, and with `federal` so are the federal holidays of every year. `always` means round the clock: hours and
    holidays then do not count. Raises ValueError for hours or a zone that cannot be used. `day_length`: minutes of the
    longest working day of the week, 1,440 round the clock.
    """

    zone: str
    hours: tuple[tuple[tuple[int, int], ...], ...] = OFFICE_HOURS
    holidays: frozenset[date] = frozenset()
    always: bool = False
    federal: bool = False
    tz: ZoneInfo = field(init=False, repr=False, compare=False)
    day_length: int = field(init=False, repr=False, compare=False)
    _hash: int = field(init=False, repr=False, compare=False)

    def __post_init__(self):
        try:
            object.__setattr__(self, "tz", ZoneInfo(self.zone))
        except (KeyError, ValueError, OSError) as error:
            raise ValueError(f"{self.zone!r} is no known time zone. Use a name such as America/Chicago.") from error
        object.__setattr__(self, "hours", tuple(tuple((start, end) for start, end in day) for day in self.hours))
        object.__setattr__(self, "holidays", frozenset(self.holidays))
        _check_hours(self.hours, self.always)
        longest = max(sum(end - start for start, end in day) for day in self.hours)
        object.__setattr__(self, "day_length", DAY_MINUTES if self.always else longest)
        object.__setattr__(self, "_hash", hash((self.zone, self.hours, self.holidays, self.always, self.federal)))

    def __hash__(self):
        return self._hash

    def local(self, at: datetime) -> datetime:
        """The same instant on the agency's wall clock."""
        return at.astimezone(self.tz)

    def works_on(self, day: date) -> bool:
        """Whether a local date is a business day."""
        return self.always or (bool(self.hours[day.weekday()]) and not self.is_holiday(day))

    def is_holiday(self, day: date) -> bool:
        """Whether a local date is one of the calendar's own holidays or of the federal ones, if it keeps them."""
        return day in self.holidays or (self.federal and day in _federal(day.year))


@dataclass(frozen=True, slots=True)
class Skipped:
    """What a span held that was not working time. `nights` are the closed minutes of business days; `weekend`
    the dates on which the week has no hours; `holidays` the dates that would have been business days.
    """

    nights: int = 0
    weekend: tuple[date, ...] = ()
    holidays: tuple[date, ...] = ()


def add_working(start: datetime, minutes: int | float, calendar: WorkingCalendar) -> datetime:
    """The earliest instant, in UTC, by which `minutes` of working time have passed since `start` (aware).

    Work that is done at closing time is due at closing time, not at the next opening; zero minutes are
    done at `start` itself. Raises ValueError for a naive start, negative minutes, or an end beyond the
    year 9990.
    """
    return after_working(start, timedelta(minutes=minutes), calendar)


def after_working(start: datetime, span: timedelta, calendar: WorkingCalendar) -> datetime:
    """`add_working` for a span to the microsecond."""
    at, left = _instant(start), span // MICROSECOND
    if left < 0:
        raise ValueError("Working time to add must not be negative.")
    if left == 0 or calendar.always:
        return _moment(at + left)
    year = calendar.local(start).year
    left += _worked_by(at, calendar, year)
    while year <= LAST_YEAR:
        _, closes, sums = _year(calendar, year)
        total = sums[-1] if sums else 0
        if left <= total:
            found = bisect_left(sums, left)
            return _moment(closes[found] - (sums[found] - left))
        left, year = left - total, year + 1
    raise ValueError(f"This calendar never reaches {span} of working time after {start}. Check its hours and holidays.")


def working_minutes(start: datetime, end: datetime, calendar: WorkingCalendar) -> int:
    """Whole minutes of working time in [start, end): the exact working time, seconds included, rounded down
    once at the end.

    Negative, and rounded towards zero, when `end` is before `start`. Raises ValueError for naive
    datetimes.
    """
    minutes = abs(worked := working_time(start, end, calendar)) // timedelta(minutes=1)
    return minutes if worked >= timedelta() else -minutes


def working_time(start: datetime, end: datetime, calendar: WorkingCalendar) -> timedelta:
    """Exact working time in [start, end); negative when `end` is before `start`."""
    first, last = _instant(start), _instant(end)
    if last < first:
        return -working_time(end, start, calendar)
    if calendar.always:
        return timedelta(microseconds=last - first)
    year, end_year = calendar.local(start).year, calendar.local(end).year
    worked = _worked_by(last, calendar, end_year) - _worked_by(first, calendar, year)
    for whole in range(year, end_year):
        _, _, sums = _year(calendar, whole)
        worked += sums[-1] if sums else 0
    return timedelta(microseconds=worked)


def next_opening(at: datetime, calendar: WorkingCalendar) -> datetime:
    """`at` itself while the agency works, otherwise the next opening; in UTC. Raises ValueError when the
    calendar never opens again.
    """
    instant = _instant(at)
    if calendar.always:
        return _moment(instant)
    for year in range(calendar.local(at).year, LAST_YEAR):
        opens, closes, _ = _year(calendar, year)
        found = bisect_right(closes, instant)
        if found < len(closes):
            return _moment(max(instant, opens[found]))
    raise ValueError(f"This calendar never opens after {at}. Check its hours and holidays.")


def end_of_nth_business_day(received: datetime, n: int, calendar: WorkingCalendar) -> datetime:
    """The close, in UTC, of the n-th business day after the local day of receipt.

    The day of receipt never counts, whatever the hour; weekends and holidays are skipped. A calendar that
    works round the clock closes at local midnight. Raises ValueError when n < 1.
    """
    if n < 1:
        raise ValueError("A limit in business days is one day or more.")
    _instant(received)
    day = calendar.local(received).date()
    for _ in range(n):
        day += timedelta(days=1)
        while not calendar.works_on(day):
            day += timedelta(days=1)
    midnight = _midnight_after(day, calendar)
    if calendar.always:
        return midnight
    _, closes, _ = _year(calendar, day.year)
    return _moment(closes[bisect_right(closes, _instant(midnight)) - 1])


def skipped(start: datetime, end: datetime, calendar: WorkingCalendar) -> Skipped:
    """What [start, end) held beside working time: enough to write the sum of a clock."""
    # Two datetimes of one zone compare and subtract by the wall clock, which is wrong when it changes.
    start, end = start.astimezone(UTC), end.astimezone(UTC)
    if calendar.always or end <= start:
        return Skipped()
    weekend, holidays = [], []
    nights = _instant(end) - _instant(start) - working_time(start, end, calendar) // MICROSECOND
    day, last = calendar.local(start).date(), calendar.local(end - MICROSECOND).date()
    while day <= last:
        if not calendar.works_on(day):
            (holidays if calendar.hours[day.weekday()] else weekend).append(day)
            begin, close = _midnight_after(day - timedelta(days=1), calendar), _midnight_after(day, calendar)
            nights -= _instant(min(end, close)) - _instant(max(start, begin))
        day += timedelta(days=1)
    return Skipped(nights // MINUTE, tuple(weekend), tuple(holidays))


def _check_hours(hours, always: bool) -> None:
    if len(hours) != 7:
        raise ValueError("Opening hours need seven days, Monday first.")
    for day in hours:
        edges = [edge for span in day for edge in span]
        if edges != sorted(set(edges)) or not all(0 <= edge <= DAY_MINUTES for edge in edges):
            raise ValueError(f"Opening hours {day} must run forward, lie apart, and stay between 0:00 and 24:00.")
    if not always and not any(hours):
        raise ValueError("A working calendar needs opening hours on at least one day, or must work round the clock.")


def _instant(at: datetime) -> int:
    if at.tzinfo is None:
        raise ValueError("Working time needs datetimes with a time zone.")
    since = at - EPOCH
    return since.days * DAY + since.seconds * 1_000_000 + since.microseconds


def _moment(instant: int) -> datetime:
    return EPOCH + timedelta(microseconds=instant)


def _midnight_after(day: date, calendar: WorkingCalendar) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(), calendar.tz).astimezone(UTC)


def _worked_by(instant: int, calendar: WorkingCalendar, year: int) -> int:
    """Working microseconds of the local year that have passed at an instant of that year."""
    opens, closes, sums = _year(calendar, year)
    found = bisect_right(opens, instant)
    if found == 0:
        return 0
    return sums[found - 1] - max(0, closes[found - 1] - instant)


@lru_cache(maxsize=64)
def _federal(year: int) -> frozenset[date]:
    return frozenset(us_federal_holidays(year))


@lru_cache(maxsize=512)
def _year(calendar: WorkingCalendar, year: int) -> tuple[array, array, array]:
    """Openings, closings and the working time by each closing of one local year, in microseconds. About 10
    kB; built once in some 0.5 ms.
    """
    opens, closes, sums = array("q"), array("q"), array("q")
    worked = 0
    for begin, end, offset in _offsets(calendar.zone, year):
        day = (EPOCH + timedelta(microseconds=begin + offset)).date()
        while (midnight := (day.toordinal() - EPOCH.toordinal()) * DAY - offset) < end:
            if day.year == year and not calendar.is_holiday(day):
                for first, last in calendar.hours[day.weekday()]:
                    opening, closing = (
                        max(begin, midnight + first * MINUTE),
                        min(end, midnight + last * MINUTE),
                    )
                    if opening < closing:
                        worked += closing - opening
                        opens.append(opening), closes.append(closing), sums.append(worked)
            day += timedelta(days=1)
    return opens, closes, sums


@lru_cache(maxsize=512)
def _offsets(zone: str, year: int) -> list[tuple[int, int, int]]:
    """The stretches of constant UTC offset that cover a local year: (begin, end, offset) in microseconds."""
    tz = ZoneInfo(zone)

    def offset(instant: int) -> int:
        return _moment(instant).astimezone(tz).utcoffset() // MICROSECOND

    begin = at = _instant(datetime(year, 1, 1, tzinfo=UTC)) - 2 * DAY
    stop = _instant(datetime(year + 1, 1, 1, tzinfo=UTC)) + 2 * DAY
    stretches, now = [], offset(at)
    while at < stop:
        before, at = at, at + DAY
        if (then := offset(at)) != now:
            after = at
            while after - before > 1_000_000:
                middle = before + (after - before) // 2_000_000 * 1_000_000
                before, after = (middle, after) if offset(middle) == now else (before, middle)
            stretches.append((begin, after, now))
            begin, now = after, then
    return [*stretches, (begin, stop, now)]


@lru_cache(maxsize=512)
def working_calendar(
    zone: str, opens: int, closes: int, days: str, always: bool, federal: bool, holidays: tuple[str, ...]
):
    """The calendar of an agency as it is stored: the same hours on each of `days` (ISO weekdays as digits), with or
    without the federal holidays, ISO dates of its own. The same values give the same object, whose tables are known.
    """
    hours = tuple(((opens, closes),) if str(day) in days else () for day in range(1, 8))
    return WorkingCalendar(zone, hours, frozenset(map(date.fromisoformat, holidays)), always, federal)
