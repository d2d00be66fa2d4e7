"""What the page of one lead says, from its dossier: plain values for the components."""

from functools import partial
from zoneinfo import ZoneInfo

from django.urls import reverse

from agencies.access import allows, has_permission
from agencies.roles import Permission
from leads import clock, outcomes, policies
from leads.gunline import group_of
from leads.models import Obligation
from leads.pages import confirmation as confirmationpage
from leads.pages import entity as entitypage
from leads.pages import feed, rows
from leads.pages import leads as pages
from leads.pages.dossier import FEED
from leads.policies import casetasks as policies_tasks
from leads.policies import clusters as policies_clusters
from leads.policies import confirmation
from leads.policies import questions as policies_questions
from leads.policies import time as policies_time

State = Obligation.State

# What can be done with an obligation, in the order in which it is offered; the first allowed one is the next step.
VERBS = (
    (policies.acknowledge, "Acknowledge", "obligation_acknowledge"),
    (policies.assign, "Assign", "obligation_assign"),
    (policies.decide_closing, "Approve closing", "obligation_approve"),
    (policies.decide_closing, "Send back", "obligation_send_back"),
    (policies_time.decide, "Decide on time", "obligation_time"),
    (policies.take, "Take it on", "obligation_take"),
    (policies.start, "Take it on", "obligation_start"),
    (policies.log, "Log activity", "obligation_log"),
    (policies.propose, "Propose closing", "obligation_propose"),
    (policies.assign, "Reassign", "obligation_assign"),
    (policies_time.resume, "Run again", "obligation_resume"),
    (policies_time.pause, "Pause", "obligation_pause"),
    (policies_time.extend, "Ask for time", "obligation_extend"),
    (policies_tasks.give, "Tasks", "obligation_tasks"),
    (policies_questions.ask, "Ask the analyst", "question_new"),
    (policies.return_, "Return", "obligation_return"),
    (policies.reroute, "Route on", "obligation_reroute"),
)
# What else may be done with a lead: what allows it, its label, its drawing, its address, whether it opens as a sheet.
DOINGS = (
    ("may_seek", "Ask for confirmation", "seal", "confirmation_new", False),
    ("may_ask", "Ask an agency", "people", "lead_ask", True),
    ("may_packet", "Packet", "file", "packet_new", False),
    ("may_disclose", "Disclosure", "scale", "disclosure_index", False),
    ("may_bulletin", "Bulletin", "doc", "bulletin_new", False),
    ("may_join", "Same gun", "link", "lead_pair", True),
    ("may_refer", "Refer", "scale", "referral_new", True),
)
TIMES = ("", "once", "twice", "three times", "four times", "five times")
WHY = {
    "center": "keeps the lead",
    "event": "has an event on the line",
    "site": "gave notice",
    "office": "a case was referred to it",
    "asked": "was asked to take part",
}


def context(lead, parts, user, reader, now, *, whole, paper=False):
    """Everything templates/leads/lead.html draws; on `paper` every time is a date with its year, read at any time."""
    zone, year = reader.zone, 0 if paper else now.year
    entries, read = feed.items(parts, lambda at: _when(at, zone, None if paper else now), None if whole else FEED)
    cards = [_card(each, parts, user, zone, now, year) for each in parts.obligations]
    own = [card for card in cards if card["agency_id"] in reader.agencies]
    triages = has_permission(user, Permission.LEAD_TRIAGE, lead.agency_id)
    return {
        "lead": lead,
        "line": pages.line(lead, zone, now),
        "score": pages.score(lead, zone, year),
        "cards": own + [card for card in cards if card not in own],
        "primary": next((card["actions"][0] for card in own if card["actions"]), None),
        "events": [_event(each, parts.cases, zone, None if paper else now) for each in parts.events],
        "events_words": _events_words(parts.events),
        "stamp_words": _stamp_words(lead, parts.events, zone),
        "worst": _worst(lead, parts, now),
        "span": rows.span_words(_as_row(lead)),
        "notice": f"{lead.notice_on:%a %-d %b %Y}",
        "reviewed": _reviewed(lead, parts),
        "feed": entries,
        "more_feed": not whole and read > FEED,
        "files": parts.files,
        "viewers": [_viewer(each, lead, parts) for each in parts.viewers],
        "people": sum(each.people for each in parts.viewers),
        "referrals": parts.referrals,
        "outcomes": [(each, outcomes.words(each)) for each in outcomes.named_by(parts.obligations)],
        "may_confirm": any(allows(policies.confirm, user, _of(each, lead)) for each in parts.events),
        "pairs": _pairs(lead, parts, None if paper else user),
        "may_record": not paper and allows(confirmation.record, user, lead),
        "may_seek": not paper and allows(confirmation.ask, user, lead, parts=_parts_of(lead, parts)),
        "may_ask": not paper and allows(policies.ask, user, lead),
        "cluster": parts.cluster if lead.shares_gun or triages else None,
        "desk": _on_desk(lead),
        "may_triage": triages,
        "may_join": not paper and allows(policies_clusters.say, user, lead),
        "may_file": allows(policies.add_file, user, lead),
        "may_refer": allows(policies.refer, user, lead),
        "as_of": pages.dated(now, zone) if paper else pages.moment(now, zone),
    } | entitypage.on_lead(lead, parts, user, zone, None if paper else now, _parts_of(lead, parts))


