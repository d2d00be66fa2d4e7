"""Alerts merge as a slow search over all pairs says, and find their incident by number, then by time and place."""

import csv
import math
from collections import Counter
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.alerts import MATCH_METERS, MATCH_WITHIN, Alert, Point, Scene, distance, matched, merged
from tests.shared import shared

START, LAT, LNG = datetime(2026, 7, 4, 23, 58, tzinfo=UTC), 41.88, -87.63
METERS, WITHIN = 50.0, timedelta(minutes=2)


def point(seconds=0, north=0.0, east=0.0):
    """A point so many seconds and meters from the start."""
    degree = math.radians(6_371_008.8)
    lat = LAT + north / degree
    return Point(START + timedelta(seconds=seconds), lat, LNG + east / (degree * math.cos(math.radians(lat))))


def alert(name, *where, number=""):
    return Alert(name, point(*where), number)


def names(groups):
    return [[each.id for each in group] for group in groups]


def is_near(one, other, meters, within):
    if None in (one.at, other.at, one.lat, other.lat, one.lng, other.lng):
        return False
    return abs(one.at - other.at) <= within and distance(one, other) <= meters


def slowly(alerts):
    """The same groups by going from each alert to all others, again and again."""
    left, groups = {each.id: each for each in alerts}, []
    while left:
        group = [left.pop(min(left))]
        for each in group:
            near = [other for other in left.values() if is_near(each.point, other.point, METERS, WITHIN)]
            group += [left.pop(other.id) for other in near]
        groups.append({each.id for each in group})
    return groups


degrees = st.sampled_from([0.0, 0.0003, 0.0006, -0.0005])
places = st.one_of(
    st.builds(point, st.integers(-600, 600), st.floats(-200, 200), st.floats(-200, 200)),
    st.builds(Point, st.none(), st.just(LAT), st.just(LNG)),
    st.builds(Point, st.just(START), st.none(), st.none()),
    st.builds(lambda lat, lng: Point(START, 84 + lat, lng), degrees, st.floats(-0.02, 0.02)),
    st.builds(lambda lat, lng: Point(START, -89.99 + lat, 170 * lng), degrees, st.floats(-1, 1)),
)
lists = st.lists(places, max_size=25).map(lambda found: [Alert(f"{n:02}", each) for n, each in enumerate(found)])


class TestMerging:
    def test_what_lies_within_50_meters_and_two_minutes_is_one(self):
        near = [alert("a"), alert("b", 120, 30, 39), alert("c", 121), alert("d", 0, -51)]
        assert names(merged(near)) == [["a", "b", "c"], ["d"]], "c is near b, not near a"
        assert names(merged([alert("a"), alert("c", 121)])) == [["a"], ["c"]]
        assert names(merged([alert("a"), alert("d", 0, 36, 36)])) == [["a"], ["d"]]

    def test_what_has_no_time_or_no_point_stays_by_itself(self):
        bare = [Alert("x", Point(None, LAT, LNG)), Alert("y", Point(START, None, None)), alert("z")]
        assert sorted(names(merged([*bare, Alert("x2", Point(None, LAT, LNG))]))) == [["x"], ["x2"], ["y"], ["z"]]

    def test_an_id_that_comes_twice_is_refused(self):
        with pytest.raises(ValueError, match="one id"):
            merged([alert("a"), alert("a", 5)])

    @pytest.mark.parametrize("how", [{"meters": 0}, {"within": timedelta()}])
    def test_nothing_is_near_within_nothing(self, how):
        with pytest.raises(ValueError, match="what is near"):
            merged([alert("a")], **how)

    @given(lists, st.randoms())
    def test_groups_are_those_of_the_slow_search_in_any_order(self, alerts, chance):
        found = merged(alerts)
        assert sorted(map(sorted, slowly(alerts))) == sorted(sorted(group) for group in names(found))
        mixed = chance.sample(alerts, len(alerts))
        assert merged(mixed) == found

    def test_nine_years_of_a_real_citys_alerts(self):
        zone = ZoneInfo("America/New_York")
        with shared("data/gunshot_detection/dc_shotspotter_2006_2013.csv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        alerts = [
            Alert(
                str(number),
                Point(
                    datetime.strptime(row["Date Time"], "%m/%d/%y %H:%M").replace(tzinfo=zone).astimezone(UTC),
                    float(row["Latitude-100meter"]),
                    float(row["Longitude-100meter"]),
                ),
            )
            for number, row in enumerate(rows)
        ]
        found = merged(alerts)
        assert sum(map(len, found)) == len(alerts) == 39_066
        assert sorted(map(sorted, names(found))) == sorted(map(sorted, by_minutes(alerts)))
        far = [group for group in found if any(abs(each.point.lat) < 1 for each in group)]
        assert [len(group) for group in far] == [1], "the row at (0.001, -0.002) is near nothing"


