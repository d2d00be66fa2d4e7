from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leads.gunline import DRAWN_AT_MOST, GROUPS, OTHER, Drawn, Event, draw, group_of, mini
from leads.pages.leads import happened

ZONE = "America/Chicago"
NOW = datetime(2026, 7, 16, 9, 42, tzinfo=ZoneInfo(ZONE))


def at(month, day, hour=12, minute=0, year=2026):
    return datetime(year, month, day, hour, minute, tzinfo=ZoneInfo(ZONE))


def event(occurred_at, kind="shots_fired_person", agency="PAPD", mark=1, case="26-018844", confirmed=False):
    return Event(occurred_at, kind, agency, mark, case, confirmed)


def test_an_event_of_which_the_day_alone_is_known_names_no_hour():
    days = [event(at(6, 3, 0, 0)), event(at(6, 3, 0, 1)), event(at(6, 3, 0, 0, year=2024))]
    assert {node["date"] for node in drawn(days)["nodes"]} == {"3 Jun", "3 Jun 00:01", "3 Jun 2024"}
    # Midnight is that of the zone: an hour off, and it was an hour.
    assert drawn(days[:1], zone="America/New_York")["nodes"][0]["date"] == "3 Jun 01:00"
    said = [(happened(each.occurred_at, ZONE, NOW), happened(each.occurred_at, ZONE)) for each in days]
    assert said == [
        ("3 Jun", "3 Jun 2026"),
        ("3 Jun 00:01", "3 Jun 2026 00:01"),
        ("3 Jun 2024", "3 Jun 2024"),
    ]


def in_row(event):
    return Drawn(event.kind, event.agency_code, event.agency_mark, event.confirmed)


LINE = [
    event(at(6, 3, 23, 10), confirmed=True),
    event(at(6, 21, 1, 36), "homicide", case="26-020951", confirmed=True),
    event(at(6, 29, 22, 2), "non_fatal_shooting", "GMPD", 2, "GM26-4417"),
    event(at(7, 9, 3, 15), agency="WCSO", mark=3, case="S26-11902"),
    event(at(7, 14, 0, 48), case="26-024310"),
]
events = st.builds(
    event,
    st.integers(0, 3_000_000).map(lambda minutes: NOW.astimezone(UTC) - timedelta(minutes=minutes)),
    st.sampled_from(["homicide", "non_fatal_shooting", "shots_fired_person", "gun_recovery", "suicide"]),
    confirmed=st.booleans(),
)
lines = st.lists(events, min_size=1, max_size=30)


def drawn(line=LINE, zone=ZONE):
    return draw(line, zone=zone, now=NOW)


def test_a_line_of_five_events_reads_as_its_picture_does():
    line = drawn()
    assert [(n["date"], n["label"], n["agency"], n["case"], n["dashed"]) for n in line["nodes"]] == [
        ("3 Jun 23:10", "Shots fired", "PAPD", "26-018844", False),
        ("21 Jun 01:36", "Homicide", "PAPD", "26-020951", False),
        ("29 Jun 22:02", "Non-fatal", "GMPD", "GM26-4417", True),
        ("9 Jul 03:15", "Shots fired", "WCSO", "S26-11902", True),
        ("14 Jul 00:48", "Shots fired", "PAPD", "26-024310", True),
    ]
    assert [(s["text"], s["short"], s["growth"], s["dashed"]) for s in line["segments"]] == [
        ("18 days", "18 d", "g2", False),
        ("8 days", "8 d", "g1", True),
        ("10 days", "10 d", "g1", True),
        ("5 days", "5 d", "g1", True),
    ]
    assert (line["end"]["label"], line["end"]["day"], line["end"]["segment"]["text"]) == (
        "Still at large",
        "Today",
        "2 days",
    )
    assert line["summary"] == ("5 events of one presumed gun, 3 agencies, 3 of 5 links unconfirmed. Still at large.")


def test_a_node_says_in_words_whether_its_link_is_confirmed():
    said = [node["said"] for node in drawn()["nodes"]]
    assert said[1:3] == ["Homicide, link confirmed", "Non-fatal, link unconfirmed"]


def test_a_line_that_ends_with_the_recovery_draws_no_further_mark():
    end = drawn([*LINE, event(at(7, 15), "gun_recovery")])["end"]
    assert (end["label"], end["recovered"], end["segment"]) == ("Recovered on 15 Jul", True, None)


def test_a_gun_fired_after_its_recovery_is_at_large():
    end = drawn([event(at(6, 1), "gun_recovery"), event(at(6, 2))])["end"]
    assert (end["label"], end["recovered"]) == ("Still at large", False)


