"""Feedback and letters of thanks in plain values: a number and an outcome, nothing of a case."""

from zoneinfo import ZoneInfo

from leads.models import Feedback, Yield

SAID = {
    Yield.Kind.ARREST: "It led to an arrest.",
    Yield.Kind.WARRANT: "It led to an arrest warrant.",
    Yield.Kind.GUN: "The gun was recovered.",
    Yield.Kind.CHARGE: "It led to a charge.",
    Yield.Kind.CONVICTION: "It led to a conviction.",
}
DID = {
    Feedback.Part.COLLECTED: "collected evidence",
    Feedback.Part.ENTERED: "entered it in NIBIN",
    Feedback.Part.REVIEWED: "reviewed the images",
    Feedback.Part.ANALYZED: "analyzed the lead",
}


def row(each, zone):
    """A line of a list or of a letter."""
    wall = each.told_at.astimezone(ZoneInfo(zone))
    return {
        "feedback": each,
        "url": each.get_absolute_url(),
        "number": each.gave.lead.number,
        "outcome": each.gave.get_kind_display(),
        "said": SAID[each.gave.kind],
        "person": str(each.person),
        "unit": f"{each.agency.code}{f', {each.unit.name}' if each.unit else ''}",
        "did": listed([DID[part] for part in each.parts]),
        "when": f"{wall.day} {wall:%b %Y}",
    }


def listed(words):
    """ "a", "a and b", "a, b and c"."""
    return " and ".join(filter(None, [", ".join(words[:-1]), words[-1]]))


def letter(found, zone, now, *, unit):
    """One letter, to a person or to a unit."""
    first = found[0]
    to = first.unit.name if unit else str(first.person)
    wall = now.astimezone(ZoneInfo(zone))
    leads = len({each.gave.lead_id for each in found})
    return {
        "to": to,
        "agency": first.agency.name,
        "on": f"{wall:%B} {wall.day}, {wall.year}",
        "rows": [row(each, zone) for each in found],
        "is_unit": unit,
        "leads": f"{leads} lead{'' if leads == 1 else 's'}",
    }


def share_words(share):
    """The share of closed leads with feedback, with what it is a share of."""
    if not share.closed:
        return "No lead was closed."
    of_all = f"{share.told:,} of {share.closed:,} closed leads"
    percent = f" ({round(100 * share.told / share.closed)}%)" if share.closed >= 10 else ""
    came = f"{share.yielded:,} outcome{'' if share.yielded == 1 else 's'} they came to"
    of_yield = f"; of {came}, {share.told_of_yielded:,}" if share.yielded else ""
    return f"{of_all}{percent}{of_yield}."