def by_minutes(alerts):
    """Groups by looking at all alerts of the two minutes before each."""
    alerts = sorted(alerts, key=lambda each: each.point.at)
    group_of, first = {each.id: {each.id} for each in alerts}, 0
    for place, each in enumerate(alerts):
        while each.point.at - alerts[first].point.at > WITHIN:
            first += 1
        for other in alerts[first:place]:
            if distance(each.point, other.point) <= METERS and group_of[each.id] is not group_of[other.id]:
                joined = group_of[each.id] | group_of[other.id]
                group_of.update(dict.fromkeys(joined, joined))
    return [list(group) for group in {id(group): group for group in group_of.values()}.values()]


class TestMatching:
    def test_a_number_goes_before_any_place(self):
        here, named = Scene(1, point(), "26001"), Scene(2, point(86_400, 9000), "26002")
        [found] = matched([[alert("a", number="26002")]], [here, named])
        assert (found.scene, found.how, found.others) == (2, "number", ())
        assert found.meters == pytest.approx(9000, rel=0.001)
        assert found.apart == timedelta(days=1)

    def test_a_number_is_enough_where_neither_time_nor_place_is_known(self):
        [found] = matched(
            [[Alert("a", Point(None, None, None), "26001")]], [Scene(1, Point(None, None, None), "26001")]
        )
        assert (found.scene, found.how, found.meters, found.apart) == (1, "number", None, None)

    def test_the_nearest_in_time_and_place_is_taken_and_the_others_are_named(self):
        scenes = [Scene(1, point(60, 200), "1"), Scene(2, point(300, 40), "2"), Scene(3, point(60, 400), "3")]
        [found] = matched([[alert("a")]], scenes)
        assert (found.scene, found.how, found.others) == (2, "place", (1,))

    def test_a_group_is_as_near_as_its_nearest_alert(self):
        group = [alert("a"), alert("b", 100, 45), alert("c", 200, 90)]
        [found] = matched([group], [Scene(1, point(200, 300), "1")])
        assert found.meters == pytest.approx(210, rel=0.001)

    @pytest.mark.parametrize("where", [(0, 251), (1801, 0), (-1801, 0)])
    def test_what_is_farther_or_later_became_no_incident(self, where):
        [found] = matched([[alert("a")]], [Scene(1, point(*where), "1")])
        assert (found.scene, found.how) == (None, "")

    def test_two_bursts_may_be_one_incident(self):
        bursts = [[alert("a")], [alert("b", 600)]]
        assert [found.scene for found in matched(bursts, [Scene(7, point(300), "7")])] == [7, 7]

    @given(lists, st.lists(places, max_size=15))
    def test_each_group_has_the_incident_of_the_slow_search(self, alerts, points):
        scenes = [Scene(number, each, str(number)) for number, each in enumerate(points, 1)]
        groups = merged(alerts)
        for group, found in zip(groups, matched(groups, scenes[::-1]), strict=True):
            near = {
                scene.id: min(share(each.point, scene.point) for each in group)
                for scene in scenes
                if any(is_near(each.point, scene.point, MATCH_METERS, MATCH_WITHIN) for each in group)
            }
            best = min(near, key=lambda number: (near[number], number), default=None)
            assert {found.scene, *found.others} - {None} == set(near)
            assert found.scene == best or near[found.scene] == pytest.approx(near[best])

    def test_the_numbers_of_what_was_found_add_up(self):
        groups = [[alert("a")], [alert("b", number="9")], [alert("c", 9000)]]
        ways = Counter(found.how for found in matched(groups, [Scene(1, point(), "9")]))
        assert ways == {"place": 1, "number": 1, "": 1}


def share(one, other):
    if None in (one.at, other.at, one.lat, other.lat):
        return math.inf
    return math.hypot(distance(one, other) / MATCH_METERS, abs(one.at - other.at) / MATCH_WITHIN)