def test_an_event_without_gunfire_after_the_recovery_leaves_it_recovered():
    end = drawn([event(at(6, 1), "gun_recovery"), event(at(6, 2), "other")])["end"]
    assert end["label"] == "Recovered on 1 Jun"
    assert end["segment"]["text"] == "44 days"


def test_times_and_days_are_those_of_the_zone_asked_for():
    line = drawn([event(at(6, 3, 23, 10)), event(at(6, 4, 0, 20))])
    assert line["segments"][0]["text"] == "1 day"
    tokyo = drawn([event(at(6, 3, 23, 10)), event(at(6, 4, 0, 20))], zone="Asia/Tokyo")
    assert tokyo["nodes"][0]["date"] == "4 Jun 13:10"
    assert tokyo["segments"][0]["text"] == "same day"


def test_the_year_is_written_where_it_is_another_one():
    nodes = drawn([event(at(12, 31, 23, 50, year=2024)), event(at(1, 2))])["nodes"]
    assert [node["day"] for node in nodes] == ["31 Dec 2024", "2 Jan"]
    assert nodes[0]["date"] == "31 Dec 2024"


def test_more_than_eight_events_are_folded_around_what_matters():
    long = [event(at(1, 1) + timedelta(days=5 * n), case=f"26-{n:06}") for n in range(20)]
    long[6] = long[6]._replace(kind="homicide")
    nodes = drawn(long)["nodes"]
    assert [node.get("case", node.get("text")) for node in nodes] == [
        "26-000000", "+5", "26-000006", "+9", "26-000016", "26-000017", "26-000018", "26-000019",
    ]  # fmt: skip
    assert nodes[1]["said"] == "5 more events, 6 Jan to 26 Jan"


@given(lines)
def test_no_event_is_lost_and_no_homicide_or_recovery_is_folded(line):
    nodes = drawn(line)["nodes"]
    single = [node for node in nodes if node["kind"] == "event"]
    folded = sum(node["count"] for node in nodes if node["kind"] == "fold")
    assert len(single) + folded == len(line)
    for group in ("Homicide", "Recovery"):
        expected = sum(group_of(e.kind).label == group for e in line)
        assert sum(node["label"] == group for node in single) == expected
    assert len(line) > DRAWN_AT_MOST or not folded


@given(lines)
def test_a_segment_is_solid_only_when_everything_it_joins_is_confirmed(line):
    picture = drawn(line)
    ends = zip(picture["nodes"], picture["nodes"][1:], strict=False)
    for segment, (before, after) in zip(picture["segments"], ends, strict=True):
        assert segment["days"] >= 0
        if before.get("dashed") or after.get("dashed"):
            assert segment["dashed"]
    if all(e.confirmed for e in line):
        assert not any(segment["dashed"] for segment in picture["segments"])
    if not any(e.confirmed for e in line):
        assert all(segment["dashed"] for segment in picture["segments"])


def test_one_unconfirmed_link_inside_a_fold_dashes_both_sides_of_it():
    long = [event(at(1, 1) + timedelta(days=n), case=f"{n:03}", confirmed=n != 2) for n in range(12)]
    assert drawn(long)["nodes"][1]["text"] == "+5"
    assert [segment["dashed"] for segment in drawn(long)["segments"]] == [True, True, *[False] * 5]


@given(lines, st.integers(1, 6))
def test_a_short_line_counts_what_it_leaves_out_and_keeps_a_homicide(line, limit):
    marks, more = mini([in_row(e) for e in line], limit)
    assert len(marks) + more == len(line)
    assert len(marks) <= limit
    if any(e.kind == "homicide" for e in line):
        assert "Homicide" in [mark["label"] for mark in marks]


def test_a_short_line_stays_in_time_order():
    line = sorted([*LINE, event(at(7, 15), "gun_recovery", "BKPD", 4)], key=lambda each: each.occurred_at)
    marks, more = mini([in_row(each) for each in line])
    assert [(mark["label"], mark["agency"]) for mark in marks] == [
        ("Homicide", "PAPD"),
        ("Non-fatal", "GMPD"),
        ("Shots fired", "PAPD"),
        ("Recovery", "BKPD"),
    ]
    assert more == 2


def test_an_unknown_kind_is_drawn_as_another_event():
    assert group_of("officer_involved") is OTHER
    assert len({(group.icon, group.mark) for group in [*GROUPS.values(), OTHER]}) == 5


def test_a_line_without_events_is_refused():
    with pytest.raises(ValueError, match="at least one event"):
        drawn([])
