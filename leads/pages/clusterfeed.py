"""What happened to one presumed gun, over all its leads and agencies, in one order: plain values for the feed."""

from leads.gunline import group_of
from leads.pages import leads as pages

MOST = 50
ALL = ""
KINDS = (
    (ALL, "All"),
    ("events", "Events"),
    ("notices", "Notices"),
    ("results", "Laboratory"),
    ("work", "Work"),
    ("outcomes", "Outcomes"),
    ("links", "Links"),
)
DID = {
    "joined": "Lead {lead} joined. {why}",
    "left": "Lead {lead} left. {why}",
    "merged": "Lead {lead} moved to {other}. {why}",
    "parted": "Lead {lead} parted into {other}. {why}",
}
ICONS = {"joined": "link", "left": "back", "merged": "swap", "parted": "swap"}
RESULTS = {"confirmed": "seal", "inconclusive": "note", "eliminated": "x", "unsuitable": "note"}


def entries(whole, show, zone, now):
    """({newest first, at most `MOST`}, whether there are more) of what a reader sees of a cluster; `show` is one kind
    of `KINDS`, or all.
    """
    makers = {
        "events": _events,
        "notices": _notices,
        "results": _results,
        "work": _work,
        "outcomes": _outcomes,
        "links": _links,
    }
    found = [entry for kind, make in makers.items() if show in (ALL, kind) for entry in make(whole)]
    found.sort(key=lambda entry: entry["at"], reverse=True)
    shown = [
        entry | {"iso": entry["at"].isoformat(), "when": pages.moment(entry["at"], zone, now.year)}
        for entry in found[:MOST]
    ]
    return shown, len(found) > MOST


def _case(event):
    return f"{event.agency.code if event.agency else event.agency_text or 'Agency not given'} {event.case_number}"


def _events(whole):
    """Each case once, however many leads name it."""
    seen = {}
    for event in whole.events:
        if event.occurred_at:
            seen.setdefault(event.incident_id or f"event {event.pk}", event)
    for event in seen.values():
        group = group_of(event.kind)
        yield {"at": event.occurred_at, "icon": group.icon, "who": _case(event), "text": event.get_kind_display()}


def _notices(whole):
    for lead in whole.leads:
        yield {"at": lead.opened_at, "icon": "lead", "who": lead.number, "text": "came in by a notice"}
    for event in whole.events:
        if event.added_at > event.lead.opened_at:
            text = f"grew by a later notice: {_case(event)}"
            yield {"at": event.added_at, "icon": "plus", "who": event.lead.number, "text": text}


def _results(whole):
    for each in whole.comparisons:
        since = " Corrected since." if each.status == each.Status.SUPERSEDED else ""
        cases = f"{_case(each.first)} and {_case(each.second)}"
        text = f"{each.get_result_display()}: {cases} on {each.lead.number}, report {each.report}.{since}"
        yield {"at": each.recorded_at, "icon": RESULTS[each.result], "who": str(each.recorded_by), "text": text}
    for event in whole.events:
        if event.confirmed_at and not event.paired:
            text = f"confirmed on {event.lead.number}, {event.report}; the other specimen is not named"
            yield {"at": event.confirmed_at, "icon": "seal", "who": _case(event), "text": text}


def _work(whole):
    for each in whole.activities:
        found = f" {each.get_result_display()}." if each.result else ""
        text = f"{each.get_kind_display().lower()} on {each.lead.number}: {each.text}{found}"
        yield {"at": each.at, "icon": "note", "who": f"{each.by}, {each.agency.code}", "text": text}


def _outcomes(whole):
    for each in whole.closed:
        text = f"closed its part of {each.lead.number}: {each.get_outcome_display()}"
        yield {"at": each.closed_at, "icon": "checkc", "who": each.agency.code, "text": text}


def _links(whole):
    for each in whole.changes:
        text = DID[each.kind].format(lead=each.lead.number, other=each.other, why=each.why)
        yield {"at": each.at, "icon": ICONS[each.kind], "who": str(each.by), "text": text}
