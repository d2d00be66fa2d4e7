"""Traces as pages show them: records and values of queries in, words out. No queries."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from django.urls import reverse

from agencies import markup
from evidence import timetocrime, tracepeople, tracing, words
from evidence.guns.tables import TYPES
from evidence.models import Trace, TracePerson

Status = Trace.Status
TONES = {
    Status.DRAFT: ("", "note"),
    Status.READY: ("soon", "right"),
    Status.SUBMITTED: ("accent", "clock"),
    Status.ACCEPTED: ("accent", "clock"),
    Status.IN_PROGRESS: ("accent", "clock"),
    Status.COMPLETED_TO_PURCHASER: ("good", "check"),
    Status.COMPLETED_TO_DEALER_ONLY: ("good", "check"),
    Status.COMPLETED_OTHER: ("good", "check"),
    Status.CLOSED_INCOMPLETE: ("soon", "warn"),
    Status.REJECTED: ("soon", "x"),
}
SAME = {
    tracepeople.YES: ("The purchaser is the possessor", "", "check"),
    tracepeople.MAYBE: ("The purchaser may be the possessor: compare the two", "soon", "warn"),
    tracepeople.NO: ("The purchaser is not the possessor", "", "swap"),
}
YES_NO = {True: "Yes", False: "No", None: ""}


def badge(status):
    return markup.badge(Status(status).label, *TONES.get(status, ("", "minus")))


def gun_words(row):
    return ", ".join(filter(None, [f"{row['make']} {row['model']}".strip(), row["caliber"]])) or "Firearm"


def row(found, now):
    """A line of a list of traces."""
    zone, sent = found["zone"], found["submitted_at"]
    days = found["days_to_crime"]
    return found | {
        "url": reverse("trace", args=[found["id"]]),
        "exhibit_url": reverse("exhibit", args=[found["exhibit_id"]]),
        "name": found["trace_number"] or "No number yet",
        "gun": gun_words(found),
        "serial": found["serial"] or "No serial",
        "agency_mark": markup.agency(found["code"], found["mark"], found["agency"]),
        "state": badge(found["status"]),
        "why": Trace.Reason(found["reason"]).label if found["reason"] else "",
        "to_add": tracing.ADDABLE.get(found["reason"], ""),
        "asked": words.day(sent or found["requested_at"], zone, now),
        "took": words.span((found["completed_at"] or now) - (sent or found["requested_at"])),
        "over": bool(found["completed_at"]),
        "sent": bool(sent),
        "crime": words.counted(days, "day") if days is not None else "",
        "short": days is not None and timetocrime.is_short(days),
    }


def overdue_row(found, now, days):
    """A line of those that are overdue, with how far past their limit they are (`days`: limit by agency code)."""
    late = now - found["submitted_at"] - timedelta(days=days.get(found["code"], 14))
    return row(found, now) | {"late": words.span(late) if late > timedelta(0) else ""}


def untraced_row(found, now):
    """A recovered firearm of which no trace was sent: how old, and what keeps it."""
    gun = found | {"type_code": found["type_code"]}
    missing = [label for name, label in NEEDS.items() if not gun[name] and not (name == "serial" and _no_number(gun))]
    return found | {
        "url": reverse("exhibit", args=[found["exhibit_id"]]),
        "ask_url": reverse("trace_edit", args=[found["draft_id"]]) if found["draft_id"] else
                   reverse("trace_new", args=[found["firearm_id"]]),
        "gun": gun_words(found),
        "serial": found["serial"] or ("Obliterated" if found["is_obliterated"] else "No serial"),
        "agency_mark": markup.agency(found["code"], found["mark"], found["agency"]),
        "recovered": words.day(found["recovered_at"], found["zone"], now),
        "age": words.span(now - found["recovered_at"]),
        "old": now - found["recovered_at"] > timedelta(days=30),
        "missing": f"{', '.join(missing)} not known yet" if missing else "",
        "draft": bool(found["draft_id"]),
    }  # fmt: skip


NEEDS = {"make": "make", "model": "model", "caliber": "caliber", "type_code": "type", "serial": "serial number"}


def _no_number(gun):
    return gun["is_obliterated"] or gun["is_privately_made"]


def of_exhibit(made):
    """One trace as the page of its exhibit names it."""
    return {"made": made, "url": reverse("trace", args=[made.pk]), "state": badge(made.status)}


def of_gun(made, now):
    """One trace as a line of a table of the traces of a few guns. Whom it names stands on its own page."""
    exhibit, zone, days = made.firearm.exhibit, made.agency.zone, made.days_to_crime
    sent = made.submitted_at or made.requested_at
    return of_exhibit(made) | {
        "gun": f"{made.firearm.make} {made.firearm.model}".strip() or f"Exhibit {exhibit.number}",
        "case": f"{exhibit.agency.code} {exhibit.incident.case_number}",
        "asked": words.day(sent, zone, now),
        "sold": f"{made.purchased_on:%-d %b %Y}" if made.purchased_on else "Not known",
        "crime": words.counted(days, "day") if days is not None else "Not known",
        "short": days is not None and timetocrime.is_short(days),
    }


def page(made, now, times):
    """One trace with its result: facts, whom it names, and what is computed of it. `times`: how many visible traces
    name the same dealer and purchaser.
    """
    result = getattr(made, "result", None)
    return {
        "state": badge(made.status),
        "lines": _lines(made, now),
        "named": _named(result, times) if result else [],
        "signs": [*_signs(made, result), *_repeats(result, times)],
        "to_add": tracing.ADDABLE.get(made.reason, "") if made.status in Trace.SHORT_OF else "",
        "people": [person for person in made.people.all() if person.last_name or person.first_name or person.alias],
    }


def _lines(made, now):
    zone, days = made.agency.zone, made.days_to_crime
    first_use = made.first_use_days
    lines = [
        ("Trace number", made.trace_number or "None yet"),
        ("Begun", f"{words.moment(made.requested_at, zone, now)}, {made.requested_by}"),
        ("Sent", f"{words.moment(made.submitted_at, zone, now)}, {made.submitted_by}" if made.submitted_at else ""),
        ("Answered", words.moment(made.completed_at, zone, now) if made.completed_at else ""),
        ("Stopped because", made.get_reason_display()),
        ("First sold on", f"{made.purchased_on:%-d %b %Y}" if made.purchased_on else ""),
        ("Recovered on", f"{made.recovered_on:%-d %b %Y}" if made.recovered_on else ""),
        (
            "Time to crime",
            f"{words.counted(days, 'day')}, {timetocrime.bucket(days).lower()}" if days is not None else "",
        ),
        ("To the first NIBIN event", words.counted(first_use, "day") if first_use is not None else ""),
    ]
    return [(label, value) for label, value in lines if value]


def _named(result, times):
    where = ", ".join(filter(None, [result.dealer_city, result.dealer_state]))
    lines = [
        ("Dealer", " ".join(filter(None, [result.dealer_name, f"({where})" if where else ""]))),
        ("License", result.dealer_license),
        ("Purchaser", result.purchaser_name),
        ("Born", f"{result.purchaser_born_on:%-d %b %Y}" if result.purchaser_born_on else ""),
        ("ID", result.purchaser_id_kind),
        ("Multiple sale", YES_NO[result.is_multiple_sale]),
        ("Theft record", result.get_theft_display()),
        ("Remarks", result.remarks),
    ]
    return [(label, value) for label, value in lines if value]


def _signs(made, result):
    """What is computed of an answer, each as (words, tone, icon, address)."""
    found, days = [], made.days_to_crime
    if days is not None and timetocrime.is_short(days):
        found.append(("Under three years from the first sale to the crime", "soon", "flag", ""))
    if result and result.is_multiple_sale:
        found.append(("Sold with other handguns within five business days", "soon", "flag", ""))
    if result and result.theft not in ("", "none"):
        found.append((result.get_theft_display(), "soon", "flag", ""))
    if result and (same := SAME.get(same_person(made, result))):
        found.append((*same, ""))
    return found


def _repeats(result, times):
    return [
        (f"{'1,000+' if number > 1000 else number} traces name this {who}", "soon", "people",
         reverse(f"trace_{who}", args=[result.pk]))
        for who, number in times.items() if number > 1
    ]  # fmt: skip


def same_person(made, result):
    """Whether the purchaser is the possessor: by name and date of birth, an alias is a maybe at most."""
    possessor = next((each for each in made.people.all() if each.kind == TracePerson.Kind.POSSESSOR), None)
    if possessor is None:
        return tracepeople.UNKNOWN
    bought = (result.purchaser_name, result.purchaser_born_on)
    said = tracepeople.same_person(possessor.name, possessor.born_on, *bought)
    alias = tracepeople.same_person(possessor.alias, possessor.alias_born_on or possessor.born_on, *bought)
    if said in (tracepeople.NO, tracepeople.UNKNOWN) and alias in (tracepeople.YES, tracepeople.MAYBE):
        return tracepeople.MAYBE
    return said


def sheet(made):
    """The request in the order of the form, its parts with [(number, label, value)], people in parts VI and VII."""
    parts, people = [], list(made.people.all())
    for part in tracing.PARTS:
        lines = [(number, label, _shown(made, name)) for name, number, label in part.fields]
        if part.numeral == "I":
            lines.insert(0, ("1a", "Date of request", _day(made.submitted_at, made.agency.zone)))
        groups = [lines] if lines else []
        if part.numeral in PEOPLE:
            groups = [person_lines(each) for each in people if each.kind == PEOPLE[part.numeral]]
            if not groups:
                groups = [person_lines(None)] if part.numeral == "VI" else [[("", "", "None")]]
        parts.append({"numeral": part.numeral, "title": part.title, "groups": groups})
    return parts


def _day(at, zone):
    return f"{at.astimezone(ZoneInfo(zone)):%m/%d/%Y}" if at else ""


PEOPLE = {"VI": TracePerson.Kind.POSSESSOR, "VII": TracePerson.Kind.ASSOCIATE}
PERSON = (
    ("6a", "Last name", "last_name"), ("6a", "First name", "first_name"), ("6a", "Middle name", "middle_name"),
    ("6b", "Alias", "alias"), ("6c", "Alias's date of birth", "alias_born_on"), ("6d", "Height", "height"),
    ("6e", "Weight", "weight"), ("6f", "Sex", "sex"), ("6g", "Hispanic or Latino", "is_hispanic"),
    ("6h", "Race", "race"), ("6i", "Route", "route"), ("6j", "Apartment", "apartment"), ("6k", "Number", "number"),
    ("6l", "Direction", "direction"), ("6m", "Street", "street"), ("6n", "City", "city"), ("6o", "County", "county"),
    ("6p", "State", "state"), ("", "ZIP code", "zip_code"), ("", "Country", "country"),
    ("", "Date of birth", "born_on"), ("", "Place of birth", "birthplace"), ("", "ID", "id_kind"),
    ("", "ID number", "id_number"), ("", "ID's state", "id_state"),
)  # fmt: skip


def person_lines(person):
    return [(number, label, _shown(person, name) if person else "") for number, label, name in PERSON]


def _shown(record, name):
    """A value as it stands on paper."""
    value = getattr(record, name)
    if name == "type_code":
        return f"{value} {TYPES.get(value, '')}".strip()
    if name == "race":
        return ", ".join(TracePerson.Race(code).label for code in value.split(",") if code)
    if name in ("priority", "sex"):
        return getattr(record, f"get_{name}_display")()
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return YES_NO[value]
    return f"{value:%m/%d/%Y}" if hasattr(value, "strftime") else str(value)


# List of the desk: address name, label, whether somebody waits for it, whether it is for who works the desk alone.
DESK = {
    "untraced": ("traces_untraced", "Never traced", False, False),
    "overdue": ("traces_overdue", "Overdue", True, False),
    "to_add": ("traces_to_add", "To ask again", False, False),
    "ready": ("traces_ready", "Ready to send", False, True),
    "rows": ("trace_rows", "Results to review", False, True),
}


def desk(counts, here, edits):
    """Tabs over the lists of the trace desk, with how much each holds."""
    tabs = [{"label": "Traces", "url": reverse("traces"), "current": not here}]
    for key, (name, label, is_late, is_work) in DESK.items():
        count = counts[key]
        shown = {"label": label, "url": reverse(name), "current": key == here, "late": is_late and bool(count)}
        if edits or not is_work:
            tabs.append(shown | {"count": "1,000+" if count > 1000 else f"{count:,}"})
    return tabs
