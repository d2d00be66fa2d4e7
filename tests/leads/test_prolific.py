"""The score of a person: against a slow oracle, and what can never get into it."""

from datetime import date, timedelta
from decimal import Decimal, localcontext

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from leads import prolific, retention
from leads.prolific import Fact, Factor

TODAY = date(2026, 7, 15)
DAYS = st.dates(date(2024, 1, 1), date(2026, 12, 31))
FACTS = st.lists(
    st.builds(Fact, st.sampled_from(list(Factor)), DAYS, st.sampled_from("abc"), st.sampled_from(["r1", "r2"])),
    max_size=5,
)
# The table of the reference, written down anew: half-life 180 days.
WORTH = {"confirmed": 10, "presumptive": 4, "shooting": 8, "possession": 4, "supervision": 2}


def slow(facts, today, born_on=None):
    """Day by day: each event loses its share of the half-life once a day."""
    best = {}
    for fact in facts:
        day, worth = fact.on, WORTH.get(str(fact.factor), 0)
        if day > today or (born_on and slow_age(born_on, day) < 18) or not worth or day <= slow_before(today):
            continue
        with localcontext() as exact:
            exact.prec = 40
            left = Decimal(worth)
            daily = Decimal(2) ** (Decimal(-1) / 180)
            while day < today:
                day, left = day + timedelta(1), left * daily
        kind = "event" if str(fact.factor) in ("confirmed", "presumptive") else str(fact.factor)
        known = best.get((kind, fact.key))
        if known is None or (worth, -fact.on.toordinal()) > known[0]:
            best[kind, fact.key] = ((worth, -fact.on.toordinal()), left)
    return [left for _rank, left in best.values()]


def slow_age(born_on, day):
    years, at = 0, born_on
    while at <= day:
        years += 1
        at = next(
            date(born_on.year + years, *place) for place in ((born_on.month, born_on.day), (3, 1))
            if place != (2, 29) or (born_on.year + years) % 4 == 0
        )  # fmt: skip
    return years - 1


def slow_before(today):
    """Two years earlier, which has no 29 February where this year has one."""
    return date(today.year - 2, today.month, 28 if (today.month, today.day) == (2, 29) else today.day)


