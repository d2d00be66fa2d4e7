"""What pages say of dockets, in plain values."""

from agencies.access import has_permission
from agencies.roles import Permission
from leads import statuswords
from leads.queries import court as queries

UNSAID = ("soon", "help")


def card(incident, user):
    """The card on the page of an incident: for those who may see cases, where a file has brought a docket."""
    if not has_permission(user, Permission.REFERRAL_VIEW):
        return None
    found = queries.dockets(user, [incident.pk])
    return {"template": "leads/docket_card.html", **listed(found)} if found else None


def listed(found):
    """{"dockets", "dockets_cut"}: what a page shows of `queries.court.dockets`."""
    most = queries.MOST_DOCKETS
    return {"dockets": [row(each) for each in found[:most]], "dockets_cut": len(found) > most}


def row(docket):
    """One docket with where it stands and where it stood lately, the newest last."""
    found, cut = queries.moves(docket)
    moves = [(f"{each.moved_at:%-d %b %Y}", stands(each.meant, each.status_raw)) for each in found]
    where = ", ".join(filter(None, [docket.court_level or docket.court, docket.county]))
    return {
        "docket": docket,
        "where": where,
        "filed": f"{docket.filed_on:%-d %b %Y}" if docket.filed_on else "",
        "status": stands(docket.meant, docket.status_raw),
        "tone": statuswords.TONES.get(docket.meant, UNSAID),
        "moves": moves if len(moves) > 1 else [],
        "moves_cut": cut,
    }


def stands(meaning, raw):
    """A status in our words, with the file's where these are others; as the file has it while nobody has said."""
    if not meaning:
        return f"\u201c{raw}\u201d, not said yet what it means"
    label = statuswords.LABELS[meaning]
    return label if not raw or statuswords.key(raw) == statuswords.key(label) else f"{label} (\u201c{raw}\u201d)"
