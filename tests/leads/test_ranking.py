"""The figures of the back-test against slow ways to count the same."""

from fractions import Fraction
from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from leads.ranking import area, capture, first

ranked = st.lists(st.tuples(st.integers(0, 6), st.booleans()), max_size=40)


@given(ranked)
def test_the_area_is_the_share_of_pairs_that_stand_right_and_ties_count_half(some):
    hits = [value for value, hit in some if hit]
    others = [value for value, hit in some if not hit]
    if not hits or not others:
        assert area(some) is None
        return
    right = sum(2 if hit > other else 1 if hit == other else 0 for hit in hits for other in others)
    assert abs(area(some) - right / (2 * len(hits) * len(others))) < 1e-12
    turned = [(-value, hit) for value, hit in some]
    assert abs(area(some) + area(turned) - 1) < 1e-12


@given(st.lists(st.tuples(st.integers(0, 3), st.booleans()), max_size=6), st.sampled_from([10, 20, 50, 100]))
def test_the_capture_is_the_mean_over_every_order_in_which_equals_may_stand(some, percent):
    hits = sum(hit for _value, hit in some)
    if not hits:
        assert capture(some, percent) is None
        return
    orders = [order for order in permutations(some) if [v for v, _ in order] == sorted((v for v, _ in some))[::-1]]
    top = first(len(some), percent)
    caught = Fraction(sum(sum(hit for _value, hit in order[:top]) for order in orders), len(orders))
    assert abs(capture(some, percent) - caught / hits) < 1e-12


def test_a_perfect_ranking_has_everything_and_one_value_for_all_is_chance():
    perfect = [(2, True)] * 2 + [(1, False)] * 8
    assert (area(perfect), capture(perfect)) == (1, 1)
    assert (area([(1, hit) for _value, hit in perfect]), capture([(1, hit) for _value, hit in perfect])) == (0.5, 0.2)
    assert first(11) == 3
    assert capture([(1, True), (0, False), (0, False)]) == 1
