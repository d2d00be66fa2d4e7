"""What pages say of the days of cases, in plain values. Nothing is read or written here."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from django.urls import reverse

from agencies import markup
from agencies.access import allows
from leads import ahead
from leads.models import Deadline
from leads.policies import dates as policies

ONE, WEEK = timedelta(days=1), timedelta(days=6)
BADGES = {"done": ("Done", "good", "check"), "dropped": ("Not due any more", "", "x")}
EMPTY = {
    "late": ("Nothing is overdue", "A day in court that is past, or a deadline that is not done, stands here."),
    "ahead": ("No day ahead", "Record the next day in court, or a deadline, on the page of a case."),
}


def today(zone, now):
    """The day it is on a wall clock."""
    return now.astimezone(ZoneInfo(zone)).date()


def tabs(show, mine, late):
    """The lists of days, of one's own cases or of the office's."""
    said = (("ahead", "Ahead", None), ("late", "Past or overdue", late))
    return [
        {"label": label, "url": _list(name, mine), "current": name == show, "count": many,
         "late": name == "late"}
        for name, label, many in said
    ]  # fmt: skip


def whose(show, mine):
    """What is shown now, and the address of the other."""
    if mine:
        return {"now": "Your cases", "other": "Show the whole office", "url": _list(show, mine=False)}
    return {"now": "The whole office", "other": "Show your cases", "url": _list(show, mine=True)}


def _list(show, mine):
    return f"{reverse('case_dates')}?show={show}{'&of=mine' if mine else ''}"


def day(on):
    return f"{on:%a %-d %b %Y}"


def kept(deadline, zone, now):
    """What is told when a deadline was added: of a day that is over nobody is told ahead."""
    if deadline.due_on < today(zone, now):
        return "The deadline is kept. Its day is over: it stands under Past or overdue."
    return "The deadline is kept. You are told ahead of it."


def line(found, today, later=()):
    """One day of a case as lists show it: a deadline, or a day in court with what comes after it."""
    case, due = found.referral, found.deadline
    late = found.on < today
    if due:
        what, badge = due.get_kind_display(), ("Overdue", "late", "late") if late else ("Deadline", "soon", "clock")
    else:
        what = case.next_what or "In court"
        badge = ("Past: say what came of it", "late", "late") if late else ("In court", "accent", "scale")
    return {
        "day": day(found.on),
        "iso": found.on.isoformat(),
        "away": ahead.words(found.on, today),
        "late": late,
        "today": found.on == today,
        "what": what,
        "more": due.basis if due else ", ".join(f"then {each} {each.on:%-d %b}" for each in later[:2]),
        "badge": markup.badge(*badge),
        "case": case,
        "url": due.get_absolute_url() if due else case.get_absolute_url(),
        "name": case.defendant,
        "number": case.court_number or case.lead.number,
        "whose": str(case.assigned_to) if case.assigned_to_id else "Nobody's case yet",
    }


def lines(found, today, later=None):
    later = later or {}
    return [line(each, today, () if each.deadline else later.get(each.referral.pk, ())) for each in found]


def deadline(found, today, user, referral):
    """One deadline on its case's page, with what the reader may do. Of a case that is before its office no more nobody
    is told of it, and it is not overdue.
    """
    is_open, runs = found.status == Deadline.Status.OPEN, referral.status in referral.OPEN
    late = is_open and runs and found.due_on < today
    badge = ("Overdue", "late", "late") if late else ("Open", "soon", "clock") if is_open else BADGES[found.status]
    if is_open and not runs:
        badge = (f"Rests: the case is {referral.get_status_display().lower()}", "", "pause")
    said = f"Kept by {found.made_by}" if found.moved_by is None else f"Moved by {found.moved_by}"
    ended = "" if is_open else f"{BADGES[found.status][0]}, {found.ended_by}"
    return {
        "deadline": found,
        "kind": found.get_kind_display(),
        "day": day(found.due_on),
        "away": ahead.words(found.due_on, today) if is_open and runs else "",
        "badge": markup.badge(*badge),
        "late": late,
        "said": ": ".join(filter(None, [ended, found.ended_why])) or said,
        "may": allows(policies.change, user, found),
    }


def section(referral, found, part, proceedings, today, user):
    """The sections of a case page on its days and its people. `found`: (open deadlines, those that are over)."""
    open_, over = found
    court = [
        {"day": day(each.on), "away": ahead.words(each.on, today), "what": str(each), "where": each.court,
         "late": each.on < today}
        for each in proceedings
    ]  # fmt: skip
    if referral.next_on and not court and referral.status == "accepted":
        late = referral.next_on < today
        court = [{"day": day(referral.next_on), "away": ahead.words(referral.next_on, today), "late": late,
                  "what": referral.next_what, "where": ""}]  # fmt: skip
    return {
        "court_days": court,
        "deadlines": [deadline(each, today, user, referral) for each in open_],
        "deadlines_over": [deadline(each, today, user, referral) for each in over],
        "case_people": people(referral, part),
        "may_keep": allows(policies.keep, user, referral),
        "may_give": allows(policies.give, user, referral),
    }


def people(referral, part):
    """Who works on a case on either side: [(what they do, who, where)]."""
    office, agency = referral.office, referral.agency
    found = [("Prosecutor", referral.assigned_to, office)]
    if referral.decided_by and referral.decided_by != referral.assigned_to:
        # The federal prosecutor who adopts a state's case is of no part of its office.
        adopted = referral.status == referral.Status.ADOPTED
        found.append(("Adopted it", referral.decided_by, "") if adopted else ("Decided", referral.decided_by, office))
    found.append(("Referred by", referral.referred_by, agency))
    if part and part.investigator and part.investigator != referral.referred_by:
        found.append(("Investigator", part.investigator, agency))
    nobody = "Nobody's case yet"
    return [{"does": does, "who": str(who) if who else nobody, "where": str(of)} for does, who, of in found]
