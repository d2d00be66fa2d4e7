"""Places on a plane: all inside, north up, as far from each other as on the globe; a block is no doorstep."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as some

from leads.placemap import BARS, EDGE, HEIGHT, MARK, WIDTH, Place, blocked, draw, words

CITY = some.tuples(some.floats(40.9, 41.3), some.floats(-97.9, -97.3))


def places(points):
    return [Place(at, *point) for at, point in enumerate(points)]


def on_the_globe(one, other):
    """Meters along the great circle."""
    (lat, lng), (lat2, lng2) = (map(math.radians, point) for point in (one, other))
    half = math.sin((lat2 - lat) / 2) ** 2 + math.cos(lat) * math.cos(lat2) * math.sin((lng2 - lng) / 2) ** 2
    return 2 * 6_371_000 * math.asin(math.sqrt(half))


@given(some.lists(CITY, min_size=1, max_size=12))
def test_each_place_is_under_one_mark_inside_of_the_edges(points):
    drawn = draw(places(points))
    marks = drawn["marks"]
    assert sorted(number for mark in marks for number in mark.numbers) == list(range(1, len(points) + 1))
    assert all(
        EDGE - 0.1 <= mark.x <= WIDTH - EDGE + 0.1 and EDGE - 0.1 <= mark.y <= HEIGHT - EDGE + 0.1 for mark in marks
    )
    assert all(math.dist(one[:2], other[:2]) >= MARK for one in marks for other in marks if one is not other)


@given(CITY, CITY)
def test_north_is_up_and_the_bar_measures_what_lies_between_two_places(one, other):
    drawn = draw(places([one, other]))
    if len(drawn["marks"]) < 2:
        return
    a, b = drawn["marks"]
    assert (a.y - b.y) * (one[0] - other[0]) <= 0.1
    bar = drawn["bar"]
    meters = next(meters for meters, said in BARS if said == bar["words"])
    measured = math.dist(a[:2], b[:2]) * meters / (bar["x2"] - bar["x1"])
    assert measured == pytest.approx(on_the_globe(one, other), rel=0.03, abs=30)


def test_one_place_is_in_the_middle_and_none_is_no_map():
    assert draw([]) is None
    drawn = draw(places([(41.2, -97.6)]))
    assert drawn["marks"][0][:2] == (WIDTH / 2, HEIGHT / 2)
    assert drawn["bar"]["words"] == "500 ft"


def test_both_sides_of_the_date_line_are_neighbors():
    drawn = draw(places([(52.0, 179.99), (52.0, -179.99)]))
    west, east = drawn["marks"]
    assert west.x < east.x
    assert drawn["bar"]["words"] == "1000 ft"


def test_a_block_has_one_point_for_all_that_happened_in_it():
    assert blocked(41.200321, -97.600499) == blocked(41.199987, -97.599512) == (41.2, -97.6)
    drawn = draw([Place("a", 41.2, -97.6, near=True), Place("b", 41.2, -97.6)])
    assert drawn["marks"][0].near is False


def test_numbers_of_a_mark_are_short():
    assert [words(each) for each in ([1], [1, 2], [1, 2, 3, 5], [1, 3, 5, 7, 9])] == [
        "1", "1, 2", "1-3, 5", "1 and 4 more",
    ]  # fmt: skip
