"""What pages say of a clock that stands still or is to be extended, in plain values. Nothing is written here."""

from zoneinfo import ZoneInfo

from leads import clock, respite, timing
from leads.policies import time as policies_time

# (title, button, what it says), by the name of the step.
STEPS = {
    "pause": ("Pause the clock", "Pause", ""),
    "resume": (
        "Let the clock run",
        "Run again",
        "The clock of this stage runs on from now, with the time that was left.",
    ),
    "extend": ("Ask for more time", "Ask", "A supervisor decides. Until then the clock runs as it does."),
    "time": ("Decide on time", "Save decision", "Who asked is told at once. Everybody on the lead sees it in the sum."),
}
OWN = (
    "A first pause of up to {days} days is yours to say, and your supervisor is told. "
    "A longer one, a further one in this stage, and any of priority 1 wait for the supervisor."
)
LINKS = (
    (policies_time.resume, "Run again", "obligation_resume"),
    (policies_time.pause, "Pause the clock", "obligation_pause"),
    (policies_time.extend, "Ask for more time", "obligation_extend"),
)


def says(verb):
    """The sentence of a step where it is more than one of `STEPS`."""
    return OWN.format(days=respite.OWN_DAYS) if verb == "pause" else STEPS[verb][2]


def facts(verb, obligation):
    """(label, value) of what a person has to know before a step about time."""
    zone = obligation.agency.zone
    found = [("Due", _day(obligation.due_at, zone))] if obligation.due_at else []
    asked = timing.asked_of(obligation) if verb == "time" else None
    if asked is None:
        return found
    found += [("Asked by", asked.asked_by), ("Asked", what(asked, zone))]
    if asked.note:
        found.append(("Why", asked.note))
    face = timing.clock_of(obligation)
    if asked.kind == asked.Kind.MORE:
        steps = clock.extended(face.steps, asked.minutes, face.calendar, face.pauses, face.always)
        found.append(("Then due", _day(steps.due_at, zone)))
    return found


def what(asked, zone):
    """What was asked for: "Pause until Fri 17 Jul, waiting for a court", "3 business days more"."""
    if asked.kind == asked.Kind.PAUSE:
        return f"Pause until {_day(asked.until, zone)}, {asked.get_reason_display()}"
    return f"{asked.days} business day{'s' if asked.days != 1 else ''} more"


def standing(obligation, now):
    """In a line: that its clock stands still and why, that something waits for a decision, or that nothing was done."""
    if not obligation.due_at:
        return ""
    zone = obligation.agency.zone
    if obligation.is_paused(now):
        lasting = next((each for each in timing.pauses_of(obligation) if each.lasts(now)), None)
        why = f", {lasting.reason}" if lasting else ""
        return f"Paused until {_day(obligation.paused_until, zone)}{why}"
    if asked := timing.asked_of(obligation):
        return f"Asked: {what(asked, zone)}. A supervisor decides"
    if obligation.stale_at:
        return f"Stale: nothing was done since {_day(_last(obligation), zone)}"
    return ""


def days(span):
    """Plain time of pauses as days: "12 days"; less than one is a day begun."""
    many = -(-int(span.total_seconds()) // 86400)
    return f"{many:,} day{'' if many == 1 else 's'}"


def _last(obligation):
    return max(filter(None, (obligation.stage_started_at, obligation.last_activity_at, obligation.paused_until)))


def _day(at, zone):
    wall = at.astimezone(ZoneInfo(zone))
    return f"{wall:%a %-d %b}" if wall.hour == wall.minute == 0 else f"{wall:%a %-d %b %H:%M}"
