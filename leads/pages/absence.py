"""What the page of absences says, in plain values. Nothing is read or written here."""

from datetime import timedelta
from zoneinfo import ZoneInfo

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


def row(absence, user, zone, now):
    return {
        "absence": absence,
        "person": absence.person,
        "days": span(absence, zone),
        "deputy": absence.deputy or "Nobody: goes to the next in line",
        "now": absence.starts_at <= now,
        "may": allows(policies_time.say_absence, user, absence.person),
    }


def span(absence, zone):
    """From the first day to the last, both included: "13 Jul to 24 Jul"."""
    first, last = _day(absence.starts_at, zone), _day(absence.ends_at - timedelta(minutes=1), zone)
    return first if first == last else f"{first} to {last}"


def words(absence, zone, now):
    """What stands beside a name: "away 13 Jul to 24 Jul, deputy Mara Quist"."""
    when = "away" if absence.starts_at <= now else "goes away"
    deputy = f", deputy {absence.deputy}" if absence.deputy else ", no deputy"
    return f"{when} {span(absence, zone)}{deputy}"


def _day(at, zone):
    return f"{at.astimezone(ZoneInfo(zone)):%-d %b}"