def doings(lead, may):
    """What else this reader may do with the lead, for its head; `may` says what is allowed."""
    return [
        {"label": label, "icon": drawing, "url": reverse(name, args=[lead.pk]), "sheet": sheet}
        for allowed, label, drawing, name, sheet in DOINGS
        if may[allowed]
    ]


def _pairs(lead, parts, user):
    """The table of pairs; without a user, as on paper, nothing in it can be done."""
    for each in parts.comparisons:
        each.lead = lead
    may = user and {
        "may_correct": partial(allows, confirmation.correct, user),
        "may_settle": partial(allows, confirmation.settle, user),
    }
    return confirmationpage.table(lead, parts.every, parts.comparisons, parts.requests, **(may or {}))


def _parts_of(lead, parts):
    owe, prosecute = (each.agency_id for each in parts.obligations), (each.office_id for each in parts.referrals)
    return {lead.agency_id, *owe, *prosecute}


def _reviewed(lead, parts):
    """Who reviewed the images before the notice went out: (words, tone). A notice of a site that keeps its reviews
    here and has no second one is marked.
    """
    found = parts.review
    if found and found.second_by and found.status == found.Status.RELEASED:
        return f"Reviewed by {found.first_by} and {found.second_by}", ""
    if parts.let_go:
        return f"Released without reviewer 2 by {parts.let_go.decided_by}: {parts.let_go.reason}", "soon-t"
    if lead.reviewer_1 or lead.reviewer_2:
        said = " and ".join(filter(None, [lead.reviewer_1, lead.reviewer_2]))
        return f"Reviewed by {said}, as the notice says", ""
    if parts.reviews_here:
        return f"No second review on record at {lead.site}", "soon-t"
    return "Reviewers not said", "muted"


def _of(event, lead):
    event.lead = lead
    return event


def _as_row(lead):
    names = ("caliber", "line", "first_event_at", "last_event_at", "events_count")
    return {name: getattr(lead, name) for name in names}


def _card(obligation, parts, user, zone, now, year):
    actions = [
        {"label": label, "url": reverse(name, args=[obligation.pk]), "sheet": True}
        for policy, label, name in VERBS
        if label != ("Assign" if obligation.investigator_id else "Reassign") and allows(policy, user, obligation)
    ]
    told = [
        each.at
        for each in parts.escalations
        if each.obligation_id == obligation.pk
        and each.level > 2
        and each.stage_started_at == obligation.stage_started_at
    ]
    card = pages.card(obligation, now, zone, actions, sorted(told)[-2:], year)
    # The steps under it name the stage.
    clock_ = card["clock"] | {"stage": ""} if obligation.steps else card["clock"]
    return card | {"pk": obligation.pk, "agency_id": obligation.agency_id, "clock": clock_}


def _on_desk(lead):
    """The row of a lead that was not sent, else None."""
    item = getattr(lead, "desk", None)
    return item if item and item.state != item.State.SENT else None


