"""What the page of absences says, in plain values. Nothing is read or written here."""

from agencies.access import allows
from leads.policies import time as policies_time


def frame(user, person, people, known, zone, now):
    """The list of absences, and whose the form is."""
    return {
        "person": person,
        "own": person == user,
        "people": [each for each in people if each != person],
        "rows": [row(each, user, zone, now) for each in known],
    }


def noted(absence, away, zone):
    """Who hears in somebody's place. `away`: the deputy's own absence of then, or None."""
    noted, deputy = f"{absence.person}: out of office is noted.", absence.deputy
    if deputy is None:
        return f"{noted} What the clock tells goes to the next in line."
    if away and away.starts_at < absence.ends_at:
        return f"{noted} {deputy} is away too ({away.span(zone)}): in these days it goes to the next in line."
    return f"{noted} {deputy} hears what the clock tells, and is told."


def row(absence, user, zone, now):
    return {
        "absence": absence,
        "person": absence.person,
        "days": absence.span(zone),
        "deputy": absence.deputy or "Nobody: goes to the next in line",
        "now": absence.starts_at <= now,
        "may": allows(policies_time.say_absence, user, absence.person),
    }
