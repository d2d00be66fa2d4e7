"""What the accountability board and the lists of obligations say, in plain values. Nothing is read or written here."""

from urllib.parse import urlencode

from django.urls import reverse

from agencies import drawings
from agencies.access import allows
from leads import clock, pages, policies, rows, told
from leads.insight.owed import CLOSED_DAYS, CLOSED_LABEL, STALE_DAYS, WHICH

COLUMNS = (
    ("nobody", "Nobody", ""),
    ("sent", "Not ack.", "soon-t"),
    ("late", "Overdue", "late-t"),
    ("stale", "Stale", ""),
)
WORKLOAD_SHOWN = 8
EMPTY = {
    "late": ("Nothing is overdue", "An obligation shows here when its clock runs out."),
    "nobody": ("Everything has somebody", "What nobody works on shows here."),
    "proposed": ("Nothing to approve", "What an investigator proposes to close shows here."),
}
NO_ROWS = ("No rows here", "Nothing of your agencies is in this part now.")


def address(**filters):
    """The list that a number of the board opens."""
    return (
        f"{reverse('obligations')}?{urlencode({name: value for name, value in filters.items() if value is not None})}"
    )


def frame(scope, board, late, now):
    """Everything of the board but the twelve weeks. `late`: the first rows of what is overdue."""
    whole = board.whole.open
    lines = board.agencies if scope.by_agency else board.units
    most = max((line.open["open"] for line in lines), default=0)
    heaviest = max((line.open["open"] for line in board.people), default=0)
    return {
        "kpis": kpis(board.whole, now),
        "late_words": late_words(whole["late"], lines, scope),
        "nobody_words": f"{whole['nobody']:,} nobody has taken" if whole["nobody"] else "",
        "late": late,
        "late_url": address(which="late"),
        "late_count": f"{whole['late']:,}",
        "more_late": whole["late"] > len(late),
        "lines": [unit_row(line, scope, most) for line in lines],
        "whole": unit_row(board.whole, scope, most),
        "by_agency": scope.by_agency,
        "people": [person_row(line, heaviest) for line in board.people[:WORKLOAD_SHOWN]],
        "more_people": [person_row(line, heaviest) for line in board.people[WORKLOAD_SHOWN:]],
        "closed_days": CLOSED_DAYS,
        "as_of": as_of(now, scope.zone),
    }


def late_words(late, lines, scope):
    if not late:
        return ""
    where = sum(line.open["late"] > 0 for line in lines)
    noun = "agency" if scope.by_agency else "unit"
    plural = "agencies" if scope.by_agency else "units"
    return f"{late:,} overdue in {where} {noun if where == 1 else plural}"


def kpis(whole, now):
    """The six figures on top, each with its denominator or its worst, and the rows it opens."""
    was, closed = whole.open, whole.closed
    oldest = f"oldest {_age(was['oldest_nobody'], now)}" if was["oldest_nobody"] else "everything has somebody"
    figures = [
        ("open", "Open", "lead", f"{was['proposed']:,} wait for approval"),
        ("nobody", "Nobody assigned", "person", oldest),
        ("sent", "Not acknowledged", "mail", f"of {was['open']:,} open"),
        ("late", "Overdue", "late", f"{was['escalated']:,} escalated"),
        ("stale", "Stale", "clock", f"no activity in {STALE_DAYS} days"),
    ]
    found = [
        {
            "label": label,
            "value": f"{was[name]:,}",
            "icon": drawing,
            "sub": sub,
            "url": address(which=name),
            "tone": "late" if name == "late" and was["late"] else "",
        }
        for name, label, drawing, sub in figures
    ]
    sub = f"{closed['useful']:,} rated useful, 4 or 5 of 5"
    done = {"label": CLOSED_LABEL, "value": f"{closed['closed']:,}", "icon": "checkc", "sub": sub}
    return [*found, done | {"url": address(which="closed")}]


