"""Scenes and what was found there, as pages show them: rows of queries and records in, words out. No queries."""

from django.urls import reverse

from agencies import markup
from evidence import turnaround, words
from evidence.models import Canvass, Incident
from evidence.pages import rows

OLD = 7
STATES = {
    "": ("No answer yet", "soon", "clock"),
    "collected": ("Evidence collected", "good", "check"),
    "none_found": ("None found", "", "search"),
    "not_searched": ("Not searched", "soon", "minus"),
}


def scene(row, calendars, now):
    """A scene with gunfire, how long ago it was, and who owes its answer or what was said of it."""
    site = calendars.setdefault(row["agency_id"], rows.calendar(row))
    days, zone = (now - row["occurred_at"]).days, row["zone"]
    return row | {
        "url": reverse("incident", args=[row["id"]]),
        "answer_url": reverse("collection_answer", args=[row["id"]]),
        "sign": rows.sign(row),
        "kind_text": Incident.Kind(row["kind"]).label,
        "agency_mark": markup.agency(row["code"], row["mark"], row["agency"]),
        "day": words.day(row["occurred_at"], zone, now),
        "age": words.counted(days, "day"),
        "late": days >= OLD,
        "working": words.counted(turnaround.business_days(row["occurred_at"], now, site), "business day"),
        "where": row["address"] or "No address",
        "owes": ", ".join(filter(None, [row["owing_officer"], row["unit"]])) or "No unit named",
        "said": said(row, zone, now),
    }


def said(row, zone, now):
    """Who canvassed and when, or why nobody did."""
    if row["searched_at"]:
        return f"{row['searched_by']}, {words.moment(row['searched_at'], zone, now)}"
    reason = Canvass.Reason(row["reason"]).label if row["reason"] else ""
    return ", ".join(filter(None, [reason, row["note"]]))


def card(incident, answers, now):
    """What the page of an incident with gunfire says of its scene; `answers`: whether the reader may answer, with the
    reason. The canvass, the unit and the agency's rule are fetched with it.
    """
    canvass, zone = getattr(incident, "canvass", None), incident.agency.zone
    rule = getattr(incident.agency, "collection_rule", None)
    unit = incident.owing_unit or (rule and rule.unit)
    state, tone, icon = STATES[incident.collection]
    open_days = (now - incident.occurred_at).days if not incident.collection else 0
    names = ("searched_by", "searched_at", "reason", "note")
    return {
        "state": markup.badge(state, "late" if open_days >= OLD else tone, icon),
        "open": not incident.collection,
        # Who can answer is asked first of all, also on a phone.
        "asks": not incident.collection and bool(answers),
        "age": words.counted(open_days, "day"),
        "working": words.counted(
            turnaround.business_days(incident.occurred_at, now, incident.agency.working_calendar), "business day"
        )
        if not incident.collection
        else "",
        "owes": ", ".join(filter(None, [incident.owing_officer, str(unit or "")])) or "No unit named",
        "said": said({name: getattr(canvass, name) for name in names}, zone, now) if canvass else "",
        "note": canvass.note if canvass and canvass.searched_at else "",
        "told": f"Said by {canvass.said_by}, {words.moment(canvass.said_at, zone, now)}" if canvass else "",
        "collected": incident.collection == Incident.Collection.COLLECTED,
        "may": answers,
        "presses": [choice for choice in Canvass.Reason.choices if choice[0] != Canvass.Reason.OTHER],
    }
