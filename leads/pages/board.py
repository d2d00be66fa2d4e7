"""What the accountability board and the lists of obligations say, in plain values. Nothing is read or written here."""

from datetime import timedelta
from urllib.parse import urlencode

from django.urls import reverse

from agencies import drawings
from agencies.access import allows
from leads import clock, policies
from leads.insight.accountability import FEW
from leads.insight.owed import CLOSED_DAYS, CLOSED_LABEL, LISTS, WHICH
from leads.pages import leads as pages
from leads.pages import rows, weekschart
from leads.pages import time as timepage
from leads.policies import time as policies_time
from leads.queries import told

COLUMNS = (
    ("nobody", "Nobody", ""),
    ("sent", "Not ack.", "soon-t"),
    ("late", "Overdue", "late-t"),
    ("stale", "Stale", ""),
    ("paused", "Paused", ""),
)
WORKLOAD_SHOWN = 8
EMPTY = {
    "late": ("Nothing is overdue", "An obligation shows here when its clock runs out."),
    "nobody": ("Everything has somebody", "What nobody works on shows here."),
    "asked": ("Nobody asks for time", "A pause or more time that waits for a decision shows here."),
    "paused": ("No clock stands still", "What waits for a laboratory, another agency, a court or a victim shows here."),
    "proposed": ("Nothing to approve", "What an investigator proposes to close shows here."),
}
NO_RATE = {"text": "-", "tone": "zero", "url": "", "of": ()}
NO_ROWS = ("No rows here", "Nothing of your agencies is in this part now.")
# Who answers one of these goes back to the others.
ANSWERED = ("proposed", "asked")
TABS = tuple(name for name in WHICH if name != "escalated")
RAN_OUT = {
    "acknowledge": "To acknowledge",
    "assign": "To assign",
    "start": "First activity",
    "update": "Report",
    "approve": "To approve",
}


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
        "paused_words": paused_words(whole),
        "paused_url": address(which="paused"),
        "nobody_words": f"{whole['nobody']:,} nobody has taken" if whole["nobody"] else "",
        "asked_words": f"Time to decide: {whole['asked']:,}" if whole["asked"] else "",
        "asked_url": address(which="asked"),
        "late": late,
        "late_url": address(which="late"),
        "nobody_url": address(which="nobody"),
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


def rule_url(user, scope):
    """Where a leader of one agency says when its work is stale, "" for others."""
    own = [each for each in scope.agencies.values() if allows(policies_time.set_rule, user, each)]
    return reverse("clock_rule", args=[own[0].pk]) if len(own) == 1 else ""


def paused_words(was):
    """How many clocks stand still, and for how many days together so far."""
    return f"{was['paused']:,} paused, {timepage.days(was['stood'])} so far" if was["paused"] else ""


def taken(found):
    """What a page says of time taken out of clocks: those that stand still, and those given more."""
    words = paused_words({"paused": found.paused, "stood": found.stood})
    more = f"{found.extended:,} extended by {found.days:,} business day{'' if found.days == 1 else 's'}"
    return {"paused_words": words, "paused_url": address(which="paused"), "more_words": more if found.extended else ""}


def kpis(whole, now):
    """The six figures on top, each with its denominator or its worst, and the rows that both open."""
    was, closed = whole.open, whole.closed
    oldest = f"oldest {_age(was['oldest_nobody'], now)}" if was["oldest_nobody"] else "everything has somebody"
    figures = [
        ("open", "Open", "lead", f"{was['proposed']:,} wait for approval", "proposed"),
        ("nobody", "Nobody assigned", "person", oldest, "nobody"),
        ("sent", "Not acknowledged", "mail", f"of {was['open']:,} open", "open"),
        ("late", "Overdue", "late", f"{was['escalated']:,} escalated", "escalated"),
        ("stale", "Stale", "clock", "nothing done for days", ""),
        ("closed", CLOSED_LABEL, "checkc", f"{closed['useful']:,} rated useful, 4 or 5 of 5", "useful"),
    ]
    return [
        {
            "label": label,
            "value": f"{(closed if name == 'closed' else was)[name]:,}",
            "icon": drawing,
            "sub": sub,
            "url": address(which=name),
            "sub_url": opened and address(which=opened),
            "tone": "late" if name == "late" and was["late"] else "",
        }
        for name, label, drawing, sub, opened in figures
    ]


