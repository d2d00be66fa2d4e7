"""The drawn city: Port Alder, its suburbs, county, rivers and streets, made by arithmetic alone.

Plane coordinates are kilometres east (x) and north (y) of the city's south-west corner; `lnglat` turns them into
degrees. The place on the globe is open farmland: nobody's home lies under a dot of the demo.
"""

import json
import math
from bisect import bisect_right
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

FILE = Path(__file__).with_name("port_alder.geojson")
ORIGIN_LAT, ORIGIN_LNG = 41.2, -97.6
KM_LAT = 111.2
KM_LNG = KM_LAT * math.cos(math.radians(ORIGIN_LAT))

ALDER = [
    (-6, 6.5),
    (-3, 5.2),
    (0, 4.4),
    (1.5, 4.1),
    (3, 4.3),
    (4.5, 3.8),
    (6, 3.5),
    (7.5, 3.9),
    (9, 4.1),
    (11, 3.2),
    (15, 2.5),
]
FENN = [(5.2, 12), (5.6, 9.5), (6.1, 7.2), (5.8, 5.3), (6, 3.5)]
SABLE = [(2.1, -4), (2.6, -1.5), (3.3, 0.8), (2.9, 2.6), (3, 4.3)]
RIVERS = {"Alder River": (ALDER, 0.16), "Fenn Creek": (FENN, 0.07), "Sable Creek": (SABLE, 0.07)}

WEST, MIDDLE, EAST = ALDER[2:5], ALDER[4:7], ALDER[6:9]
DISTRICTS = {
    "District 1": [*WEST, (2.9, 6.2), (3.2, 8.2), (0.2, 8)],
    "District 2": [*MIDDLE, *FENN[3:1:-1], (6.2, 8.4), (3.2, 8.2), (2.9, 6.2)],
    "District 3": [*EAST, (9.2, 6.3), (9, 8.1), (6.2, 8.4), *FENN[2:4]],
    "District 4": [(0, 0), (3.1, -0.2), *SABLE[2:4], *WEST[::-1]],
    "District 5": [(3.1, -0.2), (6.3, 0.1), (6.1, 1.9), *MIDDLE[::-1], *SABLE[3:1:-1]],
    "District 6": [(6.3, 0.1), (9, 0), *EAST[::-1], (6.1, 1.9)],
}
CITY = [
    (0, 0),
    (3.1, -0.2),
    (6.3, 0.1),
    (9, 0),
    (9, 4.1),
    (9.2, 6.3),
    (9, 8.1),
    (6.2, 8.4),
    (3.2, 8.2),
    (0.2, 8),
    (0, 4.4),
]
GLENMOOR = [(9, 4.1), (11, 3.2), (12.9, 4.4), (13.2, 7.4), (11, 8.6), (9, 8.1), (9.2, 6.3)]
BRACKETT = [(-3.8, -0.6), (0, 0), (0, 4.4), (-3, 5.2), (-3.9, 3)]
CAMPUS = [(3.4, 6.4), (4.7, 6.3), (4.9, 7.5), (3.6, 7.7)]
COUNTY = [(-6, -4), (15, -4), (15, 12), (-6, 12)]

# fmt: off
NAMES = [
    "Quarry", "Harbor", "Fenn", "Mill", "Foundry", "Orchard", "Chapel", "Lantern", "Sawyer", "Tanner",
    "Juniper", "Larch", "Hollow", "Meridian", "Wharf", "Cooper", "Pearl", "Granite", "Willow", "Ferry", "Kiln",
    "Barrow", "Linden", "Rook", "Summit", "Carver", "Aspen", "Drover", "Market", "Signal",
]
# fmt: on
STEP = 0.05


class Place(NamedTuple):
    """A stretch of street: which one, its block, where."""

    street: str
    block: int
    x: float
    y: float

    @property
    def address(self):
        return f"{self.block} block of {self.street}"


def lnglat(x, y):
    return round(ORIGIN_LNG + x / KM_LNG, 6), round(ORIGIN_LAT + y / KM_LAT, 6)


def inside(x, y, ring):
    """Whether a point lies in a polygon (even-odd rule)."""
    odd = False
    for (x1, y1), (x2, y2) in zip(ring, ring[1:] + ring[:1], strict=True):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            odd = not odd
    return odd


def _ordinal(number):
    ending = "th" if 10 < number % 100 < 14 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def _grid(ring, streets, first_avenue, spacing=0.5, bend=0.06):
    """Streets (east-west) and avenues (north-south) that fill a polygon: name -> points STEP apart, inside it."""
    xs, ys = [x for x, _ in ring], [y for _, y in ring]
    lines = {}
    for number in range(int((max(ys) - min(ys)) / spacing)):
        name = f"{streets[number % len(streets)]} Street" if number < len(streets) else f"{_ordinal(number)} Street"
        y = min(ys) + spacing * (number + 0.5)
        points = [(x, y + bend * math.sin(1.3 * x + number)) for x in _steps(min(xs), max(xs))]
        lines[name] = [point for point in points if inside(*point, ring)]
    for number in range(int((max(xs) - min(xs)) / spacing)):
        x = min(xs) + spacing * (number + 0.5)
        points = [(x + bend * math.sin(1.1 * y + number), y) for y in _steps(min(ys), max(ys))]
        lines[f"{_ordinal(number + first_avenue)} Avenue"] = [point for point in points if inside(*point, ring)]
    return {name: points for name, points in lines.items() if len(points) > 4}


