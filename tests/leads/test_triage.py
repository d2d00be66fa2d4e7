import dataclasses
import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leads import weights
from leads.triage import Event, Facts, measure, priority, score, weigh

NOW = datetime(2026, 7, 16, 14, 42, tzinfo=UTC)
KINDS = ["homicide", "non_fatal_shooting", "shots_fired_person", "gun_recovery", "robbery_gun", "other"]


def event(kind="shots_fired_person", days=2, agency="PAPD", confirmed=False):
    return Event(kind, NOW - timedelta(days=days), agency, confirmed)


def facts(*events, gun_recovered=False):
    return Facts(tuple(events), gun_recovered, NOW)


points = st.none() | st.tuples(st.floats(39.0, 39.2), st.floats(-85.2, -85.0))
events = st.builds(
    lambda kind, days, agency, confirmed, point: Event(kind, NOW - timedelta(days=days), agency, confirmed, point),
    st.sampled_from(KINDS),
    st.integers(-3, 900),
    st.sampled_from(["PAPD", "GMPD", "WCSO"]),
    st.booleans(),
    points,
)
leads = st.builds(
    lambda some, recovered, flags: Facts(tuple(some), recovered, NOW, flags),
    st.lists(events, max_size=7),
    st.booleans(),
    st.frozensets(st.sampled_from(weights.FLAGS)),
)


@st.composite
def tables(draw):
    """Any table that may be put in force."""
    points = {key: draw(st.integers(0, 50)) for key in weights.KEYS}
    for ladder in weights.LADDERS:
        keys = [key for _limit, key in weights.STEPS[ladder]]
        points |= dict(zip(keys, sorted((points[key] for key in keys), reverse=True), strict=True))
    points["gun.at_large"] = max(points["gun.at_large"], 1)
    return weights.Table(draw(st.integers(2, 99)), points)


@settings(max_examples=40)
@given(leads, tables())
def test_the_total_is_the_sum_of_its_parts_by_any_table_and_what_was_measured_gives_it_again(lead, table):
    assert weights.mistakes(table.points) == {}
    for each in (table, weights.BUILT_IN):
        total, version, reasons = score(lead, each)
        assert total == sum(points for points, _sentence, _letter in reasons)
        assert version == each.version
        assert all(points > 0 and sentence and letter in weights.LETTERS for points, sentence, letter in reasons)
        assert [points for points, *_ in reasons] == sorted((points for points, *_ in reasons), reverse=True)
        assert weigh(json.loads(json.dumps(measure(lead))), each) == score(lead, each), "stored, it can be shown again"


@settings(max_examples=40)
@given(leads, st.floats(-40, 40))
def test_a_line_moved_as_a_whole_to_another_place_scores_the_same(lead, east):
    moved = [each._replace(point=each.point and (each.point[0], each.point[1] + east)) for each in lead.events]
    there = measure(dataclasses.replace(lead, events=tuple(moved)))
    here = measure(lead)
    assert abs((there.pop("spread") or 0) - (here.pop("spread") or 0)) <= 1, "meters, as floats round"
    assert there == here


@given(leads, st.randoms(use_true_random=False))
def test_the_order_of_events_does_not_matter(lead, random):
    shuffled = random.sample(lead.events, len(lead.events))
    other = dataclasses.replace(lead, events=tuple(shuffled))
    assert score(other).total == score(lead).total
    assert priority(other) == priority(lead)


def test_of_two_people_shot_at_one_moment_the_one_who_died_is_named():
    both = [event("non_fatal_shooting", days=3), event("homicide", days=3)]
    assert priority(facts(*both)) == priority(facts(*reversed(both)))
    assert priority(facts(*both))[1].startswith("A homicide")


@settings(max_examples=40)
@given(leads, st.integers(0, 400), tables())
def test_a_lead_that_only_grows_older_never_scores_more(lead, days, table):
    later = dataclasses.replace(lead, as_of=NOW + timedelta(days=days))
    assert score(later, table).total <= score(lead, table).total
    assert score(later).total <= score(lead).total
    assert priority(later)[0] >= priority(lead)[0]


@settings(max_examples=40)
@given(leads, events)
def test_an_event_that_joins_lowers_nothing_but_a_tight_cluster_and_a_gun_at_large(lead, joins):
    more = dataclasses.replace(lead, events=(*lead.events, joins))
    lost = 4 if joins.kind == "gun_recovery" else 0
    assert score(more).total >= score(lead).total - lost - 6
    still = dataclasses.replace(lead, events=tuple(each._replace(point=None) for each in lead.events))
    more = dataclasses.replace(still, events=(*still.events, joins._replace(point=None)))
    assert score(more).total >= score(still).total - lost
    assert lost or priority(more)[0] <= priority(still)[0]


