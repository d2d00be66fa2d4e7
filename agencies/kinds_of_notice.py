"""Kinds of notice: which a person may do without, how each is mailed unless they choose otherwise, and when. Pure.

A duty is what somebody else waits for: it is mailed at once or in working hours, and never not at all.
"""

from datetime import UTC, datetime, time, timedelta
from typing import NamedTuple

from agencies.calendars import WorkingCalendar, next_opening

AT_ONCE, HOURS, DIGEST, PAGE = "at_once", "hours", "digest", "page"
# Round the clock there is no opening: a digest comes at this hour.
MORNING = time(7)


class Kind(NamedTuple):
    """`starts` are beginnings of verbs, or whole ones."""

    label: str
    what: str
    default: str
    is_duty: bool
    starts: tuple[str, ...]


KINDS = {
    "duty": Kind(
        "Leads and cases that are yours to act on",
        "Sent, assigned, returned, to approve, to review, referred to you",
        AT_ONCE,
        True,
        (
            "lead.sent",
            "lead.asked",
            "desk.came",
            "desk.proposed",
            "desk.back",
            "obligation.",
            "time.",
            "absence.",
            "referral.made",
            "referral.more_asked",
            "referral.assigned",
            "arrest.",
            "referral.beside",
            "action.given",
            "task.given",
            "question.asked",
            "correlation.second",
            "confirmation.asked",
            "confirmation.assigned",
            "confirmation.returned",
            "comparison.proposed",
            "listed.",
            "inquiry.held",
            "bulletin.submitted",
            "bulletin.returned",
            "bulletin.sent",
            "bulletin.replaced",
            "bulletin.stale",
            "bulletin.retracted",
            "packet.retracted",
            "packet.unheeded",
            "disclosure.proposed",
        ),
    ),
    "late": Kind(
        "Due soon, overdue, escalated",
        "Every step of the ladder",
        AT_ONCE,
        True,
        ("escalation.", "action.due_soon", "action.overdue", "task.overdue", "question.overdue", "deadline.", "court."),
    ),
    "custody": Kind(
        "Hand-overs and custody",
        "What is on its way to you, refused, or to be disposed of",
        AT_ONCE,
        True,
        ("hand_over.", "custody.", "disposal.", "review.due"),
    ),
    "safety": Kind(
        "Accounts and files in danger", "A locked account, a virus, a lost file", AT_ONCE, True, ("person.", "file.")
    ),
    "files": Kind(
        "Files you loaded, people you invited", "The answer to what you did", AT_ONCE, False, ("import.", "invitation.")
    ),
    "leads": Kind(
        "News of leads",
        "Grown, confirmed, withdrawn, closed",
        HOURS,
        False,
        ("lead.", "cluster.", "desk.", "score_table.", "assertion.", "question."),
    ),
    "laboratory": Kind(
        "Laboratory",
        "Sent, returned, rejected, corrected",
        HOURS,
        False,
        ("exhibit.", "acquisition.", "lab_request.", "correlation.", "confirmation.", "comparison."),
    ),
    "prosecution": Kind(
        "Prosecution",
        "Decisions, court dates, charges, dispositions, venue, packets, disclosure",
        HOURS,
        False,
        ("referral.", "charge.", "screening.", "packet.", "disclosure."),
    ),
    "meetings": Kind(
        "Lead reviews", "Planned, changed, minutes, action items done", HOURS, False, ("meeting.", "action.")
    ),
    "sharing": Kind(
        "Bulletins and deconfliction",
        "Approved, not acknowledged, a link taken back; who asked whom",
        HOURS,
        False,
        ("bulletin.", "inquiry."),
    ),
    "feedback": Kind("Feedback", "What your work led to", DIGEST, False, ("feedback.",)),
}


def kind_of(verb: str) -> str:
    """The kind of a verb: that whose beginning says most of it; "duty" for a verb of none, so that nothing is lost."""
    fits = [(len(start), name) for name, kind in KINDS.items() for start in kind.starts if verb.startswith(start)]
    return max(fits, default=(0, "duty"))[1]


def choices_of(name: str) -> tuple[str, ...]:
    """How one kind may be mailed. Raises KeyError for a kind that there is not."""
    return (AT_ONCE, HOURS) if KINDS[name].is_duty else (AT_ONCE, HOURS, DIGEST, PAGE)


def goes_at(how: str, told_at: datetime, now: datetime, calendar: WorkingCalendar) -> datetime | None:
    """When the mail of what was told at `told_at` goes, in UTC, as it stands at `now`: not after `now` means now, None
    means never. A digest goes when the agency opens on the working day after the one it was told on.
    """
    if how == PAGE:
        return None
    if how == HOURS:
        return next_opening(now, calendar)
    if how != DIGEST:
        return now.astimezone(UTC)
    tomorrow = calendar.local(told_at).date() + timedelta(days=1)
    begin = datetime.combine(tomorrow, MORNING if calendar.always else time(), calendar.tz).astimezone(UTC)
    return next_opening(begin, calendar)
