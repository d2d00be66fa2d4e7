"""Sheets of standard label stock: which labels stand where. Geometry is in static/css/labels.css.

A label names the agency, the case, the exhibit, what it is and a few words of it. It carries no trace data and no
serial number: a label lies where anybody walks by.
"""

from dataclasses import dataclass

from django.conf import settings

from evidence import qr
from evidence.pages import details


@dataclass(frozen=True)
class Stock:
    """One kind of stock: its name, labels on a sheet (1 for single labels), and what its codes look like."""

    name: str
    words: str
    on_a_sheet: int


STOCKS = {
    "5160": Stock("5160", "Avery 5160: 30 on a sheet, 1 by 2 5/8 in", 30),
    "5163": Stock("5163", "Avery 5163: 10 on a sheet, 2 by 4 in", 10),
    "4x6": Stock("4x6", "Single labels, 4 by 6 in", 1),
}
MOST = 300


def address(record):
    """What the code says: the portal's own address of the record."""
    return f"{settings.SITE_URL}{record.get_absolute_url()}"


def of_exhibit(made):
    """An exhibit with its incident, agency and firearm."""
    gun = getattr(made, "firearm", None)
    return {
        "code": qr.svg(address(made), f"Code of exhibit {made.number}"),
        "agency": made.agency.name,
        "title": made.incident.case_number,
        "number": f"Exhibit {made.number}",
        "what": details.what(made, gun),
        "text": made.description,
        "foot": made.property_number,
    }


def of_place(place):
    return {
        "code": qr.svg(address(place), f"Code of place {place.code}"),
        "agency": place.agency.name,
        "title": place.code,
        "number": place.get_kind_display(),
        "what": place.label,
        "text": "",
        "foot": "",
    }


def sheets(stock, labels, skip=0):
    """The labels by sheet; the first `skip` fields of the first are left empty, for a sheet that was begun."""
    on_a_sheet = STOCKS[stock].on_a_sheet
    fields = [None] * (min(skip, on_a_sheet - 1) if on_a_sheet > 1 else 0) + labels
    return [fields[start : start + on_a_sheet] for start in range(0, len(fields), on_a_sheet)]
