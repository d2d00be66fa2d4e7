"""What the pages of an office's arrests say, in plain values. Nothing is read or written here."""

from zoneinfo import ZoneInfo

from django.urls import reverse

from agencies import markup
from agencies.access import allows
from leads import eligibility
from leads.models import GunArrest
from leads.pages import case as casepage
from leads.policies import arrests as policies
from leads.queries.arrests import Record

Status = GunArrest.Status
BADGES = {
    Status.WAITING: ("Waits for an answer", "soon", "clock"),
    Status.ASKED: ("Agency asked", "pause", "help"),
    Status.TAKE: ("We would take it", "good", "check"),
    Status.LEFT: ("Left to the state", "", "x"),
}
TABS = (("open", "To answer"), ("answered", "Answered"))
EMPTY = {
    "open": ("No arrest waits", "A new arrest of an agency whose center shows it to your office stands here, until "
             "somebody of the office answers."),
    "answered": ("Nothing answered yet", "An arrest goes here when the office takes it or leaves it to the state."),
}  # fmt: skip
NO_RULE = (
    "The center shows no arrests yet",
    "Its coordinator can let your office read of new arrests before they are referred. Until then an arrest stands "
    "here once a lead of it is referred to you.",
)


def tabs(current, many):
    return [
        {"label": label, "url": f"{reverse('gun_arrests')}?show={name}", "current": name == current,
         "count": many if name == "open" else None}
        for name, label in TABS
    ]  # fmt: skip


def row(arrest, record, referrals, user, now, zone):
    """One arrest: what is on record as facts, and what was answered. Never a name."""
    record, outcome = record or Record(), arrest.outcome
    return {
        "arrest": arrest,
        "title": str(outcome),
        "agency": outcome.agency,
        "phone": outcome.agency.phone,
        "day": f"{outcome.happened_on:%a %-d %b %Y}",
        "age": casepage.age(arrest.came_at, now),
        "cases": ", ".join(record.cases) or "No case number on record",
        "facts": facts(record),
        "hints": eligibility.hints(record.guns),
        "link": _link(record),
        "referrals": referrals or [],
        "badge": markup.badge(*BADGES[Status(arrest.status)]),
        "reason": arrest.reason,
        "answered": _answered(arrest, zone),
        "may": allows(policies.answer, user, arrest),
        "open": arrest.status in (Status.WAITING, Status.ASKED),
    }


def facts(record):
    """What is on record of the leads: counts alone."""
    said = []
    if record.leads:
        said.append(eligibility.linked(record.events, record.confirmed))
    if record.clusters:
        said.append(f"{record.leads} lead{'' if record.leads == 1 else 's'} of {_many(record.clusters, 'cluster')}")
    if record.guns:
        said.append(f"{_many(len(record.guns), 'gun')} on record")
    return said or ["No lead on record"]


def _many(number, noun):
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _link(record):
    """What the stamp says, as of a lead: nothing is confirmed unless every event is. None where no lead has it."""
    if not record.leads:
        return None
    if record.events and record.confirmed == record.events:
        return True
    return f"{record.confirmed} of {record.events} events" if record.confirmed else False


def _answered(arrest, zone):
    if not arrest.answered_at:
        return ""
    wall = arrest.answered_at.astimezone(ZoneInfo(zone))
    return f"{arrest.answered_by}, {wall:%-d %b %Y %H:%M}"


def rules(offices, rule_of):
    """The offices of a center and what they are shown."""
    rows = []
    for each in offices:
        shown = rule_of(each).shown
        badge = ("Arrests shown", "good", "check") if shown else ("Not shown", "", "minus")
        rows.append({"office": each, "badge": markup.badge(*badge), "url": reverse("arrest_rule", args=[each.pk])})
    return rows
