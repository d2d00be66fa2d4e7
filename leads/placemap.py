"""A map of places without a map service: points on a plane, a scale, a ring where only the block is told. Pure: places
in, plain numbers for an SVG out.

The plane is that of a city: degrees of longitude shrink by the cosine of the middle latitude, which is right to a part
in a thousand over fifty miles.
"""

import math
from collections.abc import Sequence
from typing import NamedTuple

WIDTH, HEIGHT, EDGE = 640, 360, 44
METERS_IN_DEGREE = 111_195
FOOT, MILE = 0.3048, 1609.344
# As close as it gets: one block fills the map, not one doorstep.
LEAST_SPAN = 500
# Marks nearer than this cannot be told apart and become one.
MARK = 22
BAR = 150
# About a block: three digits of latitude are some hundred meters.
DIGITS = 3
BARS = (
    *((feet * FOOT, f"{feet} ft") for feet in (50, 100, 200, 500, 1000)),
    *((miles * MILE, f"{miles:g} mi") for miles in (0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000)),
)


class Place(NamedTuple):
    """One event's place. `key` tells it from others, `near`: the point is that of the block and no closer."""

    key: object
    lat: float
    lng: float
    near: bool = False


class Mark(NamedTuple):
    """One mark of the drawing: the numbers of the places under it, and whether all of them are of blocks alone."""

    x: float
    y: float
    numbers: tuple
    keys: tuple
    near: bool


def blocked(lat: float, lng: float) -> tuple[float, float]:
    """A point told to the block: the same for all that happened within about a hundred meters."""
    return round(lat, DIGITS), round(lng, DIGITS)


def draw(places: Sequence[Place]) -> dict | None:
    """{width, height, marks, bar: {x1, x2, y, words}} of places in the order of their numbers; None without any.

    North is up and a mile is as long in each direction. Places too near to be told apart share one mark, at the point
    of the first of them.
    """
    if not places:
        return None
    east = _unwrapped([place.lng for place in places])
    lats = [place.lat for place in places]
    middle = (min(lats) + max(lats)) / 2
    shrunk = METERS_IN_DEGREE * max(math.cos(math.radians(middle)), 0.01)
    xs, ys = [lng * shrunk for lng in east], [-lat * METERS_IN_DEGREE for lat in lats]
    scale = max(_span(xs) / (WIDTH - 2 * EDGE), _span(ys) / (HEIGHT - 2 * EDGE))
    left, top = (min(xs) + max(xs)) / 2 - scale * WIDTH / 2, (min(ys) + max(ys)) / 2 - scale * HEIGHT / 2
    points = [(round((x - left) / scale, 1), round((y - top) / scale, 1)) for x, y in zip(xs, ys, strict=True)]
    return {"width": WIDTH, "height": HEIGHT, "marks": _marks(places, points), "bar": _bar(scale)}


def _unwrapped(lngs):
    """Longitudes side by side, also where they lie on both sides of the date line."""
    return [lng % 360 for lng in lngs] if max(lngs) - min(lngs) > 180 else list(lngs)


def _span(values):
    return max(max(values) - min(values), LEAST_SPAN)


def _marks(places, points):
    found = []
    for number, (place, (x, y)) in enumerate(zip(places, points, strict=True), 1):
        near = next((at for at, mark in enumerate(found) if math.dist((mark.x, mark.y), (x, y)) < MARK), None)
        if near is None:
            found.append(Mark(x, y, (number,), (place.key,), place.near))
        else:
            old = found[near]
            new = {"numbers": (*old.numbers, number), "keys": (*old.keys, place.key), "near": old.near and place.near}
            found[near] = old._replace(**new)
    return found


def _bar(scale):
    """The longest bar of a round length that has room."""
    meters, words = next((bar for bar in reversed(BARS) if bar[0] / scale <= BAR), BARS[0])
    length = round(meters / scale, 1)
    return {"x1": EDGE / 2, "x2": round(EDGE / 2 + length, 1), "y": HEIGHT - 14, "words": words}


def words(numbers: Sequence[int]) -> str:
    """Numbers in order as a mark shows them: runs of three and more as "1-3"; what has no room is counted."""
    runs = []
    for number in numbers:
        if runs and runs[-1][1] == number - 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    parts = []
    for first, last in runs:
        parts += [f"{first}-{last}"] if last - first > 1 else [str(each) for each in range(first, last + 1)]
    return ", ".join(parts) if len(parts) <= 3 else f"{parts[0]} and {len(numbers) - 1} more"
