"""What the pages of lead reviews and action items say, in plain values. Nothing is read or written here."""

from zoneinfo import ZoneInfo

from django.urls import reverse

from agencies import markup
from agencies.access import allows
from leads.models import ActionItem, AgendaItem, Meeting
from leads.pages import leads as pages
from leads.pages import rows
from leads.policies import meetings as policies_meetings

Status = Meeting.Status
TONES = {
    Status.PLANNED: ("", "clock"),
    Status.OPEN: ("accent", "meet"),
    Status.CLOSED: ("good", "checkc"),
    Status.CANCELED: ("", "x"),
}
EMPTY = {
    "mine": ("Nothing to do", "What a lead review gives you shows here, the first due on top."),
    "open": ("Nothing is open", "What lead reviews give out shows here until it is done."),
    "ended": ("Nothing is done yet", "Action items go here when they are done or dropped."),
}
TABS = {"mine": "Mine", "open": "All open", "ended": "Done"}


def when(at, zone):
    """A day of the year with the hour: meetings are planned far ahead and read much later."""
    wall = at.astimezone(ZoneInfo(zone))
    return f"{wall:%a} {wall.day} {wall:%b %Y, %H:%M}"


def row(meeting):
    """A line of the list."""
    return {
        "meeting": meeting,
        "url": meeting.get_absolute_url(),
        "when": when(meeting.held_at, meeting.agency.zone),
        "badge": badge(meeting),
    }


def badge(meeting):
    return markup.badge(meeting.get_status_display(), *TONES[Status(meeting.status)])


def head(meeting, user):
    """What stands above every page of a meeting, which steps are offered, and why who keeps it cannot open it yet."""
    steps = {
        "may_open": policies_meetings.open_,
        "may_change": policies_meetings.change,
        "may_keep": policies_meetings.keep_agenda,
        "may_close": policies_meetings.close,
    }
    may = {name: allows(policy, user, meeting) for name, policy in steps.items()}
    return {
        "meeting": meeting,
        "when": when(meeting.held_at, meeting.agency.zone),
        "badge": badge(meeting),
        "is_closed": meeting.status == Status.CLOSED,
        **{name: bool(answer) for name, answer in may.items()},
        "not_yet": may["may_open"].reason if may["may_change"] else "",
    }


def facts(meeting, invited):
    """[(label, value)] for the head of the minutes."""
    zone = meeting.agency.zone
    ended = meeting.ended_at and f"{when(meeting.ended_at, zone)}, {meeting.ended_by}"
    pairs = [
        ("Center", meeting.agency.name),
        ("When", when(meeting.held_at, zone)),
        ("Where", meeting.where),
        ("Chair", str(meeting.chair)),
        ("Invited", ", ".join(each.agency.name for each in invited)),
        ("Opened", meeting.opened_at and f"{when(meeting.opened_at, zone)}, {meeting.opened_by}"),
        (meeting.get_status_display() if meeting.ended_at else "", ended),
    ]
    return [(label, value) for label, value in pairs if label and value]


def sections(items, now, zone):
    """The agenda under its rules: [(heading, [line])]; a lead stands under the first of its reasons."""
    named = {}
    for each in items:
        named.setdefault(each.reasons[0][0], []).append(line(each, now, zone))
    return [(AgendaItem.Reason(rule).label, named[rule]) for rule in AgendaItem.Reason.values if rule in named]


def line(item, now, zone):
    """One lead of an agenda."""
    return {
        "item": item,
        "lead": item.lead,
        "url": item.get_absolute_url(),
        "mini": rows.mini(item.lead.line),
        "reasons": reasons(item),
        "decisions": [decision(each, now, zone) for each in item.decisions.all()],
    }


def reasons(item):
    """[(rule, words)] with whoever put it there by hand."""
    by = f" ({item.added_by})" if item.reasons[0][0] == AgendaItem.Reason.ADDED else ""
    return [
        (AgendaItem.Reason(rule).label, words + (by if rule == AgendaItem.Reason.ADDED else ""))
        for rule, words in item.reasons
    ]


def left_out(meeting):
    """Sentences on what the rules found and the agenda had no room for."""
    return [f"{AgendaItem.Reason(rule).label}: {many:,} more" for rule, many in meeting.left_out.items()]


def decision(made, now, zone):
    return {
        "decision": made,
        "when": pages.day_time(made.decided_at, zone, now),
        "by": str(made.decided_by),
        "actions": [action(each, now) for each in made.actions.all()],
    }


def action(item, now, *, as_of=None):
    """One action item as lists show it; `as_of` is when the minutes it stands in were closed."""
    state = as_it_stood(item, as_of or now)
    word, tone, drawing = {
        "done": ("Done", "good", "check"),
        "dropped": ("Dropped", "", "x"),
        "late": ("Overdue", "late", "late"),
        "soon": ("Due soon", "soon", "clock"),
        "open": ("Open", "", "clock"),
    }[state]
    zone = item.agency.zone
    return {
        "action": item,
        "url": item.get_absolute_url(),
        "badge": markup.badge(word, tone, drawing),
        "state": state,
        "due": when(item.due_at, zone),
        "owner": f"{item.owner}, {item.agency.code}",
        "ended": when(item.ended_at, zone) if item.ended_at and state in ("done", "dropped") else "",
        "result": item.result if state in ("done", "dropped") else "",
    }


def as_it_stood(item, at):
    """ "done", "dropped", "late", "soon" or "open" at a moment."""
    if item.ended_at and item.ended_at <= at:
        return str(item.status)
    if item.due_at <= at:
        return "late"
    return "soon" if item.soon_at <= at else "open"


def presented(item, ids, place, now, zone):
    """What one sheet of the presenter shows: the line in large, why it is here, who owes what."""
    before, after, at = place
    return line(item, now, zone) | {
        "drawn": pages.line(item.lead, zone, now),
        "at": at,
        "many": len(ids),
        "before": before and reverse("agenda_item", args=[before]),
        "after": after and reverse("agenda_item", args=[after]),
    }


def list_frame(which, counts):
    return {
        "which": which,
        "tabs": [
            {"label": label, "url": f"?tab={name}", "count": counts.get(name), "current": name == which}
            for name, label in TABS.items()
        ],
        "empty": EMPTY[which],
    }


def action_page(item, user, now):
    return {
        "one": action(item, now),
        "action": item,
        "may_finish": allows(policies_meetings.finish, user, item),
        "may_drop": bool(allows(policies_meetings.drop, user, item)),
        "is_open": item.status == ActionItem.Status.OPEN,
        "given": when(item.given_at, item.agency.zone),
        "meeting_when": when(item.meeting.held_at, item.meeting.agency.zone),
    }


def owed(obligation, now):
    """Who owes what on a lead, beside its clock."""
    return {
        "agency": obligation.agency,
        "who": str(obligation.investigator or obligation.unit or "Nobody yet"),
        "state": obligation.get_state_display(),
        "clock": pages.face(obligation, now),
    }
