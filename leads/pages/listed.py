"""The people list in plain values for its pages. Nothing is read or written here.

A score is never shown without the events it is made of. Of an event on a lead that the reader does not see, the day and
what it counts are shown and not where it can be read.
"""

from datetime import timedelta
from zoneinfo import ZoneInfo

from agencies import markup
from leads import prolific
from leads.models import ListedPerson
from leads.prolific import Factor

Status = ListedPerson.Status
TONES = {
    Status.CANDIDATE: ("soon", "note"),
    Status.ACTIVE: ("accent", "flag"),
    Status.CUSTODY: ("", "lock"),
    Status.REFERRED: ("good", "people"),
    Status.MONITORED: ("", "eye"),
    Status.REMOVED: ("", "x"),
    Status.PURGED: ("", "trash"),
}
HIDDEN = "On a lead that you do not see"
SHORT = {
    Factor.CONFIRMED: "event, confirmed",
    Factor.PRESUMPTIVE: "event, unconfirmed",
    Factor.SHOOTING: "shooting arrest or charge",
    Factor.POSSESSION: "crime gun",
    Factor.SUPERVISION: "weapon condition",
}


def day(at):
    return f"{at.day} {at:%b %Y}" if at else ""


def moment(at, zone):
    wall = at.astimezone(ZoneInfo(zone))
    return f"{wall.day} {wall:%b %Y, %H:%M}"


def badge(entry):
    return markup.badge(entry.get_status_display(), *TONES[Status(entry.status)])


def candidate(person, hidden):
    """Somebody who may be proposed: by number where the name is masked (`hidden`: why)."""
    return {
        "pk": person.pk,
        "number": person.number,
        "name": f"Person {person.number}" if hidden else person.name,
        "born": "" if hidden else f"Born {day(person.born_on)}" if person.born_on else "Date of birth not on record",
        "hidden": hidden,
    }


def row(entry, score, today):
    """A line of the center's list."""
    late = entry.stands and entry.review_due < today
    return {
        "url": entry.get_absolute_url(),
        "number": entry.number,
        "name": entry.person.name if entry.person else "",
        "born": f"Born {day(entry.person.born_on)}" if entry.person and entry.person.born_on else "",
        "badge": badge(entry),
        "score": prolific.words(score.tenths) if score else "",
        "factors": [f"+{prolific.words(part.tenths)} {SHORT[part.factor]}, {day(part.on)}" for part in score.parts]
        if score
        else [],
        "review": day(entry.review_due) if entry.stands else "",
        "late": late,
        "why": off(entry),
        "purge": "Held by a court" if entry.held_at else day(entry.purge_on),
    }


def off(entry):
    """Why it is off the list, in words."""
    if entry.status == Status.PURGED:
        return entry.get_rule_display()
    return entry.get_removal_display() if entry.removal else ""


def given(entry, last):
    """A line of what went to another agency: number and status, and no name before the reason."""
    return {
        "url": entry.get_absolute_url(),
        "number": entry.number,
        "badge": badge(entry),
        "center": entry.agency.name,
        "last": f"{last.get_how_display()} {moment(last.at, entry.agency.zone)}, {last.person}" if last else "",
        "why": last.reason if last else "",
    }


def parts(score, seen):
    """What the score adds up: [{points, label, day, source, unconfirmed}]."""
    return [_part(part, prolific.words(part.tenths), seen) for part in score.parts]


def _part(part, points, seen):
    return {
        "points": points,
        "label": prolific.LABELS[part.factor],
        "day": day(part.on),
        "source": part.source if part.lead is None or part.lead in seen else HIDDEN,
        "unconfirmed": part.factor == Factor.PRESUMPTIVE,
    }


def scored(score, seen):
    """The score with everything that is shown of it."""
    return {
        "total": prolific.words(score.tenths),
        "rule": f"Version {score.version}, as of {day(score.as_of)}",
        "parts": parts(score, seen),
        "beside": [_part(part, "", seen) for part in score.beside],
        "left_out": [_part(fact, "", seen) | {"why": why} for fact, why in score.left_out],
    }


def grounds(entry):
    """[(label, value)] of the labels that the regulation asks for."""
    return [
        ("Criminal predicate", entry.criminal_predicate),
        ("Basis of reasonable suspicion", entry.reasonable_suspicion_basis),
        ("Submitted by", entry.submitter.name),
        ("Source reliability", entry.get_source_reliability_display()),
        ("Content validity", entry.get_content_validity_display()),
        ("Sensitivity", entry.get_sensitivity_display()),
    ]


def days(entry):
    """[(label, value)] of when it was entered and when it goes."""
    found = [
        ("Entered", day(entry.entered_on)),
        ("Last review", day(entry.reviewed_on) if entry.reviewed_on > entry.entered_on else "None yet"),
        ("Grounds validated", day(entry.validated_on)),
        ("Next review due", day(entry.review_due) if entry.stands else ""),
        ("Purged on" if entry.purged_at else "To be purged on", day(entry.purge_on) if not entry.purged_at else ""),
        ("Purge hold", f"{entry.hold}, {entry.held_by}" if entry.held_at else ""),
        ("Last note", entry.note),
    ]
    return [(label, value) for label, value in found if value]


def steps(entry):
    """Who did what when."""
    zone = entry.agency.zone
    found = [("Proposed", entry.proposed_at, entry.proposed_by), ("Approved", entry.approved_at, entry.approved_by)]
    found.append((f"Removed: {entry.get_removal_display().lower()}", entry.removed_at, entry.removed_by))
    told = [(label, f"{moment(at, zone)}, {by}") for label, at, by in found if at]
    return told + ([("Purged", moment(entry.purged_at, zone))] if entry.purged_at else [])


def log(rows, zone):
    """[{when, how, who, agency, right, reason}] of who got what."""
    return [
        {
            "when": moment(each.at, zone),
            "how": each.get_how_display(),
            "who": str(each.person),
            "agency": each.agency,
            "right": each.get_right_display(),
            "reason": each.reason or "Gone with the entry",
        }
        for each in rows
    ]


def facts(rows, zone):
    """Documented events, those that were withdrawn as well."""
    return [
        {
            "fact": each,
            "label": each.get_factor_display(),
            "day": day(each.on),
            "source": each.source,
            "by": f"Added {moment(each.recorded_at, zone)}, {each.recorded_by}",
            "gone": f"Withdrawn {moment(each.withdrawn_at, zone)}, {each.withdrawn_by}" if each.withdrawn_at else "",
        }
        for each in rows
    ]


def certificates(rows, now):
    """Who was trained, until when."""
    found = []
    for each in rows:
        over = each.ended_at or each.expires_at <= now
        mark = ("Over", "", "x") if over else ("In force", "good", "check")
        found.append(
            {
                "certificate": each,
                "who": str(each.user),
                "agency": each.agency,
                "completed": day(each.completed_on),
                "until": day((each.expires_at - timedelta(seconds=1)).astimezone(ZoneInfo(each.agency.zone)).date()),
                "badge": markup.badge(*mark),
                "over": over,
            }
        )
    return found