def _steps(low, high):
    return [low + STEP * step for step in range(int((high - low) / STEP) + 1)]


def _county_roads():
    taken = (CITY, GLENMOOR, BRACKETT)
    lines = {}
    for number, y in enumerate((-3.2, -1.8, 9.3, 10.8)):
        lines[f"County Road {2 * number + 2}"] = [(x, y + 0.1 * math.sin(x)) for x in _steps(-6, 15)]
    for number, x in enumerate((-5.1, 13.9)):
        lines[f"County Road {2 * number + 1}"] = [(x + 0.1 * math.sin(y), y) for y in _steps(-4, 12)]
    free = {name: [p for p in points if not any(inside(*p, ring) for ring in taken)] for name, points in lines.items()}
    return {name: points for name, points in free.items() if points}


def streets():
    """Every street of the map: jurisdiction -> name -> points."""
    return {
        "PAPD": _grid(CITY, NAMES[:18], 1),
        "GMPD": _grid(GLENMOOR, NAMES[18:26], 40),
        "BKPD": _grid(BRACKETT, NAMES[22:] + NAMES[:4], 60),
        "UNIV": _grid(CAMPUS, ["College", "Library", "Observatory"], 80, spacing=0.4, bend=0.02),
        "WCSO": _county_roads(),
    }


class City:
    """Places to put events on: each lies on a street, and in its district."""

    def __init__(self):
        self.places = {}
        for code, lines in streets().items():
            for name, points in lines.items():
                for number, (x, y) in enumerate(points):
                    if number % 2 == 0:
                        place = Place(name, 100 * (1 + number // 3), x, y)
                        self.places.setdefault((code, district_of(code, x, y)), []).append(place)
        self.districts = {}
        for code, district in self.places:
            self.districts.setdefault(code, []).append(district)

    def draw(self, rng, code):
        """A district and a place in it for an event of an agency; some districts and blocks see much more."""
        names = self.districts[code]
        weights = [3 if name in ("District 4", "District 5") else 1 for name in names]
        sums = [sum(weights[: number + 1]) for number in range(len(weights))]
        district = names[bisect_right(sums, rng.random() * sums[-1])]
        places = self.places[code, district]
        # The square draws events together on few blocks; the prime scatters those blocks over the district.
        return district, places[int(rng.random() ** 2.2 * len(places)) * 7919 % len(places)]


def district_of(code, x, y):
    if code != "PAPD":
        return {"GMPD": "Glenmoor", "BKPD": "Brackett", "UNIV": "Campus", "WCSO": "County"}[code]
    return next((name for name, ring in DISTRICTS.items() if inside(x, y, ring)), "District 1")


def _river(points, width):
    """A polygon along a line."""
    left, right = [], []
    for number, (x, y) in enumerate(points):
        (x1, y1), (x2, y2) = points[max(0, number - 1)], points[min(len(points) - 1, number + 1)]
        length = math.hypot(x2 - x1, y2 - y1)
        dx, dy = -(y2 - y1) / length * width / 2, (x2 - x1) / length * width / 2
        left.append((x + dx, y + dy))
        right.append((x - dx, y - dy))
    return left + right[::-1]


def _feature(kind, name, shape, points):
    spots = [lnglat(*point) for point in points]
    line = [[round(lng, 5), round(lat, 5)] for lng, lat in spots]
    coordinates = line if shape == "LineString" else [[*line, line[0]]]
    return {
        "type": "Feature",
        "properties": {"kind": kind, "name": name},
        "geometry": {"type": shape, "coordinates": coordinates},
    }


def features():
    """The whole map as GeoJSON, areas first, so that they are painted below the lines."""
    areas = [("county", "Wexley County", COUNTY), ("city", "Port Alder", CITY), ("suburb", "Glenmoor", GLENMOOR)]
    areas += [("suburb", "Brackett", BRACKETT)]
    areas += [("district", name, ring) for name, ring in DISTRICTS.items()]
    areas += [("campus", "Port Alder University", CAMPUS)]
    drawn = [_feature(kind, name, "Polygon", ring) for kind, name, ring in areas]
    drawn += [_feature("river", name, "Polygon", _river(*river)) for name, river in RIVERS.items()]
    for lines in streets().values():
        for name, points in lines.items():
            runs = _runs(points)
            drawn += [_feature("street", name, "LineString", [*run[:-1:12], run[-1]]) for run in runs if len(run) > 2]
    return {"type": "FeatureCollection", "name": "Port Alder (fictional)", "features": drawn}


def _runs(points):
    """Points cut where a street leaves the polygon and comes back."""
    runs = [[points[0]]]
    for before, point in pairwise(points):
        if math.dist(before, point) > 3 * STEP:
            runs.append([])
        runs[-1].append(point)
    return runs


def as_text():
    return json.dumps(features(), separators=(",", ":")) + "\n"
