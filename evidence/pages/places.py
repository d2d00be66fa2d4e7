"""Storage places as their pages show them: rows in, words out. No queries."""

from django.urls import reverse

from agencies import markup, walk
from evidence import listing, words
from evidence.models import Place
from evidence.pages import rows

ICONS = {"building": "home", "room": "board", "cabinet": "lock", "shelf": "list", "bin": "evid", "locker": "keys"}


def page(request, found, name="after"):
    """The rows of a page of places by code, with the address of the next one under the parameter `name`."""
    shown = found[: walk.PAGE]
    more = walk.encode(shown[-1]["code"], shown[-1]["id"]) if len(found) > walk.PAGE else ""
    return {"rows": [place(row) for row in shown], "older": listing.address(request, **{name: more}) if more else ""}


def place(row):
    return row | {
        "url": reverse("place", args=[row["id"]]),
        "icon": markup.icon(ICONS.get(row["kind"], "dot")),
        "kind_text": Place.Kind(row["kind"]).label,
        "count": listing.many(row["exhibits"], "exhibit"),
        "state": markup.badge("Closed") if row["closed_at"] else "",
    }


def exhibit(row, now):
    return row | {
        "url": reverse("exhibit", args=[row["id"]]),
        "icon": markup.icon(rows.EXHIBIT_ICONS[row["kind"]]),
        "what": rows.what(row["kind"], row["count"], row["caliber"]),
        "agency_mark": markup.agency(row["code"], row["mark"], row["agency"]),
        "since": words.moment(row["at"], row["zone"], now) if row["at"] else "",
        "state": markup.badge("In transit, unconfirmed", "soon", "swap") if row["offered_at"] else "",
    }
