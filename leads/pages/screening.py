"""What the worksheet of a case says, in plain values. Nothing is read or written here."""

from leads import prosecuting, sentences
from leads.pages import case as casepage
from leads.pages import leads as pages

HOW = {
    prosecuting.SILENT: ("No office has said where this should be tried.", "soon", "clock"),
    prosecuting.WAITING: ("Not every office has said so yet.", "soon", "clock"),
    prosecuting.AGREED: ("The offices agree.", "good", "check"),
    prosecuting.APART: ("The offices do not agree. Talk before either charges.", "late", "warn"),
}


def context(parts, user_office, zone, now):
    """Everything templates/leads/screening.html draws. parts: `queries.referrals.Weighed`."""
    screening, latest = parts.screening, parts.versions[0] if parts.versions else None
    confirmed = sum(each.confirmed_at is not None for each in parts.events)
    first = "the first " if "events" in parts.cut else ""
    return {
        "screening": screening,
        "lead": screening.lead,
        "mine": next((each for each in parts.cases if each.office_id == user_office), None),
        "offices": parts.offices,
        "cases": [_case(each, zone) for each in parts.cases],
        "venue": _venue(parts),
        "views": [_view(each, zone) for each in parts.views],
        "version": latest,
        "laws": _laws(latest),
        "rest": _rest(latest),
        "saved": _saved(latest, zone),
        "before": [whole(each, zone) for each in parts.versions[1:]],
        "merged": [whole(each, zone) for each in parts.merged],
        "events": [casepage.event(each, zone) for each in parts.events],
        "older": f"The newest {len(parts.versions) + len(parts.merged)} are shown." if "versions" in parts.cut else "",
        "links_words": f"{confirmed} of {first}{len(parts.events)} events confirmed",
        "stamp_words": casepage.stamp_words(confirmed, len(parts.events)),
        "printed": pages.moment(now, zone, now.year),
    }


def _case(case, zone):
    return {
        "office": case.office,
        "venue": case.get_venue_display(),
        "status": case.get_status_display(),
        "tone": casepage.TONES[case.status],
        "since": pages.dated(case.decided_at or case.referred_at, zone),
        "icon": casepage.casebeside.icon(case),
    }


def _venue(parts):
    """What the offices say together."""
    named = {each.pk: str(each) for each in parts.offices}
    said = [(each.office_id, each.chosen_id) for each in reversed(parts.views)]
    found = prosecuting.agreement(list(named), said)
    words, tone, icon = HOW[found.how]
    chosen = named.get(found.chosen, "")
    silent = ", ".join(named[each] for each in found.silent)
    return {"words": words, "tone": tone, "icon": icon, "chosen": chosen, "silent": silent}


def _view(each, zone):
    return {
        "office": str(each.office),
        "chosen": str(each.chosen),
        "why": each.why,
        "who": str(each.said_by),
        "at": pages.dated(each.said_at, zone),
    }


def _months(many):
    return "" if many is None else f"At most {sentences.months(many)}"


def _laws(version):
    """State beside federal: [(law, icon, offenses, exposure)]."""
    state = ("State law", "scale", "state")
    federal = ("Federal law", "shield", "federal")
    return [
        {
            "law": law,
            "icon": icon,
            "offenses": getattr(version, f"{name}_offenses", ""),
            "exposure": getattr(version, f"{name}_exposure", ""),
            "months": _months(getattr(version, f"{name}_months", None)),
        }
        for law, icon, name in (state, federal)
    ]


def _laws_flat(version):
    return [
        (each["law"], "; ".join(filter(None, [each["offenses"], each["exposure"], each["months"]])) or "Nothing yet")
        for each in _laws(version)
    ]


def _rest(version):
    """Label and value of what is weighed beside the laws."""
    if version is None:
        return []
    category = f"Category {version.category}" if version.category else ""
    people = "" if version.witnesses is None else f"{version.witnesses}"
    risk = version.get_suppression_display() if version.suppression else ""
    return [
        ("Prior record", "; ".join(filter(None, [category, version.prior_record])) or "Not determined"),
        ("Witnesses", "; ".join(filter(None, [people, version.witness_needs])) or "Not weighed yet"),
        ("Suppression risk", ": ".join(filter(None, [risk, version.suppression_words])) or "Not weighed yet"),
    ]


def whole(version, zone):
    """All that one version said, to be unfolded."""
    return _saved(version, zone) | {"rest": _laws_flat(version) + _rest(version)}


def _saved(version, zone):
    if version is None:
        return {}
    return {"who": str(version.saved_by), "office": str(version.office), "at": pages.dated(version.saved_at, zone)}
