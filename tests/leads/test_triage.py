import dataclasses
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leads.triage import (
    AGENCIES,
    CONFIRMED,
    EVENTS,
    GUN_AT_LARGE,
    RECENCY_DAYS,
    TEMPO_DAYS,
    VERSION,
    VIOLENCE,
    VIOLENCE_WORDS,
    Event,
    Facts,
    priority,
    score,
)

NOW = datetime(2026, 7, 16, 14, 42, tzinfo=UTC)
KINDS = ["homicide", "non_fatal_shooting", "shots_fired_person", "gun_recovery", "robbery_gun", "other"]


def event(kind="shots_fired_person", days=2, agency="PAPD", confirmed=False):
    return Event(kind, NOW - timedelta(days=days), agency, confirmed)


def facts(*events, gun_recovered=False):
    return Facts(tuple(events), gun_recovered, NOW)


events = st.builds(
    event, st.sampled_from(KINDS), st.integers(-3, 900), st.sampled_from(["PAPD", "GMPD", "WCSO"]), st.booleans()
)
leads = st.builds(
    lambda some, recovered: facts(*some, gun_recovered=recovered), st.lists(events, max_size=12), st.booleans()
)


@given(leads)
def test_the_total_is_the_sum_of_its_reasons_and_stays_between_0_and_100(lead):
    total, version, reasons = score(lead)
    assert total == sum(points for points, _ in reasons)
    assert 0 <= total <= 100
    assert version == VERSION
    assert all(points > 0 and sentence for points, sentence in reasons)
    assert reasons == sorted(reasons, key=lambda reason: -reason[0])


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


@given(leads, st.integers(0, 400))
def test_a_lead_that_only_grows_older_never_scores_more(lead, days):
    later = dataclasses.replace(lead, as_of=NOW + timedelta(days=days))
    assert score(later).total <= score(lead).total
    assert priority(later)[0] >= priority(lead)[0]


@given(leads, events)
def test_an_event_that_joins_never_lowers_score_or_priority_unless_it_is_the_recovery(lead, joins):
    more = dataclasses.replace(lead, events=(*lead.events, joins))
    lost = 4 if joins.kind == "gun_recovery" else 0
    assert score(more).total >= score(lead).total - lost
    assert lost or priority(more)[0] <= priority(lead)[0]


def test_the_weights_add_up_to_one_hundred():
    best = max(VIOLENCE.values()) + GUN_AT_LARGE
    assert best + sum(table[0][1] for table in (RECENCY_DAYS, EVENTS, AGENCIES, TEMPO_DAYS, CONFIRMED)) == 100
    assert VIOLENCE.keys() == VIOLENCE_WORDS.keys()


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
            (30, "A homicide in the line, 25 days ago"),
            (22, "Newest event 2 days ago"),
            (16, "Five events of three agencies"),
            (14, "Gun still at large"),
            (10, "Two events lie five days apart"),
            (4, "Links confirmed by an examiner: 1 of 5"),
        ],
    )


def test_the_score_knows_events_and_never_a_person_or_a_place():
    assert Event._fields == ("kind", "occurred_at", "agency", "confirmed")
    assert {field.name for field in dataclasses.fields(Facts)} == {"events", "gun_recovered", "as_of"}


def test_a_recovery_in_the_line_or_beside_it_means_the_gun_is_recovered():
    for lead in (facts(event(), event("gun_recovery")), facts(event(), event(), gun_recovered=True)):
        assert "Gun still at large" not in [sentence for _, sentence in score(lead).reasons]


def test_an_event_dated_after_the_score_counts_as_today():
    assert (22, "Newest event less than a day ago") in score(facts(event(days=-1), event(days=400))).reasons


def test_a_lead_without_events_scores_nothing_and_comes_last():
    assert score(facts()) == (0, VERSION, [])
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
