"""The agenda from what its rules found, and the clock of an action item, against slow ways to the same answer."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from agencies.calendars import WorkingCalendar, working_time
from leads.actions import meetings
from leads.agenda import Found, build, neighbors, promise
from tests.leads import pages
from tests.leads.test_meetings import planned

FEW = st.integers(1, 9)
FOUND = st.lists(st.builds(Found, FEW, st.sampled_from("abc"), st.sampled_from([None, 1, 2])), max_size=7)
OFFICE = WorkingCalendar("America/Chicago", holidays=frozenset({date(2026, 11, 26)}))


def put_up(found, before, most, of_agency):
    """The leads a rule puts up, one by one: what a person with a pencil would do."""
    taken = []
    for each in found:
        if each.lead_id in before or each.lead_id in [one.lead_id for one in taken]:
            continue
        own = [one for one in taken if one.agency_id == each.agency_id]
        if len(own) < (most if each.agency_id is None else of_agency):
            taken.append(each)
    return [each.lead_id for each in taken]


@settings(max_examples=40, deadline=None)
@given(st.dictionaries(st.sampled_from("xyz"), FOUND), st.integers(1, 4), st.integers(1, 3))
def test_an_agenda_has_each_lead_once_with_every_reason_and_says_how_many_it_left_out(rules, most, of_agency):
    shown, left = build(rules, most=most, of_agency=of_agency)
    expected = []
    for found in rules.values():
        expected += put_up(found, expected, most, of_agency)
    assert [pk for pk, _reasons in shown] == expected
    for pk, reasons in shown:
        said = [[rule, each.words] for rule, found in rules.items() for each in found if each.lead_id == pk]
        assert sorted(map(tuple, reasons)) == sorted(set(map(tuple, said)))
    for rule, found in rules.items():
        assert left.get(rule, 0) == len({each.lead_id for each in found} - set(expected))


def test_a_sheet_knows_its_neighbors():
    assert neighbors([7, 4, 9], 7) == (None, 4, 1)
    assert neighbors([7, 4, 9], 9) == (4, None, 3)
    with pytest.raises(ValueError, match="5"):
        neighbors([7, 4, 9], 5)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 400_000), st.integers(0, 59), st.integers(0, 12))
def test_an_action_item_is_due_at_the_last_close_until_its_day_is_over(at, seconds, days):
    at = datetime(2026, 2, 20, tzinfo=UTC) + timedelta(minutes=at)
    day = OFFICE.local(at).date() + timedelta(days=days)
    closes = [datetime.combine(day - timedelta(days=n), time(16), OFFICE.tz) for n in range(days + 1)]
    last = next((each for each in closes if OFFICE.works_on(each.date()) and each.astimezone(UTC) > at), None)
    if last is None or working_time(at, last, OFFICE) < timedelta(hours=1):
        with pytest.raises(ValueError, match="later day"):
            promise(at + timedelta(seconds=seconds), day, OFFICE)
        return
    soon, due = promise(at + timedelta(seconds=seconds), day, OFFICE)
    assert due == last
    assert working_time(at, soon, OFFICE) == working_time(at, due, OFFICE) * 3 / 4


def test_a_day_on_which_the_clocks_change_and_one_round_the_clock():
    always = WorkingCalendar("America/Chicago", always=True)
    at = datetime(2026, 10, 31, 12, tzinfo=UTC)
    assert promise(at, date(2026, 11, 1), always)[1] == datetime(2026, 11, 2, 6, tzinfo=UTC)
    with pytest.raises(ValueError, match="later day"):
        promise(at, date(2026, 10, 30), always)


def test_a_recovered_gun_is_heard_with_its_day_at_the_next_review_alone(city):
    for number, kind in enumerate(("gun_recovery", "found_gun", "homicide"), 1):
        pages.lead(city, f"WCL-2026-0000{number}", kinds=("shots_fired_confirmed", kind))
    meeting = meetings.open_(meeting=planned(city), by=city.analyst)
    day = timezone.localtime(timezone.now() - timedelta(days=8), ZoneInfo(city.center.zone))
    words = f"A gun was recovered on {day.day} {day:%b}"
    heard = {item.lead.number[-1]: dict(item.reasons).get("gun") for item in meeting.items.select_related("lead")}
    assert heard == {"1": words, "2": words, "3": None}
    meetings.close(meeting=meeting, by=city.coordinator, now=timezone.now())
    following = meetings.open_(meeting=planned(city, held_at=timezone.now() + timedelta(days=7)), by=city.analyst)
    assert not [item for item in following.items.all() if "gun" in dict(item.reasons)]