def _worst(lead, parts, now):
    """The status line's first words: what is late, else what is due soon, else how many still owe."""
    if (item := _on_desk(lead)) and not parts.obligations:
        return {"tone": "", "icon": "pause", "words": f"Not sent: {item.get_state_display().lower()}"}
    many = f"of {len(parts.obligations)} obligation{'s' if len(parts.obligations) > 1 else ''}"
    running = [each for each in parts.obligations if each.steps]
    if not running:
        return _over(lead, parts, many)
    states = [clock.state(now, clock.Ladder(*each.steps), each.is_paused(now)) for each in running]
    late = states.count(clock.State.LATE)
    if late:
        stages = {(each.pk, each.stage_started_at) for each in running if each.due_at <= now}
        told = [each for each in parts.escalations if (each.obligation_id, each.stage_started_at) in stages]
        taken = {(each.obligation_id, each.level) for each in told if each.level > 2}
        times = f", escalated {TIMES[min(len(taken), 5)]}" if taken else ""
        return {"tone": "late-t", "icon": "late", "words": f"{late} {many} overdue{times}"}
    if clock.State.SOON in states:
        return {"tone": "soon-t", "icon": "clock", "words": f"{states.count(clock.State.SOON)} {many} due soon"}
    paused = states.count(clock.State.PAUSE)
    words = f"{len(running)} {many} open, " + (f"{paused} paused" if paused else "all on time")
    return {"tone": "", "icon": "clock", "words": words}


def _over(lead, parts, many):
    """No clock runs: every part is over, or the center has to route on what was returned."""
    on_line = {event.agency_id for event in parts.events}
    returned = [each for each in parts.obligations if each.state == State.RETURNED and each.agency_id in on_line]
    if lead.closed_at is None and returned:
        return {"tone": "soon-t", "icon": "back", "words": f"{len(returned)} {many} returned: the center routes on"}
    if lead.is_withdrawn:
        return {"tone": "", "icon": "back", "words": "Withdrawn: its notice was taken back, nothing is owed"}
    ended = all(each.state == State.CLOSED for each in parts.obligations)
    words = "Every agency has closed its part" if ended else "Nobody owes on it any more"
    return {"tone": "", "icon": "checkc", "words": words}


def _event(event, cases, zone, now):
    group = group_of(event.kind)
    return {
        "event": event,
        "icon": group.icon,
        "when": pages.happened(event.occurred_at, zone, now) if event.occurred_at else "Not dated",
        "url": reverse("incident", args=[event.incident_id]) if event.incident_id in cases else "",
        "waits": event.incident_id is None,
        "recovered": _recovered(event),
        "confirmed": event.confirmed_at is not None,
    }


def _recovered(event):
    if event.casings:
        return f"{event.casings} casing{'s' if event.casings != 1 else ''}"
    return f"Exhibit {event.exhibit_number}" if event.exhibit_number else ""


def _events_words(events):
    if not events:
        return "no event is left"
    casings = sum(event.casings or 0 for event in events)
    open_links = sum(event.confirmed_at is None for event in events)
    parts = [f"{len(events)} events", f"{casings} casings" if casings else ""]
    parts.append(f"{open_links} of {len(events)} unconfirmed" if open_links else "all confirmed")
    return ", ".join(filter(None, parts))


def _stamp_words(lead, events, zone):
    done = sorted((each for each in events if each.confirmed_at), key=lambda each: each.confirmed_at)
    last = done[-1] if done else None
    day = f"{last.confirmed_at.astimezone(ZoneInfo(zone)):%-d %b %Y}" if last else ""
    if lead.is_confirmed:
        return f"Every link is confirmed by a firearm examiner, last on {day}, report {last.report}."
    words = "Investigative lead only, not probable cause by itself."
    if not done:
        return f"{words} No link is confirmed by an examiner yet."
    many = f"{len(done)} of {len(events)} events {'is' if len(done) == 1 else 'are'} confirmed by an examiner"
    return f"{words} {many} ({day}, report {last.report})."


def _viewer(agency, lead, parts):
    reasons = {
        "center": agency.pk == lead.agency_id,
        "event": any(event.agency_id == agency.pk for event in parts.events),
        "site": agency.pk == lead.site_id,
        "office": any(each.office_id == agency.pk for each in parts.referrals),
        "asked": any(each.asked and each.agency_id == agency.pk for each in parts.obligations),
    }
    why = ", ".join(WHY[name] for name, holds in reasons.items() if holds) or "was given sight by the center"
    return {"agency": agency, "people": agency.people, "people_words": str(agency.people), "why": why}


def _when(at, zone, now):
    if now is None:
        return pages.dated(at, zone)
    span = int((now - at).total_seconds()) // 60
    return (
        f"{pages.moment(at, zone, now.year)}, {clock.human(span, exact=False)} ago"
        if span > 0
        else pages.moment(at, zone)
    )
