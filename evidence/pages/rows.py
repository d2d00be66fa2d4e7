"""Rows of evidence as pages show them: values of a query in, words and small marks out. No queries."""

from django.urls import reverse

from agencies import markup
from agencies.calendars import working_calendar
from evidence import mros, words
from evidence.models import CustodyEvent, Exhibit, Incident

Kind = Incident.Kind

# How an incident is drawn: icon, style of its mark, words.
SHOTS, RECOVERY, OTHER = ("casing", "shot", "Shots fired"), ("gun", "rec", "Recovery"), ("dot", "other", "Other event")
EVENTS = {
    Kind.HOMICIDE: ("cross", "hom", "Homicide"),
    Kind.NON_FATAL_SHOOTING: ("nfs", "nfs", "Non-fatal"),
    **dict.fromkeys((Kind.SHOTS_FIRED_PERSON, Kind.SHOTS_FIRED_PROPERTY, Kind.SHOTS_FIRED_CONFIRMED), SHOTS),
    Kind.GDS_ALERT_CONFIRMED: SHOTS,
    **dict.fromkeys((Kind.GUN_RECOVERY, Kind.FOUND_GUN, Kind.SEARCH_WARRANT, Kind.TRAFFIC_STOP), RECOVERY),
}
EXHIBIT_ICONS = {
    "casing_group": "casing",
    "firearm": "gun",
    "projectile": "bullet",
    "magazine": "evid",
    "test_fire": "flask",
    "other": "dot",
}
MANY = {"casing_group": "cartridge cases", "test_fire": "test-fired cartridge cases", "other": "items"}


def incident(row, now):
    occurred, zone = row["occurred_at"], row["zone"]
    return row | {
        "url": reverse("incident", args=[row["id"]]),
        "sign": sign(row),
        "kind_text": Kind(row["kind"]).label,
        "day": words.day(occurred, zone, now),
        "hour": words.hour(occurred, zone) if row["time_known"] else "hour not known",
        "ago": words.ago(occurred, now),
        "agency_mark": markup.agency(row["code"], row["mark"], row["agency"]),
        "where": row["address"] or "No address",
        "district": district(row["district"]),
    }


def sign(row):
    """The mark of one event, as it stands in a gun line."""
    drawing, style, label = EVENTS.get(row["kind"], OTHER)
    drawn = {"icon": drawing, "mark": style, "label": label, "agency": row["code"], "agency_mark": row["mark"]}
    return markup.mini([drawn | {"dashed": False}])


def district(name):
    return f"District {name}" if name.isdecimal() else name


def what(kind, count, caliber, make="", model=""):
    """An exhibit in words: "6 cartridge cases, 9 mm", "Glock 19, 9 mm"."""
    if kind == Exhibit.Kind.FIREARM:
        name = " ".join(filter(None, [make, model])) or "Firearm"
    else:
        label = Exhibit.Kind(kind).label
        many = MANY.get(kind) or f"{label.lower()}s"
        name = f"{count} {many}" if count > 1 else "1 cartridge case" if kind == "casing_group" else label
    return f"{name}, {caliber}" if caliber else name


def exhibit(row, now):
    zone = row["zone"]
    state, tone, icon = nibin_state(row["nibin_eligible"], row["due_at"], row["entered_at"], now)
    purpose = row["purpose"] or CustodyEvent.Purpose.OTHER
    return row | {
        "url": reverse("exhibit", args=[row["id"]]),
        "case_url": reverse("incident", args=[row["incident_id"]]),
        "icon": markup.icon(EXHIBIT_ICONS[row["kind"]]),
        "what": what(row["kind"], row["count"], row["caliber"], row["make"] or "", row["model"] or ""),
        "agency_mark": markup.agency(row["code"], row["mark"], row["agency"]),
        "day": words.day(row["created_at"], zone, now),
        "ago": words.ago(row["created_at"], now),
        "holder": row["to_whom"] or "Nobody yet",
        "leg": "In transit, unconfirmed" if row["offered_at"] else CustodyEvent.Purpose(purpose).label,
        "nibin": markup.badge(state, tone, icon),
    }


def nibin_state(eligible, due, entered_at, now):
    """(words, tone, icon) of where an exhibit stands on its way into NIBIN."""
    if not eligible:
        return "Not for NIBIN", "", "minus"
    if entered_at:
        return "Entered", "good", "check"
    if due is None:
        return "Not received", "", "circle"
    return ("Overdue", "late", "late") if now > due else ("Waiting", "soon", "clock")


def calendar(row):
    """The working calendar of a row's site."""
    hours = [row[part] for part in ("zone", "opens", "closes", "days", "always", "federal_holidays")]
    return working_calendar(*hours, tuple(row["holidays"]))


def waiting(row, calendars, now, sites):
    """A line of the entry queue; `calendars` keeps each site's calendar for the rows that follow.

    It leads to the entry itself for who records for that site (`sites`: ids), to the exhibit for who only watches.
    """
    if row["site_id"] not in calendars:
        calendars[row["site_id"]] = calendar(row)
    site = calendars[row["site_id"]]
    clock = mros.clock(
        key=f"clock-{row['id']}",
        received_at=row["received_at"],
        due=row["due_at"],
        entered_at=None,
        now=now,
        calendar=site,
    )
    exhibit_url = reverse("exhibit", args=[row["exhibit_id"]])
    return row | {
        "url": reverse("acquisition_enter", args=[row["id"]]) if row["site_id"] in sites else exhibit_url,
        "exhibit_url": exhibit_url,
        "icon": markup.icon(EXHIBIT_ICONS[row["kind"]]),
        "what": what(row["kind"], row["count"], row["caliber"]),
        "case": f"{row['case_number']}, {Kind(row['incident_kind']).label.lower()}",
        "agency_mark": markup.agency(row["code"], row["mark"], row["agency"]),
        "received": words.moment(row["received_at"], row["zone"], now),
        "due": words.moment(row["due_at"], row["zone"], now),
        "state": clock["state"],
        "clock": markup.clock(clock, show_stage=False),
        "goal": markup.badge(*mros.goal(row["received_at"], None, now)),
    }