def unit_row(line, scope, most):
    """One agency or unit: its bar, and numbers that open their rows."""
    narrow = {"agency": line.agency_id} if line.agency_id else {}
    if line.agency_id and not scope.by_agency:
        narrow["unit"] = line.id
    was = line.open
    cells = [(was["open"], "", address(which="open", **narrow))]
    cells += [(was[name], tone if was[name] else "", address(which=name, **narrow)) for name, _label, tone in COLUMNS]
    return {
        "name": line.name,
        "under": line.under,
        "bar": bar(was, most),
        "bar_words": f"{was['open']} open, {was['late']} overdue, {was['stale']} stale",
        "cells": cells,
        "closed": (line.closed["closed"], address(which="closed", **narrow)),
        "per_person": line.per_person,
        "in_time": line.in_time,
    }


def person_row(line, most):
    return {
        "name": line.name,
        "bar": bar(line.open, most),
        "bar_words": f"{line.open['open']} open, {line.open['late']} overdue",
        "open": line.open["open"],
        "late": line.open["late"],
        "open_url": address(which="open", person=line.id),
        "late_url": address(which="late", person=line.id),
    }


def bar(was, most):
    """Overdue, stale but not overdue, the rest: three parts of one length."""
    rest = was["open"] - was["late"] - was["stale_in_time"]
    return drawings.bar([("late", was["late"]), ("soon", was["stale_in_time"]), ("open", rest)], most)


def row(obligation, user, zone, now):
    """One obligation in a list."""
    state = obligation.state
    steps = [
        (policies.decide_closing, "Decide", "obligation_approve"),
        (policies.assign, "Reassign" if obligation.investigator_id else "Assign", "obligation_assign"),
        (policies.reroute, "Route on", "obligation_reroute"),
    ]
    if obligation.is_stranded:
        steps = [(policies.return_, "Return", "obligation_return")]
    can = next((each for each in steps if allows(each[0], user, obligation)), None)
    return {
        "obligation": obligation,
        "lead": obligation.lead,
        "mini": rows.mini(obligation.lead.line),
        "clock": pages.face(obligation, now),
        "agency": obligation.agency,
        "person": str(obligation.investigator or ""),
        "unit": pages.STRANDED if obligation.is_stranded else str(obligation.unit or "No unit"),
        "told": told.of(obligation) if obligation.due_at else "",
        "since": pages.day_time(obligation.stage_started_at, zone, now),
        "state": obligation.get_state_display(),
        "ended": obligation.get_outcome_display() if state == "closed" else "",
        "action": can and (can[1], reverse(can[2], args=[obligation.pk])),
    }


def list_frame(scope, filters, many, board_names):
    """Tabs and chips of the list of obligations."""
    kept = {"agency": filters.agency, "unit": filters.unit, "person": filters.person}
    tabs = [
        {"label": label, "url": address(which=name, **kept), "current": name == filters.which}
        for name, (label, _words) in WHICH.items()
        if name != "escalated" or filters.which == "escalated"
    ]
    closed = {"label": CLOSED_LABEL, "url": address(which="closed", **kept), "current": filters.which == "closed"}
    chips = [
        {"label": name.capitalize(), "value": value, "url": address(which=filters.which, **(kept | {name: None}))}
        for name, value in board_names.items()
    ]
    label = CLOSED_LABEL if filters.which == "closed" else WHICH[filters.which][0]
    return {
        "tabs": [*tabs, closed],
        "chips": chips,
        "words": f"{many:,} {'obligation' if many == 1 else 'obligations'}",
        "label": label,
        "order": "the newest first" if filters.which == "closed" else "the worst first",
        "show_agency": scope.by_agency,
        "empty": EMPTY.get(filters.which, NO_ROWS),
    }


def _age(at, now):
    span = now - at
    return f"{span.days:,} d" if span.days > 2 else clock.human(int(span.total_seconds()) // 60, exact=False)


def as_of(now, zone):
    return pages.moment(now, zone)