@given(FACTS, st.dates(date(2026, 6, 1), date(2026, 12, 31)))
def test_the_score_is_that_of_the_slow_way(facts, today):
    found, wanted = prolific.score(facts, today), slow(facts, today)
    assert len(found.parts) == len(wanted)
    # Each part is shown to a tenth, half up.
    assert sorted(part.tenths for part in found.parts) == sorted(
        int((left * 10 + Decimal("0.5") + Decimal("1e-30")) // 1) for left in wanted
    )
    assert found.tenths == sum(part.tenths for part in found.parts)


@given(FACTS, st.dates(date(2004, 1, 1), date(2010, 12, 31)))
def test_what_happened_before_somebody_was_eighteen_counts_only_where_the_law_allows_it(facts, born_on):
    assert len(prolific.score(facts, TODAY, born_on=born_on).parts) == len(slow(facts, TODAY, born_on))
    allowed = prolific.score(facts, TODAY, born_on=born_on, juvenile_law=True)
    assert allowed == prolific.score(facts, TODAY)


@given(FACTS, st.randoms())
def test_neither_order_nor_repetition_changes_a_score(facts, chance):
    mixed = facts * 2
    chance.shuffle(mixed)
    assert prolific.score(mixed, TODAY)[:5] == prolific.score(facts, TODAY)[:5]


@given(FACTS, st.integers(0, 40))
def test_a_fact_that_is_taken_out_never_leaves_a_higher_score(facts, place):
    # Without who said the earliest day of an event, it lies later, and counts for more.
    assume(all(each.on <= facts[place].on for each in facts if place < len(facts) and each.key == facts[place].key))
    fewer = facts[:place] + facts[place + 1 :]
    assert prolific.score(fewer, TODAY).tenths <= prolific.score(facts, TODAY).tenths


@given(FACTS)
def test_having_been_shot_and_having_bought_guns_never_adds_to_a_score(facts):
    without = [fact for fact in facts if fact.factor not in prolific.BESIDE]
    found = prolific.score(facts, TODAY)
    assert (found.tenths, found.parts) == (prolific.score(without, TODAY).tenths, prolific.score(without, TODAY).parts)
    assert all(part.tenths == 0 for part in found.beside)


@given(FACTS)
def test_every_fact_either_counts_or_says_why_not(facts):
    found = prolific.score(facts, TODAY)
    assert len(found.parts) + len(found.beside) + len(found.left_out) == len(facts)
    assert all(why for _fact, why in found.left_out)


def test_a_confirmed_event_counts_ten_an_unconfirmed_one_four_and_both_of_one_event_ten():
    one, other = Fact(Factor.CONFIRMED, TODAY, "e", "r"), Fact(Factor.PRESUMPTIVE, TODAY, "e", "r2")
    assert prolific.score([one], TODAY).tenths == 100
    assert prolific.score([other], TODAY).tenths == 40
    assert prolific.score([other, one], TODAY).tenths == 100


def test_half_is_left_after_180_days_and_nothing_after_24_months():
    facts = [Fact(Factor.CONFIRMED, TODAY - timedelta(days), "e", "r") for days in (180, 360)]
    assert [prolific.score([fact], TODAY).tenths for fact in facts] == [50, 25]
    assert prolific.score([Fact(Factor.CONFIRMED, date(2024, 7, 16), "e", "r")], TODAY).tenths > 0
    assert prolific.score([Fact(Factor.CONFIRMED, date(2024, 7, 15), "e", "r")], TODAY).tenths == 0


def test_nothing_but_the_factors_of_the_table_can_be_scored():
    assert {str(factor) for factor in Factor} == {*WORTH, "victim", "purchase"}
    assert {str(factor): points for factor, points in prolific.POINTS.items()} == WORTH
    assert set(prolific.LABELS) == set(Factor) == {*prolific.POINTS, *prolific.BESIDE}


@pytest.mark.parametrize(
    "word", ["race", "ethnicity", "neighborhood", "stop", "contact", "gang", "juvenile", "gun on the line", "", None]
)
def test_what_may_never_count_is_refused(word):
    with pytest.raises(ValueError, match="is not a valid Factor"):
        prolific.score([Fact(word, TODAY, "e", "r")], TODAY)


@pytest.mark.parametrize(
    "word",
    ["race", "black", "white", "ethnic", "neighborhood", "address", "stop", "contact", "gang", "associate", "juvenile"],
)
def test_no_factor_speaks_of_what_may_never_count(word):
    assert word not in " ".join(f"{factor} {label}" for factor, label in prolific.LABELS.items()).lower().split()


def test_one_gun_that_was_traced_soon_says_nothing_of_who_bought_it():
    bought = [Fact(Factor.PURCHASE, TODAY, key, "T1") for key in "ab"]
    assert prolific.score(bought[:1], TODAY).beside == ()
    assert len(prolific.score(bought, TODAY).beside) == 2


@given(DAYS, DAYS, st.booleans())
def test_no_entry_waits_a_year_for_a_review_or_stays_five_years_without_validation(entered, later, validated):
    entered, later = sorted((entered, later))
    first = retention.proposed(entered)
    days = retention.reviewed(later, first.purge_on, validated=validated)
    since = later if validated else entered
    assert days.purge_on <= since.replace(year=since.year + 5, day=min(since.day, 28)) + timedelta(3)
    assert days.review_due <= min(later + timedelta(365), days.purge_on)
    assert retention.removed(later, days.purge_on) <= days.purge_on


def test_a_review_is_chosen_within_a_year():
    assert retention.mistake(TODAY, TODAY)
    assert not retention.mistake(TODAY, TODAY + timedelta(365))
    assert "within a year" in retention.mistake(TODAY, TODAY + timedelta(366))