@settings(max_examples=40)
@given(leads, st.sampled_from(weights.FLAGS))
def test_something_more_to_work_with_never_lowers_a_score(lead, flag):
    assert score(dataclasses.replace(lead, flags=lead.flags | {flag})).total >= score(lead).total


def test_what_a_notice_says_adds_up_to_one_hundred_at_most():
    worth = {line.key: line.points for line in weights.LINES}
    first = [steps[0][1] for ladder in weights.LADDERS if ladder != "spread" and (steps := weights.STEPS[ladder])]
    assert sum(worth[key] for key in [*first, "violence.homicide", "gun.at_large"]) == 100
    assert weights.mistakes(worth) == {}
    assert "no more than" in weights.mistakes(worth | {"recency.7": 23})["recency.7"]
    assert weights.mistakes(worth | {"flag.video": 51, "flag.lpr": True}).keys() == {"flag.video", "flag.lpr"}
    assert weights.mistakes(dict.fromkeys(worth, 0))
    assert weights.changes(worth, worth | {"flag.video": 9}) == [("Video of an event", 4, 9)]


def test_a_score_tells_each_part_in_a_sentence():
    lead = facts(
        event(days=43, confirmed=True),
        event("homicide", days=25),
        event("non_fatal_shooting", days=17, agency="GMPD"),
        event(days=7, agency="WCSO"),
        event(days=2),
    )
    assert score(lead) == (
        96,
        1,
        [
            (30, "A homicide in the line, 25 days ago", "E"),
            (22, "Newest event 2 days ago", "T"),
            (14, "Gun still at large", "S"),
            (10, "Five events in the line", "E"),
            (10, "Two events lie five days apart", "T"),
            (6, "Events of three agencies", "G"),
            (4, "Links confirmed by an examiner: 1 of 5", "S"),
        ],
    )


def test_geography_is_how_near_the_events_lie_to_each_other():
    here, near, far = (39.10, -85.10), (39.105, -85.10), (39.10, -85.06)

    def said(*places):
        lead = facts(*(event()._replace(point=place) for place in places))
        return [words for _points, words, letter in score(lead).reasons if letter == "G"]

    assert said(here, near) == ["Two located events within 0.6 km"]
    assert said(here, here, None) == ["Two located events within 100 m"]
    assert said(here, near, far) == []
    assert said(here, None) == []


def test_the_score_knows_events_and_what_there_is_to_work_with_and_never_a_person():
    assert Event._fields == ("kind", "occurred_at", "agency", "confirmed", "point")
    assert {field.name for field in dataclasses.fields(Facts)} == {"events", "gun_recovered", "as_of", "flags"}
    assert set(measure(facts(event()))) == {
        "events", "agencies", "violence", "newest", "gap", "spread", "located", "recovered", "confirmed", "flags",
    }  # fmt: skip


def test_a_recovery_in_the_line_or_beside_it_means_the_gun_is_recovered():
    for lead in (facts(event(), event("gun_recovery")), facts(event(), event(), gun_recovered=True)):
        assert "Gun still at large" not in [words for _, words, _ in score(lead).reasons]


def test_an_event_dated_after_the_score_counts_as_today():
    assert (22, "Newest event less than a day ago", "T") in score(facts(event(days=-1), event(days=400))).reasons


def test_a_lead_without_events_scores_nothing_and_comes_last():
    assert score(facts()) == (0, 1, [])
    assert priority(facts())[0] == 3


@pytest.mark.parametrize(
    ("lead", "expected"),
    [
        (
            facts(event("non_fatal_shooting", days=7), event(days=90)),
            (1, "A person shot and wounded 7 days ago, in a line of 2 events."),
        ),
        (facts(event("homicide", days=0)), (2, "A homicide less than a day ago.")),
        (facts(event("homicide", days=8), event()), (2, "A homicide 8 days ago.")),
        (
            facts(event(days=1), event(days=3, agency="GMPD"), event(days=9, agency="WCSO")),
            (2, "A score of 58, 50 or more."),
        ),
        (
            facts(event(days=200), event(days=300)),
            (3, "Nobody shot in the last 90 days, and a score under 50."),
        ),
    ],
)
def test_a_priority_tells_its_reason(lead, expected):
    assert priority(lead) == expected
