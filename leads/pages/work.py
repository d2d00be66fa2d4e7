"""What the pages of working on obligations say, in plain values for the components. Nothing is read or written here."""

from typing import NamedTuple

from agencies.access import allows
from leads import outcomes, policies, timing
from leads.models import Lead
from leads.pages import leads as pages
from leads.pages import rows
from leads.pages import time as timepage


class Step(NamedTuple):
    """A step of an obligation as its page words it."""

    title: str
    button: str
    says: str


MOST_TASKS = 20
PERSON = (
    "The person is told at once. What each one carries stands beside the name. People of partner agencies on the lead "
    "come last: they work this part and no other."
)
STEPS = {
    "acknowledge": Step("Acknowledge", "Acknowledge", "Your agency has seen this lead and will give it to somebody."),
    "assign": Step(
        "Assign",
        "Assign",
        PERSON,
    ),
    "take": Step("Take it on", "Take it on", "Nobody of your agency has it yet: from now on you do."),
    "start": Step("Take it on", "Take it on", "Your supervisor sees that work has begun."),
    "return": Step("Return", "Return", "The center routes the lead on, so nothing is lost. Say why."),
    "log": Step("What did you do?", "Save activity", "The clock of this lead starts again when you save."),
    "propose": Step("Propose closing", "Propose closing", "A supervisor reads this and decides."),
    "approve": Step("Approve closing", "Approve closing", "The part of the agency closes; the lead with the last one."),
    "send_back": Step("Send back", "Send back", "Closing is not approved: the investigator goes on."),
    "reroute": Step("Route on", "Route on", "The events of the agency that returned it go to the other one."),
    **{name: Step(*words)._replace(says=timepage.says(name)) for name, words in timepage.STEPS.items()},
}


def step(verb, obligation, user, now):
    """The page of one step: what is to be done, and with which lead."""
    lead, worded = obligation.lead, STEPS[verb]
    if verb == "return":
        worded = worded._replace(says=_of_return(obligation, worded.says))
    return {
        "verb": verb,
        "step": worded,
        "obligation": obligation,
        "lead": lead,
        "clock": pages.face(obligation, now),
        "mini": rows.mini(lead.line),
        "facts": _facts(verb, obligation),
        "draft": draft(verb, obligation),
        "seen": _seen(verb, obligation),
        "may_send_back": verb == "approve" and allows(policies.decide_closing, user, obligation),
    }


def _seen(verb, obligation):
    """When what is decided by this step was said, as text, "" for a step that decides nothing."""
    asked = timing.asked_of(obligation) if verb == "time" else None
    at = asked.asked_at if asked else obligation.proposed_at if verb == "approve" else None
    return at.isoformat() if at else ""


def _of_return(obligation, usual):
    has_event = obligation.lead.has_event_of(obligation.agency_id)
    if obligation.asked and not has_event and not obligation.is_stranded:
        return "Your agency was asked to take part: its part ends with this. Say why."
    if obligation.is_stranded:
        after = ", then route it on." if has_event else ". No event of it is left on the lead to route."
        return f"{obligation.agency} takes no part any more. Return its part for it{after}"
    return usual if has_event else "No event of your agency is left on the lead: its part ends with this. Say why."


def after_return(obligation):
    """What comes of a part that was just returned."""
    if obligation.lead.status == Lead.Status.CLOSED:
        return "returned. Nobody owes on the lead any more: it is closed."
    if obligation.lead.has_event_of(obligation.agency_id):
        return "returned. The center routes it on."
    return f"returned. No event of {obligation.agency.code} is left on the lead, so there is nothing to route on."


def draft(verb, obligation):
    """The name under which a device keeps what is typed for a step, or ""."""
    return f"activity-{obligation.pk}" if verb == "log" else ""


def _ends(verb, obligation):
    """The open tasks of a part that is about to be closed."""
    return list(obligation.tasks.open().filter(referral=None)[:MOST_TASKS]) if verb == "approve" else []


def _facts(verb, obligation):
    """(label, value) of what a person has to know before this step."""
    who = [("Agency", obligation.agency.name), ("Unit", obligation.unit or "No unit yet")]
    who.append(("Person", obligation.investigator or "Nobody yet"))
    if obligation.asked:
        who.append(("Asked to take part", obligation.asked))
    if verb in ("approve", "send_back"):
        outcome = [("Outcome", obligation.get_outcome_display()), ("Usefulness", f"{obligation.usefulness} of 5")]
        if obligation.named_outcome:
            outcome.insert(1, ("Which one", outcomes.words(obligation.named_outcome)))
        outcome.append(("Proposed by", obligation.proposed_by))
        note = [("Note", obligation.closing_note)] if obligation.closing_note else []
        ends = [("Tasks that end with it", "; ".join(map(str, open_)))] if (open_ := _ends(verb, obligation)) else []
        return who + outcome + note + ends
    if verb in timepage.STEPS:
        return who + timepage.facts(verb, obligation)
    if verb == "reroute":
        note = [("Note", obligation.closing_note)] if obligation.closing_note else []
        return [who[0], ("Returned", obligation.get_return_reason_display()), ("By", obligation.returned_by), *note]
    return who
