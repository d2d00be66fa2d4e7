"""Points as files give them: degrees in two cells, in one cell, or feet of a state plane with an EPSG code."""

import re
from functools import lru_cache

from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError

from evidence.imports.findings import ImportProblem

# South, west, north, east of the United States with Alaska, Hawaii and Puerto Rico: what lies outside is no incident
# of ours.
UNITED_STATES = (13.0, -180.0, 72.0, -64.0)
PAIR = re.compile(
    r"[\s(\[]*(?:POINT\s*\()?\s*([-+]?\d+(?:\.\d+)?)\s*[,;\s]\s*([-+]?\d+(?:\.\d+)?)\s*[)\]\s]*", re.IGNORECASE
)
DEGREES = re.compile(r"([-+]?\d{1,3}(?:\.\d+)?)\s*°?\s*([NSEW])?", re.IGNORECASE)
BLANK = {"", "na", "n/a", "nan", "null", "none", "unknown"}


def parse_number(text):
    """(float or None, fault). Blank words are (None, ""); thousands commas are accepted; fault "number"."""
    try:
        number = float(text)
    except ValueError:
        return _odd_number(text)
    return (number, "") if -1e12 < number < 1e12 else _odd_number("" if number != number else text)


def _odd_number(text):
    text = text.strip().lower()
    if text in BLANK:
        return None, ""
    if match := DEGREES.fullmatch(text):
        return (-abs(float(match[1])) if (match[2] or "") in ("s", "w") else float(match[1])), ""
    try:
        number = float(text.replace(",", ""))
    except ValueError:
        return None, "number"
    return (number, "") if abs(number) < 1e12 else (None, "number")


def point(latitude, longitude, bounds=UNITED_STATES):
    """(latitude, longitude, fault) in degrees WGS 84; without a point both are None.

    bounds: (south, west, north, east) of what is plausible for this file. Faults: "half" one of the two is missing,
    "zero" at or near 0/0, "swapped" they lie inside the bounds the other way round, "outside".
    """
    if latitude is None or longitude is None:
        return None, None, "" if latitude is longitude else "half"
    south, west, north, east = bounds
    if south <= latitude <= north and west <= longitude <= east:
        return latitude, longitude, ""
    if abs(latitude) < 1 and abs(longitude) < 1:
        return None, None, "zero"
    swapped = south <= longitude <= north and west <= latitude <= east
    return None, None, "swapped" if swapped else "outside"


@lru_cache(maxsize=16384)
def parse_pair(text):
    """Two numbers of one cell, "(42.36, -71.09)" or "POINT (-71.09 42.36)": (first, second, fault); WKT is x then y."""
    stripped = text.strip()
    if stripped.lower() in BLANK:
        return None, None, ""
    match = PAIR.fullmatch(stripped)
    if match is None:
        return None, None, "number"
    first, second = float(match[1]), float(match[2])
    return (second, first, "") if stripped.upper().startswith("POINT") else (first, second, "")


@lru_cache(maxsize=8)
def from_plane(epsg):
    """A function (x, y) -> (latitude, longitude) for a projected system such as EPSG 2272 (feet).

    Raises ImportProblem for a code that does not exist or is not a projected system.
    """
    try:
        system = CRS.from_epsg(epsg)
        if not system.is_projected:
            raise ImportProblem(
                f"EPSG {epsg} is not a projected system of feet or meters. Give the code of your state plane zone."
            )
        transformer = Transformer.from_crs(system, CRS.from_epsg(4326), always_xy=True)
    except CRSError as error:
        raise ImportProblem(
            f"EPSG {epsg} is not a known coordinate system. Give the code of your state plane zone."
        ) from error

    def convert(x, y):
        longitude, latitude = transformer.transform(x, y)
        return round(latitude, 7), round(longitude, 7)

    return convert
