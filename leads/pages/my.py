"""What a detective's page says: one card for each obligation, in plain values. Nothing is read or written here."""

from django.urls import reverse

from agencies.access import allows
from leads.models import Obligation
from leads.pages import leads as pages
from leads.pages import rows
from leads.pages import time as timepage
from leads.policies import casetasks as policies_tasks
from leads.policies import questions as policies_questions
from leads.queries import told

State = Obligation.State
TABS = {"due": "Due first", "new": "New", "closed": "Closed"}
OWED = {
    "start": "First activity",
    "update": "Report",
    "approve": "Decision of the supervisor",
    "acknowledge": "Acknowledge",
    "assign": "Assign",
}
EMPTY = {
    "due": ("Nothing is due", "Leads that a supervisor gives you show here, the first due on top."),
    "new": ("Nothing new", "A lead that is given to you stands here until you take it on."),
    "closed": ("Nothing closed yet", "A lead goes here when your supervisor approves its closing."),
}


def frame(tab, counts, now):
    """Tabs with their counts, and the sentence above the cards."""
    many = {"due": counts["open"], "new": counts["new"], "closed": counts["closed"]}
    late, rest = counts["late"], counts["open"] - counts["late"]
    return {
        "tab": tab,
        "back": "new" if tab == "new" else "mine",
        "tabs": [(label, f"?tab={name}", many[name], name == tab) for name, label in TABS.items()],
        "late_words": f"{late} overdue" if late else "",
        "rest_words": f"{rest} on time" if rest or not late else "",
        "empty": EMPTY[tab],
        "now": now,
    }


def time_steps(obligation, user):
    """[(label, address)] of what may be done about its clock."""
    return [
        (label, reverse(name, args=[obligation.pk]))
        for policy, label, name in timepage.LINKS
        if obligation.due_at and allows(policy, user, obligation)
    ]


def card(obligation, user, now):
    """One obligation as a card: number, clock, line, what is next, and at most two things to do."""
    lead, face = obligation.lead, pages.face(obligation, now)
    head, _, tail = lead.number.rpartition("-")
    return {
        "obligation": obligation,
        "lead": lead,
        "head": f"{head}-" if head else "",
        "tail": tail,
        "tone": {"late": "late", "soon": "soon"}.get(face["state"], ""),
        "clock": face,
        "mini": rows.mini(lead.line),
        "where": _where(lead),
        "next": _next(obligation, face),
        "asked": obligation.asked,
        "standing": timepage.standing(obligation, now),
        "time": time_steps(obligation, user),
        "actions": _actions(obligation, face["state"]),
        "also": _also(obligation, user),
    }


def _also(obligation, user):
    """[(label, address)] of what may be done beside the next step."""
    offered = (
        (policies_tasks.give, "Tasks", "obligation_tasks"),
        (policies_questions.ask, "Ask the analyst", "question_new"),
    )
    return [
        (label, reverse(name, args=[obligation.pk])) for may, label, name in offered if allows(may, user, obligation)
    ]


def _where(lead):
    """The place of the newest event of the investigator's line, and how many there are over how long."""
    dated = [each for each in lead.events.all() if each.occurred_at]
    newest = dated[-1] if dated else None
    place = newest.address if newest and newest.address else ""
    days = (dated[-1].occurred_at - dated[0].occurred_at).days if dated else 0
    span = f"{lead.events_count} events" + (f" in {days:,} days" if days > 1 else "")
    return f"{place}, {span}" if place else span


def _next(obligation, face):
    if not obligation.due_at:
        outcome = obligation.get_outcome_display()
        return f"{outcome}, usefulness {obligation.usefulness} of 5" if outcome else ""
    due = pages.moment(obligation.due_at, obligation.agency.zone)
    verb = "was due" if face["state"] == "late" else "by"
    heard = told.of(obligation)
    return f"{OWED[obligation.stage]} {verb} {due}" + (f". {heard} told" if heard else "")


def _actions(obligation, state):
    """[(label, icon, address, sent at one tap, in the tone of what is next)]."""
    urgent = state in ("late", "soon")
    log = ("Log activity", "note", reverse("obligation_log", args=[obligation.pk]), False, urgent)
    if obligation.state == State.ASSIGNED:
        take = ("Take it on", "check", reverse("obligation_start", args=[obligation.pk]), True, True)
        back = ("Return", "back", reverse("obligation_return", args=[obligation.pk]), False, False)
        return [take, back]
    if obligation.state == State.IN_PROGRESS:
        close = ("Propose closing", "checkc", reverse("obligation_propose", args=[obligation.pk]), False, False)
        return [log, close]
    return [log] if obligation.state == State.PROPOSED else []
