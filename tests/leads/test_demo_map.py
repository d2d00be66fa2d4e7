"""The map of the demo city."""

from pathlib import Path

from leads.demo import map as drawn


def test_the_committed_map_is_the_one_the_generator_draws():
    assert Path(drawn.FILE).read_text() == drawn.as_text()


def test_every_event_lies_on_a_street_of_its_district():
    for (code, district), places in drawn.City().places.items():
        for place in places[::50]:
            assert drawn.district_of(code, place.x, place.y) == district
