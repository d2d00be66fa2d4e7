"""What the pages of outcomes say, in plain values. Nothing is read or written here."""

from urllib.parse import urlencode

from django.urls import reverse

from agencies.access import allows, has_permission
from agencies.roles import Permission
from leads import outcomes
from leads.insight.owed import CLOSED_DAYS
from leads.models import Outcome
from leads.policies import outcomes as policies_outcomes

COUNTED = (
    "One arrest, warrant or gun counts once in the whole, however many leads and agencies name it. Each agency that "
    "took part is shown with it, so that the lines may add up to more than the whole."
)
EMPTY = (
    "Nothing counted yet",
    "An arrest, a warrant or a recovered gun shows here when a part of a lead is closed with it.",
)


def address(**filters):
    """The list that a number opens."""
    query = urlencode({name: value for name, value in filters.items() if value})
    return f"{reverse('outcomes')}?{query}" if query else reverse("outcomes")


def board(counts, scope):
    """What the board says of outcomes: [(how many, words, address)] of the whole, and a line for each agency that took
    part in any.
    """
    lines = [
        {"agency": each, "cells": _cells(counts, each.pk)}
        for each in scope.agencies.values()
        if any(agency == each.pk for agency, _kind in counts)
    ]
    return {"whole": _cells(counts, None), "lines": lines, "counted": COUNTED, "any": bool(counts)}


def _cells(counts, agency):
    found = outcomes.counted({kind: many for (whose, kind), many in counts.items() if whose == agency})
    return [(many, words, address(kind=kind, agency=agency)) for kind, many, words in found]


def frame(rows, kind, agency, scope):
    """The list: which kind, whose, and its tabs."""
    tabs = [("All", "")] + [(each.label, each.value) for each in Outcome.Kind]
    return {
        "tabs": [
            {"label": label, "url": address(kind=one, agency=agency), "current": one == kind} for label, one in tabs
        ],
        "rows": [row(each) for each in rows],
        "whose": scope.agencies[agency].name if agency else "",
        "all_url": address(kind=kind),
        "days": CLOSED_DAYS,
        "counted": COUNTED,
        "empty": EMPTY,
    }


def row(outcome):
    return {
        "outcome": outcome,
        "url": outcome.get_absolute_url(),
        "number": outcome.number or "No number",
        "day": outcomes.day(outcome.happened_on),
    }


def page(outcome, parts, merged, into, user):
    """One outcome: the parts that name it, of those the reader sees, what was found to be it, and `into` what it was
    found to be, where the reader sees that.
    """
    return {
        "outcome": outcome,
        "one": row(outcome),
        "parts": parts,
        "leads": len({each.lead_id for each in parts}),
        "agencies": len({each.agency_id for each in parts}),
        "merged": [row(each) | {"may_part": allows(policies_outcomes.part, user, each)} for each in merged],
        "into": into and row(into),
        "on_board": has_permission(user, Permission.DASHBOARD_VIEW),
        "may_merge": allows(policies_outcomes.merge, user, outcome),
        "may_part": allows(policies_outcomes.part, user, outcome),
    }
