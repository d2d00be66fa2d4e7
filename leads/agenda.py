"""The agenda of a lead review, from what the rules found, and the clock of what a meeting decides. Pure.

Each rule finds leads in its own order, each with words for why; the agenda has every lead once, with all its reasons,
under the first rule that found it. Rules are taken in the order given; a rule puts up at most so many leads that no
rule before it had, and says how many it left out.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple

from agencies.calendars import WorkingCalendar, working_time
from leads.clock import ladder

MINUTE = timedelta(minutes=1)
# A meeting of an hour hears about as many.
MOST_OF_A_RULE = 6
MOST_OF_AN_AGENCY = 3


class Found(NamedTuple):
    """One lead that a rule found: its id, why in plain words, and the agency where a rule is by agency, else None."""

    lead_id: int
    words: str
    agency_id: int | None = None


def build(rules: Mapping[str, Iterable[Found]], *, most=MOST_OF_A_RULE, of_agency=MOST_OF_AN_AGENCY):
    """The agenda: ([(lead id, [[rule, words], ...])], {rule: how many leads it left out}).

    `rules` in the order in which they are heard. A lead that a rule left out and another put up is on the agenda with
    both reasons. `of_agency` bounds what one agency has in a rule by agency. A lead found twice by a rule is there once
    with each of its words.
    """
    shown: dict[int, list] = {}
    left: dict[str, set] = {}
    for rule, found in rules.items():
        by_agency: dict[int | None, int] = {}
        for each in found:
            if each.lead_id in shown:
                continue
            many = by_agency.get(each.agency_id, 0)
            if many == (most if each.agency_id is None else of_agency):
                left.setdefault(rule, set()).add(each.lead_id)
                continue
            shown[each.lead_id] = []
            by_agency[each.agency_id] = many + 1
    for rule, found in rules.items():
        for each in found:
            if each.lead_id in shown and [rule, each.words] not in shown[each.lead_id]:
                shown[each.lead_id].append([rule, each.words])
    return list(shown.items()), {rule: len(ids - shown.keys()) for rule, ids in left.items() if ids - shown.keys()}


def neighbors(ids: Sequence[int], current: int) -> tuple[int | None, int | None, int]:
    """(the one before, the one after, place from 1) of an item among those of an agenda. ValueError for another one."""
    at = ids.index(current)
    return (ids[at - 1] if at else None, ids[at + 1] if at + 1 < len(ids) else None, at + 1)


def promise(given_at: datetime, day: date, calendar: WorkingCalendar) -> tuple[datetime, datetime]:
    """(due soon, due), aware in UTC, of what is to be done by the end of a local `day` of the owner's calendar.

    Due is the close of the last working time until the end of that day; three quarters of the working time from
    `given_at` (aware) on lie before due soon. Raises ValueError, with a sentence, where less than an hour of working
    time is left until then.
    """
    midnight = datetime.combine(day + timedelta(days=1), time(), calendar.tz)
    end = midnight.astimezone(UTC)
    # From the full minute on: what is due at a close is not due seconds before it.
    since = given_at.replace(second=0, microsecond=0)
    minutes = working_time(since, end, calendar) // MINUTE if end > since else 0
    if minutes < 60:
        raise ValueError("Until then the owner's agency has no working time left. Choose a later day.")
    steps = ladder(since, minutes, calendar)
    return steps.due_soon_at, steps.due_at


def in_days(given_at: datetime, days: int, calendar: WorkingCalendar) -> datetime:
    """When what is to be done in so many working days, one or more, is due: at the close of the last of them, aware in
    UTC. The day on which it is given does not count.
    """
    day, left = calendar.local(given_at).date(), days
    while left:
        day += timedelta(days=1)
        left -= calendar.works_on(day)
    return promise(given_at, day, calendar)[1]
