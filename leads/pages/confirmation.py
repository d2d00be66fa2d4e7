"""Requests for confirmation and pairs of cases as pages show them: rows in, words out. No queries."""

from zoneinfo import ZoneInfo

from django.urls import reverse

from agencies import markup
from evidence import words
from evidence.pages import rows as evidence_rows
from evidence.pages.laboratory import turned
from leads import pairs
from leads.models import Comparison, ConfirmationRequest
from leads.pages import rows

Status, Result = ConfirmationRequest.Status, Comparison.Result
TONES = {
    Status.ASKED: ("soon", "right"),
    Status.RECEIVED: ("accent", "flask"),
    Status.ASSIGNED: ("accent", "person"),
    Status.REPORTED: ("good", "check"),
    Status.RETURNED: ("soon", "back"),
    Status.CANCELLED: ("", "minus"),
}
RESULTS = {
    Result.CONFIRMED: ("good", "seal"),
    Result.INCONCLUSIVE: ("soon", "help"),
    Result.ELIMINATED: ("late", "x"),
    Result.UNSUITABLE: ("", "minus"),
}
TABS = [
    ("", "Waiting"),
    ("late", "Late"),
    ("mine", "Mine"),
    ("reported", "Reported"),
    ("returned", "Sent back"),
    ("cancelled", "Cancelled"),
]
NOT_VERIFIED = "Verification not recorded"
WAITS = tuple(status.value for status in ConfirmationRequest.OPEN)


def late(status, needed_on, zone, now):
    return status in WAITS and needed_on < now.astimezone(ZoneInfo(zone)).date()


def row(found, calendars, now):
    """A line of the list."""
    calendar = calendars.setdefault(found["laboratory_id"], evidence_rows.calendar(found))
    status = Status(found["status"])
    return found | {
        "url": reverse("confirmation", args=[found["id"]]),
        "stamp": markup.stamp(pairs.words(found["hits"], found["confirmed_count"], found["events_count"])),
        "what": words.counted(found["events"], "event"),
        "pairs": words.counted(pairs.possible(found["events"]), "pair"),
        "agency_mark": markup.agency(found["code"], found["mark"], found["agency"]),
        "state": markup.badge(status.label, *TONES[status]),
        "who": " ".join(filter(None, [found["title"], found["examiner"]])),
        "needed": f"{found['needed_on']:%-d %b %Y}",
        "court": f"Court {found['court_on']:%-d %b}" if found["court_on"] else "",
        "late": late(status, found["needed_on"], found["zone"], now),
        "asked": words.day(found["requested_at"], found["zone"], now),
        "took": turned(found["received_at"], found["reported_at"], now, calendar),
        "over": bool(found["reported_at"]) or status not in WAITS,
    }


def pair_row(found):
    """A line of the list of pairs."""
    result = Result(found["result"])
    return found | {
        "url": reverse("lead", args=[found["lead_id"]]) + "#pairs",
        "one": _case(found, "first"),
        "two": _case(found, "second"),
        "state": markup.badge(result.label, *RESULTS[result]),
        "by": " ".join(filter(None, [found["title"], found["examiner"]])),
        "second_by": " ".join(filter(None, [found["second_title"], found["second"]])),
        "on": f"{found['reported_on']:%-d %b %Y}",
    }


def _case(found, side):
    code = found[f"{side}_code"] or found[f"{side}_text"] or "Not given"
    return {"mark": markup.agency(code, found[f"{side}_mark"] or 0), "case": found[f"{side}_case"]}


def page(found, items, table, now):
    """One request: what is asked, the events with their evidence, its pairs, the steps, how long it is there."""
    zone, status = found.laboratory.zone, Status(found.status)
    steps = [
        ("Asked", found.requested_at, found.requested_by, "right"),
        ("Received", found.received_at, found.received_by, "check"),
        (f"Given to {found.examiner}", found.assigned_at, found.assigned_by, "person"),
        ("Reported", found.reported_at, found.reported_by, "seal"),
        ("Sent back", found.returned_at, found.returned_by, "back"),
        ("Cancelled", found.cancelled_at, found.cancelled_by, "x"),
    ]
    facts = [
        ("Laboratory", str(found.laboratory)),
        ("Asked by", f"{found.requested_by}, {found.agency}"),
        ("What it is for", found.note),
        ("Needed by", f"{found.needed_on:%a %-d %b %Y}"),
        ("Court date", f"{found.court_on:%a %-d %b %Y}" if found.court_on else ""),
        ("Examiner", str(found.examiner or "")),
        ("Sent back because" if status == Status.RETURNED else "Why", found.reason),
    ]
    return {
        "badge": markup.badge(status.label, *TONES[status]),
        "late": late(status, found.needed_on, zone, now),
        "took": turned(found.received_at, found.reported_at, now, found.laboratory.working_calendar),
        "over": not found.is_open,
        "facts": [(label, value) for label, value in facts if value],
        "items": items,
        "table": table,
        "steps": [
            {
                "icon": icon,
                "who": label,
                "text": f"by {who}",
                "iso": at.isoformat(),
                "when": words.moment(at, zone, now),
            }
            for label, at, who, icon in sorted((step for step in steps if step[1]), key=lambda s: s[1], reverse=True)
        ],
    }


