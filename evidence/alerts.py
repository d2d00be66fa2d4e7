"""Gunshot alerts and calls: which of them tell of the same shots, and which incident that is. Pure.

Sensors and callers report one shooting several times: what lies within 50 m and two minutes is taken as one. An alert
is an incident by the number that dispatch gave it, else by time and place.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import product

MERGE_METERS, MERGE_WITHIN = 50.0, timedelta(minutes=2)
# A report gives the block and the time of the call: farther and later than the sensor by about as much.
MATCH_METERS, MATCH_WITHIN = 250.0, timedelta(minutes=30)
EARTH_METERS = 6_371_008.8  # mean radius
DEGREE_METERS = math.radians(EARTH_METERS)
POLAR = 0.01  # cosine of the latitude beyond which cells reach around the pole


@dataclass(frozen=True, slots=True)
class Point:
    """Where and when. `at` is aware, degrees are WGS 84; None where it is not known."""

    at: datetime | None
    lat: float | None
    lng: float | None


@dataclass(frozen=True, slots=True)
class Alert:
    """One line of a list. `number` is the normalised case number dispatch gave it, or ""."""

    id: str
    point: Point
    number: str = ""


@dataclass(frozen=True, slots=True)
class Scene:
    """One incident. `number` is its normalised case number."""

    id: int
    point: Point
    number: str


@dataclass(frozen=True, slots=True)
class Match:
    """What a group of alerts became. `how` is "number", "place" or "" (no incident).

    `scene` is the incident's id or None; `meters` and `apart` lie between the two where they are known; `others` are
    ids of further incidents that share a number or are near, the nearer first: with any, a person decides.
    """

    alerts: tuple[Alert, ...]
    scene: int | None
    how: str
    meters: float | None = None
    apart: timedelta | None = None
    others: tuple[int, ...] = ()


def distance(one: Point, other: Point) -> float:
    """Meters between two points whose degrees are known; on a plane, which is exact to 0.1 % within ten kilometers
    below 80 degrees of latitude. It does not reach over the 180th meridian.
    """
    middle = math.radians((one.lat + other.lat) / 2)
    return DEGREE_METERS * math.hypot(one.lat - other.lat, (one.lng - other.lng) * math.cos(middle))


def merged(
    alerts: Iterable[Alert], *, meters: float = MERGE_METERS, within: timedelta = MERGE_WITHIN
) -> list[tuple[Alert, ...]]:
    """Alerts that tell of the same shots, together: each within `meters` and `within` of another of its group.

    An alert without a time or a point is a group of its own. Groups are in order of their first alert, alerts in order
    of time and id; the order of `alerts` changes nothing. Ids are unique, else ValueError.
    """
    alerts = sorted(alerts, key=_order)
    if len({alert.id for alert in alerts}) < len(alerts):
        raise ValueError("two alerts have one id")
    sets = _Sets(len(alerts))
    points = [alert.point for alert in alerts]
    grid = _Grid(points, meters, within)
    for place, point in enumerate(points):
        for other in grid.near(place):
            if other < place and _is_near(point, points[other], meters, within):
                sets.join(place, other)
    groups = defaultdict(list)
    for place, alert in enumerate(alerts):
        groups[sets.first(place)].append(alert)
    return [tuple(group) for _first, group in sorted(groups.items())]


def matched(
    groups: Iterable[Sequence[Alert]],
    scenes: Iterable[Scene],
    *,
    meters: float = MATCH_METERS,
    within: timedelta = MATCH_WITHIN,
) -> list[Match]:
    """One match for each group, in their order: by a number that an alert of it shares with an incident, else the
    nearest incident within `meters` and `within`. Several groups may be one incident. Distance counts as its share of
    `meters`, time as its share of `within`; of two that are as near, the one with the smaller id comes first.
    """
    scenes = sorted(scenes, key=lambda scene: scene.id)
    numbers = defaultdict(list)
    for scene in scenes:
        if scene.number:
            numbers[scene.number].append(scene)
    grid = _Grid([scene.point for scene in scenes], meters, within)
    return [_match(tuple(group), numbers, scenes, grid) for group in groups]


def _match(group, numbers, scenes, grid):
    named = {scene.id: scene for alert in group if alert.number for scene in numbers.get(alert.number, ())}
    if named:
        return _nearest(group, named.values(), "number", grid)
    around = {
        scenes[place].id: scenes[place]
        for alert in group
        for place in grid.around(alert.point)
        if _is_near(alert.point, scenes[place].point, grid.meters, grid.within)
    }
    return _nearest(group, around.values(), "place", grid) if around else Match(group, None, "")


def _nearest(group, scenes, how, grid):
    """The scene nearest to any alert of the group, with the others after it."""
    ranked = sorted((*_gap(group, scene.point, grid), scene.id) for scene in scenes)
    _share, meters, apart, scene = ranked[0]
    known = meters != math.inf
    others = tuple(each[-1] for each in ranked[1:])
    return Match(group, scene, how, meters if known else None, apart if apart != timedelta.max else None, others)


def _gap(group, point, grid):
    """(share, meters, time) between a point and the alert of the group that is nearest to it; endless if unknown."""
    gaps = []
    for alert in group:
        there = alert.point
        meters = distance(there, point) if _has_place(there) and _has_place(point) else math.inf
        apart = abs(there.at - point.at) if there.at and point.at else timedelta.max
        gaps.append((math.hypot(meters / grid.meters, apart / grid.within), meters, apart))
    return min(gaps)


def _order(alert):
    point = alert.point
    return (point.at is None, point.at.timestamp() if point.at else 0.0, alert.id)


def _has_place(point):
    return point.lat is not None and point.lng is not None


def _is_near(one, other, meters, within):
    known = one.at and other.at and _has_place(one) and _has_place(other)
    return bool(known and abs(one.at - other.at) <= within and distance(one, other) <= meters)


class _Grid:
    """Points by cells as large as what is near: of each point only its own cell and the 26 around it are asked."""

    def __init__(self, points, meters, within):
        if meters <= 0 or within <= timedelta():
            raise ValueError("what is near is farther than 0 m and longer than no time")
        self.meters, self.within = meters, within
        self.step = meters / DEGREE_METERS
        highest = max((abs(point.lat) for point in points if _has_place(point)), default=0.0)
        narrow = math.cos(math.radians(min(highest + self.step, 90.0)))
        self.wide = self.step / narrow if narrow > POLAR else 360.0
        self.cells = [self._cell(point) for point in points]
        self.members = defaultdict(list)
        for place, cell in enumerate(self.cells):
            if cell is not None:
                self.members[cell].append(place)

    def _cell(self, point):
        if not (point.at and _has_place(point)):
            return None
        slot = point.at.timestamp() / self.within.total_seconds()
        return math.floor(slot), math.floor(point.lat / self.step), math.floor(point.lng / self.wide)

    def near(self, place) -> Iterator[int]:
        """Places of points that may be near the one at `place`, itself among them."""
        return self._neighbors(self.cells[place])

    def around(self, point) -> Iterator[int]:
        """Places of points that may be near any other point."""
        return self._neighbors(self._cell(point))

    def _neighbors(self, cell):
        for step in product((-1, 0, 1), repeat=3) if cell else ():
            yield from self.members.get(tuple(map(sum, zip(cell, step, strict=True))), ())


class _Sets:
    """Disjoint sets of 0..n-1, each known by its smallest member."""

    def __init__(self, count):
        self.above = list(range(count))

    def first(self, member):
        while self.above[member] != member:
            self.above[member] = self.above[self.above[member]]
            member = self.above[member]
        return member

    def join(self, one, other):
        low, high = sorted((self.first(one), self.first(other)))
        self.above[high] = low
