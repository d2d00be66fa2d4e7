"""Shots that alerts tell of, as pages show them: rows in, words out. No queries."""

from django.urls import reverse

from agencies import markup
from evidence import words
from evidence.models import Detection, Incident
from evidence.pages import collection

TONES = {
    "open": ("No incident", "late", "warn"),
    "matched": ("Matched", "good", "check"),
    "dismissed": ("Not gunfire", "", "minus"),
}


def detection(row, now):
    zone = row["zone"]
    return row | {
        "url": reverse("detection", args=[row["id"]]),
        "day": words.day(row["at"], zone, now),
        "hour": words.hour(row["at"], zone) if row["time_known"] else "hour not known",
        "age": words.counted((now - row["at"]).days, "day"),
        "where": row["address"] or place(row["lat"], row["lng"]),
        "agency_mark": markup.agency(row["code"], row["mark"], row["agency"]),
        "told": told(row["alerts_count"], row["rounds"], row["source"]),
        "case_url": reverse("incident", args=[row["incident_id"]]) if row["incident_id"] else "",
        "what": what(row),
        "scene": markup.badge(*collection.STATES[row["collection"]]) if row["incident_id"] else "",
    }


def told(count, rounds, source=""):
    """ "3 alerts, 7 rounds, ShotSpotter"."""
    shots = words.counted(rounds, "round") if rounds else ""
    return ", ".join(filter(None, [words.counted(count, "alert"), shots, source or ""]))


def place(lat, lng):
    return f"{lat:.4f}, {lng:.4f}" if lat is not None else "No place"


def what(row):
    """What became of shots, in a few words."""
    if row["state"] == Detection.State.DISMISSED:
        return ", ".join(filter(None, [Detection.Dismissal(row["dismissal"]).label, row["note"]]))
    if row["state"] == Detection.State.OPEN:
        return f"{words.counted(row['nearby'], 'incident')} nearby" if row["nearby"] else "Nothing nearby"
    how = Detection.How(row["how"]).label
    meters = f", {row['meters']} m away" if row["meters"] is not None else ""
    return f"{how}{meters}"


def page(found, alerts, near, now):
    """One detection with its alerts and the incidents that it may be."""
    zone = found.agency.zone
    row = {name: getattr(found, name) for name in ("state", "dismissal", "note", "nearby", "how", "meters")}
    lines = [
        ("When", words.moment(found.at, zone, now) + ("" if found.time_known else ", hour not known")),
        ("Where", ", ".join(filter(None, [found.address, place(found.lat, found.lng)]))),
        ("Told by", told(found.alerts_count, found.rounds)),
        ("Decided", f"{words.moment(found.decided_at, zone, now)}, {found.decided_by}" if found.decided_at else ""),
    ]
    return {
        "badge": markup.badge(*TONES[found.state]),
        "what": what(row),
        "facts": [(label, value) for label, value in lines if value],
        "alerts": [
            {
                "name": str(each),
                "source": each.source or "Not said",
                "when": words.moment(each.at, zone, now),
                "heard": each.heard or "Shots",
                "rounds": each.rounds or "",
                "case": each.case_number,
            }
            for each in alerts
        ],
        "near": [
            {
                "case": str(each),
                "url": each.get_absolute_url(),
                "agency": markup.agency(each.agency.code, each.agency.mark, each.agency.name),
                "about": f"{Incident.Kind(each.kind).label}, {round(meters)} m and {words.span(apart)} apart",
            }
            for each, meters, apart in near
        ],
    }