def table(lead, events, comparisons, requests, *, may_correct=None, may_settle=None):
    """The pairs of a line as its page shows them. `events`: every one, also those that were withdrawn; a pair that was
    neither asked nor compared stands in `rest` alone.

    may_correct, may_settle: whether the reader may, of a comparison.
    """
    by_id = {event.pk: event for event in events}
    shown = {}
    for request in requests:
        if request.is_open:
            asked = sorted(item.event_id for item in request.items.all())
            for at, one in enumerate(asked):
                shown |= {(one, two): _waiting(request, by_id[one], by_id[two]) for two in asked[at + 1 :]}
    proposals = {each.replaces_id: each for each in comparisons if each.status == Comparison.Status.PROPOSED}
    for each in comparisons:
        if each.status == Comparison.Status.STANDING:
            asked = shown.get((each.first_id, each.second_id), {})
            proposal = proposals.get(each.pk)
            line = _compared(each, by_id, proposal, may_correct, may_settle)
            again = asked and each.result not in Comparison.FINAL
            shown[(each.first_id, each.second_id)] = line | ({"again": asked["request"]} if again else {"again": None})
    many = pairs.possible(lead.events_count)
    standing = {event.pk for event in events if event.withdrawn_at is None}
    told = sum(1 for one, two in shown if one in standing and two in standing)
    return {
        "rows": [shown[key] for key in sorted(shown, key=lambda key: _place(by_id, key))],
        "hits": lead.hits,
        "many": many,
        "rest": max(0, many - told),
        "before": [_former(each, by_id) for each in comparisons if each.status in FORMER],
    }


FORMER = (Comparison.Status.SUPERSEDED, Comparison.Status.REFUSED)


def _place(by_id, key):
    first, second = (by_id[pk] for pk in key)
    return [(each.occurred_at is None, each.occurred_at and each.occurred_at.timestamp(), each.pk)
            for each in (first, second)]  # fmt: skip


def _side(event):
    code = event.agency.code if event.agency else event.agency_text or "Not given"
    mark = markup.agency(code, event.agency.mark if event.agency else 5)
    return {"mark": mark, "case": event.case_number, "off": event.withdrawn_at is not None}


def _waiting(request, one, two):
    status = Status(request.status)
    return {
        "one": _side(one), "two": _side(two), "state": markup.badge(status.label, *TONES[status]), "request": request,
        "report": "", "on": "", "by": f"Needed by {request.needed_on:%-d %b %Y}", "second": "", "off": "",
        "note": "", "correct": "", "proposal": None, "settle": "", "again": None,
    }  # fmt: skip


def _compared(found, by_id, proposal, may_correct, may_settle):
    result, off = Result(found.result), by_id.get(found.off_id)
    agreed = found.verified_by or (found.settled_by if found.replaces_id else None)
    return {
        "one": _side(by_id[found.first_id]),
        "two": _side(by_id[found.second_id]),
        "state": markup.badge(result.label, *RESULTS[result]),
        "request": found.request,
        "report": found.report,
        "on": f"{found.reported_on:%-d %b %Y}",
        "by": str(found.recorded_by),
        "second": (f"verified by {agreed}" if agreed else "")
        or ("Verification not recorded" if result in Comparison.FINAL else ""),
        "off": f"{off.case_number} is off the line" if off else "",
        "note": f"Corrected: {found.reason}" if found.reason else found.note,
        "correct": reverse("comparison_correct", args=[found.pk]) if may_correct and may_correct(found) else "",
        "proposal": proposal and _former(proposal, by_id),
        "settle": (
            reverse("comparison_settle", args=[proposal.pk]) if proposal and may_settle and may_settle(proposal) else ""
        ),
    }


def _former(found, by_id):
    one, two = by_id[found.first_id], by_id[found.second_id]
    return {
        "pair": f"{one.case_number} with {two.case_number}",
        "result": found.get_result_display().lower(),
        "report": found.report,
        "by": str(found.recorded_by),
        "reason": found.reason,
        "state": found.get_status_display(),
        "on": f"{found.reported_on:%-d %b %Y}",
    }


def step(found, now):
    """What stands above a form of one step."""
    return {"mini": rows.mini(found.lead.line), "found": found, "lead": found.lead}


def figures(many, waiting, address):
    """The figures of a period for a board: hits of the pairs compared, each number with its rows."""
    compared = sum(many.values())
    opened = f"{reverse('confirmations')}"
    late = waiting["late"]
    parts = [
        ("Hits", Result.CONFIRMED, "seal", f"of {compared:,} pairs of cases compared (n)"),
        ("Inconclusive", Result.INCONCLUSIVE, "help", "the link stays unconfirmed"),
        ("Unsuitable", Result.UNSUITABLE, "minus", "cannot be compared"),
        ("Eliminated", Result.ELIMINATED, "x", "not one firearm"),
    ]
    found = [
        {"label": label, "value": f"{many[result]:,}", "icon": icon, "sub": sub, "url": address(result.value),
         "tone": "", "sub_url": address("") if result == Result.CONFIRMED else ""}
        for label, result, icon, sub in parts
    ]  # fmt: skip
    sub = f"{min(late, 1000):,} past the day it is needed" if late else "none is late"
    found.append(
        {"label": "Waiting at laboratories", "value": f"{min(waiting['open'], 1000):,}", "icon": "flask", "sub": sub,
         "url": opened, "sub_url": f"{opened}?show=late" if late else "", "tone": "late" if late else ""}
    )  # fmt: skip
    return found
