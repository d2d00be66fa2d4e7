"""What a case page says of other offices, of how the case went, what was asked for and the office's own notes."""

from itertools import pairwise

from agencies import markup
from agencies.models import Agency
from leads.models import Referral, Task, WorkNote
from leads.pages import leads as pages
from leads.pages.meeting import when
from leads.pages.task import WORDS

Status, Kind = Referral.Status, WorkNote.Kind
TONES = {
    Status.REFERRED: ("soon", "clock"),
    Status.MORE_ASKED: ("pause", "help"),
    Status.ACCEPTED: ("good", "check"),
    Status.DECLINED: ("", "x"),
    Status.TRANSFERRED: ("", "right"),
    Status.ADOPTED: ("", "swap"),
}
BECAME = {
    Status.REFERRED: "Asked again: under review",
    Status.MORE_ASKED: "More investigation asked",
    Status.TRANSFERRED: "Transferred",
    Status.ADOPTED: "Adopted: dismissed in favor of the federal case",
}


def contact(case):
    """Whom another office calls: who decided, and the office's number. That a case was adopted the federal office said,
    whose people are not at that number.
    """
    who = str(case.decided_by) if case.decided_by and case.status != Status.ADOPTED else ""
    return ", ".join(filter(None, [who, case.office.phone])) or "Ask the office: no number in the directory"


def elsewhere(case, same, zone):
    """What one office learns of a case of another: that it is there, since when, its state and whom to call."""
    since = case.decided_at or case.referred_at
    return {
        "name": f"{case.get_venue_display()}: {case.office}",
        "icon": icon(case),
        "status": case.get_status_display(),
        "tone": TONES[Status(case.status)],
        "whose": "The same person" if same else "Another person, the same presumed gun",
        "pairs": [("Since", pages.dated(since, zone)), ("Contact", contact(case))],
        "url": "",
        "clock": None,
    }


def icon(case):
    return "shield" if case.office.kind == Agency.Kind.US_ATTORNEY else "scale"


def moves(referral, beside):
    """[(what, office)] of the cases that this one came from, goes on as or has adopted."""
    known = {each.pk: each for each in beside}
    found = [("Transferred from", known.get(referral.origin_id))]
    found += [("Transferred to", each) for each in beside if each.origin_id == referral.pk]
    found += [("Adopted by", known.get(referral.adopted_into_id))]
    found += [("Has adopted the case of", each) for each in beside if each.adopted_into_id == referral.pk]
    return [(words, each.office) for words, each in found if each]


def decisions(steps, zone):
    """The steps of a case, the first on top."""
    return [_decision(each, before, zone) for before, each in pairwise([None, *steps])]


def _decision(each, before, zone):
    reason = f": {each.get_reason_display().lower()}" if each.reason else ""
    to = f" to {each.other.office}" if each.became == Status.TRANSFERRED else ""
    became = BECAME.get(each.became, each.get_became_display())
    if before and before.became == Status.ADOPTED:
        became = f"Adoption taken back: {each.get_became_display().lower()}"
    return {
        "words": became + to + reason,
        "tone": TONES[Status(each.became)],
        "note": each.note,
        "before": each.summary_before,
        "who": str(each.by),
        "at": pages.dated(each.at, zone),
    }


def asked(task, zone, now):
    """One item that was asked for, as the office and the agency read it."""
    late = task.status == Task.Status.OPEN and task.due_at <= now
    return {
        "what": task.what,
        "badge": markup.badge(*WORDS["late" if late else str(task.status)]),
        "when": f"Due {when(task.due_at, zone)}" if task.status == Task.Status.OPEN else when(task.ended_at, zone),
        "who": str(task.ended_by or ""),
        "came": task.came_of_it or task.dropped_why,
        "url": task.get_absolute_url(),
    }


def note(each, zone):
    """One note of the office, or the day of a Giglio check."""
    day = f"{each.checked_on:%-d %b %Y}" if each.checked_on else ""
    return {
        "pk": each.pk,
        "is_check": each.kind == Kind.GIGLIO,
        "struck": f"Struck by {each.struck_by}, {pages.dated(each.struck_at, zone)}: {each.struck_why}"
        if each.struck_at
        else "",
        "text": each.text,
        "day": day,
        "who": str(each.by),
        "at": pages.dated(each.at, zone),
    }