def unit_row(line, scope, most):
    """One agency or unit: its bar, and numbers that open their rows; a rate opens those it is taken of."""
    narrow = {"agency": line.agency_id} if line.agency_id else {}
    if line.agency_id and not scope.by_agency:
        narrow["unit"] = line.id
    was, closed = line.open, line.closed["closed"]

    def cell(value, which, tone=""):
        return {"text": value, "tone": tone if value else "zero", "url": address(which=which, **narrow), "of": ()}

    return {
        "name": line.name,
        "under": line.under,
        "bar": bar(was, most),
        "bar_words": f"{was['open']} open, {was['late']} overdue, {was['stale']} stale",
        "cells": [
            cell(was["open"], "open"),
            *(cell(was[name], name, tone) for name, _label, tone in COLUMNS),
            cell(closed, "closed"),
            NO_RATE if line.per_person is None else cell(line.per_person, "open"),
            _rate(line.in_time, closed, cell),
        ],
    }


def _rate(share, closed, cell):
    """The share closed in time: of fewer than ten only that they are few."""
    if share is None:
        return cell(f"n<{FEW}", "closed") | {"tone": "zero"} if closed else NO_RATE
    return cell(f"{share}%", "in_time")


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


def weeks_frame(weeks):
    """The twelve weeks: their drawing, what the halves sum up to, and a line each; every number opens its rows."""
    half = len(weeks) // 2
    sums = [
        (sum(week[place] for week in part), address(which=which, first=part[0][0], weeks=len(part)))
        for place, which in ((1, "came"), (2, "ran_out"))
        for part in (weeks[half:], weeks[:half])
    ]
    lines = [
        (
            monday,
            came,
            address(which="came", first=monday, weeks=1),
            out,
            address(which="ran_out", first=monday, weeks=1),
        )
        for monday, came, out in weeks
    ]
    return {"chart": weekschart.draw(weeks), "sums": sums, "weeks": lines}


def row(obligation, user, zone, now):
    """One obligation in a list."""
    state = obligation.state
    steps = [
        (policies.decide_closing, "Decide", "obligation_approve"),
        (policies_time.decide, "Decide on time", "obligation_time"),
        (policies.assign, "Reassign" if obligation.investigator_id else "Assign", "obligation_assign"),
        (policies.reroute, "Route on", "obligation_reroute"),
    ]
    if obligation.is_stranded:
        steps = [(policies.return_, "Return", "obligation_return")]
    can = next((each for each in steps if allows(each[0], user, obligation)), None)
    face, ended = pages.face(obligation, now), obligation.get_outcome_display() if state == "closed" else ""
    if obligation.ran_out:
        stage, at = obligation.ran_out
        ended = f"{RAN_OUT[stage]}: ran out {pages.day_time(at, zone, now)}"
        face.pop("id", None)  # the same obligation can stand in the list once more
    return {
        "obligation": obligation,
        "lead": obligation.lead,
        "mini": rows.mini(obligation.lead.line),
        "clock": face,
        "agency": obligation.agency,
        "person": str(obligation.investigator or ""),
        "unit": pages.STRANDED if obligation.is_stranded else str(obligation.unit or "No unit"),
        "told": told.of(obligation) if obligation.due_at else "",
        "since": pages.day_time(obligation.stage_started_at, zone, now),
        "state": obligation.get_state_display(),
        "standing": timepage.standing(obligation, now),
        "ended": ended,
        "action": can and (can[1], reverse(can[2], args=[obligation.pk])),
    }


def list_frame(scope, filters, many, board_names):
    """Tabs and chips of the list of obligations."""
    part = LISTS[filters.which]
    kept = {"agency": filters.agency, "unit": filters.unit, "person": filters.person}
    tabs = [
        {"label": LISTS[name].label, "url": address(which=name, **kept), "current": name == filters.which}
        for name in (*TABS, "closed")
    ]
    if filters.which not in (*TABS, "closed"):
        tabs.append({"label": part.label, "url": address(**filters._asdict()), "current": True})
    chips = [
        {"label": name.capitalize(), "value": value, "url": address(**(filters._asdict() | {name: None}))}
        for name, value in board_names.items()
    ]
    noun = "clock" if part.stage != "''" else "obligation"
    return {
        "tabs": tabs,
        "chips": chips,
        "words": f"{many:,} {noun}{'' if many == 1 else 's'}",
        "label": part.label,
        "dates": _dates(filters),
        "order": "the newest first" if part.newest else "the worst first",
        "show_agency": scope.by_agency,
        "empty": EMPTY.get(filters.which, NO_ROWS),
        "back": filters.which if filters.which in ANSWERED else "list",
    }


def _dates(filters):
    """The days of a list of weeks, "" for one that is of today."""
    if not filters.first:
        return ""
    last = filters.first + timedelta(weeks=filters.weeks, days=-1)
    return f"{filters.first:%-d %b %Y} to {last:%-d %b %Y}"


def _age(at, now):
    span = now - at
    return f"{span.days:,} d" if span.days > 2 else clock.human(int(span.total_seconds()) // 60, exact=False)


def as_of(now, zone):
    return pages.moment(now, zone)
